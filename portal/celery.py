"""The Celery application. The broker is a doorbell: work lives in the ledger, due times in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("tianti")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

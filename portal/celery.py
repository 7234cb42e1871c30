"""The Celery application. The broker is a doorbell: work lives in the ledger, due times in the database."""

import ctypes
import os
import signal
import sys
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init, worker_process_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("tianti")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

PR_SET_PDEATHSIG = 1


@worker_init.connect
@beat_init.connect
def refuse_a_role_that_walks_through_walls(**_: Any) -> None:
    """As the web tier does: `prepare` may have run with another role. A signal's error is only logged, an exit is not."""
    from portal import checks  # the settings are read when a worker or beat starts, not when this module is

    try:
        checks.refuse_to_serve()
    except ImproperlyConfigured as found:
        sys.exit(str(found))


@worker_process_init.connect
def die_with_the_worker(**_: Any) -> None:
    """A pool child whose parent was killed would wait for ever on a pipe that its siblings keep open."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

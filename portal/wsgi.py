"""The web tier's entrance; refuses to serve with a key that nobody chose, or a role that row-level security does not bind."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from portal import checks, patience, tidying

patience.install()
application = get_wsgi_application()
_ = get_resolver().reverse_dict  # every view is loaded before workers are forked: none does it again, none late

if settings.SECRET_KEY_IS_EPHEMERAL:
    raise ImproperlyConfigured("SECRET_KEY is not set: every worker would sign sessions with a key of its own.")
checks.refuse_to_serve()
tidying.keep_what_is_loaded()

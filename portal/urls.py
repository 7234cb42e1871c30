"""The table of URL tables."""

from importlib.util import find_spec

from django.urls import include, path

TABLES = [
    ("", "portal.public.urls"),
    ("", "portal.dashboard.urls"),
    ("accounts/", "foundation.accounts.urls"),
    ("accounts/", "allauth.urls"),
    ("", "enterprises.urls"),
    ("", "certification.urls"),
    ("", "incentives.urls"),
    ("oauth/", "portal.api.oauth_urls"),
    ("api/v1/", "portal.api.urls"),
]


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns = [path(prefix, include(module)) for prefix, module in TABLES if _there(module)]

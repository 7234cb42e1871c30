"""What every page knows: who is looking, where they can go, whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from foundation import clock
from foundation.accounts.principal import Principal
from portal.navigation import navigation


def portal(request: HttpRequest) -> dict[str, Any]:
    principal = getattr(request, "principal", None) or Principal.anonymous()
    return {
        "principal": principal,
        "nav": navigation(principal, request.path),
        "demo": settings.DEMO,
        "mfa_off": not settings.MFA_REQUIRED,
        "as_of": clock.now(),
    }

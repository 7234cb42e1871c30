"""第二道验证 is asked of the session, not of the account: a session that knows only the password stays outside.

Whoever sets a factor up has just shown it, so that session goes on, and every other session of the account ends. One
that began with the password alone and is still there, because it was signing in at that very moment or the process died
before the others were ended, is asked for the factor before it sees another page.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from foundation.accounts import kept_form

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""What a sign-in is stopped for. Recovery codes stand in for one of these and are none by themselves."""
OPEN = ("mfa_reauthenticate", "account_logout")


def has_one(user: Any) -> bool:
    return bool(get_adapter().is_mfa_enabled(user, FACTORS))


def was_shown(request: HttpRequest) -> bool:
    """This session was signed in, or confirmed later, with a factor or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class SecondFactorMiddleware:
    """A session without the factor of its account is sent to show it; signing out is always open.

    What it had typed waits for it meanwhile (kept_form.py).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.open = {reverse(name) for name in OPEN}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        outside = request.path in self.open or request.path.startswith((settings.STATIC_URL, "/oauth/"))
        if outside or not request.user.is_authenticated or was_shown(request) or not has_one(request.user):
            return self.get_response(request)
        back = request.get_full_path() if request.method in ("GET", "HEAD") else kept_form.keep(request) or "/"
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """With the factor shown: what was typed before is offered again, as the person that it was typed by."""
        outside = request.path in self.open or request.path.startswith((settings.STATIC_URL, "/oauth/"))
        return None if outside else kept_form.offer(request)


@receiver(authenticator_added, dispatch_uid="factor-ends-other-sessions")
def end_the_others(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    if authenticator.type not in FACTORS:
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))
    with request_context(request):
        end_other_sessions(request, user)

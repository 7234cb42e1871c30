"""Who signed in, and who tried: a row of the record for the one, a log line without the name for the other.

What somebody changes about the own way in is a row of the record too: whoever took an account over does exactly this.
"""

import hashlib
import logging
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.core import context
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from foundation.accounts.middleware import client_ip
from foundation.accounts.principal import Principal
from foundation.audit.record import record

log = logging.getLogger("tianti.signing_in")


@receiver(user_logged_in, dispatch_uid="record-sign-in")
def note_success(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, user, "user.login")


def note(request: HttpRequest, user: Any, act: str, **detail: Any) -> None:
    """A row about the person's own account, by the person."""
    who = Principal.of_user(user).from_address(client_ip(request), getattr(request, "request_id", ""))
    with transaction.atomic():
        record(act, user, actor=who, detail=detail)


@receiver((password_changed, password_set), dispatch_uid="record-password")
def note_password(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, user, "user.password")


@receiver(password_reset, dispatch_uid="record-password-reset")
def note_reset(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, user, "user.password_reset")


FACTORS = {"totp": "验证器动态码", "recovery_codes": "备用恢复码"}


def _factor(authenticator: Any) -> str:
    return FACTORS.get(str(authenticator.type), str(authenticator.type))


@receiver(authenticator_added, dispatch_uid="record-factor-added")
def note_factor(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    note(request, user, "user.factor_add", factor=_factor(authenticator))


@receiver(authenticator_removed, dispatch_uid="record-factor-removed")
def note_factor_gone(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    note(request, user, "user.factor_remove", factor=_factor(authenticator))


@receiver(authenticator_reset, dispatch_uid="record-factor-renewed")
def note_factor_renewed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    note(request, user, "user.factor_renew", factor=_factor(authenticator))


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """The library says nothing when somebody ends sessions; the record does."""

    def end_sessions(self, sessions: Any) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        if ended:
            note(context.request, ended[0].user, "user.sessions_end", count=len(ended))


@receiver(user_login_failed, dispatch_uid="log-failed-sign-in")
def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """The account is told by a short hash: enough to see one being guessed at, too little to read a name."""
    said = str(credentials.get("username") or credentials.get("email") or "").strip().lower()
    mark = hashlib.sha256(said.encode()).hexdigest()[:10]
    log.warning("sign-in failed for %s from %s", mark, client_ip(request) if request is not None else "")

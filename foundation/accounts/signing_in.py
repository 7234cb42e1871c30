"""Who signed in, and who tried: a row of the record for the one, a log line without the name for the other."""

import hashlib
import logging
from typing import Any

from allauth.account.signals import user_logged_in
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
    who = Principal.of_user(user).from_address(client_ip(request), getattr(request, "request_id", ""))
    with transaction.atomic():
        record("user.login", user, actor=who)


@receiver(user_login_failed, dispatch_uid="log-failed-sign-in")
def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """The account is told by a short hash: enough to see one being guessed at, too little to read a name."""
    said = str(credentials.get("username") or credentials.get("email") or "").strip().lower()
    mark = hashlib.sha256(said.encode()).hexdigest()[:10]
    log.warning("sign-in failed for %s from %s", mark, client_ip(request) if request is not None else "")

"""The portal's own WSGI application, with one defect planted when the drill asks for it.

The product itself carries no switch that could plant anything.
"""

import os
from typing import Any

from portal.wsgi import application as application

PLANT = os.environ.get("DRILL_PLANT", "")


def no_cas() -> None:
    """Planted: read, then write, as if nobody else could be at it."""
    from foundation import transitions
    from foundation.audit.record import record
    from foundation.exchange.announce import announce

    def move(
        thing: Any, act: str, *, actor: Any, machine: Any, reason: str = "", detail: Any = None, **values: Any
    ) -> Any:
        edge = machine.edge(act, thing.state)
        if edge is None or not machine.may[act](actor, thing):
            raise transitions.already_moved(thing, machine)
        before = thing.state
        for column, value in values.items():
            setattr(thing, column, value)
        thing.state = edge.target
        type(thing)._base_manager.filter(pk=thing.pk).update(state=thing.state, **values)
        record(f"{machine.states.name}.{act}", thing, actor=actor, reason=reason, from_state=before, to_state=edge.target,
               audience=edge.audience, detail=detail)  # fmt: skip
        announce(machine.states.name, thing, fields=["state", *values])
        return thing

    import sys

    for module in list(sys.modules.values()):
        if getattr(module, "move", None) is transitions.move and module is not transitions:
            module.move = move  # type: ignore[attr-defined]


def answer_before_commit() -> None:
    """Planted: one act in four is answered and never committed."""
    import random

    from django.db import transaction

    from foundation.accounts.middleware import PrincipalMiddleware

    real = PrincipalMiddleware.within_sight

    def within_sight(self: Any, request: Any) -> Any:
        with transaction.atomic():
            response = real(self, request)
            if request.method == "POST" and response.status_code == 302 and random.random() < 0.25:
                transaction.set_rollback(True)
        return response

    PrincipalMiddleware.within_sight = within_sight  # type: ignore[method-assign]


def keys_forgotten() -> None:
    """Planted: an idempotency key is looked at by nobody."""
    from portal.api import resource

    resource.answer_once = lambda principal, key, mark, effect: (effect(), False)  # type: ignore[attr-defined]


def no_patience() -> None:
    """Planted: every request waits for the database as long as it likes, and takes whatever thread there is."""
    from psycopg2 import extensions

    extensions.set_wait_callback(None)
    from django.conf import settings

    settings.REQUEST_SLOTS = 1000


def faults_as_they_come() -> None:
    """Planted: a database that went away is told as a fault of the portal."""
    from django.http import HttpResponseServerError

    from portal import overload

    overload.unavailable = lambda request: HttpResponseServerError("500")


def asks_the_broker() -> None:
    """Planted: submitting rings the doorbell inside the request."""
    from certification import apply

    real = apply.submit

    def submit(application: Any, *, actor: Any) -> Any:
        from portal.celery import app

        told = real(application, actor=actor)
        app.send_task("ledger.sweep", retry=False)
        return told

    apply.submit = submit


def read_then_write() -> None:
    """Planted: the counter is read, then written, as most limiters do it."""
    from foundation import clock
    from foundation.accounts import limiter
    from foundation.accounts.models import Attempts

    def take(limit: Any, whose: str) -> int:
        key = f"{limit.name}:{whose}"[:200]
        row = Attempts.objects.filter(key=key).first()
        count = (row.count if row else 0) + 1
        Attempts.objects.update_or_create(
            key=key, defaults={"count": count, "began_at": row.began_at if row else clock.now()}
        )
        return 0 if count <= limit.tries else limit.seconds

    limiter.take = take


def codes_not_remembered() -> None:
    """Planted: a used code is forgotten at once."""
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP._mark_code_used = lambda self, code: True


def last_writer_wins() -> None:
    """Planted: whoever saves last is believed to have seen everything."""
    from certification import apply

    real = apply.save

    def save(application: Any, given: Any, *, seen_version: int, **more: Any) -> Any:
        return real(application, given, seen_version=application.draft_version, **more)

    apply.save = save  # type: ignore[assignment]


def read_before_the_lock() -> None:
    """Planted: a filing weighs the draft as the page was shown, whatever is saved meanwhile."""
    from certification import apply

    apply.hold = lambda thing, *, machine: thing  # type: ignore[assignment]


def factor_of_the_account() -> None:
    """Planted: whoever is signed in stays so when the account gets a second factor, and is never asked for it."""
    from allauth.mfa.signals import authenticator_added

    from foundation.accounts import second_factor

    authenticator_added.disconnect(dispatch_uid="factor-ends-other-sessions")
    second_factor.was_shown = lambda request: True


def forms_forgotten() -> None:
    """Planted: a form that is sent twice is two forms."""
    from foundation.exchange import form_keys

    form_keys.key_of = lambda given: ""


def draft_without_lock() -> None:
    """Planted: whether a case stands on a draft is asked while somebody else may be writing one."""
    from certification import announce, draft_list, put_forward
    from certification.drafting import hold_cases
    from certification.models import Application

    def glance(cases: Any) -> dict[int, str]:
        return dict(Application.objects.filter(pk__in=[case.pk for case in cases]).values_list("pk", "state"))

    for module in (announce, draft_list, put_forward):
        assert module.hold_cases is hold_cases
        module.hold_cases = glance


PLANTS = {
    "no_cas": no_cas, "draft_without_lock": draft_without_lock, "answer_before_commit": answer_before_commit, "keys_forgotten": keys_forgotten,
    "no_patience": no_patience, "asks_the_broker": asks_the_broker, "read_then_write": read_then_write,
    "codes_not_remembered": codes_not_remembered, "last_writer_wins": last_writer_wins,
    "read_before_the_lock": read_before_the_lock, "factor_of_the_account": factor_of_the_account,
    "forms_forgotten": forms_forgotten, "faults_as_they_come": faults_as_they_come,
}  # fmt: skip
if PLANT in PLANTS:
    PLANTS[PLANT]()

"""What an office has found about a firm, kept as its statement beside what the firm says of itself: the more trusted one counts."""

from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value

from enterprises.models import Enterprise, Source, Statement
from enterprises.vocabulary import vocabulary
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.exchange.announce import announce


def said_by_offices(enterprise: Enterprise, name: str) -> Any:
    """What government data says of a yes-or-no fact today; None where it says nothing, or took it back."""
    rows = Statement.objects.filter(enterprise=enterprise, name=name, source=Source.GOVERNMENT)
    return rows.order_by("-id").values_list("value", flat=True).first()


def state(enterprise: Enterprise, name: str, value: bool | None, *, act: str, why: str, actor: Principal) -> None:
    """Add what offices say of `name`; None takes it back, and what other sources say counts again. The caller asks who may.

    `act`: the sentence of the record, `why`: source and document. The firm reads both in its own timeline.
    """
    fact = vocabulary().facts[name]
    assert fact.type == "bool", f"{name} is no yes or no"
    with transaction.atomic(), scoped(Principal.system("found")):
        # One after the other: what was said last is what counts.
        Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
        Statement.objects.create(
            enterprise=enterprise, name=name, value=Value(None, JSONField()) if value is None else value, source=Source.GOVERNMENT,
            seen_at=clock.now(), by_id=actor.user_id,
        )  # fmt: skip
        detail = {"names": fact.label, "fields": [name], "source": str(Source.GOVERNMENT), "why": why}
        record(act, enterprise, actor=actor, detail=detail, audience="applicant")
        announce("enterprise", enterprise, fields=[name])

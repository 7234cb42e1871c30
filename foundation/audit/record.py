"""`record()` is the one way into the audit trail; call it inside the transaction of the change."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models, transaction

from foundation import clock
from foundation.audit.models import Audience, AuditEvent
from foundation.audit.sentences import sentence_for


class Actor(Protocol):
    """Who acts: a Principal. Declared here because accounts stand above the record."""

    @property
    def kind(self) -> str: ...
    @property
    def actor_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def office_name(self) -> str: ...
    @property
    def ip(self) -> str: ...
    @property
    def request_id(self) -> str: ...


def record(
    act: str,
    thing: models.Model,
    *,
    actor: Actor,
    sentence: str = "",
    reason: str = "",
    from_state: str = "",
    to_state: str = "",
    audience: str = Audience.OFFICE,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event about `thing`. Raises RuntimeError outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs in the transaction of the change")
    words = dict(detail or {}) | {"actor": actor.name, "thing": str(thing), "reason": reason}
    enterprise_id = getattr(thing, "enterprise_id", None)
    if enterprise_id is None and thing._meta.label_lower == "enterprises.enterprise":
        enterprise_id = thing.pk
    return AuditEvent.objects.create(
        at=clock.now(),
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        actor_name=actor.name,
        office_name=actor.office_name,
        act=act,
        object_type=thing._meta.label_lower,
        object_id=str(getattr(thing, "public_id", thing.pk)),
        region_path=getattr(thing, "region_path", "") or "",
        enterprise_id=enterprise_id,
        from_state=from_state,
        to_state=to_state,
        sentence=sentence or sentence_for(act, **words),
        reason=reason,
        detail=detail or {},
        audience=audience,
        ip=actor.ip or None,
        request_id=actor.request_id,
    )


def timeline(thing: models.Model, audiences: Iterable[str]) -> models.QuerySet[AuditEvent]:
    """The thing's events, newest first, for readers of these audiences."""
    return AuditEvent.objects.filter(
        object_type=thing._meta.label_lower,
        object_id=str(getattr(thing, "public_id", thing.pk)),
        audience__in=list(audiences),
    )

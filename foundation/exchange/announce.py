"""`announce()` writes a change in the caller's transaction; `changes_since()` reads them in an order that holds.

Sequence numbers are drawn before commit, so a reader who remembers "the last seq" would skip a slow writer. The
reader therefore stops at the oldest transaction still running (`pg_snapshot_xmin`), and orders by (txid, seq).
"""

from collections.abc import Sequence

from django.db import connection, models

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.exchange.models import Change
from foundation.regions.paths import path_range


def announce(type: str, thing: models.Model, *, op: str = "update", fields: Sequence[str] = ()) -> Change:
    """One feed row about `thing`: op is create, update, delete, merge or split."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (txid,) = cursor.fetchone()
    return Change.objects.create(
        txid=txid,
        type=type,
        public_id=str(getattr(thing, "public_id", thing.pk)),
        credit_code=_credit_code(thing),
        region_path=getattr(thing, "region_path", "") or "64",
        enterprise_id=getattr(thing, "enterprise_id", None),
        version=getattr(thing, "version", 1) or 1,
        op=op,
        is_draft=bool(getattr(thing, "is_draft", False)),
        changed_fields=list(fields),
        at=clock.now(),
    )


def _credit_code(thing: models.Model) -> str:
    code = getattr(thing, "credit_code", "")
    if not code and getattr(thing, "enterprise_id", None):
        code = getattr(getattr(thing, "enterprise", None), "credit_code", "")
    return str(code)


def changes_since(principal: Principal, cursor: str, limit: int) -> tuple[list[Change], str]:
    """Rows after `cursor` ("txid-seq", or "" for the beginning) within the principal's reach, and the next cursor."""
    txid, seq = (int(part) for part in cursor.split("-")) if cursor else (0, 0)
    with connection.cursor() as db:
        db.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (horizon,) = db.fetchone()
    low, high = path_range(principal.reach[0]) if principal.reach else ("", "")
    after = models.Q(txid__gt=txid) | models.Q(txid=txid, seq__gt=seq)
    rows = list(
        Change.objects.filter(
            after, txid__lt=horizon, is_draft=False, region_path__gte=low, region_path__lt=high
        ).order_by("txid", "seq")[:limit]
    )
    last = rows[-1] if rows else None
    return rows, f"{last.txid}-{last.seq}" if last else cursor

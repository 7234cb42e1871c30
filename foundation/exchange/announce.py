"""`announce()` writes a change in the caller's transaction; `changes_since()` reads them in an order that holds.

`seq` is drawn before commit, so a reader who remembers "the last seq" would skip a slow writer; the order of
transactions is no better, for an old transaction may be overtaken at the lock of a row. What is committed is therefore
numbered afterwards, by one reader at a time, in the order of `seq`: two changes of one thing are written under its row
lock, so the second becomes visible after the first and has the higher `seq`.
"""

from collections.abc import Sequence

from django.db import connection, models, transaction

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.exchange.models import Change
from foundation.regions.paths import path_range


def announce(type: str, thing: models.Model, *, op: str = "update", fields: Sequence[str] = ()) -> Change:
    """One feed row about `thing`: op is create, update, delete, merge or split."""
    return Change.objects.create(
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


NUMBER = """
UPDATE exchange_change c SET position = base.top + fresh.rank
FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS rank FROM exchange_change WHERE position IS NULL) fresh,
     (SELECT coalesce(max(position), 0) AS top FROM exchange_change) base
WHERE c.seq = fresh.seq
"""
LOCK = 0x66656564


def number_committed() -> int:
    """Give positions to what has been committed since the last time; readers wait for each other, writers for nobody."""
    with transaction.atomic(), connection.cursor() as db:
        if not Change.objects.filter(position=None).exists():
            return 0
        db.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        db.execute(NUMBER)
        return int(db.rowcount)


def changes_since(principal: Principal, cursor: str, limit: int) -> tuple[list[Change], str]:
    """Rows after `cursor` (a position, "" for the beginning) within the principal's reach, and the next cursor."""
    number_committed()
    low, high = path_range(principal.reach[0]) if principal.reach else ("", "")
    rows = list(
        Change.objects.filter(
            position__gt=int(cursor or 0), is_draft=False, region_path__gte=low, region_path__lt=high
        ).order_by("position")[:limit]
    )
    return rows, str(rows[-1].position) if rows else cursor

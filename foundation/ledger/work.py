"""Claim, finish, retry, quarantine.

Attempts are counted in a transaction of their own *before* the work, so an item that kills its worker still
reaches quarantine; the effect and the `done` mark commit together, so a repeated knock has no second effect.

An attempt that ended without a word is the item's own doing where the process that started its worker is still there: it
took one child with it. Where all of that is gone, by a deployment, a power cut, a kill of the group, the item was only
near, and is not blamed; so that nothing restarts for ever, ten such ends set it aside too.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.ledger.models import WorkItem, WorkState

MAX_ATTEMPTS = 3
MAX_BREAKS = 10
HOUSE = secrets.token_hex(8)
"""Whoever loaded this module, and the children it forks: a worker with its pool."""
POKE_AGAIN_AFTER = timedelta(seconds=20)
REST = timedelta(seconds=5)
"""An attempt that has not ended counts once, however often its knock is repeated meanwhile."""
BATCH = 500

Handler = Callable[[WorkItem], dict[str, Any] | None]
HANDLERS: dict[str, Handler] = {}


def work(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of work; it runs in one transaction with the item's `done` mark."""

    def register(handler: Handler) -> Handler:
        if kind in HANDLERS and HANDLERS[kind] is not handler:
            raise ValueError(f"two handlers for {kind!r}")
        HANDLERS[kind] = handler
        return handler

    return register


def enqueue(kind: str, key: str, payload: dict[str, Any] | None = None, due_at: datetime | None = None) -> WorkItem:
    """Write the item if it is not there yet; the same (kind, key) is the same work, however often it is asked."""
    enqueue_many(kind, [(key, payload or {})], due_at=due_at)
    return WorkItem.objects.get(kind=kind, key=key)


def enqueue_many(kind: str, items: list[tuple[str, dict[str, Any]]], due_at: datetime | None = None) -> None:
    """Many items in one statement; existing keys are left as they are."""
    moment = clock.now()
    WorkItem.objects.bulk_create(
        [
            WorkItem(kind=kind, key=key, payload=payload, due_at=due_at or moment, created_at=moment)
            for key, payload in items
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )


def perform(pk: int) -> str:
    """Do one item. Returns 'done', 'busy', 'failed', 'quarantined' or 'nothing' (done, not due, or just being tried)."""
    moment = clock.now()
    due = WorkItem.objects.filter(pk=pk, state=WorkState.TODO, due_at__lte=moment)
    rested = Q(tried_at=None) | Q(tried_at__lt=moment - REST)
    with transaction.atomic(durable=not connection.in_atomic_block):
        item = due.filter(rested).select_for_update(skip_locked=True, no_key=True).first()
        if item is None:
            return "nothing"
        died_elsewhere = int(item.tried_at is not None and item.tried_by not in ("", HOUSE))
        attempts, breaks = max(item.attempts - died_elsewhere, 0), item.breaks + died_elsewhere
        if attempts >= MAX_ATTEMPTS or breaks >= MAX_BREAKS:
            due.update(state=WorkState.QUARANTINED, last_error=item.last_error or "处理中断，未留下错误信息")
            return "quarantined"
        due.update(attempts=attempts + 1, breaks=breaks, tried_at=moment, tried_by=HOUSE)
        kind, broken_off = item.kind, item.tried_at is not None
    try:
        with transaction.atomic(), scoped(Principal.system(kind)):
            item = due.select_for_update(skip_locked=True, no_key=True).first()
            if item is None:
                return "busy"
            item.broken_off = broken_off
            result = HANDLERS[item.kind](item)
            WorkItem.objects.filter(pk=pk).update(
                state=WorkState.DONE, done_at=clock.now(), result=result or {}, last_error=""
            )
    except Exception as error:
        return _failed(pk, error)
    return "done"


def _failed(pk: int, error: Exception) -> str:
    told = f"{type(error).__name__}: {error}"[:2000]
    WorkItem.objects.filter(pk=pk, state=WorkState.TODO).update(last_error=told, tried_at=None)
    spent = WorkItem.objects.filter(pk=pk, state=WorkState.TODO, attempts__gte=MAX_ATTEMPTS)
    return "quarantined" if spent.update(state=WorkState.QUARANTINED) else "failed"


def waiting(limit: int = BATCH) -> list[int]:
    """Due items that nobody was called for lately, oldest first; marks them as called.

    Never more than `limit` unanswered calls at a time, so a slow worker does not find its queue flooded.
    """
    moment = clock.now()
    unanswered = WorkItem.objects.filter(
        state=WorkState.TODO, poked_at__gte=moment - POKE_AGAIN_AFTER, due_at__lte=moment
    ).count()
    limit = max(0, limit - unanswered)
    quiet = Q(poked_at=None) | Q(poked_at__lt=moment - POKE_AGAIN_AFTER)
    with transaction.atomic():
        found = list(
            WorkItem.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(quiet, state=WorkState.TODO, due_at__lte=moment)
            .order_by("due_at", "id")
            .values_list("pk", flat=True)[:limit]
        )
        WorkItem.objects.filter(pk__in=found).update(poked_at=moment)
    return found


def retry(pk: int) -> bool:
    """Take one item out of quarantine; False when somebody was faster."""
    quarantined = WorkItem.objects.filter(pk=pk, state=WorkState.QUARANTINED)
    return bool(quarantined.update(state=WorkState.TODO, attempts=0, breaks=0, poked_at=None, tried_at=None))


def progress(kind: str, prefix: str = "") -> dict[str, int]:
    """Counts by state for a kind of work, optionally for keys that start with `prefix`."""
    rows = WorkItem.objects.filter(kind=kind, key__startswith=prefix).values("state").annotate(n=Count("id"))
    return dict.fromkeys(WorkState.values, 0) | {row["state"]: row["n"] for row in rows}


def drain(kinds: list[str] | None = None, limit: int = 100_000) -> int:
    """Do everything that is due, here and now: for commands and tests. Returns how many items were done."""
    done = 0
    for _ in range(limit):
        due = WorkItem.objects.filter(state=WorkState.TODO, due_at__lte=clock.now())
        if kinds:
            due = due.filter(kind__in=kinds)
        pk = due.order_by("due_at", "id").values_list("pk", flat=True).first()
        if pk is None:
            break
        done += perform(pk) == "done"
    return done

"""How far the sweeps are, what was set aside and why, and trying it again."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from certification.models import Cycle
from certification.rereview import KIND
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.ledger.models import WorkItem, WorkState
from foundation.ledger.work import retry
from foundation.refusals import Missing


@dataclass(frozen=True)
class Progress:
    """How far a sweep is: titles judged of those cut, answers that changed, slices open and set aside, titles a second."""

    cycle: Cycle
    judged: int = 0
    changed: int = 0
    done: int = 0
    todo: int = 0
    aside: int = 0
    rate: int | None = None

    @property
    def share(self) -> int:
        return 100 if not self.cycle.slices else self.done * 100 // self.cycle.slices

    @property
    def seconds_left(self) -> int | None:
        """At the rate so far; None while nothing is done or nothing is left."""
        left = self.cycle.titles - self.judged
        return max(1, left // self.rate) if self.todo and self.rate and left > 0 else None


def progress_of(cycles: list[Cycle]) -> list[Progress]:
    """One query for any number of sweeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (payload->>'cycle')::bigint, coalesce(sum((result->>'titles')::int), 0), coalesce(sum((result->>'changed')::int), 0),"
            " count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'todo'), count(*) FILTER (WHERE state = 'quarantined'),"
            " extract(epoch FROM max(done_at) - min(created_at)) FROM ledger_workitem"
            " WHERE kind = %s AND (payload->>'cycle')::bigint = ANY (%s) GROUP BY 1",
            [KIND, [cycle.pk for cycle in cycles]],
        )
        told = {row[0]: row[1:] for row in cursor.fetchall()}
    found = []
    for cycle in cycles:
        judged, changed, done, todo, aside, seconds = told.get(cycle.pk, (0, 0, 0, 0, 0, None))
        rate = round(judged / float(seconds)) if seconds and judged else None
        found.append(Progress(cycle, judged, changed, done, todo, aside, rate))
    return found


def set_aside(cycles: list[Cycle]) -> QuerySet[WorkItem]:
    """Slices that failed three times, with what they said; every title in them waits until somebody looks."""
    return WorkItem.objects.filter(
        kind=KIND, state=WorkState.QUARANTINED, payload__cycle__in=[c.pk for c in cycles]
    ).order_by("id")


def retry_slice(pk: int, *, actor: Principal) -> bool:
    """Try a slice again; False when it was tried by somebody else meanwhile. The province's leader or reviewer."""
    if not runs_sweeps(actor):
        raise Missing
    item = WorkItem.objects.filter(pk=pk, kind=KIND).first()
    if item is None:
        raise Missing
    with transaction.atomic():
        was_first = retry(pk)
        if was_first:
            cycle = Cycle.objects.get(pk=item.payload["cycle"])
            record("sweep.retry", cycle, actor=actor, detail={"slice": item.key, "error": item.last_error[:200]})
    return was_first


def runs_sweeps(principal: Principal) -> bool:
    return principal.is_official and principal.level == "province" and principal.has_role("reviewer", "leader")

"""Which titles a sweep looks at, cut into slices: nightly what changed, weekly everything, and after a rule changed.

Opening is idempotent: any number of beats, workers and retries open one cycle, and its slices are written with it.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from certification.models import Certificate, Cycle, Sweep
from certification.rereview import KIND
from certification.snapshot import reads
from certification.yardstick import yardstick
from foundation import clock
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue, enqueue_many, work

OPEN = "rereview.open"
MOST_SLICES = 100
LARGEST = 20_000
WEEKLY = 6
"""The weekday of the full sweep: the night of Sunday."""
AT_LEAST = timedelta(days=7)
"""No longer than this without a full sweep: a Sunday that nobody was up for is made good on the next night."""

CHANGED = """
SELECT c.id FROM certification_certificate c
LEFT JOIN certification_judgement j ON j.certificate_id = c.id
WHERE c.state = 'valid' AND (
  j.certificate_id IS NULL OR j.flips_on <= %s
  OR (c.tier || extract(year FROM c.announced_on)::int || coalesce(j.rule_key, '')) <> ALL (%s)
  OR EXISTS (SELECT 1 FROM enterprises_touched t WHERE t.enterprise_id = c.enterprise_id AND t.names && %s::varchar[])
) ORDER BY c.id
"""


def open_cycle(night: date | None = None, kind: str = Sweep.FULL, key: str = "", ids: list[int] | None = None) -> Cycle:
    """Open the sweep and write its slices; asked twice, it is the same cycle and the same slices.

    `ids` of titles for an incident; otherwise the kind says which: all that are valid, or those that may differ.
    """
    day = night or clock.today()
    with transaction.atomic():
        cycle, is_new = Cycle.objects.get_or_create(night=day, kind=kind, key=key, defaults={"opened_at": clock.now()})
        if not is_new:
            return cycle
        if ids is None and kind != Sweep.FULL:
            ids = changed_titles(day)
        cut = ranges(day) if ids is None else lists(ids)
        enqueue_many(KIND, [(f"{cycle.pk} {n}", part | {"cycle": cycle.pk}) for n, (part, _) in enumerate(cut)])
        cycle.slices, cycle.titles = len(cut), sum(count for _, count in cut)
        cycle.save(update_fields=["slices", "titles"])
    return cycle


def changed_titles(on: date) -> list[int]:
    """Titles whose facts were touched where their rules read, whose day has come, or whose rules are others now."""
    cohorts = Certificate.objects.filter(state="valid").order_by().values_list("tier", "announced_on__year").distinct()
    measures = {(tier, year): yardstick(tier, year, on) for tier, year in cohorts}
    current = [f"{tier}{year}{measure.key}" for (tier, year), measure in measures.items()]
    asked = set().union(*(reads(measure.plan.facts(), on) for measure in measures.values()))
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [on, current, sorted(asked)])
        return [pk for (pk,) in cursor.fetchall()]


def size_for(titles: int) -> int:
    """Small slices lose little when a worker dies; a nation must not become a million rows of work."""
    usual: int = settings.REREVIEW_SLICE
    return max(usual, min(LARGEST, titles // MOST_SLICES))


def ranges(on: date) -> list[tuple[dict[str, Any], int]]:
    """Every valid title, as ranges of keys."""
    size = size_for(Certificate.objects.filter(state="valid").count())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(id), max(id), count(*) FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / %s AS part"
            " FROM certification_certificate WHERE state = 'valid') titles GROUP BY part ORDER BY part",
            [size],
        )
        return [({"from": low, "to": high}, count) for low, high, count in cursor.fetchall()]


def lists(ids: list[int]) -> list[tuple[dict[str, Any], int]]:
    size = size_for(len(ids))
    parts = [ids[n : n + size] for n in range(0, len(ids), size)]
    return [({"ids": part}, len(part)) for part in parts]


def open_tonight(on: date | None = None) -> Cycle:
    """Nightly what changed; once a week everything, in case a mark or a date was ever missed."""
    day = on or clock.today()
    return open_cycle(day, Sweep.FULL if is_full(day) else Sweep.CHANGED)


def is_full(day: date) -> bool:
    """On Sunday, or when the last full sweep before this night is a week old. Asked again the same night, the answer is the same."""
    before = Cycle.objects.filter(kind=Sweep.FULL, night__lt=day)
    last = before.order_by("-night").values_list("night", flat=True).first()
    return day.weekday() == WEEKLY or last is None or day - last >= AT_LEAST


def ask_after_publishing(code: str, revision: int) -> None:
    """A rule set or notice was published: what it changes is looked at now, not tonight."""
    enqueue(OPEN, f"{Sweep.PUBLISHED} {code} {revision}", {"kind": Sweep.PUBLISHED, "key": f"{code} 第{revision}版"})


def ask_after_incident(enterprise_id: int, key: str) -> None:
    """Something was reported of an enterprise: its titles are looked at again, and nothing else follows by itself."""
    ids = list(Certificate.objects.filter(enterprise_id=enterprise_id, state="valid").values_list("pk", flat=True))
    enqueue(OPEN, f"{Sweep.INCIDENT} {key}", {"kind": Sweep.INCIDENT, "key": key, "ids": ids})


@work(OPEN)
def open_asked(item: WorkItem) -> dict[str, Any]:
    asked = item.payload
    return {"titles": open_cycle(None, asked["kind"], asked["key"], asked.get("ids")).titles}

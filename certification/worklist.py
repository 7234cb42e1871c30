"""The worklist of a desk: filters, one order, and the views that a person keeps. Its columns are in worklist_table.py."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from certification import clocks, correction_day, handling
from certification.helped import last_declared
from certification.models import Application, Correction, Pause, SavedView, StageLimit
from certification.permissions import APPLICATION
from certification.reached import STEPS, of_year, reached
from certification.states import DESK_OF, IN_REVIEW
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies
from foundation.regions.paths import path_range
from foundation.workdays.counting import is_workday

MINE = {
    level: [s for s, levels in DESK_OF.items() if level in levels] for level in ("county", "zone", "city", "province")
}
NAMES = ("view", "tier", "region", "call", "age", "handler", "q", "year", "step")
OVERDUE = "correction_overdue"
"""Cases this desk has returned whose day is over: nothing happens to them but that somebody looks."""
MOST_VIEWS = 20


@dataclass(frozen=True)
class Filters:
    """What a person asked of the list, as it stands in the address; unknown values filter nothing."""

    view: str = "mine"
    tier: str = ""
    region: str = ""
    call: str = ""
    age: str = ""
    handler: str = ""
    q: str = ""
    year: str = ""
    step: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filters":
        told = {name: str(given.get(name, ""))[:80].replace("\0", "").strip() for name in NAMES}
        return cls(**{**told, "view": told["view"] or "mine"})

    def query(self) -> str:
        from urllib.parse import urlencode

        return urlencode({name: getattr(self, name) for name in NAMES if getattr(self, name)})


def narrow(rows: QuerySet[Application], asked: Filters, principal: Principal) -> QuerySet[Application]:
    """`rows` are those the principal may see; oldest at the desk first."""
    if asked.view == "mine":
        rows = rows.filter(handling.waiting_for(principal, MINE.get(principal.level, [])))
    elif asked.view == OVERDUE:
        rows = rows.filter(correction_day.overdue(), returned_from__in=MINE.get(principal.level, []))
    elif asked.view in APPLICATION.states.labels:
        rows = rows.filter(state=asked.view)
    if asked.tier in Tier.values:
        rows = rows.filter(tier=asked.tier)
    if asked.region in bodies():
        low, high = path_range(asked.region)
        rows = rows.filter(region_path__gte=low, region_path__lt=high)
    if asked.call:
        rows = rows.filter(call__public_id=asked.call)
    if asked.step in STEPS:
        year = (
            int(asked.year)
            if asked.year.isascii() and asked.year.isdigit() and len(asked.year) == 4
            else clock.today().year
        )
        rows = reached(of_year(rows, year), asked.step)
    if asked.age == "late":
        rows = late(rows)
    elif asked.age.isascii() and asked.age.isdigit() and len(asked.age) < 4:
        rows = longer_than(rows, int(asked.age))
    rows = by_handler(rows, asked.handler, principal)
    if asked.q:
        rows = rows.filter(matching(asked.q))
    return rows.order_by("stage_since", "id")


def matching(words: str) -> Q:
    """A part of the name, or a whole code or receipt number, in letters of either case.

    Folding the case of every name costs more than reading it; what has no case, as Chinese words have none, is not folded.
    """
    if words.upper() == words.lower():
        named = Q(enterprise_name__contains=words)
    else:
        named = Q(enterprise_name__icontains=words)
    return named | Q(credit_code=words.upper()) | Q(receipt_number=words.upper()) if words.isascii() else named


def by_handler(rows: QuerySet[Application], handler: str, principal: Principal) -> QuerySet[Application]:
    named = handling.still_there().filter(application=OuterRef("pk"), stage=OuterRef("state"))
    if handler == "me":
        return rows.filter(Exists(named.filter(user_id=principal.user_id)))
    if handler == "none":
        return rows.filter(~Exists(named))
    if handler:
        return rows.filter(Exists(named.filter(user__username=handler)))
    return rows


def came_before(workdays: int) -> datetime:
    """The moment before which a case must have come to be here more than `workdays` working days."""
    day, left = clock.today(), workdays
    while left >= 0 and day > date(2000, 1, 1):
        if is_workday(day):
            left -= 1
        if left >= 0:
            day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def at_stage(stage: str) -> Q:
    """Whose clock runs at `stage`: a refusal that was not served yet is still its office's work, as in clocks.stage_of()."""
    return Q(state=stage) | Q(state="to_refuse", refused_from=stage)


def late(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Past the limit of its stage, and the clock not standing: what the clock's column marks, row by row."""
    found = Q(pk__in=[])
    for row in StageLimit.objects.all():
        found |= Q(at_stage(row.stage), tier=row.tier, stage_since__lt=came_before(row.workdays))
    known = clocks.limits()
    return without_pauses(rows.filter(found), lambda told: told.is_late, known)


def longer_than(rows: QuerySet[Application], workdays: int) -> QuerySet[Application]:
    """More than so many working days at its desk, days on which the clock stood not counted."""
    found = Q(pk__in=[])
    for stage in IN_REVIEW:
        found |= at_stage(stage)
    old = rows.filter(found, stage_since__lt=came_before(workdays))
    return without_pauses(old, lambda told: told.used > workdays, {})


def without_pauses(
    rows: QuerySet[Application],
    holds: Callable[[clocks.StageClock], bool],
    known: dict[tuple[str, str], StageLimit],
) -> QuerySet[Application]:
    """The calendar alone finds too many where the clock has stood; those few are asked one by one, in two queries."""
    stood = Pause.objects.filter(application=OuterRef("pk"), since__gte=OuterRef("stage_since"))
    asked = with_clocks(fetched(rows.filter(Exists(stood))), known)
    return rows.exclude(pk__in=[row.pk for row, told, _ in asked if told is None or not holds(told)])


def with_clocks(
    rows: Iterable[Application], limits: dict[tuple[str, str], StageLimit] | None = None
) -> list[tuple[Application, clocks.StageClock | None, str]]:
    """Each with its clock and its handler's name; a constant number of queries for a page."""
    known = clocks.limits() if limits is None else limits
    listed = list(rows)
    return [
        (
            row, clocks.clock_of(row, known, [p for p in row.pauses.all() if p.stage == clocks.stage_of(row)]),
            next((h.user_name for h in row.handlings.all() if h.stage == row.state), ""),
        )
        for row in listed
    ]  # fmt: skip


def fetched(rows: QuerySet[Application]) -> QuerySet[Application]:
    return rows.select_related("call").prefetch_related(
        Prefetch("pauses", Pause.objects.all()),
        Prefetch("handlings", handling.still_there()),
        Prefetch("corrections", Correction.objects.filter(answered_at=None), to_attr="open_corrections"),
        last_declared(),
    )


def keep_view(name: str, asked: Filters, *, actor: Principal) -> SavedView:
    """Remember these filters under a name of one's own; the same name is overwritten."""
    if actor.user_id is None or not actor.is_official:
        raise Missing
    words = name.replace("\0", "").strip()[:40]
    if not words:
        raise Refused("invalid", "请给这个视图起个名字。", [Problem("请填写名称", "name")])
    if SavedView.objects.filter(user_id=actor.user_id).exclude(name=words).count() >= MOST_VIEWS:
        raise Refused("invalid", f"最多保存 {MOST_VIEWS} 个视图，请先删去不用的。", [Problem("已满", "name")])
    row, _ = SavedView.objects.update_or_create(
        user_id=actor.user_id, name=words, defaults={"query": asked.query()[:400]}
    )
    return row


def drop_view(public_id: str, *, actor: Principal) -> None:
    gone, _ = SavedView.objects.filter(user_id=actor.user_id, public_id=public_id).delete()
    if not gone:
        raise Missing

"""The log of failures: written by hand where the probe was blind, struck out where it was wrong, added up as minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.outages.models import Outage
from foundation.refusals import Missing, Problem, Refused

SHORTEST = 4


@dataclass(frozen=True)
class Failure:
    """Part of a failure inside a window, with its source."""

    began: datetime
    ended: datetime
    what: str
    source: str
    public_id: str


def may_keep(principal: Principal) -> bool:
    return principal.is_official and principal.level == "province" and principal.has_role("system")


def standing(since: datetime | None = None) -> QuerySet[Outage]:
    """What counts, newest first."""
    rows = Outage.objects.filter(struck_at=None)
    return rows.filter(Q(ended_at=None) | Q(ended_at__gte=since)) if since else rows


def within(began: datetime, ended: datetime) -> list[Failure]:
    """The failures that touch the window, cut to it; one that lasts is cut at now."""
    now = clock.now()
    told = []
    for row in (
        standing().filter(Q(ended_at=None) | Q(ended_at__gt=began), began_at__lt=ended).order_by("began_at", "id")
    ):
        first, last = max(row.began_at, began), min(row.ended_at or now, ended)
        if last > first:
            told.append(Failure(first, last, row.what, row.get_source_display(), row.public_id))
    return told


def minutes_of(failures: Iterable[Failure]) -> int:
    """Whole minutes in which at least one failure lasted: what overlaps counts once."""
    total, reached = timedelta(0), None
    for one in sorted(failures, key=lambda f: f.began):
        start = max(one.began, reached) if reached else one.began
        if one.ended > start:
            total += one.ended - start
            reached = one.ended
    return int(total.total_seconds() // 60)


def write_down(given: Mapping[str, str], *, actor: Principal) -> Outage:
    """A failure that the probe could not see, with its evidence."""
    if not may_keep(actor):
        raise Missing
    began, ended = _moment(given.get("began_at", "")), _moment(given.get("ended_at", ""))
    what, evidence = given.get("what", "").strip(), given.get("evidence", "").strip()
    problems = []
    if began is None or began > clock.now():
        problems.append(Problem("请填写开始时间，不晚于现在", "began_at"))
    if ended is None or (began and ended <= began) or ended > clock.now():
        problems.append(Problem("请填写结束时间，晚于开始、不晚于现在", "ended_at"))
    if len(what) < SHORTEST:
        problems.append(Problem("请写明什么不能用", "what", hint="例：材料不能上传"))
    if len(evidence) < SHORTEST:
        problems.append(Problem("请写明依据", "evidence", hint="例：来电记录3件、运营商通报"))
    if problems or began is None or ended is None:
        raise Refused("invalid", f"还没有登记：有 {len(problems)} 处要改。", problems)
    with transaction.atomic():
        row = Outage.objects.create(
            began_at=began, ended_at=ended, what=what[:200], evidence=evidence[:2000], source="manual", by_id=actor.user_id,
            by_name=actor.name, noted_at=clock.now(),
        )  # fmt: skip
        record("outage.create", row, actor=actor, detail={"what": row.what}, audience="public")
    return row


def strike(row: Outage, reason: str, *, actor: Principal) -> Outage:
    """A record that was wrong counts for nothing from now on; what was signed because of it stays."""
    if not may_keep(actor):
        raise Missing
    if len(reason.strip()) < SHORTEST:
        raise Refused("invalid", "没有划去。", [Problem("请写明为什么划去", "reason")])
    with transaction.atomic():
        done = Outage.objects.filter(pk=row.pk, struck_at=None).exclude(ended_at=None).update(
            struck_at=clock.now(), struck_reason=reason.strip()[:200]
        )  # fmt: skip
        if not done:
            raise Refused("already_moved", "这条记录已经划去，或故障还没有结束。")
        record("outage.strike", row, actor=actor, reason=reason, audience="public")
    row.refresh_from_db()
    return row


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if timezone.is_naive(found) else found

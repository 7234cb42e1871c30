"""裁定: an official says which of two arguable days counts. A ruling is data with a date and a reason; it is never undone, only followed by another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from certification.models import DayRuling
from certification.obligation_rules import book
from certification.permissions import rules_on_days
from certification.tiers import Tier
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

SHORTEST = 10


@dataclass(frozen=True)
class UpdateDays:
    """Which day is the last one for a title: what was ruled for its tier, else the later of those that a text names."""

    ruled: Mapping[tuple[int, str], date]

    def latest(self, year: int, tier: str, first: date, last: date) -> date | None:
        """None where no day of that year lies within the title's own days [first, last]: nothing was owed."""
        days = [on for on, _ in book().yearly_days(year, {tier}) if first <= on <= last]
        ruled = self.ruled.get((year, tier))
        return ruled if ruled in days else max(days, default=None)


def update_days(years: Iterable[int]) -> UpdateDays:
    """The days of these years, in one query. The last ruling counts, for one tier or for all."""
    ruled: dict[tuple[int, str], date] = {}
    for row in DayRuling.objects.filter(code="annual_update", year__in=list(years)).order_by("id"):
        for tier in [row.tier] if row.tier else Tier.values:
            ruled[row.year, tier] = row.day
    return UpdateDays(ruled)


def candidates(year: int, tier: str = "") -> list[tuple[date, str]]:
    """(day, clause) of every text that names a day for the year; one text alone leaves nothing to rule."""
    tiers = {tier} if tier else None
    return [(day, row.clause) for day, row in book().yearly_days(year, tiers)]


def rule_day(given: Mapping[str, str], *, actor: Principal) -> DayRuling:
    """Rule on the annual update's day of one year. Refused("invalid") with everything that is wrong, "conflict" when too late.

    A day that is over already cannot be made the last one afterwards: who relied on the later day would lose by it.
    """
    if not rules_on_days(actor):
        raise Missing
    today = clock.today()
    typed_year, tier, reason = given.get("year", ""), given.get("tier", ""), given.get("reason", "").strip()
    year = int(typed_year) if typed_year.isascii() and typed_year.isdigit() and len(typed_year) == 4 else 0
    problems: list[Problem] = []
    if not today.year <= year <= today.year + 2:
        problems.append(Problem("请选择年度", "year", hint=f"{today.year}到{today.year + 2}年"))
    if tier and tier not in Tier.values:
        problems.append(Problem("没有这个层级", "tier"))
    days = candidates(year, tier) if not problems else []
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError:
        day = date.min
    if not problems and len({on for on, _ in days}) < 2:
        problems.append(Problem("这个层级这一年只有一个日期，不需要裁定", "tier"))
    elif not problems and day not in {on for on, _ in days}:
        told = "、".join(f"{cn(on)}（{clause}）" for on, clause in days)
        problems.append(Problem("请在有依据的日期里选一个", "day", hint=told))
    if len(reason) < SHORTEST:
        problems.append(Problem("请写明理由，企业会看到", "reason", hint="依据哪个文件、哪一条，为什么适用"))
    if problems:
        raise Refused("invalid", f"还不能裁定：有 {len(problems)} 处要改。", problems)
    last = max(on for on, _ in days)
    if day < last and day <= today:
        raise Refused(
            "conflict", f"{cn(day)}已经过了，不能再定为最后一天；企业是按“{cn(last)}以前不记逾期”安排的。",
            [Problem("这一天已过", "day")],
        )  # fmt: skip
    with transaction.atomic():
        row = DayRuling.objects.create(
            code="annual_update", year=year, tier=tier, day=day, reason=reason[:2000], by_id=actor.user_id, by_name=actor.name,
            document_number=given.get("document_number", "").strip()[:60], office_name=actor.office_name, at=clock.now(),
        )  # fmt: skip
        record(
            "day_ruling.create", row, actor=actor, reason=reason, audience="public",
            detail={"day": cn(day), "tier": row.get_tier_display() if tier else "各层级"},
        )  # fmt: skip
        announce("day_ruling", row, op="create")
    return row

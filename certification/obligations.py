"""Obligations (义务): titles, facts, rules and a day in, dated obligations with their sentences out. No database, no clock.

Where the texts name two days, `earliest` is what people are reminded of and `latest` is before which nothing is lost;
an official's ruling makes them one.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from certification.obligation_rules import Book, DueRule, Loss
from enterprises.words import cn


@dataclass(frozen=True)
class Held:
    """A title as far as dates go; `renewal_on` is when its re-review was applied for, `window` the call that is open, comes, or was the last.

    `lives_in`: of a title that was renewed, the number of the one in which it goes on.
    """

    number: str
    tier: str
    label: str
    valid_from: date
    valid_until: date
    renewal_on: date | None = None
    window: tuple[date, date] | None = None
    lives_in: str = ""


@dataclass(frozen=True)
class Changed:
    """A major change that is known: when it happened, and when it was reported first."""

    public_id: str
    kind: str
    happened_on: date
    reported_on: date | None = None


@dataclass(frozen=True)
class Outside:
    """A dated certificate of another department, as the enterprise has recorded it."""

    public_id: str
    label: str
    valid_until: date


@dataclass(frozen=True)
class Ruled:
    """An official's ruling on one year's day for one tier, or for all of them (tier empty)."""

    year: int
    tier: str
    day: date
    sentence: str


@dataclass(frozen=True)
class Known:
    """All that is known of one enterprise. `updated` are years whose annual update is confirmed, with the day.

    `past` are titles that are over: what happened in their days is still owed.
    """

    titles: tuple[Held, ...] = ()
    updated: Mapping[int, date] = field(default_factory=dict)
    changes: tuple[Changed, ...] = ()
    outside: tuple[Outside, ...] = ()
    rulings: tuple[Ruled, ...] = ()
    past: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Sentence:
    text: str
    clause: str = ""
    mark: str = "V"

    @property
    def is_open(self) -> bool:
        """To be confirmed against the original."""
        return self.mark != "V"


@dataclass(frozen=True)
class Obligation:
    """`key` is the same every night, so that one obligation has one plan of reminders.

    `shut_on`: the window in which it could be done is over, though the title still runs; nothing can be filed any more.
    """

    key: str
    code: str
    label: str
    act: str
    earliest: date
    latest: date
    sentences: tuple[Sentence, ...]
    titles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    opens_on: date | None = None
    done_on: date | None = None
    is_ruled: bool = False
    loss: Loss | None = None
    shut_on: date | None = None

    @property
    def is_arguable(self) -> bool:
        """Two texts name two days. A re-review whose window closes before the title ends is no dispute."""
        return self.code == "annual_update" and self.earliest != self.latest

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    def days_left(self, day: date) -> int:
        """To the earlier day; negative once it is over."""
        return (self.earliest - day).days

    def stage(self, day: date) -> str:
        """done, coming, soon (within 60 days), between (the two days), over (after the later one)."""
        if self.is_done:
            return "done"
        if day > self.latest or self.shut_on is not None:
            return "over"
        if day > self.earliest:
            return "between"
        return "soon" if self.days_left(day) <= 60 else "coming"


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the last one where there is none: 30 November + 3 months is 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def obligations(known: Known, rules: Book, day: date) -> list[Obligation]:
    """Everything dated that this enterprise owes or should know, the nearest first; done ones last."""
    made = [
        *annual_updates(known, rules, day),
        *rereviews(known, rules, day),
        *major_changes(known, rules, day),
        *outside(known, rules, day),
    ]
    return sorted(made, key=lambda o: (o.is_done, o.earliest, o.key))


def annual_updates(known: Known, rules: Book, day: date) -> Iterable[Obligation]:
    """One a year for the enterprise, whatever number of titles asks for it: this year's and the next, and last year's if not done."""
    for year in (day.year - 1, day.year, day.year + 1):
        found = annual_update(known, rules, year)
        if found is not None and year >= day.year:
            yield found
        elif found is not None and not found.is_done and day.year - 1 not in known.updated:
            # A year that is over is made up for together with the next; until then it does not vanish on 1 January.
            yield replace(found, act="上一年度没有更新：在今年的年度更新里一并补齐")


def annual_update(known: Known, rules: Book, year: int) -> Obligation | None:
    """A day counts for a title that is valid on it: who was announced in June owes nothing in May."""
    rule = rules.rule("annual_update")
    named: list[tuple[date, DueRule, Held]] = []
    last: list[date] = []
    ruled: list[Ruled] = []
    for title in known.titles:
        days = [
            (on, row)
            for on, row in rules.yearly_days(year, {title.tier})
            if title.valid_from <= on <= title.valid_until
        ]
        if not days:
            continue
        ruling = next((r for r in known.rulings if r.year == year and r.tier in (title.tier, "")), None)
        if ruling is not None and ruling.day in [on for on, _ in days]:
            ruled.append(ruling)
            last.append(ruling.day)
            named += [(ruling.day, row, title) for on, row in days if on == ruling.day][:1]
            continue
        last.append(days[-1][0])
        named += [(on, row, title) for on, row in days]
    if not last:
        return None
    earliest = min([on for on, _, _ in named] + last)
    sentences = [Sentence(f"{on.month}月{on.day}日前更新上年度信息", row.clause, row.mark) for on, row in _each(named)]
    sentences += [Sentence(r.sentence, "自治区裁定") for r in dict.fromkeys(ruled)]
    if earliest != max(last):
        sentences.append(
            Sentence(f"两个日期都有依据：按早的提醒，{cn(max(last))}以前不记逾期、不影响任何资格，以自治区裁定为准")
        )
    titles = [t for t in known.titles if any(t is held for _, _, held in named)] or list(known.titles)
    return Obligation(
        f"annual_update:{year}", rule.code, f"{year - 1}{rule.label}", rule.act, earliest, max(last),
        tuple(sentences), tuple(t.label for t in titles), tuple(t.number for t in titles), date(year, 1, 1),
        known.updated.get(year - 1), bool(ruled), rule.loss,
    )  # fmt: skip


def _each(named: list[tuple[date, DueRule, Held]]) -> list[tuple[date, DueRule]]:
    """Each text once, the earlier day first."""
    return sorted({(on, row.clause): (on, row) for on, row, _ in named}.values(), key=lambda pair: pair[0])


def rereviews(known: Known, rules: Book, day: date) -> Iterable[Obligation]:
    """By the title's own last day; where a call for re-review is published, by the day that it closes."""
    rule = rules.rule("rereview")
    for title in known.titles:
        row = next((r for r in rule.due if title.tier in r.tiers and r.counts_on(title.valid_until)), None)
        if row is None:
            continue
        told = [
            Sentence(f"有效期自{cn(title.valid_from)}至{cn(title.valid_until)}，到期前申请复核", row.clause, row.mark)
        ]
        shut = title.window[1] if title.window and title.window[1] < day and title.renewal_on is None else None
        if shut is not None:
            told.append(
                Sentence(f"复核窗口已于{cn(shut)}截止，系统里没有复核申请；是否另行受理以自治区通知为准", "批次通知")
            )
        elif title.window is not None:
            told.append(Sentence(f"复核批次{cn(title.window[0])}开放，{cn(title.window[1])}截止", "批次通知"))
        else:
            told.append(Sentence("复核窗口以当年通知为准；通知发布后，这里改为批次的截止日"))
        due = min(title.window[1], title.valid_until) if title.window else title.valid_until
        yield Obligation(
            f"rereview:{title.number}", rule.code, f"{title.label}{rule.label}", rule.act, due, title.valid_until, tuple(told),
            (title.label,), (title.number,), title.window[0] if title.window else None, title.renewal_on, False, rule.loss,
            shut,
        )  # fmt: skip


def major_changes(known: Known, rules: Book, day: date) -> Iterable[Obligation]:
    """Three months from the day of the change, where a title was valid on it; the first report stops the clock.

    A title that was renewed since owes it all the same, and so does the one in which it goes on.
    """
    rule = rules.rule("major_change")
    for change in known.changes:
        titles = [t for t in (*known.past, *known.titles) if t.valid_from <= change.happened_on <= t.valid_until]
        tiers = {t.tier for t in titles}
        row = next((r for r in rule.due if tiers & set(r.tiers) and r.counts_on(change.happened_on)), None)
        if row is None:
            continue
        last = months_after(change.happened_on, row.months)
        words = rule.kinds.get(change.kind, change.kind)
        told = [
            Sentence(f"{cn(change.happened_on)}{words}，{row.months}个月内报告，即{cn(last)}以前", row.clause, row.mark)
        ]
        if change.reported_on is not None:
            late = "，已超过期限" if change.reported_on > last else "，期限已停"
            told.append(Sentence(f"{cn(change.reported_on)}报告{late}"))
        yield Obligation(
            f"major_change:{change.public_id}", rule.code, f"{words}：{rule.label}", rule.act, last, last, tuple(told),
            tuple(dict.fromkeys(t.label for t in titles)), _with_heirs(titles), change.happened_on, change.reported_on, False, rule.loss,
        )  # fmt: skip


def _with_heirs(titles: list[Held]) -> tuple[str, ...]:
    """Their numbers, and those of the titles in which they go on."""
    return tuple(dict.fromkeys(n for t in titles for n in (t.number, t.lives_in) if n))


def outside(known: Known, rules: Book, day: date) -> Iterable[Obligation]:
    """Other departments' certificates: only told, nothing of ours hangs on them. Those long over are left out."""
    rule = rules.rule("outside")
    for paper in known.outside:
        if paper.valid_until < day - timedelta(days=90):
            continue
        yield Obligation(
            f"outside:{paper.public_id}", rule.code, f"{paper.label}到期", rule.act, paper.valid_until, paper.valid_until,
            (Sentence(f"有效期至{cn(paper.valid_until)}，由发证部门管理，不是本系统的称号", rule.due[0].clause),),
        )  # fmt: skip

"""When time alone may change what the rules say of an enterprise: the next day worth looking at it again.

Conservative by intent: a day too early costs one more look, a day too late would be a wrong title.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from certification.rules.calendar import add_years
from certification.rules.counts import Where
from certification.rules.document import Library

DAY = timedelta(days=1)
ROLLING = (2, 3)
"""Years after which a payment leaves the sums of equity financing (enterprises/facts.py)."""

Spans = Mapping[tuple[str, str], frozenset[int]]
"""(list fact, sub-key) → after how many years a date there may begin or cease to count; 0 is the date itself."""


def spans_of(library: Library) -> Spans:
    """Every date test of every rule set: the dates of no other sub-key can change an answer."""
    found: dict[tuple[str, str], set[int]] = {}
    for code in library.codes():
        for counted in library.rule_set(code).counts.values():
            for where in _tests(counted.where):
                found.setdefault((counted.fact, where.key), {0}).add(where.years)
    return {name: frozenset(years) for name, years in found.items()}


def _tests(where: Where) -> list[Where]:
    if where.op in ("all", "any"):
        return [test for part in where.parts for test in _tests(part)]
    return [where] if where.is_date_test else []


def next_flip(facts: Mapping[str, Any], payments: Iterable[date], ends: Iterable[date], spans: Spans, on: date) -> date:
    """The first day after `on` on which an answer may differ though no fact changed.

    `facts` as the rules read them; `payments` are the days equity was paid in; `ends` last valid days of titles and
    certificates. On 1 January every yearly figure moves back by one, so no answer outlives the year.
    """
    days = [date(on.year + 1, 1, 1)]
    for (fact, key), years in spans.items():
        for item in facts.get(fact) or ():
            day = item.get(key)
            if day is not None:
                days += _around([date.fromisoformat(day) if isinstance(day, str) else day], years)
    days += _around(payments, (0, *ROLLING))
    days += _around(ends, (0,))
    return min(day for day in days if day > on)


def _around(days: Iterable[date], years: Iterable[int]) -> list[date]:
    """The anniversaries and their neighbours: whether a test counts the day itself is the rule's affair, not ours."""
    told = []
    for day in days:
        for n in years:
            if day.year + n < 9999:
                anniversary = add_years(day, n)
                told += [anniversary - DAY, anniversary, anniversary + DAY, anniversary + 2 * DAY]
    return told

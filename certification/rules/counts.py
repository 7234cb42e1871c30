"""Counted facts: how many patents, awards or honours satisfy a where-clause on the day of judgement.

An item whose sub-key is missing may count, so a count has a low and a high; a missing list has neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from certification.rules.calendar import add_years, last_day_that_is
from certification.rules.outcomes import MET, UNKNOWN, UNMET, all_of, any_of


@dataclass(frozen=True)
class Where:
    """One test on one sub-key, or a combination. `op`: in, is, le, nonempty, or a date test with `years`:

    older_than (the day after the n-th anniversary), since_years (from the n-th anniversary on),
    within (n years back, inclusive), not_before (valid on the day).
    """

    op: str
    key: str = ""
    values: tuple[Any, ...] = ()
    years: int = 0
    parts: tuple[Where, ...] = ()

    def judge(self, item: Mapping[str, Any], on: date) -> int:
        if self.op == "all":
            return all_of(part.judge(item, on) for part in self.parts)
        if self.op == "any":
            return any_of(part.judge(item, on) for part in self.parts)
        value = item.get(self.key)
        if value is None:
            return UNKNOWN
        return MET if self.holds(value, on) else UNMET

    def holds(self, value: Any, on: date) -> bool:
        if self.op in ("in", "is"):
            return bool(value in self.values)
        if self.op == "le":
            return bool(value <= self.values[0])
        if self.op == "nonempty":
            return bool(value)
        low, high = self.window(on)
        return bool(low <= value <= high)

    def window(self, on: date) -> tuple[date, date]:
        """The dates that satisfy a date test, both ends included."""
        if self.op == "older_than":
            return date.min, last_day_that_is(self.years, on - timedelta(days=1))
        if self.op == "since_years":
            return date.min, last_day_that_is(self.years, on)
        if self.op == "within":
            return add_years(on, -self.years), on
        return on, date.max

    @property
    def is_date_test(self) -> bool:
        return self.op in ("older_than", "since_years", "within", "not_before")


@dataclass(frozen=True)
class Counted:
    """A name for a count over one list fact."""

    name: str
    fact: str
    where: Where
    label: str
    clause: str
    mark: str

    def bounds(self, facts: Mapping[str, Any], on: date) -> tuple[int, int] | None:
        """(at least, at most), or None when the list itself is missing."""
        items = facts.get(self.fact)
        if items is None:
            return None
        verdicts = [self.where.judge(item, on) for item in items]
        low = sum(v == MET for v in verdicts)
        return low, low + sum(v not in (MET, UNMET) for v in verdicts)

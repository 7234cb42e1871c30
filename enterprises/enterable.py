"""Which figures an office may enter: every number of the vocabulary and of the form, by the name under which years are kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from enterprises.facts import EVALUATED_THIS_YEAR, is_figure
from enterprises.plausible import example
from enterprises.sections import TOLD_BY_LISTS
from enterprises.vocabulary import BadFact, Fact, vocabulary
from enterprises.yearly import BASES, fact_named
from foundation.refusals import Problem

FIRST_YEAR_BACK = 6
"""Years back that a figure may be of: ours, so that a slip of the year is caught; no rule looks further back than three."""
SCORE = "development_score"


@dataclass(frozen=True)
class Enterable:
    """`base` is the name without its year; `fact` has type, unit and range."""

    base: str
    label: str
    fact: Fact

    @property
    def is_of_this_year(self) -> bool:
        return self.base == SCORE


@lru_cache(maxsize=1)
def enterables() -> dict[str, Enterable]:
    """By base name, in the order of the data sheet. Sums that follow from payments listed one by one are not entered."""
    made = {}
    for base, label in BASES.items():
        fact = fact_named(f"{base}_y0")
        if fact is not None:
            made[base] = Enterable(base, label.removeprefix("其中："), fact)
    for name, fact in vocabulary().facts.items():
        is_yearly = name.rpartition("_y")[0] in made
        is_told_elsewhere = fact.judged_by_person or name in TOLD_BY_LISTS or name in EVALUATED_THIS_YEAR
        if is_figure(name) and not is_yearly and not is_told_elsewhere:
            made[name] = Enterable(name, fact.label, fact)
    score = vocabulary().facts.get(f"{SCORE}_y0")
    if score is not None:
        made[SCORE] = Enterable(SCORE, "国家平台发展评价得分", score)
    return made


def asked_name(base: str, year: int, on: date) -> str:
    """The name that the vocabulary has for a kept figure on a day: ("revenue", 2024) judged in 2026 → revenue_y1."""
    if base == SCORE:
        return f"{base}_y{on.year - year}"
    return f"{base}_y{on.year - 1 - year}" if base in BASES else base


def read_value(fact: Fact, raw: Any) -> tuple[Decimal | None, Problem | None]:
    """A typed number, or what is wrong with it."""
    typed = raw.replace(",", "").replace("，", "").strip() if isinstance(raw, str) else raw
    if typed in (None, ""):
        return None, Problem("请填写数值", "value", hint=example(fact))
    try:
        value = fact.read(typed)
    except BadFact:
        return None, Problem(f"数值读不懂：“{str(raw)[:20]}”", "value", hint=example(fact))
    return Decimal(value), None

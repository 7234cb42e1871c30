"""Judge one enterprise by one rule set on one day, with every reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from certification.rules.compiling import POINT, CompiledOverlay, CompiledRuleSet, values_on
from certification.rules.generated import Judge, Judged, generate
from certification.rules.outcomes import MET, NAMES, NEEDS_PERSON, NOT_APPLICABLE, UNKNOWN, UNMET
from certification.rules.plan import Plan, make_plan
from certification.rules.quantities import decimal_text, scales
from enterprises.vocabulary import vocabulary


@dataclass(frozen=True)
class Line:
    """One criterion or indicator of the answer. Points are millionths; None when they cannot be told."""

    code: str
    outcome: str
    title: str = ""
    clause: str = ""
    gate: bool = False
    sentence: str = ""
    requirement: str = ""
    help: str = ""
    mark: str = "V"
    values: Mapping[str, str] = field(default_factory=dict)
    points: int | None = None
    max: int | None = None
    low: int = 0
    high: int = 0
    category: str = ""

    def as_dict(self, *, brief: bool = False) -> dict[str, Any]:
        told: dict[str, Any] = {"code": self.code, "outcome": self.outcome, "clause": self.clause}
        if self.max is not None:
            told |= {
                "points": None if self.points is None else plain(self.points),
                "max": plain(self.max),
                "category": self.category,
            }
        if not brief:
            told |= {"sentence": self.sentence, "values": dict(self.values)}
        return told


@dataclass(frozen=True)
class Score:
    """Millionths of a point; a category or total that cannot be told is None and has bounds."""

    total: int | None
    low: int
    high: int
    pass_mark: int | None
    categories: Mapping[str, int | None]

    def as_dict(self) -> dict[str, Any]:
        return {
            "total": None if self.total is None else plain(self.total),
            "pass_mark": None if self.pass_mark is None else plain(self.pass_mark),
            "low": plain(self.low),
            "high": plain(self.high),
            "categories": {k: None if v is None else plain(v) for k, v in self.categories.items()},
        }


@dataclass(frozen=True)
class Assessment:
    """The answer of the contract, and `as_dict()` its JSON."""

    rule_set: str
    on: date
    case_type: str
    notices: tuple[str, ...]
    outcome: str
    size: str
    score: Score | None
    criteria: tuple[Line, ...]

    def line(self, code: str) -> Line:
        return next(line for line in self.criteria if line.code == code)

    def as_dict(self, *, brief: bool = False) -> dict[str, Any]:
        return {
            "rule_set": self.rule_set,
            "on": self.on.isoformat(),
            "case_type": self.case_type,
            "notices": list(self.notices),
            "outcome": self.outcome,
            "size": self.size,
            "score": self.score.as_dict() if self.score else None,
            "criteria": [line.as_dict(brief=brief) for line in self.criteria],
        }


def plain(millionths: int | Fraction) -> str:
    """A decimal string without trailing zeros: 60000000 → "60"."""
    return decimal_text(Fraction(millionths) / POINT)


def stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the engine keeps them: whole numbers where they fit, exact fractions where somebody wrote finer."""
    known = scales(vocabulary())
    kept = {}
    for name, value in facts.items():
        if name in known:
            exact = Fraction(value) * known[name]
            kept[name] = int(exact) if exact.denominator == 1 else exact
        else:
            kept[name] = value
    return kept


@lru_cache(maxsize=64)
def _judge(held: _Held) -> tuple[Plan, Judge]:
    plan = make_plan(held.rule_set, held.case_type, held.overlays, held.on)
    return plan, generate(plan)


@dataclass(frozen=True)
class _Held:
    """A cache key that keeps what it names alive; `values` are the parameters of the day, which is all a day changes."""

    identity: tuple[int, ...]
    case_type: str
    values: tuple[object, ...]
    rule_set: CompiledRuleSet = field(compare=False)
    overlays: tuple[CompiledOverlay, ...] = field(compare=False)
    on: date | None = field(compare=False)


def plan_for(
    rule_set: CompiledRuleSet, case_type: str, overlays: Sequence[CompiledOverlay], on: date | None = None
) -> tuple[Plan, Judge]:
    """The plan of such a case on the day, and the function that judges by it. Clash when notices contradict."""
    laid = tuple(overlays)
    documents = [rule_set.document, *(overlay.document for overlay in laid)]
    values = tuple(tuple(values_on(document, on).items()) for document in documents)  # type: ignore[arg-type]
    return _judge(_Held((id(rule_set), *map(id, laid)), case_type, values, rule_set, laid, on))


def assess(
    rule_set: CompiledRuleSet,
    facts: Mapping[str, Any],
    *,
    on: date,
    case_type: str = "new",
    overlays: Sequence[CompiledOverlay] = (),
    explain: bool = True,
) -> Assessment:
    """Facts in the contract's shape (money in 万元). BadFact for unknown names or wrong types."""
    from certification.rules.explain import Explainer

    plan, judge = plan_for(rule_set, case_type, overlays, on)
    read = stored(vocabulary().read(facts))
    bounds = {name: counted.bounds(read, on) for name, counted in rule_set.counts.items()}
    judged = judge(read, bounds)
    explainer = Explainer(plan, read, bounds, judged) if explain else None
    return answer(plan, judged, on, rule_set.size.classify(read), explainer)


def answer(plan: Plan, judged: Judged, on: date, size: str, explainer: Any = None) -> Assessment:
    """Put the numbers into the shape of the contract; both evaluators end here."""
    lines = {}
    for criterion, test in plan.tests:
        told: dict[str, Any] = explainer.criterion(criterion, test) if explainer else {}
        lines[criterion.code] = Line(
            criterion.code, NAMES[judged.criteria[criterion.code]], criterion.title, criterion.clause, criterion.gate,
            requirement=criterion.requirement, help=criterion.help, mark=criterion.mark, **told,
        )  # fmt: skip
    for indicator in plan.rule_set.indicators:
        low, high, why = judged.points[indicator.code]
        known = low == high
        told = explainer.indicator(indicator, low, high) if explainer else {}
        lines[indicator.code] = Line(
            indicator.code, NAMES[MET if known else why], indicator.title, indicator.clause, False,
            requirement=indicator.requirement, help=indicator.help, mark=indicator.mark, points=low if known else None, max=indicator.max,
            low=low, high=high, category=indicator.category, **told,
        )  # fmt: skip
    gates = [judged.criteria[c.code] for c, _ in plan.tests if c.gate]
    return Assessment(
        plan.rule_set.code, on, plan.case_type, tuple(plan.notices), NAMES[overall(gates)], size,
        score_of(plan, judged), tuple(lines[code] for code in plan.order),
    )  # fmt: skip


def overall(gates: list[int]) -> int:
    asked = [outcome for outcome in gates if outcome != NOT_APPLICABLE]
    for outcome in (UNMET, UNKNOWN, NEEDS_PERSON):
        if outcome in asked:
            return outcome
    return MET


def score_of(plan: Plan, judged: Judged) -> Score | None:
    indicators = plan.rule_set.indicators
    if not indicators:
        return None
    categories: dict[str, int | None] = {}
    for category in plan.rule_set.categories:
        ends = [judged.points[i.code] for i in indicators if i.category == category]
        known = all(low == high for low, high, _ in ends)
        categories[category] = sum(low for low, _, _ in ends) if known else None
    low = sum(judged.points[i.code][0] for i in indicators)
    high = sum(judged.points[i.code][1] for i in indicators)
    total = low if all(value is not None for value in categories.values()) else None
    return Score(total, low, high, plan.rule_set.pass_mark, categories)


def facts_needed(rule_set: CompiledRuleSet) -> frozenset[str]:
    """What the rule set reads."""
    return rule_set.facts()


__all__ = ["Assessment", "Line", "Score", "answer", "assess", "facts_needed", "overall", "plain", "stored"]

"""The nearest way to a condition: which figures would have to move, and how far; which blanks to fill; what to judge.

Every comparison is linear in the fact one would move, so the break-point is solved, not searched. Routes are ranked by
the number of changes, then of open questions, then by the relative size of the changes; no effort weights are made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from certification.rules import nodes as n
from certification.rules.generated import Judged
from certification.rules.outcomes import MET, NEEDS_PERSON
from certification.rules.plan import Plan
from certification.rules.quantities import scales
from enterprises.vocabulary import vocabulary

WITHIN = {"main_revenue_y0": "revenue_y0", "rd_staff_y0": "employees_y0"}
"""A part is never larger than its whole: where it would be, the whole has to move as well."""
ROUND = 10_000
"""Money is moved in steps of 0.01万元."""


@dataclass(frozen=True)
class Change:
    """`kind` is move (a figure), switch (a yes or a choice), add (listed items), fill (a blank) or judge."""

    kind: str
    about: str
    size: Fraction = Fraction(0)
    value: Any = None
    node: n.Node | None = None


@dataclass(frozen=True)
class Route:
    changes: tuple[Change, ...] = ()
    picks: tuple[tuple[n.Indicator, int, Route], ...] = ()

    @cached_property
    def weight(self) -> tuple[int, int, Fraction]:
        """Changes, open questions, and how far all figures move; what is moved for two reasons moves by the longer way."""
        real: dict[str, Fraction] = {}
        for c in self.changes:
            if c.kind in ("move", "switch", "add"):
                real[c.about] = max(real[c.about], c.size) if c.about in real else c.size
        open_ = {c.about for c in self.changes if c.kind in ("fill", "judge")}
        return len(real), len(open_), sum(real.values(), Fraction(0))

    def __add__(self, other: Route) -> Route:
        return Route((*self.changes, *other.changes), (*self.picks, *other.picks))


@dataclass(frozen=True)
class Routes:
    """Looks for routes from one judged enterprise."""

    plan: Plan
    facts: Mapping[str, Any]
    bounds: Mapping[str, tuple[int, int] | None]
    judged: Judged
    place: Mapping[int, int]

    def outcome(self, node: n.Node) -> int:
        return self.judged.nodes[self.place[id(node)]]

    def nearest(self, node: n.Node) -> Route | None:
        """None when no change of this enterprise's own figures leads there."""
        if self.outcome(node) == MET:
            return Route()
        if isinstance(node, n.AllOf):
            marks = [p for p in node.parts if isinstance(p, n.Score) and self.outcome(p) != MET]
            others = [self.nearest(part) for part in node.parts if part not in marks]
            return together([*others, self.score(marks)] if marks else others)
        if isinstance(node, n.AnyOf):
            return best(self.nearest(part) for part in node.parts)
        if isinstance(node, n.AtLeast):
            missing = node.needed - sum(self.outcome(part) == MET for part in node.parts)
            ways = [self.nearest(part) for part in node.parts if self.outcome(part) != MET]
            found = sorted((way for way in ways if way is not None), key=lambda way: way.weight)
            return together(found[:missing]) if len(found) >= missing else None
        if isinstance(node, n.Ref):
            test = self.plan.test(node.code)
            return Route() if test is None else self.nearest(test)
        if isinstance(node, n.Score):
            return self.score([node])
        return self.leaf(node)

    def leaf(self, node: n.Node) -> Route | None:
        known = vocabulary().facts
        blank = [name for name in sorted(self.plan.rule_set.facts_of(node)) if self.facts.get(name) is None]
        if blank:
            return Route(tuple(Change("judge" if known[b].judged_by_person else "fill", b, node=node) for b in blank))
        if isinstance(node, n.Compare):
            if self.outcome(node) == NEEDS_PERSON:
                return Route((Change("judge", node.measure, node=node),))
            return self.moved(node)
        if isinstance(node, n.Count):
            low, high = self.bounds[node.count] or (0, 0)
            if high >= node.needed:
                return Route((Change("fill", self.plan.rule_set.counts[node.count].fact, node=node),))
            return Route((Change("add", node.count, Fraction(node.needed - low, node.needed), node.needed, node),))
        if isinstance(node, n.NotLarge | n.Lacks):
            return None
        return Route((Change("switch", getattr(node, "fact", ""), Fraction(1), wanted(node, self.facts), node),))

    def moved(self, node: n.Compare) -> Route | None:
        """The value of the lever from which on the comparison holds, everything else as it is."""
        lever = node.lever
        slope, rest = Fraction(0), Fraction(0)
        for monomial, coefficient in node.sign().terms:
            product = coefficient
            for name in monomial:
                product *= 1 if name == lever else self.facts[name]
            if monomial.count(lever) > 1:
                return None
            slope, rest = (slope + product, rest) if lever in monomial else (slope, rest + product)
        if not slope:
            return None
        edge = -rest / slope
        upwards = (slope > 0) == (node.op in ("ge", "gt"))
        step = ROUND if vocabulary().facts[lever].unit == "万元" else 1
        value = (-(-edge // step) if upwards else edge // step) * step
        if node.op in ("gt", "lt") and value == edge:
            value += step if upwards else -step
        return self.within_range(node, int(value))

    def within_range(self, node: n.Compare, value: int) -> Route | None:
        fact = vocabulary().facts[node.lever]
        scale = scales(vocabulary())[node.lever]
        if fact.minimum is not None and value < fact.minimum * scale:
            return None
        if fact.maximum is not None and value > fact.maximum * scale:
            return None
        moved = Route((self.move(node, node.lever, value),))
        whole = WITHIN.get(node.lever, "")
        if self.facts.get(whole) is not None and value > self.facts[whole]:
            moved = moved + Route((self.move(None, whole, value),))
        return moved

    def move(self, node: n.Node | None, fact: str, value: int) -> Change:
        have = Fraction(self.facts[fact])
        size = abs(value - have) / max(Fraction(abs(value)), abs(have), Fraction(1))
        return Change("move", fact, size, value, node)

    def score(self, marks: list[n.Score]) -> Route | None:
        """The cheapest set of indicators to raise so that every mark is reached, by least weight per points gained."""
        wanted_: dict[str, int] = {}
        for mark in marks:
            wanted_[mark.category] = max(mark.mark - self.sum_of(mark.category, 0), wanted_.get(mark.category, 0))
        names = tuple(wanted_)
        reached: dict[tuple[int, ...], Route] = {tuple(wanted_.values()): Route()}
        for indicator in self.plan.rule_set.indicators:
            ways = self.ways(indicator)
            for state, route in list(reached.items()):
                for gain, way in ways:
                    left = tuple(
                        max(0, need - gain) if name in ("total", indicator.category) else need
                        for name, need in zip(names, state, strict=True)
                    )
                    longer = route + Route(way.changes, ((indicator, gain, way),))
                    if left not in reached or longer.weight < reached[left].weight:
                        reached[left] = longer
        return reached.get(tuple(0 for _ in names))

    def sum_of(self, category: str, end: int) -> int:
        """The certain (0) or the highest possible (1) points of a category, or of all."""
        rows = [i for i in self.plan.rule_set.indicators if category in ("total", i.category)]
        return sum(self.judged.points[i.code][end] for i in rows)

    def ways(self, indicator: n.Indicator) -> list[tuple[int, Route]]:
        """(points gained, route) for each higher step of an indicator."""
        low, _, _ = self.judged.points[indicator.code]
        if indicator.form == "bands":
            found = [(b.points - low, self.nearest(b.test)) for b in indicator.bands if b.points > low]
            return [(gain, route) for gain, route in found if route is not None]
        value = self.facts.get(indicator.fact)
        if value is None:
            return [(indicator.max - low, Route((Change("fill", indicator.fact),)))]
        if low >= indicator.max:
            return []
        if indicator.form == "value":
            need = indicator.max * scales(vocabulary())[indicator.fact] // 1_000_000
            return [(indicator.max - low, Route((Change("move", indicator.fact, Fraction(need - value, need), need),)))]
        if indicator.form == "steps":
            unit = scales(vocabulary())[indicator.fact] * indicator.every
            steps = range(low // indicator.each + 1, -(-indicator.max // indicator.each) + 1)
            return [
                (min(indicator.max, k * indicator.each) - low,
                 Route((Change("move", indicator.fact, (k * unit - Fraction(value)) / (k * unit), k * unit),)))
                for k in steps
            ]  # fmt: skip
        free = [v for v in vocabulary().facts[indicator.fact].of if v not in value]
        steps = range(1, min(len(free), -(-(indicator.max - low) // indicator.each)) + 1)
        return [
            (min(indicator.max, low + k * indicator.each) - low,
             Route((Change("switch", indicator.fact, Fraction(k), [*value, *free[:k]]),)))
            for k in steps
        ]  # fmt: skip


def wanted(node: n.Node, facts: Mapping[str, Any]) -> Any:
    """The value with which a yes-or-no or a choice would be met."""
    if isinstance(node, n.Flag):
        return node.wanted
    if isinstance(node, n.OneOf):
        return node.values[0]
    if isinstance(node, n.Has):
        return [*facts[node.fact], node.values[0]]
    raise TypeError(f"no such node: {node!r}")


def best(routes: Iterable[Route | None]) -> Route | None:
    found = [route for route in routes if route is not None]
    return min(found, key=lambda route: route.weight, default=None)


def together(routes: Iterable[Route | None]) -> Route | None:
    total = Route()
    for route in routes:
        if route is None:
            return None
        total = total + route
    return total

"""The plan as polars expressions. Products that could leave 64 bits are computed in 128; the ranges certify which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from certification.rules import nodes as n
from certification.rules.algebra import Polynomial
from certification.rules.generated import ZERO
from certification.rules.outcomes import MET, NEEDS_PERSON, NOT_APPLICABLE, UNKNOWN, UNMET
from certification.rules.plan import Plan
from certification.rules.sizing import CLASSES
from enterprises.vocabulary import vocabulary


class Columns:
    """Builds one lazy query for a plan."""

    def __init__(self, plan: Plan, limits: Mapping[str, int]) -> None:
        self.plan = plan
        self.limits = dict(limits)
        self.known = vocabulary().facts

    @staticmethod
    def combine(kind: str, parts: Sequence[pl.Expr]) -> pl.Expr:
        """`all` is the smallest outcome, `any` the largest with the two middle ones swapped."""
        if len(parts) == 1:
            return parts[0]
        if kind == "all":
            return pl.min_horizontal(parts)
        return swapped(pl.max_horizontal([swapped(part) for part in parts]))

    def over(self, frame: pl.DataFrame) -> pl.DataFrame:
        indicators = self.plan.rule_set.indicators
        lazy = frame.lazy().with_columns(self.size())
        points: list[pl.Expr] = []
        for indicator in indicators:
            points += self.indicator(indicator)
        lazy = lazy.with_columns(points).with_columns(self.sums())
        for criterion, test in self.plan.tests:
            outcome = self.node(test) if test is not None else pl.lit(NOT_APPLICABLE)
            lazy = lazy.with_columns(outcome.cast(pl.UInt8).alias(f"o__{criterion.code}"))
        keep = ["row", "size"] + [f"o__{c.code}" for c, _ in self.plan.tests]
        keep += [f"{part}__{i.code}" for i in indicators for part in ("low", "high", "why")]
        return lazy.select(keep).collect()

    def sums(self) -> list[pl.Expr]:
        made = []
        for end in ("low", "high"):
            for category in (*self.plan.rule_set.categories, "total"):
                parts = [
                    pl.col(f"{end}__{i.code}")
                    for i in self.plan.rule_set.indicators
                    if category in ("total", i.category)
                ]
                total = reduce(lambda a, b: a + b, parts, pl.lit(0, dtype=pl.Int64))
                made.append(total.alias(f"{end}_sum__{category}"))
        return made

    def node(self, node: n.Node) -> pl.Expr:
        if isinstance(node, n.AllOf):
            return self.combine("all", [self.node(part) for part in node.parts])
        if isinstance(node, n.AnyOf):
            return self.combine("any", [self.node(part) for part in node.parts])
        if isinstance(node, n.AtLeast):
            return self.at_least(node)
        if isinstance(node, n.Compare):
            return self.compare(node)
        if isinstance(node, n.Flag):
            return self.judged(node.fact, pl.col(node.fact) == node.wanted)
        if isinstance(node, n.OneOf):
            return self.judged(node.fact, pl.col(node.fact).is_in(list(node.values)))
        if isinstance(node, n.Has | n.Lacks):
            held = reduce(lambda a, b: a | b, [pl.col(node.fact).list.contains(v) for v in node.values])
            return self.judged(node.fact, held if isinstance(node, n.Has) else ~held)
        if isinstance(node, n.Count):
            low, high = pl.col(f"{node.count}__low"), pl.col(f"{node.count}__high")
            return outcome(low.is_null(), UNKNOWN, low >= node.needed, high < node.needed)
        if isinstance(node, n.Score):
            low, high = pl.col(f"low_sum__{node.category}"), pl.col(f"high_sum__{node.category}")
            return outcome(pl.lit(False), UNKNOWN, low >= node.mark, high < node.mark)
        if isinstance(node, n.Ref):
            return pl.col(f"o__{node.code}")
        if isinstance(node, n.NotLarge):
            large = self.reaches("large")
            return pl.when(large == MET).then(UNMET).when(large == UNMET).then(MET).otherwise(UNKNOWN).cast(pl.UInt8)
        raise TypeError(f"no such node: {node!r}")

    def judged(self, fact: str, holds: pl.Expr) -> pl.Expr:
        missing = NEEDS_PERSON if self.known[fact].judged_by_person else UNKNOWN
        return pl.when(pl.col(fact).is_null()).then(missing).when(holds).then(MET).otherwise(UNMET).cast(pl.UInt8)

    def at_least(self, node: n.AtLeast) -> pl.Expr:
        parts = [self.node(part) for part in node.parts]
        met = pl.sum_horizontal([(part == MET).cast(pl.Int64) for part in parts])
        open_ = pl.sum_horizontal([(part != UNMET).cast(pl.Int64) for part in parts])
        unknown = pl.any_horizontal([part == UNKNOWN for part in parts])
        rest = pl.when(unknown).then(UNKNOWN).otherwise(NEEDS_PERSON)
        return (
            pl.when(met >= node.needed).then(MET).when(open_ < node.needed).then(UNMET).otherwise(rest).cast(pl.UInt8)
        )

    def polynomial(self, polynomial: Polynomial) -> pl.Expr:
        wide: Any = pl.Int64 if polynomial.width(self.limits) == 64 else pl.Int128
        total = pl.lit(0, dtype=wide)
        for monomial, coefficient in polynomial.whole():
            term = pl.lit(coefficient, dtype=wide)
            for name in monomial:
                term = term * pl.col(name).cast(wide)
            total = total + term
        return total

    def compare(self, node: n.Compare) -> pl.Expr:
        ratio = node.ratio
        assert ratio is not None
        sign = self.polynomial(node.sign())
        holds = {"ge": sign >= 0, "gt": sign > 0, "le": sign <= 0, "lt": sign < 0}[node.op]
        missing = pl.any_horizontal([pl.col(name).is_null() for name in sorted(ratio.facts)])
        chain: Any = pl.when(missing).then(UNKNOWN)
        guards = [self.polynomial(guard) for guard in ratio.guards]
        if guards:
            chain = chain.when(reduce(or_, [guard == 0 for guard in guards])).then(ZERO[node.zero])
            chain = chain.when(reduce(or_, [guard < 0 for guard in guards])).then(NEEDS_PERSON)
        decided: pl.Expr = chain.when(holds).then(MET).otherwise(UNMET).cast(pl.UInt8)
        return decided

    def indicator(self, indicator: n.Indicator) -> list[pl.Expr]:
        code, top = indicator.code, indicator.max
        if indicator.form == "bands":
            low, high, why = self.bands(indicator)
        else:
            value = pl.col(indicator.fact)
            scale = 1 if self.known[indicator.fact].type == "int" else 1_000_000
            if indicator.form == "value":
                exact = value * (1_000_000 // scale)
            elif indicator.form == "steps":
                exact = value // (scale * indicator.every) * indicator.each
            else:
                exact = value.list.n_unique().cast(pl.Int64) * indicator.each
            known = exact.clip(0, top)
            low = pl.when(value.is_null()).then(0).otherwise(known)
            high = pl.when(value.is_null()).then(top).otherwise(known)
            why = pl.lit(UNKNOWN)
        low, high = low.cast(pl.Int64), high.cast(pl.Int64)
        told = pl.when(low == high).then(MET).otherwise(why).cast(pl.UInt8)
        return [low.alias(f"low__{code}"), high.alias(f"high__{code}"), told.alias(f"why__{code}")]

    def bands(self, indicator: n.Indicator) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        tests = [(self.node(band.test), band.points) for band in indicator.bands]
        low = high = pl.lit(indicator.otherwise, dtype=pl.Int64)
        for test, points in reversed(tests):
            low = pl.when(test == MET).then(points).otherwise(low)
            high = pl.when(test != UNMET).then(points).otherwise(high)
        reached, unknown = pl.lit(False), pl.lit(False)
        for test, _ in tests:
            unknown = unknown | (~reached & (test == UNKNOWN))
            reached = reached | (test == MET)
        return low, high, pl.when(unknown).then(UNKNOWN).otherwise(NEEDS_PERSON)

    def reaches(self, size: str) -> pl.Expr:
        sector = pl.col("size_sector")
        chain: Any = pl.when(sector.is_null()).then(UNKNOWN)
        for name, classes in self.plan.rule_set.size.bounds.items():
            tests = [
                outcome(pl.col(fact).is_null(), UNKNOWN, pl.col(fact) >= bound, pl.col(fact) < bound)
                for fact, bound in classes[size]
            ]
            chain = chain.when(sector == name).then(self.combine("all", tests))
        result: pl.Expr = chain.otherwise(UNKNOWN).cast(pl.UInt8)
        return result

    def size(self) -> pl.Expr:
        told: pl.Expr = pl.lit("micro")
        for size in reversed(CLASSES):
            reached = self.reaches(size)
            told = (
                pl.when(reached == MET)
                .then(pl.lit(size))
                .when(reached == UNKNOWN)
                .then(pl.lit("unknown"))
                .otherwise(told)
            )
        return told.alias("size")


def outcome(absent: pl.Expr, otherwise: int, met: pl.Expr, unmet: pl.Expr) -> pl.Expr:
    return pl.when(absent).then(otherwise).when(met).then(MET).when(unmet).then(UNMET).otherwise(UNKNOWN).cast(pl.UInt8)


def swapped(outcome_: pl.Expr) -> pl.Expr:
    return (
        pl.when(outcome_ == UNKNOWN)
        .then(NEEDS_PERSON)
        .when(outcome_ == NEEDS_PERSON)
        .then(UNKNOWN)
        .otherwise(outcome_)
        .cast(pl.UInt8)
    )

"""The definition of meaning: one straight-line Python function per plan, on whole numbers, None for missing.

Node outcomes are returned beside the answer, so that an explanation is written from the very values that decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from certification.rules import nodes as n
from certification.rules.algebra import Polynomial
from certification.rules.outcomes import MET, NEEDS_PERSON, NOT_APPLICABLE, UNKNOWN, UNMET, all_of, any_of, at_least
from certification.rules.plan import Plan
from enterprises.vocabulary import vocabulary

SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
ZERO = {"needs_person": NEEDS_PERSON, "unknown": UNKNOWN}


@dataclass(frozen=True)
class Judged:
    """Outcomes per criterion, (low, high, why it is open) per indicator in millionths, and per node."""

    criteria: dict[str, int]
    points: dict[str, tuple[int, int, int]]
    nodes: dict[int, int]


Facts = Mapping[str, Any]
Bounds = Mapping[str, tuple[int, int] | None]
Judge = Callable[[Facts, Bounds], Judged]


class Writer:
    """Collects the lines of the function; `source` is what is compiled, and can be read by a person."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines: list[str] = ["def judge(f, c):", "    nodes, points, done, low, high = {}, {}, {}, {}, {}"]
        self.names: dict[str, str] = {}
        self.place = {id(node): number for number, node in enumerate(plan.nodes())}
        self.known = vocabulary().facts

    def put(self, line: str) -> None:
        self.lines.append("    " + line)

    def fact(self, name: str) -> str:
        if name not in self.names:
            self.names[name] = f"v{len(self.names)}"
            self.put(f"{self.names[name]} = f.get({name!r})")
        return self.names[name]

    def polynomial(self, polynomial: Polynomial) -> str:
        terms = []
        for monomial, coefficient in polynomial.whole():
            terms.append("*".join([str(coefficient), *(self.fact(name) for name in monomial)]))
        return " + ".join(terms).replace("+ -", "- ") or "0"

    def node(self, node: n.Node) -> str:
        """Writes the node's lines and returns the variable that holds its outcome."""
        target = f"n{self.place[id(node)]}"
        self.put(f"{target} = nodes[{self.place[id(node)]}] = {self.expression(node)}")
        return target

    def expression(self, node: n.Node) -> str:
        if isinstance(node, n.AllOf):
            return f"all_of(({''.join(self.node(part) + ',' for part in node.parts)}))"
        if isinstance(node, n.AnyOf):
            return f"any_of(({''.join(self.node(part) + ',' for part in node.parts)}))"
        if isinstance(node, n.AtLeast):
            return f"at_least({node.needed}, ({''.join(self.node(part) + ',' for part in node.parts)}))"
        if isinstance(node, n.Compare) and node.ratio is not None:
            return self.compare(node)
        if isinstance(node, n.Flag):
            value = self.fact(node.fact)
            return f"{self.missing(node.fact)} if {value} is None else {MET} if {value} is {node.wanted} else {UNMET}"
        if isinstance(node, n.OneOf):
            value = self.fact(node.fact)
            return f"{self.missing(node.fact)} if {value} is None else {MET} if {value} in {node.values!r} else {UNMET}"
        if isinstance(node, n.Has):
            value = self.fact(node.fact)
            held = f"any(x in {node.values!r} for x in {value})"
            return f"{self.missing(node.fact)} if {value} is None else {MET} if {held} else {UNMET}"
        if isinstance(node, n.Lacks):
            value = self.fact(node.fact)
            held = f"any(x in {node.values!r} for x in {value})"
            return f"{self.missing(node.fact)} if {value} is None else {UNMET} if {held} else {MET}"
        if isinstance(node, n.Count):
            return f"count({node.needed}, c.get({node.count!r}))"
        if isinstance(node, n.Score):
            low, high = f"low[{node.category!r}]", f"high[{node.category!r}]"
            return f"{MET} if {low} >= {node.mark} else {UNMET} if {high} < {node.mark} else {UNKNOWN}"
        if isinstance(node, n.Ref):
            return f"done[{node.code!r}]"
        if isinstance(node, n.NotLarge):
            return "not_large(f)"
        raise TypeError(f"no such node: {node!r}")

    def missing(self, fact: str) -> int:
        return NEEDS_PERSON if self.known[fact].judged_by_person else UNKNOWN

    def compare(self, node: n.Compare) -> str:
        ratio = node.ratio
        assert ratio is not None
        absent = " or ".join(f"{self.fact(name)} is None" for name in sorted(ratio.facts)) or "False"
        guards = [self.polynomial(guard) for guard in ratio.guards]
        decided = f"{MET} if {self.polynomial(node.sign())} {SIGNS[node.op]} 0 else {UNMET}"
        if guards:
            lowest = guards[0] if len(guards) == 1 else f"min({', '.join(guards)})"
            decided = f"{NEEDS_PERSON} if {lowest} < 0 else {decided}"
            zero = " or ".join(f"{guard} == 0" for guard in guards)
            decided = f"{ZERO[node.zero]} if {zero} else {decided}"
        return f"{UNKNOWN} if {absent} else {decided}"

    def indicator(self, indicator: n.Indicator) -> None:
        code = indicator.code
        if indicator.form == "bands":
            tests = [(self.node(band.test), band.points) for band in indicator.bands]
            listed = "".join(f"({name}, {points})," for name, points in tests)
            self.put(f"points[{code!r}] = bands(({listed}), {indicator.otherwise})")
            return
        value = self.fact(indicator.fact)
        scale = 1 if self.known[indicator.fact].type == "int" else 1_000_000
        exact = {
            "value": f"min({indicator.max}, max(0, {value} * {1_000_000 // scale}))",
            "steps": f"min({indicator.max}, max(0, {value} // {scale * indicator.every} * {indicator.each}))",
            "adds": f"min({indicator.max}, len(set({value})) * {indicator.each})" if indicator.form == "adds" else "0",
        }[indicator.form]
        self.put(
            f"points[{code!r}] = (0, {indicator.max}, {UNKNOWN}) if {value} is None else ({exact},) * 2 + ({MET},)"
        )

    def sums(self) -> None:
        indicators = self.plan.rule_set.indicators
        for category in self.plan.rule_set.categories:
            codes = [i.code for i in indicators if i.category == category]
            for end, place in (("low", 0), ("high", 1)):
                parts = " + ".join(f"points[{code!r}][{place}]" for code in codes) or "0"
                self.put(f"{end}[{category!r}] = {parts}")
        for end in ("low", "high"):
            self.put(f"{end}['total'] = sum({end}.values())")

    def source(self) -> str:
        for indicator in self.plan.rule_set.indicators:
            self.indicator(indicator)
        self.sums()
        for criterion, test in self.plan.tests:
            value = self.node(test) if test is not None else str(NOT_APPLICABLE)
            self.put(f"done[{criterion.code!r}] = {value}")
        self.put("return Judged(done, points, nodes)")
        return "\n".join(self.lines) + "\n"


def count(needed: int, bounds: tuple[int, int] | None) -> int:
    if bounds is None:
        return UNKNOWN
    return MET if bounds[0] >= needed else UNMET if bounds[1] < needed else UNKNOWN


def bands(tests: tuple[tuple[int, int], ...], otherwise: int) -> tuple[int, int, int]:
    """(low, high, why open): the first band certainly reached, the first that may be, descending points."""
    high: int | None = None
    why = MET
    for outcome, points in tests:
        if outcome == MET:
            return points, points if high is None else high, why if high not in (None, points) else MET
        if outcome != UNMET:
            high = points if high is None else high
            why = UNKNOWN if UNKNOWN in (why, outcome) else outcome
    return otherwise, otherwise if high is None else high, why if high not in (None, otherwise) else MET


def generate(plan: Plan) -> Judge:
    """Compile the plan's function."""
    source = Writer(plan).source()
    names: dict[str, Any] = {
        "Judged": Judged, "all_of": all_of, "any_of": any_of, "at_least": at_least, "count": count, "bands": bands,
        "not_large": plan.rule_set.size.not_large,
    }  # fmt: skip
    # The source is written by the class above from a checked document; no text of a pack reaches it unquoted.
    exec(compile(source, f"<{plan.rule_set.code}>", "exec"), names)  # nosec B102
    judge: Judge = names["judge"]
    return judge

"""What is asked in one case: the rule set, pruned for the case type and the notices, in evaluation order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certification.rules import nodes as n
from certification.rules.compiling import CompiledOverlay, CompiledRuleSet, gates_of


@dataclass(frozen=True)
class Plan:
    """`tests` are (criterion, test) with None where nothing is left to ask; `order` is the order of the answer."""

    rule_set: CompiledRuleSet
    case_type: str
    overlays: tuple[CompiledOverlay, ...]
    tests: tuple[tuple[n.Criterion, n.Node | None], ...]
    order: tuple[str, ...]

    @property
    def notices(self) -> list[str]:
        return [overlay.code for overlay in self.overlays]

    def nodes(self) -> list[n.Node]:
        """Every node that is evaluated, each once, children after their parents."""
        found: list[n.Node] = []
        for indicator in self.rule_set.indicators:
            for band in indicator.bands:
                found += n.walk(band.test)
        for _, test in self.tests:
            if test is not None:
                found += n.walk(test)
        return found


def make_plan(rule_set: CompiledRuleSet, case_type: str, overlays: Sequence[CompiledOverlay]) -> Plan:
    laid = tuple(overlays)
    waived = frozenset(test for overlay in laid for test in overlay.waived(rule_set.code, case_type))
    criteria = [*rule_set.criteria, *gates_of(laid, rule_set)]
    tests = tuple((criterion, n.prune(criterion.test, case_type, waived)) for criterion in criteria)
    gates = [c.code for c in criteria if c.gate]
    others = [c.code for c in criteria if not c.gate]
    return Plan(rule_set, case_type, laid, tests, (*gates, *others, *(i.code for i in rule_set.indicators)))

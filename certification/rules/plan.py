"""What is asked in one case: the rule set, pruned for the case type and the notices, in evaluation order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certification.rules import nodes as n
from certification.rules.compiling import CompiledOverlay, CompiledRuleSet, check_aim, gates_of
from certification.rules.notices import refuse_clashes


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

    def facts(self) -> frozenset[str]:
        """Every fact that is read in this case, the gates of notices included."""
        return self.rule_set.facts(criterion for criterion, _ in self.tests)

    def test(self, code: str) -> n.Node | None:
        return next(test for criterion, test in self.tests if criterion.code == code)

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


def make_plan(
    rule_set: CompiledRuleSet, case_type: str, overlays: Sequence[CompiledOverlay], on: date | None = None
) -> Plan:
    """Clash when two notices contradict each other; without `on` the first day's parameters."""
    laid = tuple({overlay.code: overlay for overlay in overlays}.values())
    refuse_clashes([overlay.document for overlay in laid], rule_set.code, case_type)
    for overlay in laid:
        check_aim(overlay, rule_set)
    replaced = {k: v for overlay in laid for k, v in overlay.replaced(rule_set.code, case_type).items()}
    standing = rule_set.as_of(on, replaced)
    waived = frozenset(test for overlay in laid for test in overlay.waived(rule_set.code, case_type))
    criteria = [*standing.criteria, *gates_of(laid, standing, on)]
    asked: dict[str, n.Node | None] = {}
    for criterion in criteria:
        gone = {code for code, test in asked.items() if test is None}
        asked[criterion.code] = n.prune(criterion.test, case_type, waived, gone)
    tests = tuple((criterion, asked[criterion.code]) for criterion in criteria)
    gates = [c.code for c in criteria if c.gate]
    others = [c.code for c in criteria if not c.gate]
    return Plan(standing, case_type, laid, tests, (*gates, *others, *(i.code for i in standing.indicators)))

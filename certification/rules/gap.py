"""What is missing: the unmet and open parts of each gate, with what is, what is asked and how far it is.

Ranked by the number of changes and their relative size; no effort weights are made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from certification.rules import nodes as n
from certification.rules.assess import plan_for, stored
from certification.rules.compiling import CompiledOverlay, CompiledRuleSet
from certification.rules.explain import Explainer
from certification.rules.outcomes import MET, NAMES, UNMET
from enterprises.vocabulary import vocabulary


@dataclass(frozen=True)
class Gap:
    """One thing that is not there yet. `progress` is have ÷ need in 0–1 where that means something."""

    code: str
    title: str
    outcome: str
    sentence: str
    clause: str
    progress: float | None = None


def gaps(
    rule_set: CompiledRuleSet,
    facts: Mapping[str, Any],
    *,
    on: date,
    case_type: str = "new",
    overlays: Sequence[CompiledOverlay] = (),
) -> list[Gap]:
    """Nearest first among the unmet ones, then what is unknown, then what a person must judge."""
    plan, judge = plan_for(rule_set, case_type, overlays)
    read = stored(vocabulary().read(facts))
    bounds = {name: counted.bounds(read, on) for name, counted in rule_set.counts.items()}
    judged = judge(read, bounds)
    explainer = Explainer(plan, read, bounds, judged)
    found: list[Gap] = []
    for criterion, test in plan.tests:
        outcome = judged.criteria[criterion.code]
        if not criterion.gate or test is None or outcome == MET:
            continue
        for node in parts_that_matter(test, explainer):
            told = explainer.say(node)
            found.append(
                Gap(
                    criterion.code,
                    criterion.title,
                    NAMES[explainer.outcome(node)],
                    told,
                    criterion.clause,
                    progress(node, explainer),
                )
            )
    order = {"unmet": 0, "unknown": 1, "needs_person": 2}
    return sorted(found, key=lambda gap: (order[gap.outcome], -(gap.progress or 0)))


def parts_that_matter(node: n.Node, explainer: Explainer) -> list[n.Node]:
    """Below a conjunction each part that is not met; a choice is one thing."""
    if explainer.outcome(node) == MET:
        return []
    if isinstance(node, n.AllOf):
        return [leaf for part in node.parts for leaf in parts_that_matter(part, explainer)]
    return [node]


def progress(node: n.Node, explainer: Explainer) -> float | None:
    if isinstance(node, n.Compare) and node.ratio is not None and node.op == "ge" and explainer.outcome(node) == UNMET:
        have = explainer.evaluate(node.ratio.numerator) / explainer.evaluate(node.ratio.denominator)
        if node.threshold > 0 and have >= 0:
            return float(min(Fraction(1), have / node.threshold))
    if isinstance(node, n.Count) and explainer.bounds.get(node.count):
        low, _ = explainer.bounds[node.count] or (0, 0)
        return min(1.0, low / node.needed)
    return None

"""What is missing: the unmet and open parts of each gate, with what is, what is asked, how far it is and how to get there.

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
from certification.rules.compiling import POINT, CompiledOverlay, CompiledRuleSet
from certification.rules.explain import Explainer, number
from certification.rules.generated import Judge, Judged
from certification.rules.outcomes import MET, NAMES, UNMET
from certification.rules.plan import Plan
from certification.rules.routes import Change, Route, Routes
from enterprises.vocabulary import vocabulary


@dataclass(frozen=True)
class Gap:
    """One thing that is not there yet. `have`, `need`, `missing` are words with their unit, empty where none apply;

    `progress` is have ÷ need in 0–1 where that means something. `steps` are the changes of the nearest way, checked by
    judging anew; empty when no change of one's own figures leads there. `changes` is how many they are, and `moves` the
    figures among them in the contract's shape, to try out.
    """

    code: str
    title: str
    outcome: str
    sentence: str
    clause: str
    progress: float | None = None
    have: str = ""
    need: str = ""
    missing: str = ""
    unit: str = ""
    steps: tuple[str, ...] = ()
    changes: int = 0
    size: Fraction = Fraction(0)
    moves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Now:
    """One enterprise as it stands judged, with what explains it and what leads on from it."""

    facts: dict[str, Any]
    bounds: dict[str, tuple[int, int] | None]
    explainer: Explainer
    routes: Routes

    @classmethod
    def of(cls, plan: Plan, judge: Judge, facts: dict[str, Any], bounds: dict[str, tuple[int, int] | None]) -> Now:
        judged: Judged = judge(facts, bounds)
        explainer = Explainer(plan, facts, bounds, judged)
        return cls(facts, bounds, explainer, Routes(plan, facts, bounds, judged, explainer.place))


def gaps(
    rule_set: CompiledRuleSet,
    facts: Mapping[str, Any],
    *,
    on: date,
    case_type: str = "new",
    overlays: Sequence[CompiledOverlay] = (),
) -> list[Gap]:
    """Nearest first among the unmet ones, then what is unknown, then what a person must judge."""
    plan, judge = plan_for(rule_set, case_type, overlays, on)
    read = stored(vocabulary().read(facts))
    now = Now.of(plan, judge, read, {name: c.bounds(read, on) for name, c in plan.rule_set.counts.items()})
    found: list[Gap] = []
    for criterion, test in plan.tests:
        if not criterion.gate or test is None or now.routes.judged.criteria[criterion.code] == MET:
            continue
        for node in parts_that_matter(test, now.routes):
            found.append(gap(plan, judge, criterion, node, now))
    order = {"unmet": 0, "unknown": 1, "needs_person": 2}
    return sorted(found, key=lambda g: (order[g.outcome], not g.steps, g.changes, g.size))


def parts_that_matter(node: n.Node, routes: Routes) -> list[n.Node]:
    """Below a conjunction each part that is not met; a choice is one thing."""
    if routes.outcome(node) == MET:
        return []
    if isinstance(node, n.AllOf) and not all(isinstance(part, n.Score) for part in node.parts):
        return [leaf for part in node.parts for leaf in parts_that_matter(part, routes)]
    return [node]


def gap(plan: Plan, judge: Judge, criterion: n.Criterion, node: n.Node, now: Now) -> Gap:
    route, e = now.routes.nearest(node), now.explainer
    nearest = target(node, now.routes)
    shown = headline(nearest, now.routes)
    changes = changes_of(plan, judge, node, route, now) if route else ()
    steps = tuple(dict.fromkeys(words(change, now) for change in changes))
    moves = tuple((c.about, e.value_text(c.about, c.value)) for c in changes if c.kind == "move")
    return Gap(
        criterion.code, criterion.title, NAMES[now.routes.outcome(node)], sentence(node, nearest, now), criterion.clause,
        progress(shown, now), *figures(shown, now), steps, len(steps), route.weight[2] if route else Fraction(0), moves,
    )  # fmt: skip


def target(node: n.Node, routes: Routes) -> n.Node:
    """The part of a choice that is nearest; the node itself where there is no choice."""
    if isinstance(node, n.Ref):
        test = routes.plan.test(node.code)
        return node if test is None else target(test, routes)
    if isinstance(node, n.AnyOf):
        reachable = [
            (route.weight, place, part) for place, part in enumerate(node.parts) if (route := routes.nearest(part))
        ]
        if reachable:
            return target(min(reachable, key=lambda row: row[:2])[2], routes)
    return node


def headline(node: n.Node, routes: Routes) -> n.Node:
    """Of several marks that a score must reach, the first that it does not."""
    if isinstance(node, n.AllOf):
        return next((p for p in node.parts if isinstance(p, n.Score) and routes.outcome(p) != MET), node)
    return node


def sentence(node: n.Node, nearest: n.Node, now: Now) -> str:
    """The nearest way in full; the others of a choice by their names."""
    if not isinstance(node, n.AnyOf) or nearest is node:
        return now.explainer.say(node)
    others = [part for part in node.parts if target(part, now.routes) is not nearest]
    named = [
        next(c.title for c, _ in now.routes.plan.tests if c.code == part.code)
        if isinstance(part, n.Ref)
        else now.explainer.say(part)
        for part in others
    ]
    return now.explainer.say(nearest) + (f"；也可以凭：{'、'.join(named)}" if named else "")


def figures(node: n.Node, now: Now) -> tuple[str, str, str, str]:
    """(have, need, missing, unit) of a figure, a count or a score that falls short."""
    e = now.explainer
    if isinstance(node, n.Compare) and e.outcome(node) == UNMET:
        value, percent = e.measured_value(node), node.unit == "%"
        factor = 100 if percent and node.measure not in e.scales else 1
        short = abs(node.threshold - value) * factor
        unit = "个百分点" if percent else node.unit
        return e.amount(node), e.threshold(node), f"{number(up(short))} {unit}".strip(), node.unit
    if isinstance(node, n.Count) and (bounds := now.bounds.get(node.count)) and e.outcome(node) == UNMET:
        return f"{bounds[0]} 项", f"{node.needed} 项", f"{node.needed - bounds[1]} 项", "项"
    if isinstance(node, n.Score):
        low, high = (now.routes.sum_of(node.category, end) for end in (0, 1))
        short = Fraction(max(0, node.mark - high if e.outcome(node) == UNMET else node.mark - low), POINT)
        have = e.plain(low) if low == high else f"{e.plain(low)}–{e.plain(high)}"
        return f"{have} 分", f"{e.plain(node.mark)} 分", f"{number(short)} 分", "分"
    return "", "", "", ""


def up(value: Fraction) -> Fraction:
    """To two decimals and never less: what is missing must not be told too small."""
    return Fraction(-(-value.numerator * 100 // value.denominator), 100)


def progress(node: n.Node, now: Now) -> float | None:
    """For drawing only: nothing is decided by it."""
    share: Fraction | None = None
    if isinstance(node, n.Compare) and node.op in ("ge", "gt") and now.routes.outcome(node) == UNMET:
        have = now.explainer.measured_value(node)
        share = have / node.threshold if node.threshold > 0 and have >= 0 else None
    elif isinstance(node, n.Count) and (bounds := now.bounds.get(node.count)):
        share = Fraction(bounds[0], node.needed)
    elif isinstance(node, n.Score):
        share = Fraction(now.routes.sum_of(node.category, 0), node.mark)
    return None if share is None else float(min(Fraction(1), share))


def changes_of(plan: Plan, judge: Judge, node: n.Node, route: Route, now: Now) -> tuple[Change, ...]:
    """What has to be different. Moving one figure may upset another part, so every round is judged anew; five at most."""
    if any(change.kind in ("fill", "judge") for change in route.changes):
        return route.changes
    told: dict[str, Change] = {}
    facts, bounds = dict(now.facts), dict(now.bounds)
    for _ in range(5):
        for change in route.changes:
            apply(change, facts, bounds)
            told[change.about] = change
        later = Now.of(plan, judge, facts, bounds)
        if later.routes.outcome(node) == MET:
            return tuple(Change(c.kind, a, c.size, facts.get(a, c.value), c.node) for a, c in told.items())
        further = later.routes.nearest(node)
        if further is None or any(change.kind in ("fill", "judge") for change in further.changes):
            return ()
        route = further
    return ()


def apply(change: Change, facts: dict[str, Any], bounds: dict[str, tuple[int, int] | None]) -> None:
    """Two moves of one figure in the same direction: the farther one holds for both."""
    if change.kind == "add":
        low, high = bounds[change.about] or (0, 0)
        bounds[change.about] = (max(low, change.value), max(high, change.value))
    elif change.kind == "move" and change.node is not None and getattr(change.node, "op", "ge") in ("le", "lt"):
        facts[change.about] = min(facts[change.about], change.value)
    elif change.kind == "move":
        facts[change.about] = max(facts[change.about], change.value)
    else:
        facts[change.about] = change.value


def words(change: Change, now: Now) -> str:
    e = now.explainer
    if change.kind == "fill":
        return f"补填{e.known[change.about].label}"
    if change.kind == "judge":
        node = change.node
        label = node.label if isinstance(node, n.Compare) else e.known[change.about].label
        return f"{label}由人判断"
    if change.kind == "add":
        counted = now.routes.plan.rule_set.counts[change.about]
        return f"{counted.label}达到 {change.value} 项，现有 {(now.bounds[change.about] or (0, 0))[0]} 项"
    fact = e.known[change.about]
    if change.kind == "move":
        have, need = (number(Fraction(v) / e.scales[change.about]) for v in (now.facts[change.about], change.value))
        return f"{fact.label}由 {have} 到 {need} {fact.unit}".strip()
    if isinstance(change.value, list):
        added = [v for v in change.value if v not in now.facts[change.about]]
        return f"{fact.label}增加：{'、'.join(e.word(change.about, v) for v in added)}"
    if isinstance(change.value, bool):
        return f"{fact.label}：应为{'是' if change.value else '否'}"
    return f"{fact.label}：{e.word(change.about, change.value)}"

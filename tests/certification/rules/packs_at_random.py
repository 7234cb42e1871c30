"""Packs that nobody wrote, as text our reader accepts; and facts stuffed with the very numbers those packs ask for."""

import random
from datetime import date
from fractions import Fraction
from typing import Any

from facts_at_random import some_value
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from certification.rules import nodes as n
from certification.rules.plan import Plan
from certification.rules.quantities import decimal_text, scales
from enterprises.vocabulary import vocabulary

FACTS = vocabulary().facts
UNITS = scales(vocabulary())
SIZE_FILE, PACK_FILE, NOTICE_FILE = "size.yaml", "random.yaml", "notice.yaml"
ORIGIN = {"title": "随机标准", "number": "随机1号"}
ANY_DAY = date(2020, 1, 1)
WORDS = {"clause": "第1条", "mark": "V"}
AMOUNTS = {"万元": ["0万元", "0.01万元", "100万元", "999.99万元", "1000万元", "1亿元", "$money"],
           "%": ["0%", "3%", "5%", "33.3333%", "10%", "100%", "-2%", "$share"]}  # fmt: skip
RATIOS = [("rd_expense_y0", "revenue_y0"), ("total_liabilities_y0", "total_assets_y0"), ("net_profit_y0", "revenue_y0"),
          ("rd_staff_y0", "employees_y0"), ("main_revenue_y1", "revenue_y1")]  # fmt: skip


def named(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(name for name, fact in FACTS.items() if fact.type == kind))


def threshold(unit: str) -> st.SearchStrategy[str]:
    return st.sampled_from(AMOUNTS.get(unit, ["0", "1", "2.5", "3", "10", "60"]))


MEASURES = st.one_of(
    st.builds(lambda ab, zero: {"expr": f"{ab[0]} / {ab[1]}", "unit": "%", "zero": zero},
              st.sampled_from(RATIOS), st.sampled_from(["", "needs_person", "unknown"])),
    st.builds(lambda of, how: {"growth_of": of, "formula": how, "unit": "%"},
              st.sampled_from(["revenue", "main_revenue"]), st.sampled_from(["rate", "mean_of_rates", "compound"])),
    st.sampled_from([{"expr": text, "unit": "万元"} for text in (
        "(rd_expense_y0 + rd_expense_y1) / 2", "revenue_y0 - total_liabilities_y0", "net_profit_y0 * 3 + revenue_y1",
        "rd_expense_y0 * revenue_y1 / revenue_y0")]),
)  # fmt: skip


def item_tests(fact: str) -> st.SearchStrategy[dict[str, Any]]:
    """One sub-key of a listed item and how it must be."""
    made = []
    for key, inner in FACTS[fact].item.items():
        if inner.type == "bool":
            how: Any = st.booleans()
        elif inner.type == "enum":
            how = st.one_of(st.sampled_from(inner.of), st.lists(st.sampled_from(inner.of), min_size=1, unique=True))
        elif inner.type == "date":
            how = st.builds(lambda op, years: {op: years}, st.sampled_from(["older_than", "since_years", "within", "not_before"]),
                            st.sampled_from([0, 1, 2, 3, 10]))  # fmt: skip
        elif inner.type == "int":
            how = st.sampled_from([{"le": 1}, {"le": 3}])
        else:
            how = st.just({"nonempty": True})
        made.append(st.builds(lambda k, v: {k: v}, st.just(key), how))
    return st.one_of(made)


@st.composite
def counts(draw: st.DrawFn) -> dict[str, Any]:
    fact = draw(st.sampled_from(["intellectual_property", "awards", "maker_contest", "honours"]))
    tests = st.lists(item_tests(fact), min_size=1, max_size=3)
    where = {key: how for one in draw(tests) for key, how in one.items()}
    if draw(st.booleans()):
        where[draw(st.sampled_from(["any", "all"]))] = draw(tests)
    return {"of": fact, "where": where, "label": "计数", **WORDS}


def leaves(pack: dict[str, Any], *, earlier: list[str], scored: bool, own: bool) -> st.SearchStrategy[Any]:
    """Every kind of leaf that this pack can hold; `own`: it may carry a name to be waived by, or a case type."""
    numeric = sorted(name for name in UNITS if not FACTS[name].of)
    units = {name: FACTS[name].unit for name in numeric} | {k: m["unit"] for k, m in pack["measures"].items()}
    compare = st.sampled_from(sorted(units) + sorted(pack["measures"]) * 12).flatmap(
        lambda name: st.builds(lambda op, edge: {"m": name, op: edge}, st.sampled_from(["ge", "gt", "le", "lt"]), threshold(units[name]))
    )  # fmt: skip
    some = lambda fact: st.lists(st.sampled_from(FACTS[fact].of), min_size=1, unique=True)  # noqa: E731
    kinds = [
        compare, compare,
        st.builds(lambda fact, wanted: {"flag": fact, "is": wanted}, named("bool"), st.booleans()),
        st.one_of(named("enum"), st.just("digital_level")).flatmap(lambda f: some(f).map(lambda v: {"fact": f, "in": v})),
        st.tuples(st.sampled_from(["has", "lacks"]), named("list[enum]")).flatmap(lambda t: some(t[1]).map(lambda v: {t[0]: t[1], "any_of": v})),
        st.builds(lambda count, ge: {"count": count, "ge": ge}, st.sampled_from(sorted(pack["counts"])), st.integers(0, 3)),
        st.just({"size": "not_large"}),
    ]  # fmt: skip
    if earlier:
        kinds.append(st.sampled_from(earlier).map(lambda code: {"ref": code}))
    if scored:
        marks = st.sampled_from(["total", *pack["categories"]])
        kinds.append(
            st.builds(lambda of, ge: {"score": of, "ge": ge}, marks, st.sampled_from(["0", "5", "10", "12.5"]))
        )
    more = [{"when": "new"}, {"when": "renewal"}, {"id": "w0"}, {"id": "w1"}] if own else []
    return st.builds(lambda leaf, words: leaf | words, st.one_of(kinds), st.sampled_from([{}] * 8 + more))


def trees(leaf: st.SearchStrategy[Any], *, own: bool) -> st.SearchStrategy[Any]:
    def grown(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        parts = st.lists(part, min_size=1, max_size=4)
        return st.one_of(
            parts.map(lambda p: {"all": p}),
            parts.map(lambda p: {"any": p}),
            parts.flatmap(lambda p: st.integers(1, len(p)).map(lambda least: {"at_least": least, "of": p})),
            st.builds(
                lambda p, words: {"any": p} | words,
                parts,
                st.sampled_from([{"when": "renewal"}, {"id": "w1"}] if own else [{}]),
            ),
        )

    return st.recursive(leaf, grown, max_leaves=7)


@st.composite
def indicators(draw: st.DrawFn, pack: dict[str, Any], code: str, category: str) -> dict[str, Any]:
    """One scored line of a random form; bands fall strictly from the full score down."""
    own: dict[str, Any] = {"code": code, "title": "指标", "category": category, **WORDS}
    form = draw(st.sampled_from(["ge", "le", "bands", "bands", "values", "steps", "adds", "value"]))
    if form == "value":
        return own | {"max": draw(st.integers(0, 15)), "fact": draw(named("decimal")), "value": True}
    if form == "steps":
        each = {"every": draw(st.integers(1, 3)), "points": draw(st.integers(1, 4))}
        return own | {"max": 10, "fact": draw(st.one_of(named("decimal"), named("int"))), "steps": each}
    if form == "adds":
        return own | {"max": 5, "fact": draw(named("list[enum]")), "adds": {"each": draw(st.integers(1, 4))}}
    points = sorted(draw(st.lists(st.integers(1, 20), min_size=1, max_size=4, unique=True)), reverse=True)
    own |= {"max": points[0], "otherwise": draw(st.integers(0, points[-1] - 1))}
    if form == "bands":
        leaf = leaves(pack, earlier=[], scored=False, own=False)
        return own | {"bands": [{"test": draw(trees(leaf, own=False)), "points": p} for p in points]}
    if form == "values":
        fact = draw(named("enum"))
        chosen = draw(st.lists(st.sampled_from(FACTS[fact].of), min_size=1, max_size=len(points), unique=True))
        return own | {"fact": fact, "max": points[0], "values": dict(zip(chosen, points, strict=False))}
    measure = draw(st.sampled_from(sorted(pack["measures"])))
    unit = pack["measures"][measure]["unit"]
    edges = {"%": [10, 8, 5, 3, 0], "万元": [5000, 1000, 500, 100, 0]}[unit]
    edges = sorted(edges[: len(points)], reverse=form == "ge")
    return own | {"measure": measure, form: [[f"{edge}{unit}", p] for edge, p in zip(edges, points, strict=True)]}


@st.composite
def libraries(draw: st.DrawFn) -> dict[str, str]:
    """The texts of one random standard and, half the time, of a notice over it."""
    pack: dict[str, Any] = {
        "schema": "tianti-pack/1", "code": "R", "tier": "specialised", "title": "随机标准", "origin": ORIGIN,
        "effective": {"from": ANY_DAY, "until": None}, "checked_on": ANY_DAY,
        "parameters": {"money": {"value": "1000万元", **WORDS}, "share": {"value": "5%", **WORDS}},
        "measures": {f"m{k}": {**m, "label": "指标"} for k, m in enumerate(draw(st.lists(MEASURES, min_size=1, max_size=3)))},
        "counts": {f"n{k}": c for k, c in enumerate(draw(st.lists(counts(), min_size=1, max_size=3)))},
    }  # fmt: skip
    scored = draw(st.booleans())
    if scored:
        pack["categories"] = {name: {"title": "类", "max": 0} for name in ("first", "second")}
        pack["indicators"] = []
        for k in range(draw(st.integers(1, 5))):
            line = draw(indicators(pack, f"I{k}", draw(st.sampled_from(["first", "second"]))))
            pack["indicators"].append(line)
            pack["categories"][line["category"]]["max"] += line["max"]
        pack["pass_mark"] = "10分"
    pack["criteria"] = []
    for k in range(draw(st.integers(1, 4))):
        earlier = [row["code"] for row in pack["criteria"]]
        pack["criteria"].append(criterion(draw, pack, f"C{k}", earlier, scored))
    told = {PACK_FILE: dumped(pack)}
    if draw(st.booleans()):
        told[NOTICE_FILE] = dumped(notice(draw, pack, scored))
    return told


def criterion(draw: st.DrawFn, pack: dict[str, Any], code: str, earlier: list[str], scored: bool) -> dict[str, Any]:
    test = draw(trees(leaves(pack, earlier=earlier, scored=scored, own=True), own=True))
    return {"code": code, "title": "条件", "requirement": "要求", "test": test, "gate": draw(st.booleans()) or code == "C0", **WORDS}  # fmt: skip


def notice(draw: st.DrawFn, pack: dict[str, Any], scored: bool) -> dict[str, Any]:
    """Waives the ids it can find, moves a number, adds a gate."""
    cases = draw(st.sampled_from([["new"], ["renewal"], ["new", "renewal"]]))
    aimed = {"rule_set": "R", "case_types": cases, "sentence": "本年度另有规定", **WORDS}
    known = [name for name in ("w0", "w1") if f"'{name}'" in str(pack)]
    return {
        "schema": "tianti-overlay/1", "code": "N", "title": "随机通知", "origin": ORIGIN, "checked_on": ANY_DAY,
        "applies": {"tier": "specialised", "case_types": ["new", "renewal"], "from": ANY_DAY}, "over": "R",
        "waive": [{"test": name, **aimed} for name in draw(st.lists(st.sampled_from(known), unique=True))] if known else [],
        "replace": [{"parameter": "money", "value": "500万元", **aimed}] if draw(st.booleans()) else [],
        "gates": [criterion(draw, pack, "G0", [row["code"] for row in pack["criteria"]], scored)] if draw(st.booleans()) else [],
    }  # fmt: skip


def dumped(document: dict[str, Any]) -> str:
    yaml, out = YAML(typ="safe", pure=True), StringIO()
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.dump(document, out)
    return out.getvalue()


# -- rows ----------------------------------------------------------------------------------------------------------------


def written(name: str, kept: Fraction | int) -> str:
    return decimal_text(Fraction(kept) / UNITS[name])


def some_row(rng: random.Random, plan: Plan, on: date) -> dict[str, Any]:
    """Facts for everything the plan reads: figures at a threshold, one unit beside it, zero, below zero, or missing."""
    compares = [node for node in plan.nodes() if isinstance(node, n.Compare)]
    holes = rng.choice([0, 0, 0.05, 0.3])
    kept: dict[str, int] = {}
    row: dict[str, Any] = {}
    for name in sorted(plan.facts()):
        if name in UNITS and not FACTS[name].of:
            kept[name] = UNITS[name] * rng.choice([0, 1, 2, 3, 10, 20, 100, 300, 1000, 1000, 10000, 40000])
            kept[name] += rng.choice([0, 0, 0, 1, -1])
        else:
            row[name] = some_value(rng, FACTS[name], on)
    for node in rng.sample(compares, min(len(compares), 4)):
        edge = at_the_edge(node, kept)
        if edge is not None:
            kept[node.lever] = edge + rng.choice([-1, 0, 0, 1])
    for name, value in kept.items():
        row[name] = written(name, value) if UNITS[name] > 1 else value
        if UNITS[name] > 1 and rng.random() < 0.01:
            row[name] = written(name, value + Fraction(rng.choice([-1, 1]), 10))
    return {name: value for name, value in row.items() if rng.random() >= holes}


def at_the_edge(node: n.Compare, kept: dict[str, int]) -> int | None:
    """The value of the lever at which the comparison turns, in stored units; None where it is not linear in it."""
    slope, rest = Fraction(0), Fraction(0)
    for monomial, coefficient in node.sign().terms:
        if monomial.count(node.lever) > 1:
            return None
        product = coefficient
        for name in monomial:
            product *= 1 if name == node.lever else kept[name]
        slope, rest = (slope + product, rest) if node.lever in monomial else (slope, rest + product)
    return int(-rest // slope) if slope else None

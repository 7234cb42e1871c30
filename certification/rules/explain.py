"""Sentences in Chinese, written from the values that decided: what is, what is asked, how the two compare."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt
from typing import Any

from certification.rules import nodes as n
from certification.rules.algebra import Polynomial
from certification.rules.compiling import POINT
from certification.rules.generated import Judged
from certification.rules.outcomes import MET, NEEDS_PERSON, UNMET
from certification.rules.plan import Plan
from certification.rules.quantities import decimal_text, scales
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES

HOLDS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
FAILS = {"ge": "<", "gt": "≤", "le": ">", "lt": "≥"}
SIZES = {"micro": "微型", "small": "小型", "medium": "中型", "large": "大型", "unknown": "未能划型"}


def number(value: Fraction | int, places: int = 2) -> str:
    """At most `places` decimals, thousands separated, cut off (never rounded up to a threshold) with an ellipsis."""
    exact = Fraction(value)
    units = abs(exact) * 10**places
    whole, part = divmod(units.numerator // units.denominator, 10**places)
    decimals = str(part).rjust(places, "0").rstrip("0") if places else ""
    shown = f"{whole:,}" + (f".{decimals}" if decimals else "") + ("" if units.denominator == 1 else "…")
    return "-" + shown if exact < 0 else shown


def percent(value: Fraction) -> str:
    """Two decimals and no rounding: 2.996 % reads 2.99…%."""
    exact = value * 100
    sign = "-" if exact < 0 else ""
    hundredths = abs(exact) * 100
    whole = hundredths.numerator // hundredths.denominator
    return f"{sign}{whole // 100}.{whole % 100:02d}{'' if hundredths.denominator == 1 else '…'}%"


def yearly(change: Fraction) -> Fraction:
    """√(1 + change) − 1, exact where it is rational, else cut off after 24 decimals; a fall below nothing stays itself."""
    factor = change + 1
    if factor <= 0:
        return change
    top, bottom = isqrt(factor.numerator), isqrt(factor.denominator)
    if top * top == factor.numerator and bottom * bottom == factor.denominator:
        return Fraction(top, bottom) - 1
    return Fraction(isqrt(factor.numerator * 10**48 // factor.denominator), 10**24) - 1


class Explainer:
    """Writes the sentences of one judgement from the node outcomes of the very function that judged."""

    def __init__(
        self, plan: Plan, facts: Mapping[str, Any], bounds: Mapping[str, tuple[int, int] | None], judged: Judged
    ) -> None:
        self.plan = plan
        self.facts = facts
        self.bounds = bounds
        self.judged = judged
        self.known = vocabulary().facts
        self.scales = scales(vocabulary())
        self.place = {id(node): number_ for number_, node in enumerate(plan.nodes())}

    def criterion(self, criterion: n.Criterion, test: n.Node | None) -> dict[str, Any]:
        if test is None:
            return {"sentence": f"{criterion.title}：本次不考核", "values": {}}
        return {"sentence": self.say(test), "values": self.values(self.plan.rule_set.facts_of(test))}

    def indicator(self, indicator: n.Indicator, low: int, high: int) -> dict[str, Any]:
        read = self.plan.rule_set.facts_of_indicator(indicator)
        points = (
            f"得 {self.plain(low)} 分" if low == high else f"在 {self.plain(low)}–{self.plain(high)} 分之间，尚不能确定"
        )
        measure = ""
        if indicator.form == "bands":
            measure = self.measured(indicator.bands[0].test)
        elif indicator.fact:
            measure = self.fact_words(indicator.fact)
        head = f"{measure}，" if measure else ""
        return {
            "sentence": f"{head}{points}（满分 {self.plain(indicator.max)} 分）",
            "values": self.values(read),
        }

    def plain(self, points: int) -> str:
        return number(Fraction(points, POINT))

    def outcome(self, node: n.Node) -> int:
        return self.judged.nodes[self.place[id(node)]]

    def say(self, node: n.Node) -> str:
        if isinstance(node, n.AllOf):
            return self.joined(node.parts, "，")
        if isinstance(node, n.AnyOf):
            met = [part for part in node.parts if self.outcome(part) == MET]
            if met:
                return self.say(met[0])
            ends = "，或者" if self.outcome(node) != UNMET else "；"
            return ends.join(self.say(part) for part in node.parts)
        if isinstance(node, n.AtLeast):
            return f"至少满足 {node.needed} 项：" + self.joined(node.parts, "，")
        if isinstance(node, n.Compare):
            return self.compare(node)
        if isinstance(node, n.Flag):
            return self.flag(node)
        if isinstance(node, n.OneOf | n.Has):
            return self.choice(node)
        if isinstance(node, n.Lacks):
            return self.lacks(node)
        if isinstance(node, n.Count):
            return self.count(node)
        if isinstance(node, n.Score):
            return self.score(node)
        if isinstance(node, n.Ref):
            criterion, test = next((c, t) for c, t in self.plan.tests if c.code == node.code)
            return f"{criterion.title}：{self.say(test) if test is not None else '本次不考核'}"
        return self.size()

    def joined(self, parts: tuple[n.Node, ...], mark: str) -> str:
        """All parts; where many flags are simply in order, one phrase stands for them."""
        fine = [p for p in parts if isinstance(p, n.Flag) and self.outcome(p) == MET]
        if len(fine) > 2 and len(fine) == len(parts):
            return "各项均符合：" + "、".join(self.flag(p) for p in fine)
        if len(fine) > 2:
            return mark.join(self.say(p) for p in parts if p not in fine) + f"；其余 {len(fine)} 项符合"
        return mark.join(self.say(part) for part in parts)

    def compare(self, node: n.Compare) -> str:
        outcome = self.outcome(node)
        ratio = node.ratio
        assert ratio is not None
        asked = f"{HOLDS[node.op]} {self.threshold(node)}"
        if outcome in (MET, UNMET):
            sign = HOLDS[node.op] if outcome == MET else FAILS[node.op]
            return f"{node.label} {self.amount(node)} {sign} {self.threshold(node)}"
        absent = [self.known[name].label for name in self.known if name in ratio.facts and self.facts.get(name) is None]
        if absent:
            return f"缺少{'、'.join(absent)}，尚不能判断{node.label} {asked}"
        if outcome == NEEDS_PERSON:
            return f"{node.label}的分母为零或负数，无法计算，由人判断（要求 {asked}）"
        return f"{node.label}的上期数为零，无法计算（要求 {asked}）"

    def threshold(self, node: n.Compare) -> str:
        if node.unit == "%":
            value = node.threshold / 100 if node.measure in self.scales else node.threshold
            return percent(value).replace(".00%", "%")
        return f"{number(node.threshold)} {node.unit}".strip()

    def amount(self, node: n.Compare) -> str:
        value = self.measured_value(node)
        if node.unit == "%":
            return percent(value / 100 if node.measure in self.scales else value)
        return f"{number(value)} {node.unit}".strip()

    def measured_value(self, node: n.Compare) -> Fraction:
        """The measure itself; a yearly rate that compounds is cut off far behind what is shown."""
        assert node.ratio is not None
        value = self.evaluate(node.ratio.numerator) / self.evaluate(node.ratio.denominator)
        return yearly(value) if node.root == 2 else value

    def evaluate(self, polynomial: Polynomial) -> Fraction:
        total = Fraction(0)
        for monomial, coefficient in polynomial.terms:
            product = coefficient
            for name in monomial:
                product *= self.facts[name]
            total += product
        return total

    def flag(self, node: n.Flag) -> str:
        label, value = self.known[node.fact].label, self.facts.get(node.fact)
        if value is None:
            who = "待由人判断" if self.known[node.fact].judged_by_person else "尚未填写"
            return f"{label}：{who}"
        return f"{label}：{'是' if value else '否'}"

    def choice(self, node: n.OneOf | n.Has) -> str:
        label, value = self.known[node.fact].label, self.facts.get(node.fact)
        wanted = "、".join(self.word(node.fact, v) for v in node.values)
        if value is None:
            who = "待由人判断" if self.known[node.fact].judged_by_person else "尚未填写"
            return f"{label}：{who}（要求：{wanted}）"
        held = [value] if isinstance(node, n.OneOf) else value
        words = "、".join(self.word(node.fact, v) for v in held) or "无"
        return f"{label}：{words}" + ("" if self.outcome(node) == MET else f"（要求：{wanted}）")

    def lacks(self, node: n.Lacks) -> str:
        label, value = self.known[node.fact].label, self.facts.get(node.fact)
        barred = "、".join(self.word(node.fact, v) for v in node.values)
        if value is None:
            return f"{label}：尚未填写（要求没有：{barred}）"
        return f"{label}中{'没有' if self.outcome(node) == MET else '已有'}{barred}"

    def count(self, node: n.Count) -> str:
        counted, bounds = self.plan.rule_set.counts[node.count], self.bounds.get(node.count)
        if bounds is None:
            return f"尚未填写{self.known[counted.fact].label}，不能判断{counted.label}是否 ≥ {node.needed} 项"
        low, high = bounds
        many = f"{low}" if low == high else f"{low}–{high}（有信息缺失）"
        sign = {MET: " ≥", UNMET: " <"}.get(self.outcome(node), "，要求 ≥")
        return f"{counted.label} {many} 项{sign} {node.needed} 项"

    def score(self, node: n.Score) -> str:
        title = "总分" if node.category == "total" else self.plan.rule_set.document.categories[node.category].title
        ends = [
            self.judged.points[i.code] for i in self.plan.rule_set.indicators if node.category in ("total", i.category)
        ]
        low, high = sum(e[0] for e in ends), sum(e[1] for e in ends)
        shown = self.plain(low) if low == high else f"{self.plain(low)}–{self.plain(high)}"
        sign = {MET: " ≥", UNMET: " <"}.get(self.outcome(node), "，要求 ≥")
        return f"{title} {shown} 分{sign} {self.plain(node.mark)} 分"

    def size(self) -> str:
        size = self.plan.rule_set.size.classify(self.facts)
        parts = []
        for fact in ("employees_y0", "revenue_y0", "total_assets_y0"):
            if self.facts.get(fact) is not None:
                parts.append(self.fact_words(fact))
        sector = self.facts.get("size_sector")
        head = f"{self.word('size_sector', sector)}，" if sector else "尚未填写划型行业，"
        return f"{head}{'，'.join(parts)}，划为{SIZES[size]}".replace("，，", "，")

    def fact_words(self, name: str) -> str:
        fact, value = self.known[name], self.facts.get(name)
        if value is None:
            return f"缺少{fact.label}"
        if name in self.scales:
            return f"{fact.label} {number(Fraction(value) / self.scales[name])} {fact.unit}".strip()
        if isinstance(value, list):
            return f"{fact.label}：" + ("、".join(self.word(name, v) for v in value) or "无")
        return f"{fact.label}：{self.word(name, value)}"

    def measured(self, node: n.Node) -> str:
        """What an indicator looked at, without its threshold."""
        told = []
        for below in n.walk(node):
            if isinstance(below, n.Compare) and below.ratio is not None:
                missing = any(self.facts.get(name) is None for name in below.ratio.facts)
                bad = not missing and any(self.evaluate(g) <= 0 for g in below.ratio.guards)
                shown = "缺少数据" if missing else "无法计算" if bad else self.amount(below)
                told.append(f"{below.label} {shown}")
            elif isinstance(below, n.Count):
                counted = self.plan.rule_set.counts[below.count]
                return self.best_count(counted.fact)
            elif isinstance(below, n.Flag | n.OneOf):
                told.append(self.fact_words(below.fact) if not isinstance(below, n.Flag) else self.flag(below))
        return "，".join(dict.fromkeys(told))

    def best_count(self, fact: str) -> str:
        if self.facts.get(fact) is None:
            return f"缺少{self.known[fact].label}"
        told = [
            f"{counted.label} {self.bounds[name][0]} 项"  # type: ignore[index]
            for name, counted in self.plan.rule_set.counts.items()
            if counted.fact == fact and self.bounds[name] and self.bounds[name][1]  # type: ignore[index]
        ]
        return "，".join(told) or f"没有计入的{self.known[fact].label}"

    def word(self, fact: str, value: Any) -> str:
        return CHOICES.get(fact, {}).get(value, str(value))

    def values(self, facts: set[str]) -> dict[str, str]:
        """The facts that were read, as plain strings."""
        told = {}
        for name in self.known:
            if name in facts and self.facts.get(name) is not None:
                told[name] = self.value_text(name, self.facts[name])
        return told

    def value_text(self, name: str, value: Any) -> str:
        if name in self.scales:
            return decimal_text(Fraction(value) / self.scales[name])
        if isinstance(value, list):
            return str(len(value)) if self.known[name].item else "、".join(map(str, value))
        return str(value).lower() if isinstance(value, bool) else str(value)

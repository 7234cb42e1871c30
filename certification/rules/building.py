"""Turns the texts of one pack into nodes. Every error names the file and the path inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from certification.rules import nodes as n
from certification.rules.algebra import BadExpression, Ratio, TooWide, parse
from certification.rules.counts import Counted
from certification.rules.problems import PackError
from certification.rules.quantities import BadQuantity, limits, quantity, scales
from certification.rules.schema import CriterionText, MeasureText, PackDocument
from certification.rules.wheres import known_values, read_where
from enterprises.vocabulary import vocabulary

POINT = 1_000_000
OPS = ("ge", "gt", "le", "lt")
GROWTH = {
    "rate": ("{0}_y0 / {0}_y1 - 1", 1),
    "mean_of_rates": ("({0}_y0 / {0}_y1 + {0}_y1 / {0}_y2) / 2 - 1", 1),
    "compound": ("{0}_y0 / {0}_y2 - 1", 2),
}
"""Last year's rate; the arithmetic mean of two yearly rates; the yearly rate that compounds to the change of two years."""


@dataclass(frozen=True)
class Measure:
    """An exact ratio with its words. `root`: over how many years it compounds. `lever`: the fact one would move."""

    ratio: Ratio
    label: str
    unit: str
    zero: str
    root: int = 1
    lever: str = ""


class Builder:
    """Reads conditions against the vocabulary, the pack's measures and counts, and the values of its parameters."""

    def __init__(self, file: str, values: Mapping[str, str | int], document: PackDocument | None = None) -> None:
        self.file = file
        self.values = values
        self.known = vocabulary().facts
        self.scales = scales(vocabulary())
        self.limits = limits(vocabulary())
        self.measures: dict[str, Measure] = {}
        self.counts: dict[str, Counted] = {}
        self.categories: tuple[str, ...] = ()
        if document is not None:
            if "total" in document.categories:
                raise self.fail("categories.total", "total 是总分，不能作一类的名称")
            self.categories = (*document.categories, "total")
            self.measures = {key: self.measure(f"measures.{key}", text) for key, text in document.measures.items()}
            for key, counted in document.counts.items():
                self._count(key, counted.of, counted.where, counted.label, counted.clause, counted.mark)

    def fail(self, path: str, what: str) -> PackError:
        return PackError(self.file, path, what)

    def measure(self, path: str, text: MeasureText) -> Measure:
        pattern, root = GROWTH.get(text.formula, (text.expr, 1))
        expression = pattern.format(text.growth_of) if text.growth_of else text.expr
        try:
            ratio = parse(expression, self.scales)
        except BadExpression as error:
            raise self.fail(path, str(error)) from error
        if not ratio.facts:
            raise self.fail(path, f"算式里没有事实：{expression}")
        # Last year's figure of zero makes a rate unknown; a share of nothing is for a person to judge.
        zero = text.zero or ("unknown" if text.growth_of else "needs_person")
        lever = min(ratio.facts, key=expression.index, default="")
        return Measure(ratio, text.label, text.unit, zero, root, lever)

    def _count(self, key: str, of: str, where: Any, label: str, clause: str, mark: str) -> None:
        if of not in self.known or not self.known[of].item:
            raise self.fail(f"counts.{key}.of", f"没有这个列表事实：{of}")
        self.counts[key] = Counted(
            key, of, read_where(self.file, f"counts.{key}.where", where, self.known[of]), label, clause, mark
        )

    def number(self, path: str, raw: Any) -> tuple[Fraction, str]:
        """The exact number and the text it was written as; `$name` is a parameter."""
        text = raw
        if isinstance(raw, str) and raw.startswith("$"):
            if raw[1:] not in self.values:
                raise self.fail(path, f"没有这个参数：{raw}")
            text = self.values[raw[1:]]
        if isinstance(text, bool) or not isinstance(text, str | int):
            raise self.fail(path, f"应为带单位的数，写作文字或整数，现为 {text!r}")
        try:
            return quantity(text)[0], str(text)
        except BadQuantity as error:
            raise self.fail(path, str(error)) from error

    def whole(self, path: str, raw: Any) -> int:
        exact, text = self.number(path, raw)
        if exact.denominator != 1 or exact < 0:
            raise self.fail(path, f"应为不小于零的整数：{text}")
        return int(exact)

    def points(self, path: str, raw: Any) -> int:
        exact = self.number(path, raw)[0] * POINT
        if exact.denominator != 1 or exact < 0:
            raise self.fail(path, f"分值不小于零，最多六位小数：{raw}")
        return int(exact)

    def parts(self, path: str, raw: Any) -> tuple[n.Node, ...]:
        if not isinstance(raw, list) or not raw:
            raise self.fail(path, "应为非空的列表")
        return tuple(self.node(f"{path}[{number}]", part) for number, part in enumerate(raw))

    def node(self, path: str, raw: Any) -> n.Node:
        if not isinstance(raw, Mapping):
            raise self.fail(path, "应为一个映射")
        own = {"id": str(raw.get("id", "")), "when": str(raw.get("when", ""))}
        if own["when"] not in ("", "new", "renewal"):
            raise self.fail(f"{path}.when", "只能是 new 或 renewal")
        keys = set(raw) - {"id", "when"}
        if keys == {"all"}:
            return n.AllOf(parts=self.parts(f"{path}.all", raw["all"]), **own)
        if keys == {"any"}:
            return n.AnyOf(parts=self.parts(f"{path}.any", raw["any"]), **own)
        if keys == {"at_least", "of"}:
            needed, parts = self.whole(f"{path}.at_least", raw["at_least"]), self.parts(f"{path}.of", raw["of"])
            if not 1 <= needed <= len(parts):
                raise self.fail(f"{path}.at_least", "须在 1 与项数之间")
            return n.AtLeast(needed=needed, parts=parts, **own)
        if "m" in keys and len(keys) == 2 and (keys - {"m"}) <= set(OPS):
            return self.compare(path, raw["m"], next(iter(keys - {"m"})), raw, own)
        return self.leaf(path, keys, raw, own)

    def leaf(self, path: str, keys: set[str], raw: Mapping[str, Any], own: dict[str, str]) -> n.Node:
        if keys in ({"flag"}, {"flag", "is"}):
            wanted = raw.get("is", True)
            if not isinstance(wanted, bool):
                raise self.fail(f"{path}.is", "应为 true 或 false")
            return n.Flag(fact=self.fact(path, raw["flag"], "bool"), wanted=wanted, **own)
        for keyed, made, listed, types in (
            ("fact", n.OneOf, "in", ("enum", "int")),
            ("has", n.Has, "any_of", ("list[enum]",)),
            ("lacks", n.Lacks, "any_of", ("list[enum]",)),
        ):
            if keys == {keyed, listed}:
                fact = self.fact(path, raw[keyed], *types)
                known_values(self.file, f"{path}.{listed}", self.known[fact], raw[listed])
                return made(fact=fact, values=tuple(raw[listed]), **own)
        if keys == {"count", "ge"}:
            if raw["count"] not in self.counts:
                raise self.fail(path, f"没有这个计数：{raw['count']}")
            return n.Count(count=raw["count"], needed=self.whole(f"{path}.ge", raw["ge"]), **own)
        if keys == {"score", "ge"}:
            if raw["score"] not in self.categories:
                raise self.fail(path, f"没有这一类得分：{raw['score']}")
            return n.Score(category=raw["score"], mark=self.points(f"{path}.ge", raw["ge"]), **own)
        if keys == {"ref"}:
            return n.Ref(code=str(raw["ref"]), **own)
        if keys == {"size"} and raw["size"] == "not_large":
            return n.NotLarge(**own)
        raise self.fail(path, f"不认识的条件：{'、'.join(sorted(map(str, keys)))}")

    def fact(self, path: str, name: Any, *types: str) -> str:
        if name not in self.known or self.known[name].type not in types:
            raise self.fail(path, f"没有这个事实，或类型不对：{name}")
        return str(name)

    def compare(self, path: str, name: str, op: str, raw: Mapping[str, Any], own: dict[str, str]) -> n.Compare:
        threshold, text = self.number(f"{path}.{op}", raw[op])
        if name in self.measures:
            found = self.measures[name]
            is_share = found.unit == "%"
        elif name in self.scales:
            fact = self.known[name]
            found = Measure(parse(name, self.scales), fact.label, fact.unit, "needs_person", 1, name)
            # A fact whose unit is % is kept as the number in front of the sign.
            threshold = threshold * 100 if text.endswith("%") and fact.unit == "%" else threshold
            is_share = fact.unit == "%"
        else:
            raise self.fail(path, f"没有这个指标或事实：{name}")
        if text.endswith("%") != is_share or (text.endswith("元") and found.unit != "万元"):
            raise self.fail(f"{path}.{op}", f"单位不符：{found.label}以“{found.unit}”计，门槛写作 {text}")
        if found.root > 1 and threshold < -1:
            raise self.fail(f"{path}.{op}", "复合增长率的门槛不能低于 -100%")
        node = n.Compare(
            measure=name, label=found.label, ratio=found.ratio, op=op, threshold=threshold, threshold_text=text,
            unit=found.unit, zero=found.zero, root=found.root, lever=found.lever, path=path, **own,
        )  # fmt: skip
        self.certify(node)
        return node

    def certify(self, node: n.Compare) -> int:
        """64 or 128: the width in which this comparison is certainly exact for every fact within its declared range."""
        try:
            guards = node.ratio.guards if node.ratio else ()
            return max(polynomial.width(self.limits) for polynomial in (node.sign(), *guards))
        except TooWide as error:
            raise self.fail(node.path, str(error)) from error

    def criterion(self, path: str, text: CriterionText) -> n.Criterion:
        return n.Criterion(
            text.code, text.title, text.clause, text.requirement, self.node(f"{path}.test", text.test), text.gate,
            text.mark, text.help,
        )  # fmt: skip

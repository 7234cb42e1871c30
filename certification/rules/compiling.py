"""Document → intermediate form, with the checks that a pack must pass before anything is judged by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from certification.rules import nodes as n
from certification.rules.algebra import BadExpression, Ratio, parse
from certification.rules.counts import Counted, Where
from certification.rules.problems import PackError
from certification.rules.quantities import BadQuantity, quantity, scales
from certification.rules.schema import CriterionText, IndicatorText, OverlayDocument, PackDocument, Parameter
from certification.rules.sizing import SizeStandard
from enterprises.vocabulary import vocabulary

POINT = 1_000_000
OPS = ("ge", "gt", "le", "lt")


@dataclass(frozen=True)
class Question:
    """A fact the rule set asks about, for forms: with the criteria that read it."""

    fact: str
    label: str
    unit: str
    type: str
    group: str
    help: str
    judged_by_person: bool
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class CompiledOverlay:
    code: str
    document: OverlayDocument

    def waived(self, rule_set: str, case_type: str) -> frozenset[str]:
        return frozenset(w.test for w in self.document.waive if w.rule_set == rule_set and case_type in w.case_types)


@dataclass(frozen=True)
class CompiledRuleSet:
    """Ready to judge. `entries` are criteria and indicators in the order of the answer."""

    code: str
    tier: str
    document: PackDocument
    criteria: tuple[n.Criterion, ...]
    indicators: tuple[n.Indicator, ...]
    counts: Mapping[str, Counted]
    size: SizeStandard
    categories: tuple[str, ...]
    pass_mark: int | None
    builder: Builder = field(repr=False, compare=False)

    def facts(self) -> frozenset[str]:
        """Every fact the rule set reads, the size standard included."""
        read = set(self.size.facts)
        for criterion in self.criteria:
            read |= self.facts_of(criterion.test)
        for indicator in self.indicators:
            read |= self.facts_of_indicator(indicator)
        return frozenset(read)

    def facts_of(self, node: n.Node) -> set[str]:
        read: set[str] = set()
        for below in n.walk(node):
            if isinstance(below, n.Compare) and below.ratio:
                read |= below.ratio.facts
            elif isinstance(below, n.Flag | n.OneOf | n.Has | n.Lacks):
                read.add(below.fact)
            elif isinstance(below, n.Count):
                read.add(self.counts[below.count].fact)
            elif isinstance(below, n.NotLarge):
                read |= self.size.facts
        return read

    def facts_of_indicator(self, indicator: n.Indicator) -> set[str]:
        read = {indicator.fact} if indicator.fact else set()
        for band in indicator.bands:
            read |= self.facts_of(band.test)
        return read

    def questions(self) -> list[Question]:
        """Every fact asked, in the vocabulary's order."""
        readers: dict[str, list[str]] = {}
        for criterion in self.criteria:
            for fact in self.facts_of(criterion.test):
                readers.setdefault(fact, []).append(criterion.code)
        for indicator in self.indicators:
            for fact in self.facts_of_indicator(indicator):
                readers.setdefault(fact, []).append(indicator.code)
        known = vocabulary().facts
        return [
            Question(name, f.label, f.unit, f.type, f.group, f.help, f.judged_by_person, tuple(readers[name]))
            for name, f in known.items()
            if name in readers
        ]

    def unconfirmed(self) -> list[tuple[str, str, str]]:
        """(path, mark, note) of every value that is not verified: what an official must look into."""
        document = self.document
        found: list[tuple[str, str, str]] = [
            (f"parameters.{k}", p.mark, p.note) for k, p in document.parameters.items() if p.mark != "V"
        ]
        found += [(f"counts.{k}", c.mark, c.note) for k, c in document.counts.items() if c.mark != "V"]
        found += [(f"measures.{k}", m.mark, m.note) for k, m in document.measures.items() if m.mark != "V"]
        found += [(f"criteria.{c.code}", c.mark, c.note) for c in document.criteria if c.mark != "V"]
        found += [(f"indicators.{i.code}", i.mark, i.note) for i in document.indicators if i.mark != "V"]
        return found


class Builder:
    """Turns the texts of one pack into nodes; every error carries the path."""

    def __init__(self, name: str, parameters: Mapping[str, Parameter], document: PackDocument | None = None) -> None:
        self.name = name
        self.parameters = parameters
        self.scales = scales(vocabulary())
        self.known = vocabulary().facts
        self.measures: dict[str, tuple[Ratio, str, str, str]] = {}
        self.counts: dict[str, Counted] = {}
        if document is not None:
            self._read_measures(document)
            self._read_counts(document)

    def fail(self, path: str, what: str) -> PackError:
        return PackError(self.name, path, what)

    def _read_measures(self, document: PackDocument) -> None:
        for key, text in document.measures.items():
            try:
                ratio = parse(text.expr, self.scales)
            except BadExpression as error:
                raise self.fail(f"measures.{key}", str(error)) from error
            self.measures[key] = (ratio, text.label, text.unit, text.undefined)

    def _read_counts(self, document: PackDocument) -> None:
        for key, text in document.counts.items():
            if text.of not in self.known or not self.known[text.of].item:
                raise self.fail(f"counts.{key}.of", f"没有这个列表事实：{text.of}")
            where = self.where(f"counts.{key}.where", text.where, text.of)
            self.counts[key] = Counted(key, text.of, where, text.label, text.clause, text.mark)

    def where(self, path: str, raw: Mapping[str, Any], fact: str) -> Where:
        """{kind: [..], related: true, any: [..], granted_on: {older_than: 10}}: every key must hold."""
        parts = []
        for key, wanted in raw.items():
            if key in ("all", "any"):
                below = tuple(self.where(f"{path}.{key}[{i}]", r, fact) for i, r in enumerate(wanted))
                parts.append(Where(key, parts=below))
                continue
            if key not in self.known[fact].item:
                raise self.fail(f"{path}.{key}", "没有这个子项")
            if isinstance(wanted, bool):
                parts.append(Where("is", key, (wanted,)))
            elif isinstance(wanted, list):
                self._known_values(f"{path}.{key}", self.known[fact].item[key].of, wanted)
                parts.append(Where("in", key, tuple(wanted)))
            elif isinstance(wanted, Mapping) and len(wanted) == 1:
                ((op, number),) = wanted.items()
                if op not in ("older_than", "since_years", "within", "not_before", "le", "nonempty"):
                    raise self.fail(f"{path}.{key}.{op}", "不认识的条件")
                date_test = op in ("older_than", "since_years", "within")
                parts.append(Where(op, key, (number,), int(number) if date_test else 0))
            else:
                self._known_values(f"{path}.{key}", self.known[fact].item[key].of, [wanted])
                parts.append(Where("is", key, (wanted,)))
        return parts[0] if len(parts) == 1 else Where("all", parts=tuple(parts))

    def _known_values(self, path: str, of: tuple[Any, ...], values: list[Any]) -> None:
        for value in values:
            if of and value not in of:
                raise self.fail(path, f"没有这个取值：{value}")

    def number(self, path: str, raw: str | int) -> tuple[Fraction, str]:
        text = raw
        if isinstance(raw, str) and raw.startswith("$"):
            if raw[1:] not in self.parameters:
                raise self.fail(path, f"没有这个参数：{raw}")
            text = self.parameters[raw[1:]].value
        try:
            return quantity(text)[0], str(text)
        except BadQuantity as error:
            raise self.fail(path, str(error)) from error

    def node(self, path: str, raw: Any) -> n.Node:
        if not isinstance(raw, Mapping):
            raise self.fail(path, "应为一个映射")
        own = {"id": str(raw.get("id", "")), "when": str(raw.get("when", ""))}
        keys = set(raw) - {"id", "when"}
        for kind, make in (("all", n.AllOf), ("any", n.AnyOf)):
            if keys == {kind}:
                parts = tuple(self.node(f"{path}.{kind}[{i}]", r) for i, r in enumerate(raw[kind]))
                return make(parts=parts, **own)
        if keys == {"at_least", "of"}:
            parts = tuple(self.node(f"{path}.of[{i}]", r) for i, r in enumerate(raw["of"]))
            return n.AtLeast(needed=int(raw["at_least"]), parts=parts, **own)
        if "m" in keys and len(keys) == 2 and (keys - {"m"}) <= set(OPS):
            return self.compare(path, raw["m"], next(iter(keys - {"m"})), raw, own)
        if keys <= {"flag", "is"} and "flag" in keys:
            return n.Flag(fact=self.fact(path, raw["flag"], "bool"), wanted=bool(raw.get("is", True)), **own)
        if keys == {"fact", "in"}:
            fact = self.fact(path, raw["fact"], "enum", "int")
            self._known_values(path, self.known[fact].of, raw["in"])
            return n.OneOf(fact=fact, values=tuple(raw["in"]), **own)
        if keys == {"has", "any_of"}:
            fact = self.fact(path, raw["has"], "list[enum]")
            self._known_values(path, self.known[fact].of, raw["any_of"])
            return n.Has(fact=fact, values=tuple(raw["any_of"]), **own)
        if keys == {"lacks", "any_of"}:
            fact = self.fact(path, raw["lacks"], "list[enum]")
            self._known_values(path, self.known[fact].of, raw["any_of"])
            return n.Lacks(fact=fact, values=tuple(raw["any_of"]), **own)
        if keys == {"count", "ge"}:
            if raw["count"] not in self.counts:
                raise self.fail(path, f"没有这个计数：{raw['count']}")
            return n.Count(count=raw["count"], needed=int(self.number(path, raw["ge"])[0]), **own)
        if keys == {"score", "ge"}:
            return n.Score(category=raw["score"], mark=int(self.number(path, raw["ge"])[0] * POINT), **own)
        if keys == {"ref"}:
            return n.Ref(code=str(raw["ref"]), **own)
        if keys == {"size"} and raw["size"] == "not_large":
            return n.NotLarge(**own)
        raise self.fail(path, f"不认识的条件：{sorted(keys)}")

    def fact(self, path: str, name: str, *types: str) -> str:
        if name not in self.known or self.known[name].type not in types:
            raise self.fail(path, f"没有这个事实或类型不对：{name}")
        return name

    def compare(self, path: str, name: str, op: str, raw: Mapping[str, Any], own: dict[str, str]) -> n.Compare:
        threshold, text = self.number(path, raw[op])
        if name in self.measures:
            ratio, label, unit, undefined = self.measures[name]
        elif name in self.scales:
            fact = self.known[name]
            ratio, label, unit, undefined = parse(name, self.scales), fact.label, fact.unit, "unknown"
            if unit == "%":
                threshold = threshold * 100 if text.endswith("%") else threshold
        else:
            raise self.fail(path, f"没有这个指标或事实：{name}")
        return n.Compare(
            measure=name, label=label, ratio=ratio, op=op, threshold=threshold, threshold_text=text, unit=unit,
            undefined=undefined, **own,
        )  # fmt: skip

    def criterion(self, path: str, text: CriterionText) -> n.Criterion:
        return n.Criterion(
            text.code, text.title, text.clause, text.requirement, self.node(f"{path}.test", text.test), text.gate,
            text.mark, text.help,
        )  # fmt: skip

    def points(self, path: str, raw: str | int) -> int:
        try:
            scaled = Decimal(str(raw)) * POINT
        except ArithmeticError as error:
            raise self.fail(path, f"读不懂的分值：{raw}") from error
        return int(scaled)

    def indicator(self, text: IndicatorText) -> n.Indicator:
        path = f"indicators.{text.code}"
        top = self.points(path, text.max)
        common: dict[str, Any] = {
            "code": text.code, "title": text.title, "category": text.category, "clause": text.clause,
            "requirement": text.requirement, "max": top, "otherwise": self.points(path, text.otherwise),
            "mark": text.mark, "help": text.help,
        }  # fmt: skip
        if text.value:
            return n.Indicator(form="value", fact=self.fact(path, text.fact, "decimal", "int"), **common)
        if text.steps:
            fact = self.fact(path, text.fact, "decimal", "int")
            return n.Indicator(
                form="steps",
                fact=fact,
                every=text.steps["every"],
                each=self.points(path, text.steps["points"]),
                **common,
            )
        if text.adds:
            each = self.points(path, text.adds["each"])
            return n.Indicator(form="adds", fact=self.fact(path, text.fact, "list[enum]"), each=each, **common)
        bands = self.bands(path, text)
        marks = [band.points for band in bands]
        if not bands or marks != sorted(marks, reverse=True) or marks[0] != top or common["otherwise"] > marks[-1]:
            raise self.fail(path, "分档须由高到低，最高档等于满分")
        return n.Indicator(form="bands", bands=bands, **common)

    def bands(self, path: str, text: IndicatorText) -> tuple[n.Band, ...]:
        made = [
            n.Band(self.node(path, {"m": text.measure, op: edge}), self.points(path, points))
            for op, rows in (("ge", text.ge), ("le", text.le))
            for edge, points in rows
        ]
        made += [n.Band(self.node(path, band.test), self.points(path, band.points)) for band in text.bands]
        by_points: dict[int, list[Any]] = {}
        for value, points in text.values.items():
            by_points.setdefault(self.points(path, points), []).append(value)
        fact_type = self.known[text.fact].type if text.fact in self.known else ""
        for points, values in sorted(by_points.items(), reverse=True):
            if fact_type == "bool":
                made.append(n.Band(self.node(path, {"flag": text.fact, "is": values[0]}), points))
            else:
                made.append(n.Band(self.node(path, {"fact": text.fact, "in": values}), points))
        return tuple(made)


def compile_rule_set(document: PackDocument, size: SizeStandard) -> CompiledRuleSet:
    """PackError names the path of the first thing that does not hold together."""
    builder = Builder(document.code, document.parameters, document)
    criteria = tuple(builder.criterion(f"criteria.{t.code}", t) for t in document.criteria)
    indicators = tuple(builder.indicator(t) for t in document.indicators)
    codes = [c.code for c in criteria] + [i.code for i in indicators]
    if len(set(codes)) != len(codes):
        raise builder.fail("criteria", "代码重复")
    for key, category in document.categories.items():
        total = sum(i.max for i in indicators if i.category == key)
        if total != builder.points(f"categories.{key}", category.max):
            raise builder.fail(f"categories.{key}", "各指标满分之和与本类满分不符")
    strays = {i.category for i in indicators} - set(document.categories)
    if strays:
        raise builder.fail("indicators", f"没有这一类：{sorted(strays)}")
    pass_mark = int(builder.number("pass_mark", document.pass_mark)[0] * POINT) if document.pass_mark else None
    return CompiledRuleSet(
        document.code, document.tier, document, criteria, indicators, builder.counts, size,
        tuple(document.categories), pass_mark, builder,
    )  # fmt: skip


def compile_overlay(document: OverlayDocument) -> CompiledOverlay:
    Builder(document.code, document.parameters)
    return CompiledOverlay(document.code, document)


def gates_of(overlays: tuple[CompiledOverlay, ...], rule_set: CompiledRuleSet) -> list[n.Criterion]:
    """The gates that notices add to this rule set, compiled with the rule set's own measures and counts."""
    added = []
    for overlay in overlays:
        if overlay.document.over and overlay.document.over != rule_set.code:
            continue
        parameters = {**rule_set.document.parameters, **overlay.document.parameters}
        builder = Builder(overlay.code, parameters, rule_set.document)
        added += [builder.criterion(f"gates.{t.code}", t) for t in overlay.document.gates]
    return added


def in_force(document: PackDocument, on: date) -> bool:
    until = document.effective.until
    return document.effective.from_ <= on and (until is None or on <= until)

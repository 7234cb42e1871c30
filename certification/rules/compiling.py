"""Document → intermediate form, with the checks that a pack must pass before anything is judged by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from certification.rules import nodes as n
from certification.rules.building import POINT, Builder
from certification.rules.counts import Counted
from certification.rules.problems import PackError
from certification.rules.provenance import PolicyNumber, Unconfirmed, numbers_of, unconfirmed_in
from certification.rules.schema import OverlayDocument, PackDocument
from certification.rules.scoring import indicator
from certification.rules.sizing import SizeStandard
from enterprises.vocabulary import vocabulary


class Question(NamedTuple):
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
    """A notice that was read; its gates are compiled together with the rule set they are laid over."""

    code: str
    document: OverlayDocument
    file: str = ""

    def waived(self, rule_set: str, case_type: str) -> frozenset[str]:
        return frozenset(w.test for w in self.document.waive if w.rule_set == rule_set and case_type in w.case_types)

    def replaced(self, rule_set: str, case_type: str) -> dict[str, str | int]:
        rows = [r for r in self.document.replace if r.rule_set == rule_set and case_type in r.case_types]
        return {row.parameter: row.value for row in rows}

    def concerns(self, rule_set: str) -> bool:
        """Whether laying it over this rule set can change anything, or at least was meant for it."""
        document = self.document
        named = {w.rule_set for w in document.waive} | {r.rule_set for r in document.replace}
        return rule_set in named | {document.over, document.use} or bool(document.gates and not document.over)


@dataclass(frozen=True)
class CompiledRuleSet:
    """Ready to judge. `values` are the parameters as they stand; `as_of` gives the variant of another day or notice."""

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
    values: Mapping[str, str | int] = field(default_factory=dict)
    file: str = ""
    variants: dict[tuple[object, ...], CompiledRuleSet] = field(default_factory=dict, repr=False, compare=False)

    def as_of(self, on: date | None, replaced: Mapping[str, str | int] | None = None) -> CompiledRuleSet:
        """The same rules with the parameters of the day and the numbers that a notice replaces."""
        values = {**values_on(self.document, on), **(replaced or {})}
        if values == self.values:
            return self
        key = tuple(sorted(values.items()))
        if key not in self.variants:
            self.variants[key] = compile_rule_set(self.document, self.size, self.file, values)
        return self.variants[key]

    def facts(self, criteria: Iterable[n.Criterion] | None = None) -> frozenset[str]:
        """Every fact the rule set reads, the size standard included."""
        read = set(self.size.facts)
        for criterion in self.criteria if criteria is None else criteria:
            read |= self.facts_of(criterion.test)
        for scored in self.indicators:
            read |= self.facts_of_indicator(scored)
        return frozenset(read)

    def facts_of(self, node: n.Node) -> set[str]:
        read: set[str] = set()
        for below in n.walk(node):
            if isinstance(below, n.Compare):
                read |= below.facts
            elif isinstance(below, n.Flag | n.OneOf | n.Has | n.Lacks):
                read.add(below.fact)
            elif isinstance(below, n.Count):
                read.add(self.counts[below.count].fact)
            elif isinstance(below, n.NotLarge):
                read |= self.size.facts
        return read

    def facts_of_indicator(self, scored: n.Indicator) -> set[str]:
        read = {scored.fact} if scored.fact else set()
        for band in scored.bands:
            read |= self.facts_of(band.test)
        return read

    def questions(self) -> list[Question]:
        """Every fact asked, in the vocabulary's order."""
        readers: dict[str, list[str]] = {}
        for criterion in self.criteria:
            for fact in self.facts_of(criterion.test):
                readers.setdefault(fact, []).append(criterion.code)
        for scored in self.indicators:
            for fact in self.facts_of_indicator(scored):
                readers.setdefault(fact, []).append(scored.code)
        return [
            Question(name, f.label, f.unit, f.type, f.group, f.help, f.judged_by_person, tuple(readers[name]))
            for name, f in vocabulary().facts.items()
            if name in readers
        ]

    def comparisons(self) -> list[n.Compare]:
        tests = [c.test for c in self.criteria] + [band.test for i in self.indicators for band in i.bands]
        return [node for test in tests for node in n.walk(test) if isinstance(node, n.Compare)]

    def certificate(self) -> dict[str, int]:
        """Path of each comparison → 64 or 128 bits, certain for every fact within its declared range."""
        return {node.path: self.builder.certify(node) for node in self.comparisons()}

    def numbers(self) -> list[PolicyNumber]:
        """Every number of the pack with clause, unit, mark, day of checking and sources."""
        return numbers_of(self.document)

    def unconfirmed(self) -> list[Unconfirmed]:
        """What is not verified and an official must look into before it is relied on."""
        return unconfirmed_in(self.document)


def values_on(document: PackDocument | OverlayDocument, on: date | None) -> dict[str, str | int]:
    """Each parameter's value on the day; without a day, on the first day of the document."""
    first = document.effective.from_ if isinstance(document, PackDocument) else document.applies.from_
    return {name: parameter.on(on or first) for name, parameter in document.parameters.items()}


def compile_rule_set(
    document: PackDocument, size: SizeStandard, file: str = "", values: Mapping[str, str | int] | None = None
) -> CompiledRuleSet:
    """PackError names the path of the first thing that does not hold together."""
    standing = values_on(document, None) if values is None else values
    builder = Builder(file or document.code, standing, document)
    criteria = tuple(builder.criterion(f"criteria.{t.code}", t) for t in document.criteria)
    indicators = tuple(indicator(builder, t) for t in document.indicators)
    codes = [c.code for c in criteria] + [i.code for i in indicators]
    if len(set(codes)) != len(codes):
        raise builder.fail("criteria", "代码重复")
    _check_references(builder, criteria)
    _check_sums(builder, document, indicators)
    pass_mark = builder.points("pass_mark", document.pass_mark) if document.pass_mark else None
    return CompiledRuleSet(
        document.code, document.tier, document, criteria, indicators, builder.counts, size,
        tuple(document.categories), pass_mark, builder, standing, file,
    )  # fmt: skip


def _check_references(builder: Builder, criteria: Sequence[n.Criterion], where: str = "criteria") -> None:
    """A criterion may lean only on earlier ones, so that one pass decides all."""
    earlier: set[str] = set()
    for criterion in criteria:
        for node in n.walk(criterion.test):
            if isinstance(node, n.Ref) and node.code not in earlier:
                raise builder.fail(f"{where}.{criterion.code}.test", f"引用的 {node.code} 须写在它之前")
        earlier.add(criterion.code)


def _check_sums(builder: Builder, document: PackDocument, indicators: Sequence[n.Indicator]) -> None:
    for key, category in document.categories.items():
        total = sum(i.max for i in indicators if i.category == key)
        if total != builder.points(f"categories.{key}", category.max):
            raise builder.fail(f"categories.{key}", "各指标满分之和与本类满分不符")
    strays = {i.category for i in indicators} - set(document.categories)
    if strays:
        raise builder.fail("indicators", f"没有这一类：{'、'.join(sorted(strays))}")


def compile_overlay(document: OverlayDocument, file: str = "") -> CompiledOverlay:
    return CompiledOverlay(document.code, document, file)


def gates_of(
    overlays: Sequence[CompiledOverlay], rule_set: CompiledRuleSet, on: date | None = None
) -> list[n.Criterion]:
    """The gates that notices add to this rule set, compiled with the rule set's own measures and counts."""
    added: list[n.Criterion] = []
    for overlay in overlays:
        if overlay.document.over in ("", rule_set.code) and overlay.document.gates:
            values = {**rule_set.values, **values_on(overlay.document, on)}
            builder = Builder(overlay.file or overlay.code, values, rule_set.document)
            gates = [builder.criterion(f"gates.{t.code}", t) for t in overlay.document.gates]
            taken = {c.code for c in (*rule_set.criteria, *added)} | {i.code for i in rule_set.indicators}
            for gate in gates:
                if gate.code in taken:
                    raise builder.fail(f"gates.{gate.code}", "代码重复")
                taken.add(gate.code)
            added += gates
            _check_references(builder, (*rule_set.criteria, *added), "gates")
    return added


def check_aim(overlay: CompiledOverlay, rule_set: CompiledRuleSet) -> None:
    """PackError when a notice waives a test or replaces a number that this rule set does not have: it would change nothing."""
    ids = {node.id for criterion in rule_set.criteria for node in n.walk(criterion.test)}
    for number, row in enumerate(overlay.document.waive):
        if row.rule_set == rule_set.code and row.test not in ids:
            raise PackError(
                overlay.file or overlay.code, f"waive[{number}].test", f"{rule_set.code} 没有这个条件：{row.test}"
            )
    for number, moved in enumerate(overlay.document.replace):
        if moved.rule_set == rule_set.code and moved.parameter not in rule_set.document.parameters:
            raise PackError(
                overlay.file or overlay.code,
                f"replace[{number}].parameter",
                f"{rule_set.code} 没有这个参数：{moved.parameter}",
            )


def in_force(document: PackDocument, on: date) -> bool:
    until = document.effective.until
    return document.effective.from_ <= on and (until is None or on <= until)


__all__ = ["POINT", "Builder", "CompiledOverlay", "CompiledRuleSet", "Question", "check_aim", "compile_overlay",
           "compile_rule_set", "gates_of", "in_force", "values_on"]  # fmt: skip

"""The shape of a pack file. Unknown keys are errors; every number carries its clause and its confidence mark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from certification.rules.problems import PackError

Mark = Literal["V", "M", "C", "X"]
"""V seen in a stored source, M from memory, C conflicting or ambiguous, X not found (never hard-coded)."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Origin(Strict):
    """The document a rule rests on; `sources` are the places where its numbers were seen, by a short id."""

    title: str
    number: str
    part: str = ""
    url: str = ""
    note: str = ""
    sources: dict[str, str] = {}


class Period(Strict):
    from_: date = Field(alias="from")
    until: date | None = None


class Parameter(Strict):
    """One number of the policy: `value` from the first day of the rule set on, or `values` by the day each begins.

    Without `source` and `checked_on` of its own it has those of the pack.
    """

    value: str | int | None = None
    values: dict[date, str | int] = {}
    clause: str
    mark: Literal["V", "M", "C"]
    source: list[str] = []
    note: str = ""
    checked_on: date | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Parameter:
        if (self.value is None) == (not self.values):
            raise ValueError("value 与 values 须且只须写一个")
        return self

    def on(self, day: date) -> str | int:
        """The value in force on the day; the first one for earlier days."""
        if self.value is not None:
            return self.value
        begun = [start for start in self.values if start <= day]
        return self.values[max(begun) if begun else min(self.values)]


class CountText(Strict):
    of: str
    where: dict[str, Any]
    label: str
    clause: str
    mark: Mark
    source: list[str] = []
    note: str = ""


class MeasureText(Strict):
    """An expression over facts, or the growth of a yearly figure by a named formula."""

    expr: str = ""
    growth_of: str = ""
    formula: Literal["", "rate", "mean_of_rates", "compound"] = ""
    label: str
    unit: str = ""
    zero: Literal["", "needs_person", "unknown"] = ""
    mark: Mark = "V"
    source: list[str] = []
    note: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> MeasureText:
        if bool(self.expr) == bool(self.growth_of) or bool(self.growth_of) != bool(self.formula):
            raise ValueError("写 expr，或者写 growth_of 和 formula")
        return self


class CriterionText(Strict):
    code: str
    title: str
    clause: str
    requirement: str
    mark: Mark
    test: dict[str, Any]
    source: list[str] = []
    gate: bool = True
    help: str = ""
    note: str = ""


class BandText(Strict):
    test: dict[str, Any]
    points: str | int


class IndicatorText(Strict):
    code: str
    title: str
    category: str
    max: str | int
    clause: str
    mark: Mark
    source: list[str] = []
    requirement: str = ""
    measure: str = ""
    ge: list[tuple[str | int, str | int]] = []
    le: list[tuple[str | int, str | int]] = []
    bands: list[BandText] = []
    values: dict[str | int, str | int] = {}
    fact: str = ""
    steps: dict[str, int] = {}
    adds: dict[str, int] = {}
    value: bool = False
    otherwise: str | int = 0
    help: str = ""
    note: str = ""


class CategoryText(Strict):
    title: str
    max: str | int
    least: str = ""


class Golden(Strict):
    """A worked example that travels with the pack."""

    name: str
    on: date
    case_type: Literal["new", "renewal"] = "new"
    notices: list[str] = []
    facts: dict[str, Any]
    expect: dict[str, Any]


class Sector(Strict):
    """The bounds of one line of business: facts and quantities that must all be reached."""

    large: dict[str, str]
    medium: dict[str, str]
    small: dict[str, str]
    mark: Mark = "V"
    source: list[str] = []
    note: str = ""


class PackDocument(Strict):
    """A rule set, or the size standard (which has `sectors` and no tier)."""

    schema_: Literal["tianti-pack/1"] = Field(alias="schema")
    code: str
    tier: str = ""
    title: str
    origin: Origin
    effective: Period
    checked_on: date
    remarks: list[str] = []
    reviewer_notes: list[str] = []
    parameters: dict[str, Parameter] = {}
    counts: dict[str, CountText] = {}
    measures: dict[str, MeasureText] = {}
    criteria: list[CriterionText] = []
    categories: dict[str, CategoryText] = {}
    pass_mark: str = ""
    indicators: list[IndicatorText] = []
    sectors: dict[str, Sector] = {}
    case_types: list[Literal["new", "renewal"]] = ["new", "renewal"]
    tests: list[Golden] = []


class Applies(Strict):
    tier: str
    case_types: list[Literal["new", "renewal"]]
    from_: date = Field(alias="from")
    until: date | None = None
    cohorts: list[int] = []


class Waiver(Strict):
    rule_set: str
    test: str
    case_types: list[Literal["new", "renewal"]]
    clause: str
    mark: Mark
    sentence: str
    source: list[str] = []


class Replaced(Strict):
    """A number that a notice replaces for its year."""

    rule_set: str
    parameter: str
    value: str | int
    case_types: list[Literal["new", "renewal"]]
    clause: str
    mark: Literal["V", "M", "C"]
    sentence: str
    source: list[str] = []


class OverlayDocument(Strict):
    """A yearly notice: where it applies, which rule set it points to, what it waives or replaces, which gate it adds."""

    schema_: Literal["tianti-overlay/1"] = Field(alias="schema")
    code: str
    title: str
    origin: Origin
    checked_on: date
    applies: Applies
    use: str = ""
    over: str = ""
    waive: list[Waiver] = []
    replace: list[Replaced] = []
    gates: list[CriterionText] = []
    parameters: dict[str, Parameter] = {}
    remarks: list[str] = []
    tests: list[Golden] = []


def read_document(raw: Mapping[str, Any], name: str) -> PackDocument | OverlayDocument:
    """PackError names the first wrong path."""
    kind: type[PackDocument] | type[OverlayDocument] = (
        OverlayDocument if str(raw.get("schema", "")).startswith("tianti-overlay") else PackDocument
    )
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"])
        raise PackError(name, path, first["msg"]) from error

"""The shape of a pack file. Unknown keys are errors; every number carries its clause and its confidence mark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from certification.rules.problems import PackError

Mark = Literal["V", "M", "C", "X"]
"""V seen in a stored source, M from memory, C conflicting or ambiguous, X not found (never hard-coded)."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Origin(Strict):
    """The document a rule rests on."""

    title: str
    number: str
    part: str = ""
    url: str = ""
    note: str = ""


class Period(Strict):
    from_: date = Field(alias="from")
    until: date | None = None


class Parameter(Strict):
    """One number of the policy."""

    value: str | int
    clause: str
    mark: Mark
    note: str = ""
    checked_on: date | None = None


class CountText(Strict):
    of: str
    where: dict[str, Any]
    label: str
    clause: str
    mark: Mark
    note: str = ""


class MeasureText(Strict):
    expr: str
    label: str
    unit: str = ""
    undefined: Literal["needs_person", "unknown"] = "needs_person"
    formula: str = ""
    mark: Mark = "V"
    note: str = ""


class CriterionText(Strict):
    code: str
    title: str
    clause: str
    requirement: str
    mark: Mark
    test: dict[str, Any]
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
    order: list[str] = []
    sectors: dict[str, dict[str, Any]] = {}
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


class OverlayDocument(Strict):
    """A yearly notice: where it applies, which rule set it points to, what it waives, which gate it adds."""

    schema_: Literal["tianti-overlay/1"] = Field(alias="schema")
    code: str
    title: str
    origin: Origin
    checked_on: date
    applies: Applies
    use: str = ""
    over: str = ""
    waive: list[Waiver] = []
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

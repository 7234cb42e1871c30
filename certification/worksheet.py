"""The criteria worksheet of a case: what is asked, what is claimed and by which source, last year, machine, verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from certification import library
from certification.models import Application, Submission, Verdict
from certification.rules.compiling import Question
from enterprises.words import CHOICES

WHOLE = 4
"""Claims shown one by one; a criterion that reads more facts shows only their sources."""


@dataclass(frozen=True)
class Claim:
    """One fact as it was filed; `before` is the same figure a year earlier."""

    label: str
    value: str
    source: str
    before: str


@dataclass(frozen=True)
class Row:
    code: str
    title: str
    requirement: str
    clause: str
    outcome: str
    sentence: str
    points: str
    most: str
    is_gate: bool
    claims: tuple[Claim, ...]
    sources: tuple[str, ...]
    verdict: Verdict | None
    is_waiting: bool


def worksheet(
    application: Application, filed: Submission, verdicts: Mapping[str, Verdict], waiting: list[str]
) -> tuple[list[Row], list[Row]]:
    """(conditions that must hold, their parts and scored indicators), in the order of the standard."""
    rule_set = library.pinned(application.rule_set_code, application.rule_set_hash)
    told = {c.code: c for c in rule_set.criteria} | {i.code: i for i in rule_set.document.indicators}
    asked: dict[str, list[Question]] = {}
    for question in rule_set.questions():
        for code in question.criteria:
            asked.setdefault(code, []).append(question)
    gates, parts = [], []
    for line in filed.result["criteria"]:
        code = line["code"]
        known: Any = told.get(code)
        claims = [claim_of(question, filed) for question in asked.get(code, ())]
        is_gate = bool(getattr(known, "gate", known is None)) and "max" not in line
        row = Row(
            code, getattr(known, "title", code), getattr(known, "requirement", ""), line["clause"], line["outcome"],
            line.get("sentence", ""), line.get("points") or "", line.get("max") or "", is_gate,
            tuple(c for c in claims if c.value) if len(claims) <= WHOLE else (),
            tuple(sorted({c.source for c in claims if c.source})), verdicts.get(code), code in waiting,
        )  # fmt: skip
        (gates if is_gate or row.is_waiting else parts).append(row)
    return gates, parts


def claim_of(question: Question, filed: Submission) -> Claim:
    """What the snapshot says of one fact, in the words of the form."""
    name = question.fact
    earlier = name[:-1] + str(int(name[-1]) + 1) if name[-3:-1] == "_y" and name[-1].isdigit() else ""
    return Claim(
        question.label, words_of(name, filed.facts.get(name), question.unit), filed.sources.get(name, ""),
        words_of(earlier, filed.facts.get(earlier), "") if earlier else "",
    )  # fmt: skip


def words_of(name: str, value: Any, unit: str) -> str:
    """A fact as a reader says it; nothing for what is not known."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    words = CHOICES.get(name, {})
    if isinstance(value, list):
        plain = [str(words.get(item, item)) for item in value if not isinstance(item, dict)]
        return "、".join(plain) if plain else f"{len(value)} 项"
    if unit == "万元" or (
        not words and isinstance(value, str) and value.replace(".", "", 1).isdigit() and "." in value
    ):
        value = f"{Decimal(str(value)):,f}"
    return f"{words.get(value, value)}{f' {unit}' if unit else ''}"

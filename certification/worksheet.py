"""The criteria worksheet of a case: what is asked, what is claimed and by which source, last year, machine, verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from certification import library
from certification.answers import slips_filed
from certification.form import steps_for
from certification.form_fields import YEAR_BEFORE, FormField
from certification.models import Application, Submission, Verdict
from certification.rules.compiling import CompiledRuleSet, Question
from enterprises.facts import Fact
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES
from foundation.refusals import Problem

PROOFS = {
    "identity": ("licence", "credit"),
    "size": ("audit", "social"),
    "finance": ("audit", "rd_audit", "financing"),
    "people": ("social",),
    "specialisation": ("field", "share"),
    "refinement": ("digital", "certificate", "share"),
    "characteristics": ("digital", "certificate", "share"),
    "innovation": ("rd_audit", "rd", "right", "award", "audit"),
    "champion": ("share", "audit"),
}
"""Which papers speak to which group of facts; only an order of opening them, never a proof."""

WHOLE = 4
"""Claims shown one by one; a criterion that reads more facts shows only their sources."""


@dataclass(frozen=True)
class Claim:
    """One fact as it was filed; `before` is the same figure a year earlier, `others` what other sources said of it."""

    label: str
    value: str
    source: str
    before: str
    others: tuple[tuple[str, str], ...] = ()


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
    facts: tuple[str, ...] = ()
    disputed: tuple[Claim, ...] = ()
    before: Verdict | None = None
    slips: tuple[Problem, ...] = ()

    @property
    def shown(self) -> str:
        """The machine's result as it may be shown: nothing is green without a source."""
        return "met_unsourced" if self.outcome == "met" and self.facts and not self.sources else self.outcome

    @property
    def is_without_data(self) -> bool:
        """A condition that must hold and cannot be computed."""
        return self.is_gate and self.outcome == "unknown"

    @property
    def is_by_hand(self) -> bool:
        """The machine has decided nothing: it is judged met or unmet, with a reason."""
        return self.outcome == "needs_person" or self.is_without_data

    @property
    def is_self_reported(self) -> bool:
        return bool(self.sources) and set(self.sources) <= {"self"}


def worksheet(
    application: Application,
    filed: Submission,
    verdicts: Mapping[str, Verdict],
    waiting: list[str],
    before: Mapping[str, Verdict] | None = None,
    *,
    rule_set: CompiledRuleSet | None = None,
    whole: int = WHOLE,
) -> tuple[list[Row], list[Row]]:
    """(conditions that must hold, their parts and scored indicators), in the order of the standard.

    `rule_set`: the one of the case, where the caller has read it already, for many cases at once. `whole`: up to how many
    claims of a criterion are told one by one.

    `before`: what this stage said of an earlier version, by criterion. `slips` of a row: figures that look like a slip of
    the unit, of every year the form has, so that a factor of 10,000 between two years is seen beside the claim.
    """
    if rule_set is None:
        rule_set = library.pinned(application.rule_set_code, application.rule_set_hash)
    told = {c.code: c for c in rule_set.criteria} | {i.code: i for i in rule_set.document.indicators}
    asked: dict[str, list[Question]] = {}
    for question in rule_set.questions():
        for code in question.criteria:
            asked.setdefault(code, []).append(question)
    slips = slips_filed(filed)
    fields = [field for step in steps_for(rule_set) for field in step.fields if not field.is_fact]
    gates, parts = [], []
    for line in filed.result["criteria"]:
        code = line["code"]
        known: Any = told.get(code)
        claims = [claim_of(question, filed) for question in asked.get(code, ())]
        beside = [claim for field in fields if code in field.criteria and (claim := answer_of(field, filed)).value]
        facts = tuple(question.fact for question in asked.get(code, ()))
        is_gate = bool(getattr(known, "gate", known is None)) and "max" not in line
        row = Row(
            code, getattr(known, "title", code), getattr(known, "requirement", ""), line["clause"], line["outcome"],
            line.get("sentence", ""), line.get("points") or "", line.get("max") or "", is_gate,
            (*(c for c in claims if c.value and len(claims) <= whole), *beside),
            tuple(sorted({c.source for c in (*claims, *beside) if c.source})), verdicts.get(code), code in waiting,
            facts, tuple(c for c in (*claims, *beside) if c.others), None if before is None else before.get(code),
            tuple(slip for slip in slips if slip.field in facts),
        )  # fmt: skip
        (gates if is_gate or row.is_waiting else parts).append(row)
    return gates, parts


@dataclass(frozen=True)
class Comparison:
    """One figure as it was filed, and what other sources say of it today."""

    label: str
    filed: str
    source: str
    others: tuple[tuple[str, str, bool, str], ...]


def compared(
    row: Row,
    application: Application,
    filed: Submission,
    live: Mapping[str, Fact],
    behind: Mapping[tuple[str, str], str] | None = None,
) -> list[Comparison]:
    """The filed values of a criterion beside today's other sources: (source, words, is the same, document behind it).

    `behind`: {(fact, source): document}, of figures that offices entered (enterprises/dispute.py).
    """
    told = []
    papers = behind or {}
    for question in library.pinned(application.rule_set_code, application.rule_set_hash).questions():
        name = question.fact
        if name not in row.facts or filed.facts.get(name) in (None, "") or question.unit == "":
            continue
        fact = live.get(name)
        others = [] if fact is None else [(fact.source, fact.value), *fact.conflicting]
        mine = words_of(name, filed.facts.get(name), question.unit)
        source = filed.sources.get(name, "")
        said = [(s, words_of(name, _plain(v), question.unit)) for s, v in others if s != source]
        told.append(
            Comparison(
                question.label,
                mine,
                source,
                tuple((s, words, words == mine, papers.get((name, str(s)), "")) for s, words in said),
            )
        )
    return told


def _plain(value: Any) -> Any:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def opening_paper(row: Row | None, filed: Submission) -> str:
    """The public id of the paper to open first at a criterion: what speaks to its facts, else the first of all."""
    if not filed.evidence:
        return ""
    known = vocabulary().facts
    groups = [known[name].group for name in row.facts if name in known] if row else []
    for group in dict.fromkeys(groups):
        for kind in PROOFS.get(group, ()):
            found = next((p["public_id"] for p in filed.evidence if p["kind"] == kind), "")
            if found:
                return str(found)
    return str(filed.evidence[0]["public_id"])


def claim_of(question: Question, filed: Submission) -> Claim:
    """What the snapshot says of one fact, in the words of the form."""
    name = question.fact
    others = tuple((s, words_of(name, v, question.unit)) for s, v in filed.conflicts.get(name, ()))
    earlier = name[:-1] + str(int(name[-1]) + 1) if name[-3:-1] == "_y" and name[-1].isdigit() else ""
    return Claim(
        question.label, words_of(name, filed.facts.get(name), question.unit), filed.sources.get(name, ""),
        words_of(earlier, filed.facts.get(earlier), "") if earlier else "", others,
    )  # fmt: skip


def answer_of(field: FormField, filed: Submission) -> Claim:
    """An answer of the form that a person judges by and no rule reads; empty where it is told as the year before of another."""
    name = field.name
    value = "" if name in YEAR_BEFORE.values() else words_of(name, filed.answers.get(name), field.unit)
    earlier = YEAR_BEFORE.get(name, "")
    others = tuple((s, words_of(name, v, field.unit)) for s, v in filed.conflicts.get(name, ()))
    return Claim(
        field.label, value, filed.sources.get(name, "self") if value else "",
        words_of(earlier, filed.answers.get(earlier), field.unit) if earlier else "", others,
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

"""一次性告知: say everything at once. What was visible and not asked comes back as a second return, and is flagged.

The library of reasons is data (`return_reasons.yaml`); the check lists what the machine, other sources, the call's list of
papers and the reviewer's own verdicts still hold against the case, and what he has not judged yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from certification import gates
from certification.apply import steps_of
from certification.form import FormField, all_fields
from certification.models import Application, Submission, Verdict
from certification.paper_list import not_filed
from certification.worksheet import words_of
from enterprises.models import Source

FILE = Path(__file__).resolve().parent / "return_reasons.yaml"
GENERAL = "any"


@dataclass(frozen=True)
class Reason:
    """One wording that tells what is wrong and how to mend it."""

    code: str
    title: str
    text: str
    fields: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class Hint:
    """A point that may come back as a second return: the field to unlock, and what speaks for it."""

    field: str
    label: str
    why: str


@lru_cache(maxsize=1)
def reasons() -> tuple[Reason, ...]:
    """The library, in the order of the file."""
    rows = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))["reasons"]
    return tuple(
        Reason(code, row["title"], row["text"], tuple(row.get("fields", [GENERAL])), row.get("clause", ""))
        for code, row in rows.items()
    )


def reasons_for(field: str) -> list[Reason]:
    """Wordings for this field first, then those that fit any."""
    own = [r for r in reasons() if field in r.fields]
    return own + [r for r in reasons() if GENERAL in r.fields]


def overlooked(application: Application, chosen: Sequence[str]) -> list[Hint]:
    """What is visible now and not among the returned fields: "还有 N 处你可能会再次退回"; one hint a field, with all that speaks for it."""
    filed = application.submissions.order_by("-number").first()
    if filed is None:
        return []
    fields = all_fields(steps_of(application))
    found: dict[str, list[str]] = {}
    told = [
        *_by_criteria(application, filed, fields),
        *_by_conflicts(application, filed, fields),
        *_by_papers(application, filed),
    ]
    for field, why in told:
        if field not in chosen:
            found.setdefault(field, []).append(why)
    return [
        Hint(name, fields[name].label if name in fields else "附件材料", "；".join(dict.fromkeys(whys)))
        for name, whys in found.items()
    ]


def _verdicts(application: Application, filed: Submission) -> dict[str, Verdict]:
    """What this office has said of this version, by criterion."""
    rows = Verdict.objects.filter(
        application=application, submission_number=filed.number, stage=application.state, taken_back_at=None
    )
    return {row.criterion: row for row in rows}


def _by_criteria(application: Application, filed: Submission, fields: Mapping[str, FormField]) -> list[tuple[str, str]]:
    """Conditions that must hold and are not settled, with a field that speaks to each.

    Those that the reviewer has not accepted; those that nobody has judged and that the machine found not met, without
    data, or for a person to judge. What the reviewer has accepted is settled, whatever the machine says.
    """
    verdicts, known = _verdicts(application, filed), gates.criteria_of(application)
    asked: dict[str, list[FormField]] = {}
    for field in fields.values():
        for code in field.criteria if not field.is_judged else ():
            asked.setdefault(code, []).append(field)
    lines = filed.result.get("criteria", [])
    told: list[tuple[str, str]] = []
    for line in lines:
        code, verdict = line["code"], verdicts.get(line["code"])
        title = known[code].title if code in known else code
        own = asked.get(code, [])
        where, why = _spoken(own, fields), ""
        if verdict is not None:
            if verdict.verdict in ("disagree", "unmet"):
                why = f"您对“{title}”的判断是{verdict.get_verdict_display()}：{verdict.note}"
        elif gates.is_without_data(line, known):
            where = _empty(own or _leaned_on(lines, asked), filed) or where
            why = f"“{title}”缺数据，机器判不了，您也还没有判断"
        elif line["outcome"] == "needs_person":
            why = f"“{title}”要由您判断，还没有判断"
        elif line["outcome"] == "unmet" and gates.is_gate(line, known):
            where, why = own[:1], f"“{title}”机器核算不满足，数填错了的请一并退回"
        told += [(field.name, why) for field in where if why]
    return told


def _spoken(own: Sequence[FormField], fields: Mapping[str, FormField]) -> list[FormField]:
    """Where the firm tells of it: the first field of the condition, else the text on its product, as the form says."""
    return list(own[:1]) or [fields[name] for name in ("product_text",) if name in fields]


def _leaned_on(lines: Sequence[Mapping[str, Any]], asked: Mapping[str, Sequence[FormField]]) -> list[FormField]:
    """A condition that rests on the score or on other conditions has no field of its own: those of what is unknown below it."""
    return [field for line in lines if line["outcome"] == "unknown" for field in asked.get(line["code"], ())]


def _empty(asked: Iterable[FormField], filed: Submission) -> list[FormField]:
    return [field for field in dict.fromkeys(asked) if filed.facts.get(field.name) in (None, "")]


def _by_conflicts(
    application: Application, filed: Submission, fields: Mapping[str, FormField]
) -> list[tuple[str, str]]:
    """Figures that a more trusted source tells otherwise, unless the reviewer has accepted every hard condition they feed."""
    accepted = {code for code, row in _verdicts(application, filed).items() if row.verdict in ("agree", "met")}
    hard = {code for code, criterion in gates.criteria_of(application).items() if criterion.gate}
    told = []
    for name, others in filed.conflicts.items():
        field = fields.get(name)
        fed = hard & set(field.criteria) if field else set()
        if field is None or (fed and fed <= accepted):
            continue
        said = "、".join(
            f"{Source(source).label if source in Source.values else source} {words_of(name, value, field.unit)}"
            for source, value in others
        )
        told.append((name, f"填报 {words_of(name, filed.facts.get(name), field.unit)}，{said}，不一致"))
    return told


def _by_papers(application: Application, filed: Submission) -> list[tuple[str, str]]:
    missing = [line.title for line in not_filed(application.call, filed.evidence)]
    return [("papers", f"材料清单要求的“{'、'.join(missing)}”没有附上")] if missing else []


def visible_the_first_time(application: Application, chosen: Sequence[str]) -> list[str]:
    """Fields returned now that an earlier return could have named: they had this very value then, and were not named."""
    earlier = list(application.corrections.order_by("opened_at"))
    if not earlier:
        return []
    versions = list(application.submissions.order_by("number"))
    now = versions[-1]
    named = {item["field"] for row in earlier for item in row.items}
    late = []
    for field in chosen:
        if field in named:
            continue
        if any(same(field, old, now) for old in versions[:-1]):
            late.append(field)
    return late


def same(field: str, old: Submission, now: Submission) -> bool:
    if field == "papers":
        return {p["sha256"] for p in old.evidence} == {p["sha256"] for p in now.evidence}
    value = now.facts.get(field, now.answers.get(field))
    return bool(old.facts.get(field, old.answers.get(field)) == value)

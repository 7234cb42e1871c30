"""一次性告知: say everything at once. What was visible and not asked comes back as a second return, and is flagged.

The library of reasons is data (`return_reasons.yaml`); the check lists what the machine, the call's list of papers and
the reviewer's own verdicts still hold against the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from certification.apply import steps_of
from certification.form import FormField, all_fields
from certification.models import Application, Submission, Verdict
from certification.paper_list import not_filed

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
    """What is visible now and not among the returned fields: "还有 N 处你可能会再次退回"."""
    filed = application.submissions.order_by("-number").first()
    if filed is None:
        return []
    fields = all_fields(steps_of(application))
    taken = set(chosen)
    found: dict[str, Hint] = {}
    for field, why in [*_by_criteria(application, filed, fields), *_by_papers(application, filed)]:
        if field not in taken and field not in found:
            label = fields[field].label if field in fields else "附件材料"
            found[field] = Hint(field, label, why)
    return list(found.values())


def _by_criteria(application: Application, filed: Submission, fields: Any) -> list[tuple[str, str]]:
    """Criteria that the machine found unmet or without data, and those a reviewer has not accepted."""
    verdicts = {
        v.criterion: v
        for v in Verdict.objects.filter(
            application=application, submission_number=filed.number, stage=application.state, taken_back_at=None
        )
    }
    by_criterion: dict[str, list[FormField]] = {}
    for field in fields.values():
        for code in field.criteria:
            if not field.is_judged:
                by_criterion.setdefault(code, []).append(field)
    told = []
    for line in filed.result.get("criteria", []):
        code, asked = line["code"], by_criterion.get(line["code"], [])
        verdict = verdicts.get(code)
        if not asked or "max" in line:
            continue
        if verdict is not None and verdict.verdict in ("disagree", "unmet"):
            told.append((asked[0].name, f"您对“{code}”的判断是{verdict.get_verdict_display()}：{verdict.note}"))
        elif line["outcome"] == "unknown":
            empty = [f for f in asked if filed.facts.get(f.name) in (None, "")]
            told += [(f.name, f"“{code}”缺这一项数据，机器判不了") for f in empty[:1]]
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

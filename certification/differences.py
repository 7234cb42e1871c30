"""The difference between two submissions of a case, field by field and paper by paper."""

from typing import Any

from certification.apply import steps_of
from certification.models import Application, Submission
from enterprises.words import CHOICES


def changes(before: Submission | None, now: Submission, application: Application) -> list[dict[str, Any]]:
    """The difference to the version the desk saw last: only what changed."""
    if before is None:
        return []
    fields = {f.name: f for step in steps_of(application) for f in step.fields}
    found = []
    for name, field in fields.items():
        old, new = before.answers.get(name), now.answers.get(name)
        if field.is_fact:
            old, new = before.facts.get(name), now.facts.get(name)
        elif field.kind == "list":
            old, new = (["，".join(row) for row in filed.listed.get(name, ())] for filed in (before, now))
        if old != new:
            words = CHOICES.get(name, {})
            found.append(
                {
                    "name": name,
                    "label": field.label,
                    "old": words.get(old, old) if not isinstance(old, list) else old,
                    "new": words.get(new, new) if not isinstance(new, list) else new,
                    "unit": field.unit,
                }
            )
    was = {paper["sha256"]: paper["title"] for paper in before.evidence}
    kept = {paper["sha256"] for paper in now.evidence}
    found += [
        {"name": "", "label": "新增材料", "old": "", "new": p["title"], "unit": ""}
        for p in now.evidence
        if p["sha256"] not in was
    ]
    found += [
        {"name": "", "label": "撤去材料", "old": title, "new": "", "unit": ""}
        for sha, title in was.items()
        if sha not in kept
    ]
    return found


def unchanged(before: Submission | None, now: Submission, application: Application) -> tuple[int, int]:
    """How many answers and how many papers are the same in both, word for word and byte for byte."""
    if before is None:
        return 0, 0
    names = [f for step in steps_of(application) for f in step.fields]
    same = sum(
        (before.facts if f.is_fact else before.answers).get(f.name)
        == (now.facts if f.is_fact else now.answers).get(f.name)
        for f in names
    )
    papers = {p["sha256"] for p in before.evidence} & {p["sha256"] for p in now.evidence}
    return same, len(papers)

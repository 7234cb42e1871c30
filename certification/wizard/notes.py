"""What a step says beside its fields: problems and slips, while somebody types, after saving and before filing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from certification.answers import wrong_in
from certification.form import Step
from certification.form_fields import FormField
from certification.models import Application
from enterprises import report
from enterprises.report import beginning
from foundation.refusals import Problem


@dataclass(frozen=True)
class Notes:
    """By field: `wrong` stands in the way of submitting, `slips` do not."""

    wrong: Mapping[str, Problem]
    slips: Mapping[str, Problem]

    @property
    def all(self) -> list[Problem]:
        return [*self.wrong.values(), *self.slips.values()]

    def as_json(self) -> list[dict[str, str]]:
        """[{"field", "kind": "err" or "warn", "words"}]: what the page's script puts beside the fields."""
        kinds = (("err", self.wrong), ("warn", self.slips))
        return [
            {"field": name, "kind": kind, "words": words(problem)}
            for kind, told in kinds
            for name, problem in told.items()
        ]


def words(problem: Problem) -> str:
    return f"{problem.message}。{problem.hint}" if problem.hint else problem.message


def notes_on(application: Application, step: Step, said: Mapping[str, Any]) -> Notes:
    """What is to be said of one step, at its fields, the first thing of each. `said`: see `answers.said_in()`."""
    fields = {field.name: field for field in step.fields}
    wrong = wrong_in(application, fields) + report.contradictions(said)
    return Notes(
        {p.field: p for p in reversed(wrong) if p.field in fields},
        {p.field: p for p in reversed(report.warnings(said)) if p.field in fields},
    )


def unconfirmed(brought: Mapping[str, Any], fields: Mapping[str, FormField]) -> list[Problem]:
    """What was brought in from elsewhere and has not been confirmed yet, as lines to look at; they stop nobody."""
    return [
        Problem(
            f"{fields[name].label}：{beginning(value if isinstance(value, list) else fields[name].said(value))}", name
        )
        for name, value in brought.items()
        if name in fields and not isinstance(value, bool)
    ]


def with_places(application: Application, steps: Iterable[Step], problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems with the address of the step that each is mended in; those of no step are left out."""
    home = {field.name: step.code for step in steps for field in step.fields}
    return [
        {
            "message": problem.message, "hint": problem.hint, "field": problem.field,
            "url": reverse("certification:step", args=[application.public_id, home[problem.field]]),
        }
        for problem in problems
        if problem.field in home
    ]  # fmt: skip

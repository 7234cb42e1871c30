"""复核 as a difference: last time's form on the left, this one on the right, step by step."""

from dataclasses import dataclass
from types import SimpleNamespace

from certification.apply import problems_of
from certification.filing import filing_of, steps_of, weigh
from certification.form import Step
from certification.last_time import ANEW, last_filed
from certification.models import Application, Submission
from certification.papers import shown
from foundation.refusals import Problem

NOTHING = "—"


@dataclass(frozen=True)
class Beside:
    """One question: what was said last time, what stands now."""

    name: str
    label: str
    before: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.now

    @property
    def is_missing(self) -> bool:
        return self.now == NOTHING and self.before != NOTHING


@dataclass(frozen=True)
class BesideStep:
    code: str
    title: str
    lines: tuple[Beside, ...]

    @property
    def changed(self) -> list[Beside]:
        return [line for line in self.lines if line.is_changed]

    @property
    def same(self) -> list[Beside]:
        return [line for line in self.lines if not line.is_changed]


def left_to_do(application: Application) -> list[tuple[Problem, Step | None]]:
    """What still stands in the way of submitting, each with the step where it is mended; what has not changed is not asked."""
    steps = steps_of(application)
    where = {field.name: step for step in steps for field in step.fields}
    if papers := next((step for step in steps if step.code == "papers"), None):
        where["papers"] = papers
    return [(problem, where.get(problem.field)) for problem in problems_of(application)]


def beside(application: Application) -> tuple[Submission | None, list[BesideStep]]:
    """Every question of the form beside its answer of last time; no steps where nothing was filed here before."""
    last = last_filed(application.enterprise_id, application.tier, application.pk)
    if last is None:
        return None, []
    filed = filing_of(application)
    facts = {name: fact.value for name, fact in weigh(application).items()}
    current = SimpleNamespace(answers=filed.answers, facts=facts, listed=filed.listed)
    made = []
    for step in steps_of(application):
        lines = [
            Beside(f.name, f.label, shown(f, last), shown(f, current))  # type: ignore[arg-type]
            for f in step.fields
            if f.name not in ANEW and not f.is_judged
        ]
        if lines:
            made.append(BesideStep(step.code, step.title, tuple(lines)))
    return last, made

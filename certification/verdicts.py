"""Verdicts over time: which still stand, which may be carried over to the new version, and taking one back.

A verdict belongs to the version it was given on. When a firm files again, what it did not touch need not be judged
anew, but a person says so: carrying over is his act, and the verdict is his from then on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from certification import gates, library
from certification.apply import steps_of
from certification.models import Application, Submission, Verdict
from certification.permissions import APPLICATION
from certification.review import at_the_desk
from certification.worksheet import PROOFS
from enterprises.vocabulary import vocabulary
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved


@dataclass(frozen=True)
class Record:
    """The verdicts of a case as the desk shows them."""

    standing: dict[str, Verdict]
    before: dict[str, Verdict]
    others: tuple[Verdict, ...]


def sorted_out(application: Application, current: int, written: Iterable[Verdict]) -> Record:
    """By criterion: what stands on this version at this stage, and what this stage last said of an earlier version."""
    listed = sorted(written, key=lambda row: (row.at, row.pk))
    here = [row for row in listed if row.stage == application.state and row.taken_back_at is None]
    standing = {row.criterion: row for row in here if row.submission_number == current}
    before = {row.criterion: row for row in here if row.submission_number < current}
    others = tuple(row for row in listed if standing.get(row.criterion) != row)
    return Record(standing, before, others)


def take_back(application: Application, criterion: str, *, actor: Principal, reason: str) -> Verdict:
    """One's own verdict, with a reason, while the case is still at the desk. It stays to be read, and counts no more."""
    at_the_desk(application, actor)
    row = Verdict.objects.filter(
        application=application, submission_number=_latest(application), stage=application.state, criterion=criterion,
        taken_back_at=None,
    ).first()  # fmt: skip
    if row is None:
        raise Missing
    if row.by_id is None or row.by_id != actor.user_id:
        raise Refused("forbidden", f"这条判断是{row.by_name}作出的，由本人撤回。")
    if not reason.strip():
        raise Refused("invalid", "请写明撤回判断的理由。", [Problem("请写理由", f"back-{criterion}")])
    with transaction.atomic():
        words, moment = reason.strip()[:300], clock.now()
        found = Verdict.objects.filter(pk=row.pk, taken_back_at=None)
        if not found.update(taken_back_at=moment, taken_back_reason=words):
            raise already_moved(Application.objects.get(pk=application.pk), APPLICATION)
        title = gates.titles_of(application).get(criterion, criterion)
        detail = {"criterion": title, "code": criterion, "verdict": row.get_verdict_display()}
        record("verdict.take_back", application, actor=actor, detail=detail, reason=words)
    row.refresh_from_db()
    return row


def carriable(application: Application) -> list[Verdict]:
    """Verdicts of this stage on an earlier version whose criterion rests on nothing that has changed since."""
    filed = {row.number: row for row in application.submissions.all()}
    if len(filed) < 2:
        return []
    current = filed[max(filed)]
    told = sorted_out(application, current.number, application.verdicts.all())
    waiting = [row for code, row in told.before.items() if code not in told.standing]
    ground = Ground(application)
    return [row for row in waiting if ground.is_same(row.criterion, filed[row.submission_number], current)]


def carry_over(application: Application, *, actor: Principal) -> list[Verdict]:
    """All of them at once, as the verdicts of who carries them over; each says which one it comes from."""
    at_the_desk(application, actor)
    rows = carriable(application)
    if not rows:
        raise Refused("conflict", "没有可以沿用的判断：都已判断过，或有关的数据、材料有变。")
    number, moment = _latest(application), clock.now()
    try:
        with transaction.atomic():
            made = [
                Verdict.objects.create(
                    application=application, enterprise_id=application.enterprise_id, region_path=application.region_path,
                    submission_number=number, stage=application.state, criterion=row.criterion, verdict=row.verdict,
                    note=row.note, by_id=actor.user_id, by_name=actor.name, at=moment, carried_from=row,
                )
                for row in rows
            ]  # fmt: skip
            titles = gates.titles_of(application)
            detail = {"criteria": "、".join(titles.get(row.criterion, row.criterion) for row in rows), "number": number}
            record("verdict.carry_over", application, actor=actor, detail=detail)
    except IntegrityError as error:
        raise Refused("conflict", "有同事刚判断过其中一条，请刷新后再沿用其余的。") from error
    return made


class Ground:
    """What a criterion rests on: the facts it reads, the questions that belong to it, the papers that speak to them.

    A criterion that names neither facts nor questions is judged from the whole, so the whole must be the same.
    """

    def __init__(self, application: Application) -> None:
        rule_set = library.pinned(application.rule_set_code, application.rule_set_hash)
        self.facts: dict[str, set[str]] = {}
        for question in rule_set.questions():
            for code in question.criteria:
                self.facts.setdefault(code, set()).add(question.fact)
        self.answers: dict[str, set[str]] = {}
        for field in (f for step in steps_of(application) for f in step.fields if not f.is_judged):
            for code in field.criteria:
                (self.facts if field.is_fact else self.answers).setdefault(code, set()).add(field.name)

    def is_same(self, code: str, old: Submission, new: Submission) -> bool:
        facts, answers = self.facts.get(code, set()), self.answers.get(code, set())
        if not facts and not answers:
            same = old.facts == new.facts and old.answers == new.answers
        else:
            same = all(
                old.facts.get(name) == new.facts.get(name) and old.sources.get(name) == new.sources.get(name)
                for name in facts
            ) and all(old.answers.get(name) == new.answers.get(name) for name in answers)
        return same and _line(code, old) == _line(code, new) and self._papers(code, old) == self._papers(code, new)

    def _papers(self, code: str, filed: Submission) -> set[str]:
        """The papers of the kinds that speak to its facts; all of them where no kind is known to."""
        known = vocabulary().facts
        groups = {known[name].group for name in self.facts.get(code, set()) if name in known}
        kinds = {kind for group in groups for kind in PROOFS.get(group, ())}
        return {paper["sha256"] for paper in filed.evidence if not kinds or paper["kind"] in kinds}


def _line(code: str, filed: Submission) -> Any:
    """What the machine said of it; another finding asks for another look."""
    return next((line for line in filed.result.get("criteria", []) if line["code"] == code), None)


def _latest(application: Application) -> int:
    return application.submissions.order_by("-number").values_list("number", flat=True).first() or 0

"""The expert's own acts (我的评审): declare, step back, score. An expert has no reach; the house reads for him."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from certification.blind import BlindCase, blind_copy
from certification.conflicts import TIES, conflict, firm_of
from certification.expert_round import step_back
from certification.looking import expert_look
from certification.models import Assignment, BlindPaper, Expert, Round, Score
from certification.permissions import ASSIGNMENT
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import move

MOST_TIES = 100


@dataclass(frozen=True)
class Phase:
    """Who sees what while the round is in this state."""

    expert_sees: frozenset[str]
    office_sees: frozenset[str]


PHASES = {
    "drawing": Phase(frozenset(), frozenset({"cases"})),
    "declaring": Phase(frozenset({"outline"}), frozenset({"cases", "draw", "progress"})),
    "scoring": Phase(frozenset({"outline", "case", "papers"}), frozenset({"cases", "draw", "progress"})),
    "closed": Phase(frozenset({"outline"}), frozenset({"cases", "draw", "progress", "scores"})),
    "cancelled": Phase(frozenset(), frozenset({"cases", "draw", "progress"})),
}


@contextmanager
def behind_the_blind() -> Iterator[None]:
    """What an expert asks for is looked up with the sight of the house; only blind things leave this file."""
    with transaction.atomic(), scoped(Principal.system("blind review")):
        yield


def mine(principal: Principal) -> list[Assignment]:
    """The expert's own cases, newest round first."""
    with behind_the_blind():
        rows = Assignment.objects.filter(expert__user_id=principal.user_id).exclude(round__state="cancelled")
        return list(rows.select_related("round", "case__application", "expert").order_by("-round_id", "id"))


def find(principal: Principal, public_id: str) -> Assignment:
    """One's own case in a phase that shows it; anything else is missing."""
    with behind_the_blind():
        rows = Assignment.objects.select_related(
            "round", "expert", "case__application__enterprise", "case__application__call"
        )
        found = rows.filter(expert__user_id=principal.user_id, public_id=public_id).first()
    if found is None or not PHASES[found.round.state].expert_sees or not principal.has_role("expert"):
        raise Missing
    return found


def outline(assignment: Assignment) -> list[tuple[str, str]]:
    """Enough to know one's own field and to suspect a tie; too little to know the firm."""
    with behind_the_blind():
        application = assignment.case.application
        division = application.enterprise.industry_division
        return [("层级", application.get_tier_display()), ("行业大类", division or "—")]


def copy_of(assignment: Assignment) -> BlindCase:
    """The blind copy, in the phase that shows it and after one's own declaration."""
    if "case" not in PHASES[assignment.round.state].expert_sees or assignment.state not in ("declared", "scored"):
        raise Missing
    with behind_the_blind():
        return blind_copy(assignment.case, assignment.blind_code)


def paper_of(assignment: Assignment, number: int, *, actor: Principal) -> BlindPaper:
    """A file that has been made again, its opening recorded; withheld ones are missing."""
    if "papers" not in PHASES[assignment.round.state].expert_sees or assignment.state not in ("declared", "scored"):
        raise Missing
    with behind_the_blind():
        found = BlindPaper.objects.filter(case_id=assignment.case_id, number=number, withheld="").first()
        if found is None or not found.sha256:
            raise Missing
        record("assignment.open", assignment, actor=actor, detail={"number": number})
        expert_look(assignment.case.application)
    return found


def declare(assignment: Assignment, *, actor: Principal) -> Assignment:
    """The expert says that he has no tie that he knows of."""
    with behind_the_blind():
        if assignment.round.state not in ("declaring", "scoring"):
            raise Refused("conflict", "本轮已经结束，不再申报。")
        return move(assignment, "declare", actor=actor, machine=ASSIGNMENT)


def ties_of(principal: Principal) -> Expert:
    """What the expert declared himself; what the office noted stays with the office."""
    with behind_the_blind():
        found = Expert.objects.filter(user_id=principal.user_id).first()
    if found is None or not principal.has_role("expert"):
        raise Missing
    return found


def declare_ties(told: Iterable[Mapping[str, str]], *, actor: Principal) -> Expert:
    """The expert's own list, as a whole. Cases under way whose firm is on it go to the next of the draw at once."""
    own = [{"kind": t["kind"], "who": t["who"].strip()[:120]} for t in told if t["who"].strip()][:MOST_TIES]
    if any(t["kind"] not in TIES for t in own):
        raise Refused("invalid", "没有保存。", [Problem("利害关系的种类不对", "ties", hint="、".join(TIES.values()))])
    expert = ties_of(actor)
    with behind_the_blind():
        Expert.objects.filter(pk=expert.pk).update(own_ties=own, own_ties_at=clock.now())
        expert.refresh_from_db()
        record("expert.declare_ties", expert, actor=actor, detail={"count": len(own)})
        open_tasks = Assignment.objects.filter(
            expert=expert, state__in=["drawn", "declared"], round__state__in=["declaring", "scoring"]
        )
        for task in open_tasks.select_related("round", "expert", "case__application__enterprise").order_by("id"):
            if why := conflict(expert, firm_of(task.case.application)):
                step_back(task, actor=actor, reason=why)
    return expert


def recuse(assignment: Assignment, *, actor: Principal, reason: str) -> Assignment:
    """The expert steps back, with a reason the office reads; the next of the same draw follows."""
    with behind_the_blind():
        return step_back(assignment, actor=actor, reason=reason)


def score(assignment: Assignment, points: Mapping[str, str], comment: str, *, actor: Principal) -> Assignment:
    """Give points by the sheet and one comment. Sealed at once: nobody reads or changes them until the round closes."""
    with behind_the_blind():
        round_ = Round.objects.select_for_update().get(pk=assignment.round_id)
        if round_.state != "scoring":
            raise Refused("conflict", "现在不是评分阶段，评分没有提交。您填写的内容还在页面上。")
        given, problems = {}, []
        for line in round_.sheet:
            typed = points.get(line["code"], "").strip()
            if not (typed.isascii() and typed.isdigit() and len(typed) <= 4 and int(typed) <= line["most"]):
                problems.append(
                    Problem(f"“{line['title']}”填 0 至 {line['most']} 的整数", line["code"], clause="本轮评分表")
                )
            else:
                given[line["code"]] = int(typed)
        if not comment.strip():
            problems.append(Problem("请写评审意见，说明理由", "comment", clause="本轮评分表"))
        if problems:
            raise Refused("invalid", "有几处需要更正，已填的都还在。", problems)
        with transaction.atomic():
            move(assignment, "score", actor=actor, machine=ASSIGNMENT)
            Score.objects.create(assignment=assignment, points=given, comment=comment.strip()[:4000], at=clock.now())
    return assignment

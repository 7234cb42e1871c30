"""The office's acts on expert review: keep the pool, make a round, open its scoring, close it and break the seals."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from certification.blind import ask_for_papers
from certification.conflicts import TIES
from certification.draw import fill
from certification.models import Application, Assignment, Expert, Round, RoundCase
from certification.names import plain, short_names
from certification.permissions import ASSIGNMENT, ROUND, is_provincial_reviewer
from certification.review import latest_number
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move


def keep_expert(
    user: User, *, actor: Principal, fields: Iterable[str], employer: str, ties: Iterable[Mapping[str, str]],
    is_active: bool = True,
) -> Expert:  # fmt: skip
    """Enter somebody with an expert's post into the pool, or change what is known of the person."""
    if not is_provincial_reviewer(actor, None):
        raise Missing
    if not user.posts.filter(role="expert", until=None).exists():
        raise Refused(
            "invalid", "请先由单位管理员给这个账号设“评审专家”岗位。", [Problem("没有评审专家岗位", "account")]
        )
    if not employer.strip():
        raise Refused("invalid", "请填写工作单位，用来核对回避。", [Problem("请填写工作单位", "employer")])
    told = [{"kind": t["kind"], "who": t["who"].strip()} for t in ties if t["who"].strip()]
    if any(t["kind"] not in TIES for t in told):
        raise Refused(
            "invalid", "利害关系的种类不对。", [Problem("请按说明填写", "ties", hint="、".join(TIES.values()))]
        )
    with transaction.atomic():
        expert, _ = Expert.objects.update_or_create(
            user=user,
            defaults={
                "fields": [f.strip() for f in fields if f.strip()], "employer": employer.strip(), "ties": told,
                "is_active": is_active,
            },
        )  # fmt: skip
        record("expert.keep", expert, actor=actor)
    return expert


def make_round(
    cases: Iterable[Application], *, actor: Principal, title: str, per_case: int, sheet: Iterable[tuple[str, int]],
    field: str = "",
) -> Round:  # fmt: skip
    """A round of cases that lie with the province. The sheet is the office's own: the portal suggests no points."""
    if not is_provincial_reviewer(actor, None):
        raise Missing
    chosen, lines = list(cases), list(sheet)
    problems = []
    if not title.strip():
        problems.append(Problem("请填写名称", "title"))
    if any(plain(short) in plain(title) for a in chosen for short in short_names(a.enterprise_name)):
        problems.append(Problem("名称会公开，请不要写企业名称", "title"))
    if not 1 <= per_case <= 15:
        problems.append(Problem("每件专家人数填 1 至 15", "per_case"))
    if not lines or any(not words.strip() or not 1 <= most <= 1000 for words, most in lines):
        problems.append(
            Problem("评分表每行写“评审要点|满分”，满分是 1 至 1000 的整数", "sheet", hint="例：创新能力|40")
        )
    if not chosen or any(a.state != "province_review" for a in chosen):
        problems.append(Problem("请选择处在自治区审核环节的案件", "application"))
    if problems:
        raise Refused("invalid", "有几处需要更正，已填的都还在。", problems)
    with transaction.atomic():
        made = begin(
            Round(
                title=title.strip()[:80], field=field.strip()[:40], per_case=per_case,
                sheet=[{"code": f"p{n}", "title": words.strip()[:60], "most": most} for n, (words, most) in enumerate(lines, 1)],
            ),
            actor=actor, machine=ROUND, audience="office",
        )  # fmt: skip
        for application in chosen:
            number = latest_number(application)
            RoundCase.objects.create(round=made, application=application, submission_number=number)
    return made


def open_scoring(round_: Round, *, actor: Principal) -> Round:
    """Everybody asked has declared and no case is short of experts; from now on the experts see the blind copies."""
    with transaction.atomic():
        if is_provincial_reviewer(actor, round_) and round_.state == "declaring":
            _refuse_short(round_)
        waiting = Assignment.objects.filter(round=round_, state="drawn").count()
        if waiting and is_provincial_reviewer(actor, round_) and round_.state == "declaring":
            raise Refused("conflict", f"还有 {waiting} 件没有申报回避。等专家申报完，或解除没有答复的任务后再开始。")
        move(round_, "open_scoring", actor=actor, machine=ROUND)
        for case in round_.cases.all():
            ask_for_papers(case)
    return round_


def _refuse_short(round_: Round) -> None:
    short = [
        f"{case['application'].enterprise_name}：还少 {case['short']} 位" for case in progress(round_) if case["short"]
    ]
    if short:
        raise Refused(
            "conflict", f"每件要 {round_.per_case} 位专家，现在不够，不能开始评分。{'；'.join(short)}。请作废本轮，补充专家库后另设一轮。"
        )  # fmt: skip


def release(assignment: Assignment, *, actor: Principal, reason: str) -> Assignment:
    """The office takes a case from an expert who does not answer; the next of the same draw follows."""
    if not is_provincial_reviewer(actor, assignment):
        raise Missing
    return step_back(assignment, actor=actor, reason=reason)


def step_back(assignment: Assignment, *, actor: Principal, reason: str) -> Assignment:
    """Recuse and replace in one transaction, under the round's lock, so that two can never bring two replacements."""
    with transaction.atomic():
        round_ = Round.objects.select_for_update().get(pk=assignment.round_id)
        if round_.state not in ("declaring", "scoring"):
            raise Refused("conflict", "本轮已经结束，不能再回避。")
        move(assignment, "recuse", actor=actor, machine=ASSIGNMENT, reason=reason, recused_reason=reason.strip()[:200])
        fill(assignment.case, round_, actor=actor)
    return assignment


def close(round_: Round, *, actor: Principal) -> Round:
    """Every score is in; the seals are opened with the same act."""
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round_.pk)
        waiting = Assignment.objects.filter(round=round_, state__in=["drawn", "declared"]).count()
        if waiting and is_provincial_reviewer(actor, round_) and round_.state == "scoring":
            raise Refused("conflict", f"还有 {waiting} 件没有提交评分。提交完，或解除没有答复的任务后再结束。")
        return move(round_, "close", actor=actor, machine=ROUND, closed_at=clock.now())


def cancel(round_: Round, *, actor: Principal, reason: str) -> Round:
    """A round that was wrong stays public with its reason; sealed scores stay sealed."""
    return move(round_, "cancel", actor=actor, machine=ROUND, reason=reason, cancel_reason=reason.strip()[:200])


def progress(round_: Round) -> list[dict[str, Any]]:
    """Case by case: who was asked and how far each is; never what was given."""
    tasks: dict[int, list[Assignment]] = {}
    for task in Assignment.objects.filter(round=round_).select_related("expert__user").order_by("id"):
        tasks.setdefault(task.case_id, []).append(task)
    told = []
    for case in round_.cases.select_related("application").prefetch_related(
        "papers__redacted_by", "papers__approved_by"
    ):
        rows = tasks.get(case.pk, [])
        short = round_.per_case - sum(1 for t in rows if t.state != "recused") if round_.state != "drawing" else 0
        told.append(
            {
                "case": case, "application": case.application, "short": max(short, 0),
                "tasks": [(t, ASSIGNMENT.label(t)) for t in rows],
                "withheld": [p for p in case.papers.all() if p.withheld],
                "redacted": [p for p in case.papers.all() if p.approved_at],
            }
        )  # fmt: skip
    return told

"""The desks' acts on a case: verdicts per criterion, recommend, return for correction, refuse."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from certification import clocks, gates, letter, once, overrule
from certification.apply import steps_of
from certification.city_list import refuse_while_on_city_list
from certification.correction_day import usable
from certification.form import all_fields
from certification.models import Application, Correction, Opinion, Verdict
from certification.notify import tell_applicants
from certification.object import refuse_if_held
from certification.permissions import APPLICATION, has_city_above, reviews
from certification.states import IN_REVIEW
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved, move

VERDICTS = {"agree": "认可", "disagree": "不认可", "met": "判为满足", "unmet": "判为不满足"}


def latest_number(application: Application) -> int:
    """The number of the submission under review."""
    return application.submissions.order_by("-number").values_list("number", flat=True).first() or 0


def judge(application: Application, criterion: str, verdict: str, *, actor: Principal, note: str = "") -> Verdict:
    """One verdict on one criterion. Where a person must judge, or the machine is contradicted, a reason is asked.

    Refused("invalid") without the reason, and where somebody agrees with a machine that has decided nothing;
    Refused("conflict") for the second verdict on the same criterion, with the first one in view.
    """
    at_the_desk(application, actor)
    result = application.submissions.order_by("-number").values_list("result", flat=True).first() or {}
    line = next((c for c in result.get("criteria", []) if c["code"] == criterion), None)
    if line is None or verdict not in VERDICTS:
        raise Missing
    known = gates.criteria_of(application)
    is_open = gates.waits_for_a_person(line, known)
    if is_open and verdict not in gates.BY_HAND:
        raise Refused(
            "invalid", "这一条机器没有判，谈不上认可或不认可。请判为满足或不满足并写明理由，或退回补正。",
            [Problem("请判为满足或不满足", f"note-{criterion}", line["clause"])],
        )  # fmt: skip
    if (is_open or verdict in ("disagree", "unmet")) and not note.strip():
        why = "缺数据，凭什么判断要写明；也可以退回补正" if gates.is_without_data(line, known) else ""
        problem = Problem("请写理由", f"note-{criterion}", line["clause"], hint=why)
        raise Refused("invalid", "这一条要写明判断的理由。", [problem])
    try:
        with transaction.atomic():
            row = Verdict.objects.create(
                application=application,
                enterprise_id=application.enterprise_id,
                region_path=application.region_path,
                submission_number=latest_number(application),
                stage=application.state,
                criterion=criterion,
                verdict=verdict,
                note=note.strip(),
                by_id=actor.user_id,
                by_name=actor.name,
                at=clock.now(),
            )
            title = gates.titles_of(application).get(criterion, criterion)
            detail = {"criterion": title, "code": criterion, "verdict": VERDICTS[verdict]}
            record("verdict.write", application, actor=actor, detail=detail, reason=note)
    except IntegrityError as error:
        first = Verdict.objects.get(
            application=application,
            submission_number=latest_number(application),
            stage=application.state,
            criterion=criterion,
            taken_back_at=None,
        )
        raise Refused(
            "conflict", f"{first.by_name}已经判断过这一条：{first.get_verdict_display()}。{first.note}"
        ) from error
    return row


def open_points(application: Application) -> list[str]:
    """Criteria that a person must judge at this stage and nobody has: by their nature, or for want of data."""
    number = latest_number(application)
    result = application.submissions.order_by("-number").values_list("result", flat=True).first() or {}
    judged = set(
        Verdict.objects.filter(
            application=application, submission_number=number, stage=application.state, taken_back_at=None
        ).values_list("criterion", flat=True)
    )
    known = gates.criteria_of(application)
    lines = result.get("criteria", [])
    return [c["code"] for c in lines if c["code"] not in judged and gates.waits_for_a_person(c, known)]


def _write_opinion(application: Application, conclusion: str, text: str, actor: Principal) -> None:
    try:
        with transaction.atomic():
            Opinion.objects.create(
                application=application,
                enterprise_id=application.enterprise_id,
                region_path=application.region_path,
                submission_number=latest_number(application),
                stage=application.state,
                conclusion=conclusion,
                text=text.strip(),
                office_name=actor.office_name,
                by_id=actor.user_id,
                by_name=actor.name,
                client_id=actor.actor_id if actor.kind == "client" else "",
                at=clock.now(),
            )
    except IntegrityError as error:
        raise already_moved(Application.objects.get(pk=application.pk), APPLICATION) from error


NOT_YET = {"city": ("screening",), "province": ("screening", "city_review")}
"""The stages that come before an office's own."""


def at_the_desk(application: Application, actor: Principal) -> None:
    """already_moved for an office that has had the case; Missing for an outsider and for whom it has not come to yet."""
    if reviews(actor, application):
        return
    had_it = application.state not in NOT_YET.get(actor.level, ())
    if had_it and actor.reaches(application.region_path) and actor.has_role("reviewer", "leader"):
        raise already_moved(application, APPLICATION)
    raise Missing


def recommend(application: Application, *, actor: Principal, opinion: str = "") -> Application:
    """Pass the case to the next office of its route: city where there is one above, else the province."""
    at_the_desk(application, actor)
    refuse_if_held(application)
    refuse_while_on_city_list(application)
    waiting = open_points(application)
    if waiting:
        raise Refused(
            "invalid",
            f"还有 {len(waiting)} 条需要您判断：{'、'.join(waiting)}。",
            [Problem(f"{code} 还没有判断", code) for code in waiting],
        )
    to_city = application.state == "screening" and has_city_above(actor, application)
    act = "recommend_to_city" if to_city else "recommend_to_province"
    with transaction.atomic():
        clocks.leave_stage(application, clocks.desk_path(application, application.state))
        _write_opinion(application, "recommend", opinion, actor)
        move(
            application, act, actor=actor, machine=APPLICATION,
            detail={"office": actor.office_name}, stage_since=clock.now(),
        )  # fmt: skip
        tell_applicants(application, f"{actor.office_name}已推荐，进入下一环节")
    return application


def return_for_correction(
    application: Application,
    items: Sequence[dict[str, Any]],
    *,
    actor: Principal,
    note: str = "",
    due_on: date | None = None,
) -> Correction:
    """Name the fields, why, by which clause; only these unlock. A paper is named as `papers`.

    A point that an earlier return could have named (一次性告知) is kept as such: the record and the province see it.
    `due_on` left out is the office's usual period; every return has a day.
    """
    at_the_desk(application, actor)
    known = set(all_fields(steps_of(application))) | {"papers"}
    wrong = [item["field"] for item in items if item.get("field") not in known]
    if not items or wrong or any(not item.get("reason", "").strip() for item in items):
        raise Refused(
            "invalid",
            "退回时要选定字段，并逐项写明理由，企业只能更正选定的字段。",
            [Problem("请选定字段并写明理由", "items")],
        )
    reasons = "；".join(item["reason"].strip() for item in items)
    late = set(once.visible_the_first_time(application, [item["field"] for item in items]))
    last_day = usable(due_on)
    with transaction.atomic():
        stage = application.state
        clocks.leave_stage(application, clocks.desk_path(application, stage))
        _write_opinion(application, "return", note or reasons, actor)
        correction = Correction.objects.create(
            application=application,
            enterprise_id=application.enterprise_id,
            region_path=application.region_path,
            stage=stage,
            office_name=actor.office_name,
            items=[dict(item, late=True) if item["field"] in late else item for item in items],
            note=note,
            due_on=last_day,
            opened_at=clock.now(),
            opened_by_id=actor.user_id,
        )
        move(
            application,
            "return_for_correction",
            actor=actor,
            machine=APPLICATION,
            reason=reasons,
            detail={
                "office": actor.office_name,
                "fields": [item["field"] for item in items],
                "due_on": last_day.isoformat(),
                "seen_before": sorted(late),
            },
            returned_from=stage,
            unlocked=[item["field"] for item in items],
            stage_since=clock.now(),
        )
        tell_applicants(
            application,
            f"{actor.office_name}请您更正 {len(items)} 处",
            f"{reasons.rstrip('。')}。请在{cn(last_day)}（含当日）以前更正并重新提交。",
        )
    return correction


def refuse(application: Application, *, actor: Principal, reason: str, reason_code: str = "") -> Application:
    """Not recommended, or not recognised: with a reason that the applicant reads when the letter is served.

    Against an office below that recommended it, a reason of the list is asked too (overrule.py). Until then nothing is told, the office's clock runs on, and quiet.reopen() takes it back.
    """
    if not APPLICATION.can(actor, "refuse", application):
        at_the_desk(application, actor)
    if not reason.strip():
        raise Refused("invalid", "请写明不予通过的理由，企业会看到。", [Problem("请写理由", "reason")])
    code = overrule.reason_for(application, reason_code, actor)
    with transaction.atomic():
        if application.state in IN_REVIEW:
            if code:
                overrule.write(application, code, reason, actor=actor)
            _write_opinion(application, "refuse", reason, actor)
        move(
            application,
            "refuse",
            actor=actor,
            machine=APPLICATION,
            reason=reason,
            detail={"office": actor.office_name},
            refused_from=application.state,
        )
        if actor.is_official:
            letter.draft(application, actor=actor)
    return application

"""建议取消 → 上报 → 国家结果: a national title is ended by the ministry; the portal proposes, reports and records.

Each step tells the firm. The ministry's result, whether it ends the title or keeps it, has the day and the number of its own
announcement: on that day the title ends and the bar begins, whenever it is written down here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from certification import exit_letters
from certification.exit import ground_of, tell
from certification.letter import confirmed_remedy
from certification.models import Exit
from certification.movements import was_told
from certification.permissions import EXIT
from certification.reach import end_titles, heir
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.models import MessageKind
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import move


def propose(row: Exit, reason: str, *, actor: Principal) -> Exit:
    """The province's own act, and so with the remedies; served like a decision. Refused("conflict") while nobody worded them."""
    remedy = confirmed_remedy("不能决定报建议取消", exit_letters.AGAIN)
    with transaction.atomic():
        moved = move(
            row, "propose", actor=actor, machine=EXIT, reason=reason, detail={"office": actor.office_name},
            decision=reason.strip()[:4000], decided_by_id=actor.user_id, decided_on=clock.today(), remedy=remedy,
        )  # fmt: skip
        sent = tell(row, "报建议取消称号决定书", exit_letters.proposal(row, reason.strip()), "打开查看决定和救济途径")
        moved.decision_notices = [message.public_id for message in sent]
        Exit.objects.filter(pk=row.pk).update(decision_notices=moved.decision_notices)
    return moved


def national_step(
    row: Exit, act: str, reason: str, *, actor: Principal, announced: Mapping[str, Any] | None = None
) -> Exit:
    """One step with its letter. What has ended meanwhile is not ended twice; the bar counts all the same.

    `announced`: document_number and dated_on (a date) of the ministry's announcement, for its result; Refused("invalid") with
    a problem per field.
    """
    if act == "propose":
        return propose(row, reason, actor=actor)
    if act == "record_national_end":
        return _end(row, reason.strip(), announced or {}, actor=actor)
    if act == "record_national_keep":
        return _keep(row, reason.strip(), announced or {}, actor=actor)
    if act != "report":
        raise Missing
    with transaction.atomic():
        moved = move(row, act, actor=actor, machine=EXIT, reason=reason, detail={"office": actor.office_name})
        _tell(row, act, reason.strip())
    return moved


def _end(row: Exit, words: str, announced: Mapping[str, Any], *, actor: Principal) -> Exit:
    number, on = _announcement(row, announced, ends=True)
    kept = {
        "ended_on": on, "document_number": number, "barred_until": ground_of(row).barred_until(on),
        "remedy": confirmed_remedy("不能登记并告知企业", exit_letters.AGAIN),
    }  # fmt: skip
    detail = {"office": actor.office_name, "document_number": number, "day": cn(on)}
    with transaction.atomic():
        moved = move(row, "record_national_end", actor=actor, machine=EXIT, reason=words, detail=detail, **kept)
        title = heir(row.certificate)
        end_titles(
            [title] if title else [], f"{number}　{ground_of(row).label}", on, actor=actor,
            booked_on=clock.today() if was_told(on) else None,
        )  # fmt: skip
        _tell(row, "record_national_end", f"{number}，{cn(on)}")
    return moved


def _keep(row: Exit, words: str, announced: Mapping[str, Any], *, actor: Principal) -> Exit:
    number, on = _announcement(row, announced, ends=False)
    told = f"{number}，{cn(on)}"
    detail = {"office": actor.office_name, "document_number": number, "day": cn(on)}
    with transaction.atomic():
        moved = move(
            row, "record_national_keep", actor=actor, machine=EXIT, reason=f"{told}　{words}".strip(), detail=detail,
            document_number=number, kept_on=on,
        )  # fmt: skip
        _tell(row, "record_national_keep", told)
    return moved


def _announcement(row: Exit, announced: Mapping[str, Any], *, ends: bool) -> tuple[str, date]:
    problems = problems_of(row, announced, ends=ends)
    if problems:
        raise Refused("invalid", f"国家结果没有登记：有 {len(problems)} 处要改。", problems)
    return str(announced["document_number"]).strip()[:60], announced["dated_on"]


def problems_of(row: Exit, announced: Mapping[str, Any], *, ends: bool) -> list[Problem]:
    """The number and the day of the ministry's announcement, which is not older than our proposal.

    Where it `ends` the title, it is not older than the title either. One that was renewed since it was kept is no
    contradiction: nothing begins or ends on that day.
    """
    problems, on = [], announced.get("dated_on")
    if not str(announced.get("document_number") or "").strip():
        problems.append(Problem("请填写国家公告的文号", "document_number", hint="照国家公告写"))
    if not isinstance(on, date):
        hint = "称号自这一日取消，禁报期自这一日起算" if ends else "以公告落款的日期为准"
        problems.append(Problem("请填写国家公告的日期", "dated_on", hint=hint))
    elif on > clock.today():
        problems.append(Problem("国家公告的日期不能晚于今天", "dated_on", hint="以公告落款的日期为准"))
    elif row.decided_on and on < row.decided_on:
        told = f"国家公告的日期早于本单位决定报建议取消的日期（{cn(row.decided_on)}）"
        problems.append(Problem(told, "dated_on", hint="请核对公告的日期，或核对登记的是不是这件程序"))
    elif ends and (title := heir(row.certificate)) is not None and on < title.valid_from:
        told = f"国家公告的日期早于现有称号开始的日期（{cn(title.valid_from)}）"
        problems.append(Problem(told, "dated_on", hint="这项称号在公告之后又已接续，请核对公告取消的是哪一张"))
    return problems


def _tell(row: Exit, act: str, words: str) -> None:
    subject, body, to_do = exit_letters.national(row, act, words)
    tell(row, subject, body, to_do, MessageKind.LEGAL if act == "record_national_end" else MessageKind.COURTESY)

"""Carry the conclusions of a meeting out together, take them back, or make them public together.

Each case goes by the existing acts, with a report of what could not go and why. Carried out is still quiet: refusals wait
for their letters, approvals for their list, and the chair may take all of it back. Publishing starts the list and serves
the letters that are signed. A recommendation to the ministry leaves the house at once and is not taken back here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from certification import draft_list, letter, override, posting, quiet, recommend, review
from certification.models import AgendaItem, Letter, Meeting
from certification.object import held
from certification.obstacles import obstacles
from certification.permissions import APPLICATION, presides
from certification.tiers import given_here, is_national
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.paths import PROVINCE


@dataclass(frozen=True)
class Step:
    """What carrying out would do with one item, or why it cannot."""

    item: AgendaItem
    what: str
    problem: str


def preview(meeting: Meeting) -> list[Step]:
    """Item by item, without doing anything."""
    items = list(meeting.items.select_related("application__enterprise", "meeting").prefetch_related("ballots"))
    stopped = held(item.application_id for item in items)
    approved = [item for item in items if item.result == "approve" and item.application.state == "province_review"]
    waiting = obstacles((item.application for item in approved), voted=True)
    national = is_national(meeting.call.tier)
    steps = []
    for item in items:
        what = {
            "approve": "推荐到工信部" if national else "列入待公布的公示名单",
            "refuse": f"不予{given_here(meeting.call.tier, PROVINCE)}，起草决定文书",
            "defer": "不办，留在审核环节",
        }
        problem = ""
        if item.result != "defer" and item.carried_out_at:
            problem = "已经执行过"
        elif item.application_id in waiting and not item.carried_out_at:
            problem = "；".join(waiting[item.application_id])
        elif item.result != "defer" and item.application.state != "province_review":
            problem = "案件已不在自治区审核环节，可能有同事先办了"
        elif item.result == "approve" and item.application_id in stopped:
            problem = "有异议没有办结"
        steps.append(Step(item, what.get(item.result, "没有结论"), problem))
    return steps


def carry_out(
    meeting: Meeting, *, actor: Principal, letter_number: str = "", document_number: str = ""
) -> tuple[list[Step], list[Step]]:
    """(done, not done). Each refusal for itself; approvals as one list, because a posting is one list."""
    if meeting.state != "closed" or not presides(actor, meeting):
        raise Missing
    done: list[Step] = []
    failed: list[Step] = []
    approved: list[Step] = []
    for step in preview(meeting):
        if step.item.result == "defer":
            continue
        if step.problem:
            failed.append(step)
        elif step.item.result == "approve":
            approved.append(step)
        else:
            try:
                with transaction.atomic():
                    review.refuse(
                        step.item.application, actor=actor, reason=step.item.reason, reason_code=override.BY_HOUSE
                    )
                    mark([step.item], clock.now())
                done.append(step)
            except Refused as refusal:
                failed.append(Step(step.item, step.what, refusal.sentence))
    if approved:
        cases = [step.item.application for step in approved]
        try:
            with transaction.atomic():
                for step in approved:
                    override.by_committee(step.item, actor=actor)
                if is_national(meeting.call.tier):
                    recommend.recommend_to_ministry(cases, actor=actor, letter_number=letter_number)
                else:
                    draft_list.draft_list(
                        meeting.call, cases, actor=actor, document_number=document_number, meeting=meeting
                    )
                mark([step.item for step in approved], clock.now())
            done += approved
        except Refused as refusal:
            failed += [Step(step.item, step.what, refusal.sentence) for step in approved]
    with transaction.atomic():
        record("meeting.carry_out", meeting, actor=actor, detail={"done": len(done), "failed": len(failed)})
    return done, failed


def refuse_unless_closed(meeting: Meeting, actor: Principal) -> None:
    if not presides(actor, meeting):
        raise Missing
    if meeting.state != "closed":
        raise Refused("conflict", "会议还没有闭会，没有执行过结论。")


def mark(items: Iterable[AgendaItem], moment: datetime | None) -> None:
    AgendaItem.objects.filter(pk__in=[item.pk for item in items]).update(carried_out_at=moment)


def carried(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.exclude(carried_out_at=None).select_related("application").order_by("place"))


def waiting(meeting: Meeting) -> dict[str, Any]:
    """What was carried out and nobody outside knows yet: drafted lists, refusals whose letter was not served."""
    refused = [i for i in carried(meeting) if i.application.state == "to_refuse"]
    letters = {
        row.application_id: row
        for row in Letter.objects.filter(
            application__in=[i.application_id for i in refused], kind="refusal", state__in=["draft", "signed"]
        )
    }
    lists = list(meeting.postings.filter(state="draft").order_by("id"))
    return {"lists": lists, "refusals": [(i, letters.get(i.application_id)) for i in refused]}


def undo(meeting: Meeting, *, actor: Principal, reason: str) -> tuple[list[Step], list[Step]]:
    """(taken back, left as it is). Whatever nobody outside has learnt yet returns to the province's desk, as one act per case."""
    refuse_unless_closed(meeting, actor)
    if not reason.strip():
        raise Refused("invalid", "请写明为什么撤销，会记入留痕。", [Problem("请写理由", "undo-reason")])
    back: list[Step] = []
    left: list[Step] = []
    for drafted in meeting.postings.filter(state="draft").order_by("id"):
        named = set(drafted.items.values_list("application_id", flat=True))
        rows = [i for i in carried(meeting) if i.application_id in named]
        draft_list.discard(drafted, actor=actor, reason=reason)
        back += [Step(i, "移出待公布的名单，回到审核环节", "") for i in rows]
    for item in carried(meeting):
        if item.application.state == "to_refuse":
            with transaction.atomic():
                quiet.reopen(item.application, actor=actor, reason=reason)
                mark([item], None)
            back.append(Step(item, "撤回不予的结论，回到审核环节", ""))
        else:
            left.append(Step(item, "不动", f"已经对外：{APPLICATION.label(item.application).officer}"))
    with transaction.atomic():
        record(
            "meeting.undo", meeting, actor=actor, reason=reason.strip(), detail={"back": len(back), "left": len(left)}
        )
    return back, left


def publish(meeting: Meeting, *, actor: Principal) -> tuple[list[Step], list[Step]]:
    """(public now, not yet). The drafted list starts and the signed letters are served; one that cannot go stops no other."""
    refuse_unless_closed(meeting, actor)
    done: list[Step] = []
    failed: list[Step] = []
    told = waiting(meeting)
    by_case = {i.application_id: i for i in carried(meeting)}
    for drafted in told["lists"]:
        rows = [by_case[pk] for pk in drafted.items.values_list("application_id", flat=True) if pk in by_case]
        try:
            started = posting.start(drafted, actor=actor)
            done += [Step(i, f"列入公示，至{cn(started.ends_on)}", "") for i in rows]
        except Refused as refusal:
            failed += [Step(i, "列入公示", refusal.sentence) for i in rows]
    for item, drafted in told["refusals"]:
        if drafted is None or drafted.state != "signed":
            failed.append(Step(item, "送达决定文书", "文书还没有核改、签发，不能送达"))
            continue
        try:
            letter.serve(drafted, actor=actor)
            done.append(Step(item, "已送达决定文书", ""))
        except Refused as refusal:
            failed.append(Step(item, "送达决定文书", refusal.sentence))
    with transaction.atomic():
        record("meeting.publish", meeting, actor=actor, detail={"done": len(done), "failed": len(failed)})
    return done, failed

"""The province's desk for committee meetings: plan, vote, conclude, close, carry out."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import carry_out as carrying
from certification import committee as verbs
from certification import meeting_pack, word
from certification.models import AgendaItem, Call, Meeting
from certification.papers import render as print_sheet
from certification.permissions import MEETING, presides
from certification.queries import applications, meetings
from certification.tiers import is_national
from certification.views.applicant import pdf
from certification.views.letter import DOCX
from enterprises.words import cn
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Problem, Refused

PAGE = 30
AT = ("province",)


def found(request: HttpRequest, public_id: str) -> Meeting:
    row = meetings(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    return row


def item_of(request: HttpRequest, public_id: str, place: int) -> AgendaItem:
    row = found(request, public_id).items.select_related("meeting", "application").filter(place=place).first()
    if row is None:
        raise Missing
    return row


@require_safe
@for_role("reviewer", "leader", levels=AT)
def list_meetings(request: HttpRequest) -> HttpResponse:
    page = Paginator(meetings(request.principal), PAGE).get_page(request.GET.get("page"))  # type: ignore[attr-defined]
    return render(
        request, "certification/meetings.html", {"page": page, "rows": [(row, MEETING.label(row)) for row in page]}
    )


@for_role("reviewer", "leader", levels=AT)
def plan(request: HttpRequest) -> HttpResponse:
    """Choose a call, then its cases at the province; what was ticked stays ticked when something is missing."""
    principal = request.principal  # type: ignore[attr-defined]
    given = request.POST if request.method == "POST" else request.GET
    waiting = applications(principal).filter(state="province_review")
    calls = list(Call.objects.filter(pk__in=waiting.values("call_id")).order_by("-id"))
    call = next((c for c in calls if c.public_id == given.get("call", "")), calls[0] if calls else None)
    rows = list(waiting.filter(call=call).order_by("region_path", "credit_code"))
    people = verbs.may_sit()
    picked, seated = set(given.getlist("application")), set(given.getlist("member"))
    context: dict[str, Any] = {
        "calls": calls, "call": call, "rows": rows, "people": people, "picked": picked, "seated": seated, "given": given,
    }  # fmt: skip
    if request.method != "POST":
        context["picked"] = {row.public_id for row in rows}
        return render(request, "certification/meeting_plan.html", context)
    if call is None:
        raise Missing
    try:
        made = verbs.plan(
            call, [row for row in rows if row.public_id in picked], [p for p in people if p.public_id in seated],
            chair=next((p for p in people if p.public_id == given.get("chair")), None), title=given.get("title", ""),
            held_on=day_of(given.get("held_on", "")), place=given.get("place", ""), actor=principal,
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return render(request, "certification/meeting_plan.html", context | {"problems": refusal.problems}, status=422)
    messages.success(request, "会议已建好。")
    return redirect("certification:meeting", made.public_id)


def day_of(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def shown(request: HttpRequest, row: Meeting, *, status: int = 200, **more: Any) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    members = list(row.members.all())
    me = next((m for m in members if m.user_id == principal.user_id), None)
    items = []
    for item in row.items.select_related("application").prefetch_related("ballots__member"):
        ballots = list(item.ballots.all())
        mine = next((b for b in ballots if me is not None and b.member_id == me.pk), None)
        items.append((item, mine, verbs.tally(item, members)))
    context: dict[str, Any] = {
        "meeting": row, "label": MEETING.label(row), "members": members, "items": items, "me": me,
        "acts": {t.act for t in MEETING.acts_for(principal, row)}, "chairs": presides(principal, row),
        "waiting": carrying.waiting(row) if row.state == "closed" else None, "left": left_to_do(row),
        "votes": verbs.VOTES.items(), "conclusions": verbs.CONCLUSIONS.items(),
    }  # fmt: skip
    return render(request, "certification/meeting.html", context | more, status=status)


def left_to_do(row: Meeting) -> int:
    """Conclusions that were not carried out; deferred ones are left for another meeting."""
    return row.items.filter(carried_out_at=None).exclude(result__in=["", "defer"]).count()


@require_safe
@for_role("reviewer", "leader", levels=AT)
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    return shown(request, found(request, public_id))


@require_POST
@for_role("reviewer", "leader", levels=AT)
def open_meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    verbs.open_meeting(found(request, public_id), actor=request.principal)  # type: ignore[attr-defined]
    return redirect("certification:meeting", public_id)


@require_POST
@for_role("reviewer", "leader", levels=AT)
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    row = found(request, public_id)
    try:
        verbs.cancel(row, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        problems = [Problem("取消会议要写明理由", "cancel-reason")]
        return shown(request, row, status=422, problems=problems)
    messages.success(request, "会议已取消，案件可以列入另一次会议。")
    return redirect("certification:meetings")


@require_POST
@for_role("reviewer", "leader", levels=AT)
def absent(request: HttpRequest, public_id: str) -> HttpResponse:
    typed = request.POST.get("member", "")
    verbs.mark_absent(
        found(request, public_id), int(typed) if typed.isascii() and typed.isdigit() else 0, actor=request.principal
    )  # type: ignore[attr-defined]
    return redirect("certification:meeting", public_id)


@require_POST
@for_role("reviewer", "leader", levels=AT)
def vote(request: HttpRequest, public_id: str, place: int) -> HttpResponse:
    item, typed = item_of(request, public_id, place), request.POST.get("reason", "")
    try:
        verbs.cast(item, request.POST.get("choice", ""), actor=request.principal, reason=typed)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return shown(request, item.meeting, status=422, problems=refusal.problems, at=place, typed=typed)
    return redirect("certification:meeting", public_id)


@require_POST
@for_role("reviewer", "leader", levels=AT)
def conclude(request: HttpRequest, public_id: str, place: int) -> HttpResponse:
    item, typed = item_of(request, public_id, place), request.POST.get("reason", "")
    try:
        verbs.conclude(item, request.POST.get("result", ""), actor=request.principal, reason=typed)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return shown(request, item.meeting, status=422, problems=refusal.problems, at=place, concluding=typed)
    return redirect("certification:meeting", public_id)


@require_POST
@for_role("reviewer", "leader", levels=AT)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    verbs.close(found(request, public_id), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, "已闭会，纪要已按记录拟出。结论还没有执行，企业还不知道。")
    return redirect("certification:meeting", public_id)


@for_role("reviewer", "leader", levels=AT)
def carry_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """First what would happen, item by item; then, on POST, what did and what did not."""
    row = found(request, public_id)
    context: dict[str, Any] = {
        "meeting": row, "national": is_national(row.call.tier), "chairs": presides(request.principal, row),  # type: ignore[attr-defined]
    }  # fmt: skip
    if request.method == "POST":
        done, failed = carrying.carry_out(
            row, actor=request.principal, letter_number=request.POST.get("letter_number", ""),  # type: ignore[attr-defined]
            document_number=request.POST.get("document_number", ""),
        )  # fmt: skip
        return report(request, row, done, failed, "carry_out")
    context["steps"] = carrying.preview(row)
    return render(request, "certification/meeting_carry_out.html", context)


@require_POST
@for_role("reviewer", "leader", levels=AT)
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was taken back and what was not; without a reason nothing, and the page says so."""
    row, typed = found(request, public_id), request.POST.get("reason", "")
    try:
        back, left = carrying.undo(row, actor=request.principal, reason=typed)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return shown(request, row, status=422, problems=refusal.problems)
    return report(request, row, back, left, "undo")


@require_POST
@for_role("reviewer", "leader", levels=AT)
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    row = found(request, public_id)
    done, failed = carrying.publish(row, actor=request.principal)  # type: ignore[attr-defined]
    return report(request, row, done, failed, "publish")


def report(
    request: HttpRequest, row: Meeting, done: list[carrying.Step], failed: list[carrying.Step], of: str
) -> HttpResponse:
    told = {"meeting": row, "done": done, "failed": failed, "is_report": True, "of": of}
    return render(request, "certification/meeting_carry_out.html", told)


@require_safe
@for_role("reviewer", "leader", levels=AT)
def minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """The minutes as a document to work on; before the close, the agenda with what is known of each case."""
    row = found(request, public_id)
    cases = [] if row.minutes else meeting_pack.cases_of(row, actor=request.principal)  # type: ignore[attr-defined]
    headers = {"Content-Disposition": f'attachment; filename="{row.public_id}.docx"'}
    return HttpResponse(word.minutes_docx(row, cases), content_type=DOCX, headers=headers)


@require_safe
@for_role("reviewer", "leader", levels=AT)
def pack(request: HttpRequest, public_id: str) -> HttpResponse:
    """Agenda pack before the meeting, agenda and minutes after it; the same content as the document to work on."""
    row = found(request, public_id)
    cases = [asdict(case) for case in meeting_pack.cases_of(row, actor=request.principal)]  # type: ignore[attr-defined]
    told = {
        "title": row.title, "call": row.call.title, "day": cn(row.held_on), "venue": row.place or "—",
        "members": [m.name + ("（主持）" if m.is_chair else "") for m in row.members.all()], "cases": cases,
        "minutes": row.minutes,
    }  # fmt: skip
    return pdf(print_sheet("meeting", told), f"{row.public_id}.pdf")

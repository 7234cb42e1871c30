"""A drafted list, announcement or recommendation: who drew it up, what it names, who may make it public or send it, and the way back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import announce, certify, draft_list, put_forward, second_person, sign_announcement
from certification import posting as verbs
from certification.models import AnnouncementDraft, Posting, RecommendationDraft
from certification.permissions import ANNOUNCEMENT_DRAFT, POSTING, RECOMMENDATION_DRAFT
from certification.queries import drafted_announcements, drafted_lists, drafted_recommendations
from enterprises.words import cn
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import Machine

KEPT = ("invalid", "conflict", "duplicate", "forbidden", "already_moved")
"""Refusals after which the page comes back, with what was typed."""


def own_list(request: HttpRequest, public_id: str) -> Posting:
    row = drafted_lists(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    return row


def own_announcement(request: HttpRequest, public_id: str) -> AnnouncementDraft:
    row = drafted_announcements(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    return row


def common(
    request: HttpRequest, row: second_person.Draft, machine: Machine, act: str, refusal: Refused | None
) -> dict[str, Any]:
    """What all three pages show; after a refusal what it says, and the reason that was typed."""
    principal = request.principal  # type: ignore[attr-defined]
    waits = row.state == "draft"
    may_publish = machine.can(principal, act, row)
    told: list[Problem] = []
    if refusal is not None:
        told = list(refusal.problems) if refusal.code == "invalid" else [Problem(refusal.sentence)]
    return {
        "row": row, "label": machine.label(row), "waits": waits, "may_publish": may_publish,
        "may_discard": machine.can(principal, "discard", row), "problems": told,
        "why_not": second_person.waits_for(row, principal) if waits and not may_publish else "",
        "typed": request.POST.get("reason", "").replace("\0", "")[:300],
    }  # fmt: skip


def show_list(request: HttpRequest, row: Posting, refusal: Refused | None = None) -> HttpResponse:
    if refusal is not None and refusal.code not in KEPT:
        raise refusal
    ends = verbs.last_day(clock.today(), row.call.posting_length, row.call.posting_unit)
    context = common(request, row, POSTING, "start", refusal) | {
        "lines": row.items.select_related("application").order_by("place"), "ends": ends,
    }  # fmt: skip
    return render(request, "certification/posting_draft.html", context, status=refusal.status if refusal else 200)


def show_announcement(request: HttpRequest, row: AnnouncementDraft, refusal: Refused | None = None) -> HttpResponse:
    if refusal is not None and refusal.code not in KEPT:
        raise refusal
    context = common(request, row, ANNOUNCEMENT_DRAFT, "announce", refusal) | {
        "lines": row.lines.select_related("application").order_by("place"),
        "until": certify.last_valid_day(clock.today()),
        "minutes": settings.ANNOUNCEMENT_QUIET_MINUTES,
        "may_take_back": ANNOUNCEMENT_DRAFT.can(request.principal, "take_back", row),  # type: ignore[attr-defined]
    }
    return render(request, "certification/announcement_draft.html", context, status=refusal.status if refusal else 200)


@require_safe
@for_role("reviewer", "leader", levels=("city", "province"))
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft; what was public before has its own page, for everybody."""
    row = own_list(request, public_id)
    if row.starts_on is not None:
        return redirect("public:posting", row.public_id)
    return show_list(request, row)


@require_POST
@for_role("leader", levels=("city", "province"))
def publish_list(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_list(request, public_id)
    try:
        verbs.start(row, actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        return show_list(request, row, refusal)
    minutes = settings.POSTING_QUIET_MINUTES if row.level == "province" else 0
    then = f"{minutes} 分钟后通知名单上的企业；名单有误的，请在这之前撤下。" if minutes else ""
    messages.success(request, f"公示已开始，最后一日{cn(row.ends_on)}。{then}")
    return redirect("public:posting", row.public_id)


@require_POST
@for_role("reviewer", "leader", levels=("city", "province"))
def discard_list(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_list(request, public_id)
    try:
        draft_list.discard(row, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        return show_list(request, row, refusal)
    messages.success(request, "名单已撤销，没有对外公布过；企业留在原来的审核环节。")
    return redirect("certification:postings")


@require_safe
@for_role("reviewer", "leader", levels=("province",))
def announcement(request: HttpRequest, public_id: str) -> HttpResponse:
    return show_announcement(request, own_announcement(request, public_id))


@require_POST
@for_role("leader", levels=("province",))
def publish_announcement(request: HttpRequest, public_id: str) -> HttpResponse:
    """Signed, and made when the interval is over; at once only where an office has set no interval."""
    row, principal = own_announcement(request, public_id), request.principal  # type: ignore[attr-defined]
    try:
        if settings.ANNOUNCEMENT_QUIET_MINUTES:
            sign_announcement.sign(row, actor=principal)
            messages.success(request, "已定稿，到点自动公告；在这之前看出有误的，可以收回。")
            if held := announce.held_now(row):
                messages.warning(request, f"{'、'.join(held)}有公示异议没有办结；到点时还没有办结的，这次不公告。")
            return redirect("certification:announcement_draft", row.public_id)
        made = announce.publish(row, actor=principal)
    except Refused as refusal:
        return show_announcement(request, row, refusal)
    messages.success(request, f"已公告：{made.document_number}，证书已生成。")
    if left := announce.left_out(row):
        messages.warning(request, f"{'、'.join(left)}有公示异议没有办结，这次没有公告。")
    return redirect("certification:titles")


@require_POST
@for_role("reviewer", "leader", levels=("province",))
def take_back_announcement(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_announcement(request, public_id)
    try:
        sign_announcement.take_back(row, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        return show_announcement(request, row, refusal)
    messages.success(request, "公告已收回，没有对外公布过；更正不了的请作废，重新拟稿。")
    return redirect("certification:announcement_draft", row.public_id)


@require_POST
@for_role("reviewer", "leader", levels=("province",))
def discard_announcement(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_announcement(request, public_id)
    try:
        announce.discard(row, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        return show_announcement(request, row, refusal)
    messages.success(request, "公告稿已作废，没有对外公布过；企业留在待公告的环节。")
    return redirect("certification:postings")


def own_recommendation(request: HttpRequest, public_id: str) -> RecommendationDraft:
    row = drafted_recommendations(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    return row


def show_recommendation(request: HttpRequest, row: RecommendationDraft, refusal: Refused | None = None) -> HttpResponse:
    if refusal is not None and refusal.code not in KEPT:
        raise refusal
    context = common(request, row, RECOMMENDATION_DRAFT, "send", refusal) | {
        "lines": row.lines.select_related("application").order_by("place"),
    }
    status = refusal.status if refusal else 200
    return render(request, "certification/recommendation_draft.html", context, status=status)


@require_safe
@for_role("reviewer", "leader", levels=("province",))
def recommendation(request: HttpRequest, public_id: str) -> HttpResponse:
    return show_recommendation(request, own_recommendation(request, public_id))


@require_POST
@for_role("leader", levels=("province",))
def send_recommendation(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_recommendation(request, public_id)
    try:
        count = put_forward.send(row, actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        return show_recommendation(request, row, refusal)
    messages.success(request, f"已推荐 {count} 户，推荐函{row.letter_number}。")
    return redirect("certification:postings")


@require_POST
@for_role("reviewer", "leader", levels=("province",))
def discard_recommendation(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_recommendation(request, public_id)
    try:
        put_forward.discard(row, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        return show_recommendation(request, row, refusal)
    messages.success(request, "推荐稿已作废，没有推荐过；企业留在自治区审核环节。")
    return redirect("certification:postings")

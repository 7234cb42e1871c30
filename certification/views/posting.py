"""The province's desk for postings and announcements; a city's for its own list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from certification import announce as announcing
from certification import bulk, city_list, draft_list, posting, put_forward
from certification.models import Application, Call
from certification.object import held
from certification.permissions import ANNOUNCEMENT_DRAFT, POSTING, RECOMMENDATION_DRAFT
from certification.queries import applications, drafted_announcements, drafted_recommendations
from certification.queries import postings as visible_postings
from certification.tiers import PROVINCIAL, is_national
from certification.views.summary import letters
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Problem, Refused


def chosen(request: HttpRequest, call: Call) -> list[Application]:
    ids = request.POST.getlist("application")
    return list(
        applications(request.principal).filter(call=call, public_id__in=ids).select_related("enterprise", "call")
    )  # type: ignore[attr-defined]


def call_of(request: HttpRequest) -> Call:
    found = Call.objects.filter(public_id=request.POST.get("call", ""), state__in=["published", "closed"]).first()
    if found is None:
        raise Missing
    return found


@require_safe
@for_role("reviewer", "leader", levels=("city", "province"))
def postings(request: HttpRequest) -> HttpResponse:
    """What can be posted, what is running, what may be announced, call by call."""
    principal = request.principal  # type: ignore[attr-defined]
    rows = applications(principal).select_related("call").order_by("call_id", "region_path", "id")
    ready_state = "city_review" if principal.level == "city" else "province_review"
    groups: dict[int, dict[str, object]] = {}
    listed = list(rows.filter(state__in=[ready_state, "decided"]))
    stopped = held(row.pk for row in listed)
    for row in listed:
        group = groups.setdefault(
            row.call_id, {"call": row.call, "ready": [], "decided": [], "national": is_national(row.tier)}
        )
        group["decided" if row.state == "decided" else "ready"].append(row)  # type: ignore[attr-defined]
    own = visible_postings(principal).select_related("meeting").order_by("-id")[:30]
    removable = {row.pk for row in own if POSTING.can(principal, "cancel", row)}
    context = {
        "removable": removable, "groups": list(groups.values()), "rows": [(row, POSTING.label(row)) for row in own], "provincial": PROVINCIAL,
        "is_city": principal.level == "city",
        "drafted": draft_list.on_a_draft(listed, principal.level), "city_lists": city_list.on_city_list(listed), "held": {row.public_id for row in listed if row.pk in stopped},
        "drafts": [(row, ANNOUNCEMENT_DRAFT.label(row)) for row in drafted_announcements(principal).filter(state__in=announcing.WAITING)],
        "recommendations": [(row, RECOMMENDATION_DRAFT.label(row)) for row in drafted_recommendations(principal).filter(state="draft")],
        "on_drafts": announcing.on_a_draft(listed), "put_forward": put_forward.on_a_draft(listed), "letters": letters(principal),
    }  # fmt: skip
    return render(request, "certification/desk_postings.html", context)


CARRIED = {"document_number": "文号", "letter_number": "推荐函文号", "contact": "受理联系方式", "disciplinary_contact": "派驻纪检监察组联系方式"}  # fmt: skip
DOORS = {"post": "certification:post", "city": "certification:post", "announce": "certification:announce", "recommend": "certification:recommend_to_ministry"}  # fmt: skip
KEPT = ("invalid", "conflict", "duplicate", "already_moved")
"""Refusals after which the preview comes back, with what was typed."""
MOST = {"document_number": 60, "letter_number": 60, "contact": 80, "disciplinary_contact": 80}


def fitting(**typed: str) -> dict[str, str]:
    """What goes to the act; Refused("invalid") at a field that is longer than its column."""
    given = {name: text.replace("\0", "").strip() for name, text in typed.items()}
    problems = [
        Problem(f"{CARRIED[name]}最多{MOST[name]}字，现在有{len(value)}字", name)
        for name, value in given.items()
        if len(value) > MOST[name]
    ]
    if problems:
        raise Refused("invalid", "有几处需要更正，已填的都还在。", problems)
    return given


@require_POST
@for_role("reviewer", "leader", levels=("city", "province"))
def preview(request: HttpRequest) -> HttpResponse:
    """Firm by firm what the act will do; nothing is written, and what was typed is carried to the act itself."""
    return previewed(request, call_of(request), request.POST.get("act", ""))


def previewed(request: HttpRequest, call: Call, act: str, refusal: Refused | None = None) -> HttpResponse:
    """The preview; after a refusal with the reason at its field and the firms looked at anew."""
    principal = request.principal  # type: ignore[attr-defined]
    if refusal is not None and refusal.code not in KEPT:
        raise refusal
    lines = bulk.preview(act, call, chosen(request, call), actor=principal)
    problems = (list(refusal.problems) or [Problem(refusal.sentence)]) if refusal else []
    wrong = {problem.field: problem for problem in problems if problem.field in CARRIED}
    typed = {
        name: request.POST.get(name, "").replace("\0", "")[:400]
        for name in CARRIED
        if name in request.POST or name in wrong
    }
    context = {
        "call": call, "act": bulk.ACTS[act], "door": reverse(DOORS[act]),
        "typed": [(name, CARRIED[name], value, wrong.get(name), MOST[name]) for name, value in typed.items()],
        "fine": [line for line in lines if not line.problem], "left_out": [line for line in lines if line.problem],
        "problems": problems,
    }  # fmt: skip
    return render(request, "certification/posting_preview.html", context, status=refusal.status if refusal else 200)


@require_POST
@for_role("reviewer", "leader", levels=("city", "province"))
def post(request: HttpRequest) -> HttpResponse:
    """Draws up the list; another person makes it public (views/drafts.py)."""
    call, principal = call_of(request), request.principal  # type: ignore[attr-defined]
    is_city = principal.level == "city"
    try:
        if is_city:
            told = fitting(
                contact=request.POST.get("contact", ""),
                disciplinary_contact=request.POST.get("disciplinary_contact", ""),
            )
            made = draft_list.draft_city_list(call, chosen(request, call), actor=principal, **told)
        else:
            told = fitting(document_number=request.POST.get("document_number", ""))
            made = draft_list.draft_list(call, chosen(request, call), actor=principal, **told)
    except Refused as refusal:
        return previewed(request, call, "city" if is_city else "post", refusal)
    messages.success(request, "名单已拟好，还没有公布。由另一位负责人核对后公布。")
    return redirect("certification:posting_draft", made.public_id)


@require_POST
@for_role("leader", levels=("city", "province"))
def take_down(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible_postings(request.principal).filter(public_id=public_id).select_related("call").first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    try:
        posting.take_down(row, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        messages.warning(request, refusal.sentence)
        return redirect("certification:postings")
    messages.success(request, "公示已撤下，理由已公开；名单上的企业回到原来的审核环节。")
    return redirect("certification:postings")


@require_POST
@for_role("reviewer", "leader", levels=("province",))
def announce(request: HttpRequest) -> HttpResponse:
    """Draws up the announcement; another person makes it, and only then there are certificates (views/drafts.py)."""
    call, principal = call_of(request), request.principal  # type: ignore[attr-defined]
    asked = chosen(request, call)
    try:
        told = fitting(document_number=request.POST.get("document_number", ""))
        made = announcing.draft(call, asked, actor=principal, **told)
    except Refused as refusal:
        return previewed(request, call, "announce", refusal)
    messages.success(request, "公告稿已拟好，还没有公告。由另一位负责人核对后公告。")
    listed = set(made.lines.values_list("application_id", flat=True))
    left = [row.enterprise_name for row in asked if row.pk not in listed]
    if left:
        messages.warning(request, f"{'、'.join(left)}有公示异议没有办结，没有列入公告稿。")
    return redirect("certification:announcement_draft", made.public_id)


@require_POST
@for_role("reviewer", "leader", levels=("province",))
def recommend(request: HttpRequest) -> HttpResponse:
    """Draws up whom the letter names; another leader sends it (views/drafts.py)."""
    call, principal = call_of(request), request.principal  # type: ignore[attr-defined]
    try:
        told = fitting(letter_number=request.POST.get("letter_number", ""))
        made = put_forward.draft(call, chosen(request, call), actor=principal, **told)
    except Refused as refusal:
        return previewed(request, call, "recommend", refusal)
    messages.success(request, "推荐稿已拟好，还没有推荐。由另一位负责人核对后推荐。")
    return redirect("certification:recommendation_draft", made.public_id)

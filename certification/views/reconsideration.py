"""复审: the firm asks on the page of its letter; the office, or the one above it, handles it with other people."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import reconsider as verbs
from certification.letter import open_by_firm
from certification.models import Letter
from certification.permissions import RECONSIDERATION, reconsiders
from certification.queries import letters, reconsiderations
from certification.states import OPEN_RECONSIDERATION
from certification.views.letter import firm_page
from foundation.accounts.doors import for_member, for_role
from foundation.refusals import Missing, Refused

PAGE = 30


@require_safe
@for_role("reviewer", "leader")
def list_reconsiderations(request: HttpRequest) -> HttpResponse:
    """Open ones first, the oldest on top."""
    rows = reconsiderations(request.principal)  # type: ignore[attr-defined]
    waiting = rows.filter(state__in=OPEN_RECONSIDERATION).order_by("id")[:200]
    page = Paginator(rows.exclude(state__in=OPEN_RECONSIDERATION), PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(row, RECONSIDERATION.label(row)) for row in waiting], "page": page,
        "ended": [(row, RECONSIDERATION.label(row)) for row in page],
    }  # fmt: skip
    return render(request, "certification/reconsiderations.html", context)


@for_role("reviewer", "leader")
def reconsideration(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read the request beside the letter; admit it, or decide it in writing."""
    principal = request.principal  # type: ignore[attr-defined]
    row = reconsiderations(principal).filter(public_id=public_id).first()
    if row is None:
        raise Missing
    typed, problems, status = request.POST.get("answer", ""), (), 200
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            if act == "admit":
                verbs.admit(row, actor=principal)
            else:
                verbs.answer(row, act, typed, actor=principal)
        except Refused as refusal:
            if refusal.code != "invalid":
                raise
            problems, status = refusal.problems, 422
        else:
            messages.success(request, "已办理，企业会收到通知。")
            return redirect("certification:reconsideration", public_id)
    context: dict[str, Any] = {
        "row": row, "label": RECONSIDERATION.label(row), "typed": typed, "problems": problems,
        "acts": {t.act for t in RECONSIDERATION.acts_for(principal, row)}, "is_other": reconsiders(principal, row),
        "reasons": [reason for reason in row.letter.reasons if reason["found"] != "met"],
    }  # fmt: skip
    return render(request, "certification/reconsideration.html", context, status=status)


def own(request: HttpRequest, public_id: str) -> Letter:
    row = letters(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    return row


@require_POST
@for_member
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    row, typed = own(request, public_id), request.POST.get("grounds", "")
    try:
        verbs.request(row, actor=request.principal, grounds=typed)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        open_by_firm(row, actor=request.principal)  # type: ignore[attr-defined]
        return firm_page(request, row, status=422, problems=refusal.problems, grounds=typed)
    open_by_firm(row, actor=request.principal)  # type: ignore[attr-defined]  # who contests a letter has it
    messages.success(request, "复审请求已提交。")
    return redirect("certification:my_letter", public_id)


@require_POST
@for_member
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = own(request, public_id).reconsiderations.exclude(state="withdrawn").first()
    if asked is None:
        raise Missing
    verbs.withdraw(asked, actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, "已撤回复审请求。")
    return redirect("certification:my_letter", public_id)

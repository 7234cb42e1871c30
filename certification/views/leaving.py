"""A title that is given up, carried away or left without a holder: asked, answered, seen from both sides."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import change
from certification import leave as verbs
from certification.cascade import consequences_of
from certification.models import Certificate, Leaving, LeavingKind
from certification.permissions import LEAVING
from certification.queries import certificates
from certification.tiers import is_national
from enterprises.permissions import has_owner, is_owner
from enterprises.words import cn
from foundation.accounts.doors import for_member, for_role
from foundation.audit.record import timeline
from foundation.refusals import Missing, Refused

PAGE = 30
SHOWN = ("invalid", "duplicate", "forbidden", "conflict")


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "")[:4000] for name in ("kind", "reason", "source")}


def find(request: HttpRequest, public_id: str) -> Leaving:
    rows = verbs.visible(request.principal).select_related("certificate")  # type: ignore[attr-defined]
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


def title_of(request: HttpRequest, number: str) -> Certificate:
    found: Certificate | None = certificates(request.principal).filter(number=number).first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def give_up(request: HttpRequest, number: str) -> HttpResponse:
    """What ends with the title, before anybody asks for it."""
    principal = request.principal  # type: ignore[attr-defined]
    title = title_of(request, number)
    context = {
        "is_owner": is_owner(principal, title.enterprise_id), "has_owner": has_owner(title.enterprise_id), "national": is_national(title.tier),
    }  # fmt: skip
    return asked(request, title, "certification/give_up.html", "certification:my_leaving", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def note(request: HttpRequest, number: str) -> HttpResponse:
    """An office writes down that the firm has left the region or is no more."""
    kinds = [kind for kind in LeavingKind.choices if kind[0] != LeavingKind.GIVE_UP]
    title = title_of(request, number)
    begun = {} if request.method == "POST" else prefilled(request, title)
    return asked(
        request, title, "certification/leaving_note.html", "certification:leaving", {"kinds": kinds}, begun=begun
    )


def prefilled(request: HttpRequest, title: Certificate) -> dict[str, str]:
    """The settled move out of the region that the official came from, in the words of its report."""
    wanted = request.GET.get("change", "")[:32]
    rows = change.visible(request.principal).filter(public_id=wanted, state="settled", kind=change.MOVED_OUT)  # type: ignore[attr-defined]
    found = rows.filter(enterprise_id=title.enterprise_id).first() if wanted else None
    if found is None:
        return {}
    reported = f"企业{cn(found.reported_on)}的重大变化报告" if found.reported_on else "重大变化记录"
    return {
        "kind": LeavingKind.MIGRATE, "reason": f"{cn(found.happened_on)}{found.kind_words}：{found.after}"[:2000],
        "source": f"{reported}，{found.office_name}核对办结"[:200],
    }  # fmt: skip


def asked(
    request: HttpRequest, title: Certificate, template: str, after: str, more: dict[str, Any], begun: dict[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    refusal = None
    if request.method == "POST":
        try:
            row = verbs.ask(title, typed(request), actor=request.principal)  # type: ignore[attr-defined]
            messages.success(request, "已提交，办理以前称号不变。")
            return redirect(after, row.public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    context = more | {
        "title": title, "touched": consequences_of(title), "refusal": refusal, "typed": begun or typed(request),
        "problems": list(refusal.problems) if refusal else [],
    }  # fmt: skip
    return render(request, template, context, status=refusal.status if refusal else 200)


@require_safe
@for_role("reviewer", "leader")
def leavings(request: HttpRequest) -> HttpResponse:
    """Those that wait first."""
    rows, state = verbs.visible(request.principal), request.GET.get("state", "asked")  # type: ignore[attr-defined]
    if state in LEAVING.states.labels:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("created_at", "id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(row, LEAVING.label(row)) for row in page], "state": state, "query": f"state={state}",
        "states": [(code, label.officer) for code, label in LEAVING.states.labels.items()],
    }  # fmt: skip
    return render(request, "certification/leavings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def leaving(request: HttpRequest, public_id: str) -> HttpResponse:
    return one(request, public_id, "certification:leaving", "certification/leaving.html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def my_leaving(request: HttpRequest, public_id: str) -> HttpResponse:
    return one(request, public_id, "certification:my_leaving", "certification/my_leaving.html")


def one(request: HttpRequest, public_id: str, address: str, template: str) -> HttpResponse:
    row, refusal, principal = find(request, public_id), None, request.principal  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            if principal.is_member or request.POST.get("act") == "take_back":
                verbs.take_back(row, actor=principal)
            else:
                verbs.answer(row, request.POST.get("act", ""), typed(request)["reason"], actor=principal)
            messages.success(request, "已办理。")
            return redirect(address, public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            row.refresh_from_db()
            refusal = found
    audiences = ["applicant", "public"] if principal.is_member else ["office", "applicant", "public"]
    context = {
        "row": row, "label": LEAVING.label(row), "refusal": refusal, "typed": typed(request), "events": timeline(row, audiences)[:30],
        "acts": {t.act for t in LEAVING.acts_for(principal, row)}, "touched": consequences_of(row.certificate) if row.state == "asked" else None,
    }  # fmt: skip
    return render(request, template, context, status=refusal.status if refusal else 200)

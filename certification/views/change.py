"""Major changes: the firm's report, the county's desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import change as verbs
from certification.models import MajorChange
from certification.obligation_rules import book
from certification.permissions import MAJOR_CHANGE
from enterprises.permissions import is_verified
from enterprises.queries import own_enterprise, visible_to
from foundation import clock
from foundation.accounts.doors import for_member, for_role
from foundation.audit.record import timeline
from foundation.exchange.form_keys import once_per_form
from foundation.refusals import Missing, Refused

PAGE = 30
TYPED = ("kind", "happened_on", "before", "after", "reason", "source")
SHOWN = ("invalid", "unverified", "too_large")


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "")[:4000] for name in TYPED}


def find(request: HttpRequest, public_id: str) -> MajorChange:
    rows = verbs.visible(request.principal).select_related("evidence")  # type: ignore[attr-defined]
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
@once_per_form
def my_changes(request: HttpRequest) -> HttpResponse:
    """Report a change; the reports so far."""
    principal = request.principal  # type: ignore[attr-defined]
    if not principal.enterprise_ids:
        return redirect("enterprises:link")
    firm, refusal = own_enterprise(principal), None
    if request.method == "POST":
        try:
            row = verbs.report_change(firm, typed(request), actor=principal, upload=request.FILES.get("file"))
            messages.success(request, f"已收到，{verbs.told_of(row)}。")
            return redirect("certification:my_change", row.public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    rows = [(row, MAJOR_CHANGE.label(row)) for row in verbs.visible(principal).order_by("-id")[:PAGE]]
    context = {
        "firm": firm, "rows": rows, "kinds": verbs.kinds().items(), "rule": book().rule("major_change"), "refusal": refusal,
        "problems": list(refusal.problems) if refusal else [], "typed": typed(request), "verified": is_verified(principal, firm.pk),
        "today": clock.today().isoformat(),
    }  # fmt: skip
    return render(request, "certification/my_changes.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def my_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """One report: where it stands, what the county asked, and the form to answer."""
    row, principal, refusal = find(request, public_id), request.principal, None  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            if request.POST.get("act") == "withdraw":
                verbs.withdraw(row, typed(request)["reason"], actor=principal)
                messages.success(request, "已撤回。")
            else:
                verbs.supplement(row, typed(request), actor=principal, upload=request.FILES.get("file"))
                messages.success(request, "已提交，期限按首次报告日计算。")
            return redirect("certification:my_change", public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            row.refresh_from_db()
            refusal = found
    return one(request, row, refusal, "certification/my_change.html")


def one(request: HttpRequest, row: MajorChange, refusal: Refused | None, template: str) -> HttpResponse:
    audiences = ["applicant", "public"] if request.principal.is_member else ["office", "applicant", "public"]  # type: ignore[attr-defined]
    given = typed(request) if refusal else {"before": row.before, "after": row.after, "reason": ""}
    context = {
        "row": row, "label": MAJOR_CHANGE.label(row), "clock": verbs.told_of(row), "refusal": refusal, "typed": given,
        "problems": list(refusal.problems) if refusal else [], "events": timeline(row, audiences)[:30],
        "acts": {t.act for t in MAJOR_CHANGE.acts_for(request.principal, row)},  # type: ignore[attr-defined]
        "rule": book().rule("major_change"), "titles_to_end": verbs.titles_to_end(row, request.principal),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, template, context, status=refusal.status if refusal else 200)


@require_safe
@for_role("reviewer", "leader")
def changes(request: HttpRequest) -> HttpResponse:
    """The desk: those that wait first."""
    rows = verbs.visible(request.principal)  # type: ignore[attr-defined]
    state = request.GET.get("state", "reported")
    if state in MAJOR_CHANGE.states.labels:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("created_at", "id"), PAGE).get_page(request.GET.get("page"))
    states = [(code, label.officer) for code, label in MAJOR_CHANGE.states.labels.items()]
    context = {
        "page": page,
        "rows": [(r, MAJOR_CHANGE.label(r), verbs.told_of(r)) for r in page],
        "states": states,
        "state": state,
    }
    return render(request, "certification/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    row, refusal = find(request, public_id), None
    if request.method == "POST":
        try:
            verbs.answer(
                row, request.POST.get("act", ""), typed(request)["reason"], actor=request.principal,  # type: ignore[attr-defined]
                new_name=request.POST.get("new_name", "").replace("\0", "")[:200],
            )  # fmt: skip
            messages.success(request, "已办理，企业会收到通知。")
            return redirect("certification:change", public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            row.refresh_from_db()
            refusal = found
    return one(request, row, refusal, "certification/change.html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """An office writes down a change that the firm has not told."""
    principal = request.principal  # type: ignore[attr-defined]
    firm = visible_to(principal).filter(public_id=public_id).first()
    if firm is None:
        raise Missing
    refusal = None
    if request.method == "POST":
        try:
            row = verbs.note_change(firm, typed(request), actor=principal)
            messages.success(request, "已记下，企业会收到通知，到期前按计划提醒。")
            return redirect("certification:change", row.public_id)
        except Refused as found:
            if found.code not in (*SHOWN, "duplicate"):
                raise
            refusal = found
    context = {
        "firm": firm, "kinds": verbs.kinds().items(), "refusal": refusal, "typed": typed(request), "today": clock.today().isoformat(),
        "problems": list(refusal.problems) if refusal else [], "rule": book().rule("major_change"),
    }  # fmt: skip
    return render(request, "certification/change_note.html", context, status=refusal.status if refusal else 200)

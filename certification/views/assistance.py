"""Help before an exit: the desk's list, one task, the firm's own page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import assist as verbs
from certification.grounds import grounds
from certification.models import Assistance
from certification.permissions import ASSISTANCE
from foundation import clock
from foundation.accounts.doors import for_member, for_role
from foundation.audit.record import timeline
from foundation.exchange.form_keys import once_per_form
from foundation.refusals import Missing, Refused

PAGE = 30
SHOWN = ("invalid", "conflict", "unverified")


def find(request: HttpRequest, public_id: str) -> Assistance:
    rows = verbs.visible(request.principal).select_related("certificate", "incident")  # type: ignore[attr-defined]
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


@require_safe
@for_role("reviewer", "leader")
def assistances(request: HttpRequest) -> HttpResponse:
    """Those whose days end first come first."""
    rows, state = verbs.visible(request.principal), request.GET.get("state", "open")  # type: ignore[attr-defined]
    if state in ASSISTANCE.states.labels:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("due_on", "id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(row, ASSISTANCE.label(row)) for row in page], "state": state, "query": f"state={state}",
        "states": [(code, label.officer) for code, label in ASSISTANCE.states.labels.items()], "today": clock.today(),
    }  # fmt: skip
    return render(request, "certification/assistances.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def assistance(request: HttpRequest, public_id: str) -> HttpResponse:
    return one(request, public_id, "certification:assistance", "certification/assistance.html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
@once_per_form
def my_assistance(request: HttpRequest, public_id: str) -> HttpResponse:
    return one(request, public_id, "certification:my_assistance", "certification/my_assistance.html")


def one(request: HttpRequest, public_id: str, address: str, template: str) -> HttpResponse:
    """The same task from both sides; the firm writes notes, the office also ends it."""
    row, refusal, principal = find(request, public_id), None, request.principal  # type: ignore[attr-defined]
    text = request.POST.get("text", "").replace("\0", "")[:4000]
    if request.method == "POST":
        act = request.POST.get("act", "note")
        try:
            if act == "note":
                verbs.note(row, text, actor=principal)
                messages.success(request, "已记下，双方都能看到。")
            elif principal.is_member:
                raise Missing
            else:
                verbs.end(row, act, text, actor=principal)
                messages.success(request, "已办理，企业会收到通知。")
            return redirect(address, public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            row.refresh_from_db()
            refusal = found
    audiences = ["applicant", "public"] if principal.is_member else ["office", "applicant", "public"]
    context = {
        "row": row, "label": ASSISTANCE.label(row), "notes": row.notes.all(), "ground": grounds().get(row.ground), "refusal": refusal,
        "problems": list(refusal.problems) if refusal else [], "typed": text, "events": timeline(row, audiences)[:40],
        "acts": {t.act for t in ASSISTANCE.acts_for(principal, row)}, "is_over": clock.today() > row.due_on,
    }  # fmt: skip
    return render(request, template, context, status=refusal.status if refusal else 200)

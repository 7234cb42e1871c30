"""Reports from outside: the desk's list, one report, a list to bring in; the firm's own page."""

from io import BytesIO

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import hear, incident_list
from certification import incident as verbs
from certification.incident_kinds import incident_kinds
from certification.models import Certificate, Incident
from certification.permissions import INCIDENT
from certification.views import sent_list
from enterprises.queries import visible_to
from foundation import clock
from foundation.accounts.doors import for_member, for_role
from foundation.audit.record import timeline
from foundation.exchange.form_keys import once_per_form
from foundation.refusals import Missing, Refused

PAGE = 30
TYPED = ("kind", "happened_on", "source", "document", "facts", "reason", "served_on", "number", "text", "way", "said_by",
         "received_on")  # fmt: skip
SHOWN = ("invalid", "conflict", "duplicate", "unverified", "too_large")


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "")[:8000] for name in TYPED}


def find(request: HttpRequest, public_id: str) -> Incident:
    rows = verbs.visible(request.principal)  # type: ignore[attr-defined]
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


@require_safe
@for_role("reviewer", "leader")
def incidents(request: HttpRequest) -> HttpResponse:
    """Those that wait first, and how often each source was wrong."""
    principal = request.principal  # type: ignore[attr-defined]
    rows, state = verbs.visible(principal), request.GET.get("state", "reported")
    if state in INCIDENT.states.labels:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("created_at", "id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(row, INCIDENT.label(row)) for row in page], "state": state, "tally": verbs.tally(principal),
        "states": [(code, label.officer) for code, label in INCIDENT.states.labels.items()], "query": f"state={state}",
    }  # fmt: skip
    return render(request, "certification/incidents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down one event about one firm."""
    principal = request.principal  # type: ignore[attr-defined]
    firm = visible_to(principal).filter(public_id=public_id).first()
    if firm is None:
        raise Missing
    refusal = None
    if request.method == "POST":
        try:
            row = verbs.report(firm, typed(request), actor=principal)
            messages.success(request, "已登记，企业会收到通知；它的称号正在重新核算，结果只列为线索。")
            return redirect("certification:incident", row.public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    context = {
        "firm": firm, "kinds": incident_kinds().values(), "refusal": refusal, "typed": typed(request), "today": clock.today().isoformat(),
        "problems": list(refusal.problems) if refusal else [],
    }  # fmt: skip
    return render(request, "certification/incident_new.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def incident(request: HttpRequest, public_id: str) -> HttpResponse:
    row, refusal, principal = find(request, public_id), None, request.principal  # type: ignore[attr-defined]
    if request.method == "POST":
        given, act = typed(request), request.POST.get("act", "")
        try:
            if act == "serve_on_paper":
                verbs.serve_on_paper(row, clock.as_day(given["served_on"]), given["number"], actor=principal)
            elif act == "hear":
                hear.hear_incident(row, given, actor=principal, upload=request.FILES.get("file"))
            else:
                verbs.judge(row, act, given["reason"], actor=principal)
            messages.success(request, "已办理。")
            return redirect("certification:incident", public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            row.refresh_from_db()
            refusal = found
    held = Certificate.objects.filter(enterprise_id=row.enterprise_id, state="valid").order_by("valid_from", "number")
    context = told(request, row, refusal, ["office", "applicant", "public"]) | {
        "acts": {t.act for t in INCIDENT.acts_for(principal, row)}, "titles": held,
        "assistances": row.assistances.order_by("id"), "exits": row.exits.order_by("id"),
        "may_exit": principal.level == "province" and row.state == "confirmed" and verbs.kind_of(row).exit_ground,
        "confirms_other": row.state == "reported" and row.reported_by_id == principal.user_id,
        "may_hear": hear.may_hear_incident(row, principal), "hear_ways": hear.ways(), "hear_today": clock.today().isoformat(), "posted": request.POST.get("act", "") if refusal else "",
    }  # fmt: skip
    return render(request, "certification/incident.html", context, status=refusal.status if refusal else 200)


def told(request: HttpRequest, row: Incident, refusal: Refused | None, audiences: list[str]) -> dict[str, object]:
    return {
        "row": row, "label": INCIDENT.label(row), "kind": verbs.kind_of(row), "refusal": refusal, "typed": typed(request),
        "problems": list(refusal.problems) if refusal else [], "until": verbs.reply_until(row),
        "replies": row.replies.select_related("evidence"), "events": timeline(row, audiences)[:40],
        "today": clock.today().isoformat(),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
@once_per_form
def my_incident(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was said about us, by whom, and our answer."""
    row, refusal = find(request, public_id), None
    if request.method == "POST":
        try:
            verbs.reply(row, typed(request)["text"], actor=request.principal, upload=request.FILES.get("file"))  # type: ignore[attr-defined]
            messages.success(request, "已收到您的说明，原文保存，核实时会看到。")
            return redirect("certification:my_incident", public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    context = told(request, row, refusal, ["applicant", "public"]) | {"open": row.state in ("reported", "confirmed")}
    return render(request, "certification/my_incident.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def bring_in(request: HttpRequest) -> HttpResponse:
    """First the file, then its preview with every row's problems, then one click."""
    principal = request.principal  # type: ignore[attr-defined]
    context: dict[str, object] = {"headings": incident_list.HEADINGS, "kinds": incident_kinds().values()}
    if request.method != "POST":
        return render(request, "certification/incidents_import.html", context)
    if "confirmed" in request.POST:
        rows = incident_list.read(sent_list.confirmed(request, "incidents"), actor=principal)
        count = incident_list.bring_in(rows, actor=principal)
        messages.success(request, f"已登记 {count} 件，企业会收到通知。")
        return redirect("certification:incidents")
    content = sent_list.uploaded(request)
    rows = incident_list.read(content, actor=principal)
    problems = [problem for row in rows for problem in row.problems]
    context |= {
        "rows": rows[:200], "count": len(rows), "problems": problems,
        "confirmed": "" if problems or not rows else sent_list.sealed(content, "incidents"),
    }  # fmt: skip
    return render(request, "certification/incidents_import.html", context, status=422 if problems else 200)


@require_safe
@for_role("reviewer", "leader")
def template(request: HttpRequest) -> HttpResponse:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("情况")
    sheet.set_column(0, len(incident_list.HEADINGS) - 1, 24, book.add_format({"num_format": "@"}))
    for column, title in enumerate(incident_list.HEADINGS):
        sheet.write_string(0, column, title)
    kinds = book.add_worksheet("情况种类")
    for line, kind in enumerate(incident_kinds().values()):
        kinds.write_string(line, 0, kind.label)
    book.close()
    return HttpResponse(
        out.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": "attachment; filename=incidents-template.xlsx"},
    )

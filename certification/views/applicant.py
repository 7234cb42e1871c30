"""The enterprise's doors: its applications, its certificates, its papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import apply, clocks, papers, stamp
from certification.correction_day import is_overdue
from certification.looking import LOOKS
from certification.models import Application, Call
from certification.permissions import APPLICATION, CERTIFICATE, stages_of
from certification.queries import applications, certificates, register
from certification.queries import letters as served_letters
from certification.quiet import told_label, told_opinions, told_state
from certification.renewable import offered
from certification.tiers import is_national
from certification.views import letters
from enterprises.queries import own_enterprise
from foundation import clock
from foundation.accounts.doors import for_member, public_page
from foundation.audit.record import timeline
from foundation.refusals import Missing
from foundation.regions.models import route_of


def own(request: HttpRequest, public_id: str) -> Application:
    """The member's own application; foreign and absent are the same."""
    found = (
        applications(request.principal)  # type: ignore[attr-defined]
        .select_related("call__rule_set", "enterprise")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Missing
    return found


@require_safe
@for_member
def my_applications(request: HttpRequest) -> HttpResponse:
    rows = applications(request.principal).select_related("call").order_by("-id")  # type: ignore[attr-defined]
    now = clock.now()
    started = {row.call_id for row in rows if row.state != "withdrawn"}
    running = Call.objects.filter(state="published", opens_at__lte=now, closes_at__gt=now).select_related("rule_set")
    firm = min(request.principal.enterprise_ids, default=None)  # type: ignore[attr-defined]
    open_calls = offered((call for call in running if call.pk not in started), firm)
    labelled = [(row, told_label(row)) for row in rows]
    return render(request, "certification/my_applications.html", {"rows": labelled, "calls": open_calls})


@require_POST
@for_member
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    call = Call.objects.filter(public_id=public_id, state="published").select_related("rule_set").first()
    if call is None:
        raise Missing
    principal = request.principal  # type: ignore[attr-defined]
    draft = apply.start(call, own_enterprise(principal), actor=principal)
    return redirect("certification:step", draft.public_id, apply.steps_of(draft)[0].code)


@require_safe
@for_member
def application(request: HttpRequest, public_id: str) -> HttpResponse:
    found = own(request, public_id)
    correction = found.corrections.filter(answered_at=None).first()
    stages = stages_of(found)
    route = list(zip(route_of(found.region_path)[-len(stages) :], stages, strict=True))
    told = clocks.clock_of(found)
    desk = clocks.desk_path(found, told.stage) if told else ""
    usual = clocks.usual_days(desk, found.tier, told.stage) if told else None
    return render(
        request,
        "certification/application.html",
        {
            "application": found, "label": told_label(found), "stands": told_state(found), "correction": correction, "correction_overdue": is_overdue(correction), "route": route,
            "events": timeline(found, ["applicant", "public"]).exclude(act__in=LOOKS)[:50],
            "opinions": told_opinions(found), "clock": told, "usual": usual, "corrections": range(found.corrections.count(), 0, -1),
            **letters.panel(found, request.principal),  # type: ignore[attr-defined]
            "decisions": served_letters(request.principal).filter(application=found),  # type: ignore[attr-defined]
            "submission": found.submissions.first(), "steps": apply.steps_of(found),
            "may_withdraw": APPLICATION.can(request.principal, "withdraw", found),  # type: ignore[attr-defined]
        },
    )  # fmt: skip


@require_POST
@for_member
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    found = own(request, public_id)
    apply.withdraw(found, actor=request.principal)  # type: ignore[attr-defined]
    return redirect("certification:application", public_id)


@require_safe
@for_member
def form_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    found = own(request, public_id)
    submission = found.submissions.first()
    if submission is None:
        raise Missing
    return pdf(papers.application_form(found, submission), f"{found.receipt_number}.pdf")


@require_safe
@for_member
def checklist_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """While it can still be filled in: what is asked for and what is there."""
    found = own(request, public_id)
    if found.state not in ("draft", "returned"):
        raise Missing
    return pdf(papers.checklist(found), f"checklist-{found.public_id}.pdf")


@require_safe
@for_member
def my_certificates(request: HttpRequest) -> HttpResponse:
    rows = certificates(request.principal).order_by("-valid_from")  # type: ignore[attr-defined]
    told = [(row, CERTIFICATE.label(row), is_national(row.tier)) for row in rows]
    return render(request, "certification/my_certificates.html", {"rows": told, "is_stamped": stamp.is_configured()})


@require_safe
@public_page
def certificate_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Certificates are public; a national title has none of ours."""
    found = register().filter(number=number).first()
    if found is None or is_national(found.tier):
        raise Missing
    return pdf(papers.certificate(found), f"{found.number}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)

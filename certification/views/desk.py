"""The desk: criteria, evidence, history side by side; what a person judges, and how the case moves on."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import (
    clocks,
    conceal,
    consult,
    handling,
    interpret,
    matters,
    overrule,
    quiet,
    review,
    since,
    verdicts,
)
from certification import override as overriding
from certification.answers import slips_filed
from certification.apply import steps_of
from certification.differences import changes, unchanged
from certification.helped import outside_help
from certification.looking import LOOKS, look
from certification.models import Application, Submission
from certification.papers import shown
from certification.permissions import APPLICATION, may_see_desk
from certification.queries import applications
from certification.states import IN_REVIEW
from certification.tiers import given_here, is_national
from certification.views import letter, letters, rounds
from certification.views import visit as visit_view
from certification.views.evidence import evidence_pane, is_mark
from certification.views.forms import NationalForm, RulingForm
from certification.worksheet import Row, worksheet
from enterprises.queries import gone_from
from enterprises.queries import visible_to as firms
from foundation.accounts.doors import for_role
from foundation.audit.record import timeline
from foundation.refusals import Missing, Refused


def seen(request: HttpRequest) -> QuerySet[Application]:
    # Not joined with its enterprise: an old case is still there when the firm has gone out of this office's reach.
    return applications(request.principal).select_related("call")  # type: ignore[attr-defined]


def find(request: HttpRequest, public_id: str) -> Application:
    found = seen(request).filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


@require_safe
@for_role("reviewer", "leader")
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, find(request, public_id))


def page(
    request: HttpRequest,
    application: Application,
    refusal: Refused | None = None,
    *,
    unmasked: bool = False,
    **more: Any,
) -> HttpResponse:
    """The three panes; after a refusal with what was typed still in its place. `more` is for the page alone."""
    principal = request.principal  # type: ignore[attr-defined]
    firm = firms(principal).filter(pk=application.enterprise_id).first()
    if firm is not None:
        application.enterprise = firm
    submissions = list(application.submissions.order_by("-number"))
    current, before = submissions[0], submissions[1] if len(submissions) > 1 else None
    visit = look(application, current.number, actor=principal)
    at_desk = application.state in IN_REVIEW and APPLICATION.can(principal, "return_for_correction", application)
    waiting = review.open_points(application) if at_desk else []
    told = verdicts.sorted_out(application, current.number, application.verdicts.select_related("carried_from"))
    gates, parts = worksheet(application, current, told.standing, waiting, told.before)
    chosen = choose(gates + parts, request.POST.get("criterion") or request.GET.get("at", ""))
    last_seen = next((s for s in submissions if s.number == visit.before_number), None)
    context = {
        "application": application, "label": APPLICATION.label(application), "current": current, "gates": gates, "parts": parts,
        "width": "wide", "waiting": [row for row in gates if row.is_waiting], "at_desk": at_desk, "chosen": chosen, "visit": visit,
        "counts": counts(gates), "helper": outside_help(current), "fields": [(s, [(f, shown(f, current) if unmasked else conceal.answer(f.name, shown(f, current))) for f in s.fields]) for s in steps_of(application) if s.fields],
        "slips": {p.field: p for p in slips_filed(current)}, "before": before, "changes": differing(before, current, application, unmasked), "unchanged": unchanged(before, current, application),
        "since_last": differing(last_seen, current, application, unmasked) if last_seen and last_seen is not before else [],
        "events": events_of(application), "opinions": application.opinions.all(), "sources": current.sources,
        "earlier": told.others, "titles": {row.code: row.title for row in gates + parts}, "stages": {code: APPLICATION.states.labels[code].officer for code in IN_REVIEW}, "carriable": verdicts.carriable(application) if at_desk else [],
        "news": since.done_since(application, visit.before_at, actor=principal, submissions=submissions) if visit.before_at else [], "clock": clocks.clock_of(application),
        "handler": handling.handler_of(application) if at_desk else None, "colleagues": handling.colleagues(principal) if at_desk else [],
        "is_national": is_national(application.tier), "given_here": given_here(application.tier, principal.office_path), "acts": {t.act for t in APPLICATION.acts_for(principal, application)},
        "readings": interpret.in_force(application.rule_set_code), "refusal": refusal, "typed": "" if is_mark(request) else request.POST.get("note", ""), "typed_question": request.POST.get("question", ""),
        "gone": gone_from(principal, application.enterprise_id) if firm is None else None,
        **evidence_pane(request, application, submissions, chosen, firm),
        **letters.panel(application, principal), **rounds.panel(application, principal),
        "decision": letter.panel(application, principal), **visit_view.panel(application, principal),
        **overrule.panel(application), "typed_reason": request.POST.get("reason", ""), "typed_code": request.POST.get("reason_code", ""), "typed_opinion": request.POST.get("opinion", ""),
        "national": NationalForm(auto_id="national-%s"), "unmasked": unmasked, "may_unmask": may_see_desk(principal, application),
        **consult.panel(application, principal), **overriding.panel(application, principal),
        **matters.panel(application, principal), **ruling_of(request, refusal), **more,
    }  # fmt: skip
    return render(request, "certification/case.html", context, status=refusal.status if refusal else 200)


def differing(
    before: Submission | None, now: Submission, application: Application, unmasked: bool
) -> list[dict[str, Any]]:
    """changes(), with the people of the firm masked."""
    rows = changes(before, now, application)
    if unmasked:
        return rows
    return [row | {side: conceal.answer(row["name"], row[side]) for side in ("old", "new")} for row in rows]


def ruling_of(request: HttpRequest, refusal: Refused | None) -> dict[str, Any]:
    """The form of a ruling on what is open about the firm, with what was typed and what is wrong with it."""
    is_asked = request.POST.get("against") == matters.KIND
    form = RulingForm(request.POST if is_asked and refusal else None)
    return {"ruling_form": form, "ruling_problems": list(refusal.problems) if is_asked and refusal else []}


def choose(rows: list[Row], code: str) -> Row | None:
    """The criterion on the desk: the one asked for, else the first that waits for a person, else the first."""
    asked = next((row for row in rows if row.code == code), None)
    return asked or next((row for row in rows if row.is_waiting), None) or (rows[0] if rows else None)


def counts(rows: list[Row]) -> dict[str, int]:
    return {
        "proven": sum(bool(row.sources) and not row.is_self_reported for row in rows),
        "self": sum(row.is_self_reported for row in rows),
        "person": sum(row.is_by_hand for row in rows),
    }


def events_of(application: Application) -> Any:
    """What happened to the case; who merely looked at it has a page of its own."""
    return timeline(application, ["office", "applicant", "public"]).exclude(act__in=LOOKS)[:60]


@require_POST
@for_role("reviewer", "leader", levels=("province",))
def override(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go against the machine, or on although something is open about the firm: the first person asks, another signs."""
    application, principal = find(request, public_id), request.principal  # type: ignore[attr-defined]
    kind = matters.KIND if request.POST.get("against") == matters.KIND else "machine"
    try:
        if request.POST.get("act") == "sign":
            if kind == matters.KIND:
                matters.sign(application, actor=principal)
                messages.success(request, "已签字，这些情况和程序不再影响本次办理。")
            else:
                row = overriding.of(application, kind)
                if row is None:
                    raise Missing
                overriding.sign(row, actor=principal)
                messages.success(request, "已签字，可以列入公示或推荐。")
        elif kind == matters.KIND:
            typed = {name: request.POST.get(name, "").replace("\0", "") for name in RulingForm.base_fields}
            matters.ask(application, typed, actor=principal)
            messages.success(request, "已写明判断，由另一位负责人签字。")
        else:
            overriding.ask(
                application, {name: request.POST.get(name, "") for name in ("reason_code", "text")}, actor=principal
            )
            messages.success(request, "已提出，由另一位负责人签字。")
    except Refused as refusal:
        if refusal.code not in ("invalid", "conflict", "duplicate", "forbidden"):
            raise
        return page(request, application, refusal)
    return redirect("certification:case", public_id)


@require_POST
@for_role("reviewer", "leader")
def judge(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    code = request.POST.get("criterion", "")
    try:
        review.judge(
            application, code, request.POST.get("verdict", ""),
            actor=request.principal, note=request.POST.get("note", ""),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code not in ("invalid", "conflict", "already_moved"):
            raise
        return page(request, application, refusal)
    following = next(iter(review.open_points(application)), code)
    return redirect(f"{request.path.removesuffix('judge/')}?at={following}#c-{following}")


@require_POST
@for_role("reviewer", "leader")
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    given = request.POST
    try:
        review.refuse(
            application, actor=request.principal, reason=given.get("reason", ""), reason_code=given.get("reason_code", ""),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return page(request, application, refusal)
    messages.success(
        request,
        f"已作出不予{given_here(application.tier, request.principal.office_path)}的结论：{application.enterprise_name}。"  # type: ignore[attr-defined]
        "送达文书之前企业不知道，可以撤回。",
    )
    return redirect("certification:worklist")


@require_POST
@for_role("reviewer", "leader")
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a refusal back that was not served yet."""
    application = find(request, public_id)
    try:
        quiet.reopen(application, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return page(request, application, refusal)
    messages.success(request, f"已撤回不予的结论，企业不知道：{application.enterprise_name}")
    return redirect("certification:case", public_id)

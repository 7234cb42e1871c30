"""The way out, as the province works it and as the firm sees it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BigIntegerField, Case, F, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import assist, bar, hear, incident, reach
from certification import exit as verbs
from certification.grounds import cited, grounds
from certification.models import Certificate, Exit, Restoration
from certification.national_exit import national_step
from certification.permissions import EXIT, decides_exit, works_on_exit
from certification.queries import certificates, restorations
from certification.served import decision_served_on, notice_served_on, set_aside_served_on
from certification.set_aside import act_for
from certification.states import EXIT_CLOSED, EXIT_UNDONE
from certification.tiers import is_national
from enterprises.permissions import is_verified, speaks_for
from foundation import clock
from foundation.accounts.doors import for_member, for_role, public_page
from foundation.audit.record import timeline
from foundation.exchange.form_keys import once_per_form
from foundation.refusals import Missing, Refused

PAGE = 30
SHOWN = ("invalid", "conflict", "forbidden", "unverified", "too_large")
TYPED = ("deliberation", "panel", "answer_to_reply", "decision", "document_number", "reason", "served_on", "number",
         "hearing_workdays", "text", "facts", "source", "ground", "incident", "dated_on", "way", "said_by", "received_on")  # fmt: skip


FOR_OTHERS = ("noticed", "reported")
"""The firm has the word, or the ministry."""
NATIONAL = (
    ("propose", "决定报建议取消"), ("report", "登记已上报"), ("record_national_end", "登记国家取消"), ("record_national_keep", "登记国家保留"),
)  # fmt: skip


NATIONAL_RESULTS = ("record_national_end", "record_national_keep")
"""They have the number and the day of an announcement."""


def find(request: HttpRequest, public_id: str) -> Exit:
    rows = verbs.visible(request.principal).select_related("certificate", "incident")  # type: ignore[attr-defined]
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "")[:8000] for name in TYPED}


@require_safe
@for_role("reviewer", "leader")
def exits(request: HttpRequest) -> HttpResponse:
    """Every procedure in reach: first what waits for the office, then what waits for others, the longest first; then those that are over."""
    rows = verbs.visible(request.principal).select_related("certificate")  # type: ignore[attr-defined]
    turn = Case(
        When(state__in=EXIT_CLOSED, then=2), When(Q(state__in=FOR_OTHERS) | Q(suspended_since__isnull=False), then=1), default=0
    )  # fmt: skip
    by_age = Case(When(state__in=EXIT_CLOSED, then=-F("id")), default=F("id"), output_field=BigIntegerField())
    page = Paginator(rows.order_by(turn, by_age), PAGE).get_page(request.GET.get("page"))
    return render(request, "certification/exits.html", {"page": page, "rows": [(r, EXIT.label(r)) for r in page]})


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def new(request: HttpRequest, number: str) -> HttpResponse:
    """What is held against the firm, in words that it will read."""
    principal = request.principal  # type: ignore[attr-defined]
    certificate: Certificate | None = certificates(principal).filter(number=number).first()
    if certificate is None:
        raise Missing
    refusal = None
    if request.method == "POST":
        try:
            if "help" in request.POST:
                given = typed(request)
                task = assist.open_by_hand(certificate, given["ground"], given["facts"], actor=principal)
                return redirect("certification:assistance", task.public_id)
            row = verbs.open_exit(certificate, typed(request), actor=principal)
            return redirect("certification:exit", row.public_id)
        except Refused as found:
            if found.code not in ("invalid", "duplicate", "conflict"):
                raise
            refusal = found
    given = typed(request) if request.method == "POST" else prefilled(request)
    context = {"certificate": certificate, "grounds": grounds().values(), "typed": given, "refusal": refusal}
    return render(request, "certification/exit_new.html", context, status=refusal.status if refusal else 200)


def prefilled(request: HttpRequest) -> dict[str, str]:
    """The confirmed report that the official came from, in its own words."""
    wanted = request.GET.get("incident", "")[:32]
    found = incident.visible(request.principal).filter(public_id=wanted, state="confirmed").first() if wanted else None  # type: ignore[attr-defined]
    if found is None:
        return {}
    source = f"{found.source}　{found.document}"[:200]
    return {
        "ground": incident.kind_of(found).ground,
        "facts": found.facts,
        "source": source,
        "incident": found.public_id,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def exit_case(request: HttpRequest, public_id: str) -> HttpResponse:
    row = find(request, public_id)
    if request.method == "POST":
        try:
            act(row, request)
            messages.success(request, "已办理。")
            return redirect("certification:exit", public_id)
        except Refused as refusal:
            if refusal.code not in ("invalid", "conflict", "too_large"):
                raise
            row.refresh_from_db()
            return page(request, row, refusal)
    return page(request, row)


def act(row: Exit, request: HttpRequest) -> None:
    """One of the acts of the table, or paper service, or a suspension."""
    given, actor = typed(request), request.principal  # type: ignore[attr-defined]
    name = request.POST.get("act", "")
    days = given["hearing_workdays"]
    workdays = int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0
    simple = {
        "serve_notice": lambda: verbs.serve_notice(row, actor=actor, hearing_workdays=workdays),
        "serve_anew": lambda: verbs.serve_notice(row, actor=actor, hearing_workdays=workdays),
        "close_hearing": lambda: verbs.close_hearing(row, actor=actor),
        "deliberate": lambda: verbs.deliberate(row, given, actor=actor),
        "decide": lambda: verbs.decide(row, given, actor=actor),
        "announce": lambda: verbs.announce(row, actor=actor),
        "drop": lambda: verbs.drop(row, given["reason"], actor=actor),
        "go_on": lambda: verbs.go_on(row, given["reason"], actor=actor),
        "suspend": lambda: verbs.suspend(row, given["reason"], actor=actor),
        "serve_on_paper": lambda: verbs.serve_on_paper(
            row, clock.as_day(given["served_on"]), given["number"], actor=actor
        ),
        "hear": lambda: hear.hear_exit(row, given, actor=actor, upload=request.FILES.get("file")),
    }
    if name in simple:
        simple[name]()
    else:
        announced = {
            "document_number": given["document_number"],
            "dated_on": clock.as_day(given["dated_on"]),
        }
        national_step(row, name, given["reason"], actor=actor, announced=announced)


def page(request: HttpRequest, row: Exit, refusal: Refused | None = None) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    way_back = act_for(row)
    open_acts = {t.act for t in EXIT.acts_for(principal, row)} - {way_back}
    touched = verbs.consequences(row) if row.state in ("drafted", "heard", "deliberated", "decided") else None
    unnamed = reach.unnamed(row) if row.state in ("noticed", "heard", "deliberated") else []
    context: dict[str, Any] = {
        "row": row, "label": EXIT.label(row), "ground": verbs.ground_of(row), "acts": open_acts, "refusal": refusal, "typed": typed(request),
        "posted": request.POST.get("act", "") if refusal else "",
        "served_on": notice_served_on(row), "until": verbs.hearing_until(row), "decision_served_on": decision_served_on(row),
        "first_day": bar.first_day(row.barred_until), "named": reach.others_named(row), "unnamed": unnamed, "sisters": reach.sisters(row),
        "may_go_on": has_fallen(row) and decides_exit(principal, row), "has_fallen": has_fallen(row),
        "may_set_aside": EXIT.can(principal, way_back, row), "set_aside_served_on": set_aside_served_on(row), "restored": restored(row),
        "may_serve_set_aside": row.state == "set_aside" and works_on_exit(principal, row),
        "replies": row.replies.select_related("evidence"), "national": is_national(row.tier), "today": clock.today(),
        "may_hear": hear.may_hear_exit(row, principal), "hear_ways": hear.ways(), "hear_today": clock.today().isoformat(), "problems": list(refusal.problems) if refusal else [],
        "touched": touched, "first_if_today": bar.first_day(touched.barred_until) if touched else None,
        "events": timeline(row, ["office", "applicant", "public"])[:50], "has_people": bool(verbs.people_of(row)),
        "national_acts": [(a, t) for a, t in NATIONAL if is_national(row.tier)], "national_results": NATIONAL_RESULTS,
        "national_on": national_on(row),
        "may_suspend": principal.level == "province" and principal.has_role("leader") and row.state not in EXIT_CLOSED,
    }  # fmt: skip
    return render(request, "certification/exit.html", context, status=refusal.status if refusal else 200)


def national_on(row: Exit) -> date | None:
    """The day of the ministry's announcement, where one was recorded."""
    return (row.kept_on or row.ended_on) if is_national(row.tier) else None


def has_fallen(row: Exit) -> bool:
    """What it rests on was found to be false, and it still hangs over the firm."""
    return row.source_fell_on is not None and row.state not in EXIT_UNDONE


def restored(row: Exit) -> list[Restoration]:
    """The titles that were given back, as they are now."""
    return list(restorations().filter(exit=row).order_by("id")) if row.state == "set_aside" else []


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
@once_per_form
def my_exit(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is held against us, until when we may answer, what we said, what was decided."""
    row = find(request, public_id)
    refusal = None
    if request.method == "POST":
        try:
            verbs.reply(
                row, typed(request)["text"], actor=request.principal, is_final="is_final" in request.POST,  # type: ignore[attr-defined]
                upload=request.FILES.get("file"),
            )  # fmt: skip
            messages.success(request, "已收到您的陈述申辩，原文保存，审议时逐点回应。")
            return redirect("certification:my_exit", public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    person = request.principal  # type: ignore[attr-defined]
    context = {
        "row": row, "label": EXIT.label(row), "ground": verbs.ground_of(row), "until": verbs.hearing_until(row), "refusal": refusal,
        "replies": row.replies.select_related("evidence"), "events": timeline(row, ["applicant", "public"])[:50], "typed": typed(request),
        "served_on": notice_served_on(row), "named": reach.others_named(row), "first_day": bar.first_day(row.barred_until),
        "national": is_national(row.tier), "may_reply": is_verified(person, row.enterprise_id), "may_end": speaks_for(person, row.enterprise_id),
        "has_fallen": has_fallen(row), "restored": restored(row), "clause": cited(row.clause), "national_on": national_on(row),
    }  # fmt: skip
    return render(request, "certification/my_exit.html", context, status=refusal.status if refusal else 200)


@require_safe
@public_page
def announced(request: HttpRequest) -> HttpResponse:
    """Titles that were ended by decision: name, title, document, day, ground; nothing else."""
    rows = Certificate.objects.filter(state="revoked").order_by("-ended_on", "-id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "certification/exits_announced.html", {"page": page, "restored": restorations().order_by("-id")[:PAGE]}
    )

"""Visits: the desk's list, the draw of a call, the form on the phone, the firm's page."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import drawn_visits, sample_visits
from certification import visit as verbs
from certification.models import Application, Call, Visit, VisitPhoto, VisitSample
from certification.models.visit import VERDICTS
from certification.permissions import VISIT, is_provincial_reviewer, visits
from certification.queries import applications, calls
from certification.states import IN_REVIEW
from certification.views.private import cleared
from certification.views.visit_form import WORDS, keep_lines, shown_words, typed, words_of_form
from foundation import clock
from foundation.accounts.doors import for_anyone_signed_in, for_member, for_role, public_page
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record, timeline
from foundation.refusals import Missing, Refused

PAGE = 30
SHOWN = ("invalid", "conflict", "stale", "duplicate", "unverified", "too_large", "unavailable")


def find(request: HttpRequest, public_id: str) -> Visit:
    rows = verbs.visible(request.principal).select_related("application", "sample")  # type: ignore[attr-defined]
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


@require_safe
@for_role("reviewer", "leader")
def visit_list(request: HttpRequest) -> HttpResponse:
    """Those whose day is near first."""
    rows, state = verbs.visible(request.principal), request.GET.get("state", "")  # type: ignore[attr-defined]
    if state in VISIT.states.labels:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("planned_for", "id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(row, VISIT.label(row)) for row in page], "state": state, "query": f"state={state}",
        "states": [(code, label.officer) for code, label in VISIT.states.labels.items()],
        "samples": VisitSample.objects.select_related("call").order_by("-id")[:10],
    }  # fmt: skip
    return render(request, "certification/visits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def sample(request: HttpRequest, public_id: str) -> HttpResponse:
    """Draw the cases of a call that are visited, and later those that came late; seeds and reasons stay on the page."""
    principal, refusal = request.principal, None  # type: ignore[attr-defined]
    call: Call | None = calls(principal).filter(public_id=public_id).first()
    if call is None:
        raise Missing
    share = request.POST.get("share", "").strip()
    if request.method == "POST":
        try:
            number = int(share) if share.isascii() and share.isdigit() and len(share) < 4 else None
            sample_visits.sample(call, number, actor=principal)
            messages.success(request, "已抽取。各县（区）可以开始约定时间。")
            return redirect("certification:visit_sample", public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    samples = list(VisitSample.objects.filter(call=call).order_by("number"))
    version, known = sample_visits.triggers()
    context = {
        "call": call, "samples": samples, "version": version, "triggers": known, "algorithm": sample_visits.ALGORITHM, "refusal": refusal,
        "problems": list(refusal.problems) if refusal else [], "typed": share, "may": is_provincial_reviewer(principal, call),
        "rows": [
            (row, VISIT.label(row))
            for row in verbs.visible(principal).filter(sample__in=samples).order_by("region_path", "id")[:200]
        ],
        "waiting": sample_visits.waiting(call).count(),
    }  # fmt: skip
    return render(request, "certification/visit_sample.html", context, status=refusal.status if refusal else 200)


@require_POST
@for_role("reviewer", "leader")
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """One case more, chosen by the office with its reason."""
    found = applications(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    row = sample_visits.choose_one(found, typed(request)["reason"], actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, "已列为实地核查对象，请约定时间。")
    return redirect("certification:visit", row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def visit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan, walk through the lines, finish. Everything works without a script; with it, nothing is lost without a signal."""
    row, refusal, principal = find(request, public_id), None, request.principal  # type: ignore[attr-defined]
    is_phone = bool(request.headers.get("X-Visit"))
    if request.method == "POST":
        try:
            act(row, request)
            if is_phone and request.POST.get("act") == "save":
                row.refresh_from_db()
                return JsonResponse({"saved": True, "key": row.summary_key})
            messages.success(request, "已保存。")
            if is_phone:
                return JsonResponse({"url": reverse("certification:visit", args=[public_id])})
            return redirect("certification:visit", public_id)
        except Refused as found:
            if is_phone and found.code != "not_found":
                return refused(found)
            if found.code not in SHOWN:
                raise
            row.refresh_from_db()
            refusal = found
    context = told(request, row, refusal) | {
        "acts": {t.act for t in VISIT.acts_for(principal, row)}, "open": row.state == "planned" and visits(principal, row),
        **shown_words(request, row, refusal), "verdicts": VERDICTS, "now": clock.now(), "sends": visits(principal, row) and row.state != "chosen",
    }  # fmt: skip
    response = render(request, "certification/visit.html", context, status=refusal.status if refusal else 200)
    if context["open"] and refusal is None:
        response.headers["X-Keep-On-Phone"] = "1"
    return response


def refused(found: Refused) -> JsonResponse:
    """A refusal for the phone: it keeps the thing, shows the words and goes on with the next."""
    problems = [{"message": p.message, "hint": p.hint, "field": p.field} for p in found.problems]
    told = {"sentence": found.sentence, "problems": problems}
    if "theirs" in found.detail:
        told["theirs"] = found.detail["theirs"]
    return JsonResponse(told, status=found.status)


@require_safe
@for_role("reviewer", "leader")
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps the page of an open visit on the phone; served here because it may only rule over its own folder."""
    return render(request, "certification/visit_worker.js", content_type="text/javascript")


def act(row: Visit, request: HttpRequest) -> None:
    given, actor = typed(request), request.principal  # type: ignore[attr-defined]
    name = request.POST.get("act", "")
    if name == "plan":
        verbs.plan(row, given["when"], given["visitors"], actor=actor)
    elif name == "cancel":
        verbs.cancel(row, given["reason"], actor=actor)
    elif name in ("save", "finish"):
        is_phone = bool(request.headers.get("X-Visit"))
        words = {part: given[part] for part in WORDS if part in request.POST} if is_phone else words_of_form(request)
        with transaction.atomic():
            unseen = list(keep_lines(row, request))
            try:
                if name == "save" or unseen:
                    verbs.note(row, words, actor=actor)
            except Refused as found:
                if found.code != "stale" or is_phone:
                    raise
                unseen += found.problems
            if unseen:
                raise Refused("stale", "没有保存：同事同时另记了几处。您填的都还在这一页，请看过两份再存一次。", unseen)
        if name == "finish":
            verbs.finish(row, words, actor=actor)
    else:
        raise Missing


def told(request: HttpRequest, row: Visit, refusal: Refused | None) -> dict[str, Any]:
    audiences = ["applicant", "public"] if request.principal.is_member else ["office", "applicant", "public"]  # type: ignore[attr-defined]
    return {
        "row": row, "label": VISIT.label(row), "lines": row.lines.all(), "photos": row.photos.all(), "refusal": refusal,
        "problems": list(refusal.problems) if refusal else [], "typed": typed(request), "events": timeline(row, audiences)[:40],
    }  # fmt: skip


@require_POST
@for_role("reviewer", "leader")
def line(request: HttpRequest, public_id: str, place: int) -> HttpResponse:
    """One line from the phone, as often as it is sent."""
    row = find(request, public_id)
    try:
        made = verbs.answer(row, place, typed(request), actor=request.principal)  # type: ignore[attr-defined]
    except Refused as found:
        if found.code == "not_found" or not request.headers.get("X-Visit"):
            raise
        return refused(found)
    return JsonResponse({"place": made.place, "key": made.key})


@require_POST
@for_role("reviewer", "leader")
def photo(request: HttpRequest, public_id: str) -> HttpResponse:
    """One picture from the phone, as often as it is sent; from the plain form it leads back to the page."""
    row = find(request, public_id)
    try:
        made = verbs.photograph(row, request.FILES.get("file"), typed(request), actor=request.principal)  # type: ignore[attr-defined]
    except Refused as found:
        if found.code == "not_found" or not request.headers.get("X-Visit"):
            raise
        return refused(found)
    if request.headers.get("X-Visit"):
        return JsonResponse({"key": made.key, "sha256": made.sha256})
    messages.success(request, "照片已保存。")
    return redirect("certification:visit", public_id)


@require_safe
@for_anyone_signed_in
def picture(request: HttpRequest, public_id: str, photo_id: str) -> HttpResponse:
    """A kept picture, for the offices in reach and the firm itself."""
    found: VisitPhoto | None = find(request, public_id).photos.filter(public_id=photo_id).first()
    if found is None:
        raise Missing
    with transaction.atomic():
        record("visit.open_photo", found.visit, actor=request.principal)  # type: ignore[attr-defined]
    return cleared(found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def my_visit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who comes when and looks at what; afterwards the record, to confirm or not."""
    row, refusal = find(request, public_id), None
    if request.method == "POST":
        try:
            agrees = request.POST.get("act") == "sign"
            verbs.countersign(row, typed(request)["remark"], actor=request.principal, agrees=agrees)  # type: ignore[attr-defined]
            messages.success(request, "已存档。")
            return redirect("certification:my_visit", public_id)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            row.refresh_from_db()
            refusal = found
    context = told(request, row, refusal) | {"acts": {t.act for t in VISIT.acts_for(request.principal, row)}}  # type: ignore[attr-defined]
    return render(request, "certification/my_visit.html", context, status=refusal.status if refusal else 200)


def panel(application: Application, principal: Any) -> dict[str, Any]:
    """For the office's case page; include templates/certification/parts/visit.html."""
    found = Visit.objects.filter(application=application).first()
    may = (
        (found is None or found.state == "cancelled")
        and application.state in IN_REVIEW
        and visits(principal, application)
    )
    differs = found.lines.filter(verdict="differs") if found else []
    return {
        "site_visit": found,
        "site_label": VISIT.label(found) if found else None,
        "may_visit": may,
        "differs": differs,
        "visit_left": drawn_visits.undone([application]).get(application.pk) if application.state in IN_REVIEW else None,
    }


@require_safe
@public_page
def samples(request: HttpRequest) -> HttpResponse:
    """Every draw of visits there was, for everybody."""
    page = Paginator(VisitSample.objects.select_related("call"), PAGE).get_page(request.GET.get("page"))
    return render(request, "public/visit_draws.html", {"rows": list(page), "page": page, "query": ""})


@require_safe
@public_page
def sample_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Counts, method and hash at once; seed and numbers when every firm that was chosen knows its day."""
    found = VisitSample.objects.filter(public_id=public_id).select_related("call").first()
    if found is None:
        raise Missing
    with transaction.atomic(), scoped(Principal.system("visit_draw")):
        is_settled, dropped = sample_visits.is_settled(found), drawn_visits.dropped(found)
    context = {
        "sample": found, "is_settled": is_settled, "seed_mark": sample_visits.seed_mark(found), "dropped": dropped,
    }  # fmt: skip
    return render(request, "public/visit_draw.html", context)

"""The desk of the office whose list was objected to: look, take up, answer. The objector stays masked until asked for."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import object as verbs
from certification.conceal import masked, unmasked
from certification.models import Objection, ObjectionPaper
from certification.permissions import OBJECTION, answers_objection
from certification.queries import objections
from certification.states import OPEN_OBJECTION
from enterprises import scan
from enterprises.attach import path_of
from foundation.accounts.doors import for_role
from foundation.audit.record import record
from foundation.refusals import Missing, Refused

PAGE = 30
DESK = ("city", "province")


def found(request: HttpRequest, public_id: str) -> Objection:
    row = objections(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    return row


@require_safe
@for_role("reviewer", "leader", levels=DESK)
def list_objections(request: HttpRequest) -> HttpResponse:
    """Open ones first, the oldest on top; then what has been answered."""
    rows = objections(request.principal)  # type: ignore[attr-defined]
    ended = Paginator(rows.exclude(state__in=OPEN_OBJECTION), PAGE).get_page(request.GET.get("page"))
    waiting = rows.filter(state__in=OPEN_OBJECTION).order_by("id")[:200]
    context = {
        "waiting": [(row, OBJECTION.label(row)) for row in waiting], "page": ended,
        "ended": [(row, OBJECTION.label(row)) for row in ended],
    }  # fmt: skip
    return render(request, "certification/objections.html", context)


def shown(request: HttpRequest, row: Objection, *, status: int = 200, **more: Any) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "objection": row, "label": OBJECTION.label(row), "person": masked(row), "papers": row.papers.all(),
        "answers": answers_objection(principal, row), "acts": {t.act for t in OBJECTION.acts_for(principal, row)},
    }  # fmt: skip
    return render(request, "certification/objection.html", context | more, status=status)


@require_safe
@for_role("reviewer", "leader", levels=DESK)
def objection(request: HttpRequest, public_id: str) -> HttpResponse:
    row = found(request, public_id)
    with transaction.atomic():
        record("objection.look", row, actor=request.principal)  # type: ignore[attr-defined]
    return shown(request, row)


@require_POST
@for_role("reviewer", "leader", levels=DESK)
def take_up(request: HttpRequest, public_id: str) -> HttpResponse:
    verbs.take_up(found(request, public_id), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, "已开始核查，企业已收到通知（不含异议人信息）。")
    return redirect("certification:objection", public_id)


@require_POST
@for_role("reviewer", "leader", levels=DESK)
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    row, typed = found(request, public_id), request.POST.get("answer", "")
    try:
        verbs.answer(row, request.POST.get("verdict", ""), typed, actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return shown(request, row, status=422, problems=refusal.problems, typed=typed)
    messages.success(request, "书面答复已作出，异议人可凭编号和查询码看到。")
    return redirect("certification:objection", public_id)


@require_POST
@for_role("reviewer", "leader", levels=DESK)
def unmask(request: HttpRequest, public_id: str) -> HttpResponse:
    """The name is on this one answer only; reloading the page masks it again."""
    row = found(request, public_id)
    try:
        verbs.unmask(row, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return shown(request, row, status=422, problems=refusal.problems)
    return shown(request, row, person=unmasked(row), is_unmasked=True)


@require_safe
@for_role("reviewer", "leader", levels=DESK)
def objection_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file of an objection, for the office that examines it; what a scanner has not cleared stays inside."""
    principal = request.principal  # type: ignore[attr-defined]
    paper = ObjectionPaper.objects.filter(public_id=public_id, objection__in=objections(principal)).first()
    if paper is None:
        raise Missing
    path = path_of(paper.sha256)
    if not path.is_file():
        raise Refused("unavailable", "材料文件暂时取不到，请稍后再试，或联系技术支持。")
    if paper.scan_state == "pending":
        paper.scan_state = scan.state_of(path.read_bytes())
        paper.save(update_fields=["scan_state"])
    if paper.scan_state in ("pending", "refused"):
        raise Refused("conflict", "这份材料还没有通过安全扫描，暂时不能打开。")
    with transaction.atomic():
        record("objection_paper.open", paper, actor=principal)
    return private_file(paper.sha256, paper.media_type, paper.original_name)


def private_file(digest: str, media_type: str, name: str) -> HttpResponse:
    """A kept file on its way out: always an attachment, never run by the browser."""
    if settings.X_ACCEL:
        response = HttpResponse()
        response.headers["X-Accel-Redirect"] = f"/private/{digest[:2]}/{digest}"
    else:
        response = FileResponse(path_of(digest).open("rb"), as_attachment=True, filename=name)  # type: ignore[assignment]
    response.headers["Content-Type"] = media_type
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response

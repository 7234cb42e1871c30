"""The vault: list, take in, hand out. A file leaves only through this door, and an official's look is recorded."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from enterprises.attach import attach, path_of
from enterprises.forms import PAPER_KINDS, UploadForm
from enterprises.models import Evidence
from enterprises.permissions import may_edit
from enterprises.preview import page_picture
from enterprises.queries import evidence_visible_to, own_enterprise
from foundation import clock
from foundation.accounts.doors import for_anyone_signed_in, for_member
from foundation.accounts.principal import Principal
from foundation.audit.record import record, timeline
from foundation.refusals import Missing, Refused

WORDS = dict(PAPER_KINDS) | {"authorisation_letter": "授权委托书"}


@for_member
def papers(request: HttpRequest) -> HttpResponse:
    """The list, with the form that adds to it."""
    principal = request.principal
    if not principal.enterprise_ids:
        return redirect("enterprises:link")
    enterprise = own_enterprise(principal)
    editable = may_edit(principal, enterprise.pk)
    form = UploadForm(request.POST or None, request.FILES or None, on=clock.today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            paper = attach(
                enterprise, given["file"], kind=given["kind"], title=given["title"], actor=principal, year=given["year"]
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"已保存：{paper.title}。")
            return redirect("enterprises:papers")
    rows = Evidence.objects.filter(enterprise=enterprise).select_related("uploaded_by")
    context: dict[str, Any] = {"form": form, "problems": form.problems, "enterprise": enterprise, "editable": editable}
    context["rows"] = [(paper, WORDS.get(paper.kind, "申报材料")) for paper in rows]
    return render(request, "enterprises/papers.html", context, status=422 if form.is_bound else 200)


@for_anyone_signed_in
def evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Download. Foreign and absent look the same; what a scanner has not cleared stays inside."""
    principal = request.principal
    paper = find(principal, public_id)
    if paper.scan_state in ("pending", "refused"):
        raise Refused("conflict", "这份材料还没有通过安全扫描，暂时不能打开。")
    path = path_of(paper.sha256)
    if not path.is_file():
        raise Refused("unavailable", "材料文件暂时取不到，请稍后再试，或联系技术支持。")
    if principal.is_official:
        record("evidence.open", paper, actor=principal, detail={"office": principal.office_name}, audience="applicant")
    if settings.X_ACCEL:
        response = HttpResponse()
        response.headers["X-Accel-Redirect"] = f"/private/{paper.sha256[:2]}/{paper.sha256}"
    else:
        response = FileResponse(path.open("rb"))  # type: ignore[assignment]
        response.headers["Content-Length"] = str(paper.size)
    response.headers["Content-Type"] = paper.media_type
    response.headers["Content-Disposition"] = disposition(paper.original_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@for_anyone_signed_in
def evidence_page(request: HttpRequest, public_id: str, page: int) -> HttpResponse:
    """One page as a picture that we drew. An official's first look of the day is recorded like a download."""
    principal = request.principal
    paper = find(principal, public_id)
    picture = page_picture(paper, page)
    if principal.is_official and not looked_today(paper, principal):
        record("evidence.open", paper, actor=principal, detail={"office": principal.office_name}, audience="applicant")
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(picture, content_type="image/png", headers=headers)


def find(principal: Principal, public_id: str) -> Evidence:
    paper = evidence_visible_to(principal).filter(public_id=public_id).first()
    if paper is None or not (principal.is_official or principal.is_member):
        raise Missing
    return paper


def looked_today(paper: Evidence, principal: Principal) -> bool:
    since = clock.now() - timedelta(hours=12)
    return (
        timeline(paper, ["applicant"]).filter(act="evidence.open", actor_id=principal.actor_id, at__gte=since).exists()
    )


def disposition(name: str) -> str:
    """RFC 6266: always an attachment, an ASCII name for old programs and the true one in UTF-8."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"

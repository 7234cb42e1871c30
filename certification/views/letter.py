"""The desk of decision letters, and the page on which the firm reads the one that was served to it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import bulk, serve_on_paper, word
from certification import letter as verbs
from certification.models import Application, Letter
from certification.object import held
from certification.permissions import LETTER, RECONSIDERATION, refused_here, signs_letter
from certification.queries import applications, letters
from certification.views.applicant import pdf
from certification.views.objection import private_file
from enterprises.attach import path_of
from foundation.accounts.doors import for_member, for_role
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused
from foundation.regions.paths import PROVINCE

PAGE = 30

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def found(request: HttpRequest, public_id: str) -> Letter:
    row = letters(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Missing
    return row


def without_letter(principal: Principal, limit: int = 50) -> list[Application]:
    """Refused cases that this office decided and nobody has written to yet; granted ones are in granted_without_letter()."""
    rows = (
        applications(principal)
        .filter(state__in=["to_refuse", "refused"])
        .exclude(letters__in=Letter.objects.filter(kind="refusal").exclude(state="discarded"))
    )
    rows = rows.prefetch_related("opinions").order_by("stage_since", "id")
    return [row for row in rows[:500] if decided_here(principal, row)][:limit]


def granted_without_letter(principal: Principal) -> QuerySet[Application]:
    """Announced cases that have no letter of approval yet, the oldest first: the province announces, so it writes."""
    if principal.office_path != PROVINCE:
        return Application.objects.none()
    written = Letter.objects.filter(kind="grant").exclude(state="discarded")
    rows = applications(principal).filter(state="granted").exclude(letters__in=written)
    return rows.order_by("stage_since", "id")


def decided_here(principal: Principal, row: Application) -> bool:
    """`deciding_path()` without a question per row: the opinions are at hand."""
    stages = [o.stage for o in row.opinions.all() if o.conclusion == "refuse" and o.taken_back_at is None]
    level = {"screening": row.region_path, "city_review": row.region_path.rpartition("/")[0]}
    return principal.office_path == (level.get(stages[-1], "64") if stages else "64")


@require_safe
@for_role("reviewer", "leader")
def list_letters(request: HttpRequest) -> HttpResponse:
    """What has to be written, what waits for a signature or for serving, what was served."""
    principal = request.principal  # type: ignore[attr-defined]
    rows = letters(principal)
    at_hand = rows.filter(state__in=["draft", "signed"]).order_by("id")[:200]
    page = Paginator(rows.filter(state="served"), PAGE).get_page(request.GET.get("page"))
    granted = granted_without_letter(principal)
    context = {
        "due": without_letter(principal), "granted": granted[:PAGE], "granted_count": granted.count(), "drafts": [row for row in at_hand if row.state == "draft"],
        "signed": [row for row in at_hand if row.state == "signed"], "page": page, "served": list(page),
    }  # fmt: skip
    return render(request, "certification/letters.html", context)


@require_POST
@for_role("reviewer", "leader")
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    application = applications(principal).filter(public_id=public_id).first()
    if application is None:
        raise Missing
    made = verbs.draft(application, actor=principal)
    return redirect("certification:letter", made.public_id)


def shown(request: HttpRequest, row: Letter, *, status: int = 200, **more: Any) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    typed = more.pop("typed", {})
    reasons = [
        reason | {"words": verbs.FOUND[reason["found"]], "text": typed.get(f"text-{reason['code']}", reason["text"])}
        for reason in row.reasons
    ]
    context: dict[str, Any] = {
        "letter": row, "label": LETTER.label(row), "reasons": reasons, "number": typed.get("number", row.number),
        "ground": typed.get("ground", row.ground), "acts": {t.act for t in LETTER.acts_for(principal, row)},
        "may_sign": signs_letter(principal, row), "waits": verbs.unfinished(row) if row.state == "draft" else [],
        "by_hand": "serve" in {t.act for t in LETTER.acts_for(principal, row)} and serve_on_paper.has_nobody(row),
        "hand_ways": Letter.HAND_WAYS,
    }  # fmt: skip
    return render(request, "certification/letter.html", context | more, status=status)


@for_role("reviewer", "leader")
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    row = found(request, public_id)
    if request.method != "POST":
        return shown(request, row)
    seen = request.POST.get("version", "")
    try:
        verbs.edit(row, request.POST, seen_version=int(seen) if seen.isdigit() else 0, actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "stale":
            raise
        row.refresh_from_db()
        return shown(request, row, status=409, typed=request.POST.dict(), stale=refusal.sentence)
    messages.success(request, "已保存。签发要由另一位负责人。")
    return redirect("certification:letter", public_id)


@require_POST
@for_role("leader")
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    row = found(request, public_id)
    try:
        verbs.sign(row, actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return shown(request, row, status=422, problems=refusal.problems)
    messages.success(request, "已签发。企业还看不到，送达后才能看到。")
    return redirect("certification:letter", public_id)


@require_POST
@for_role("reviewer", "leader")
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    verbs.take_back(found(request, public_id), actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    messages.success(request, "已退回重拟，原签发作废。")
    return redirect("certification:letter", public_id)


@require_POST
@for_role("reviewer", "leader")
def preview(request: HttpRequest) -> HttpResponse:
    """To whom the ticked letters go, and which cannot be served; nothing is sent."""
    chosen = letters(request.principal).filter(public_id__in=request.POST.getlist("letter"), state="signed")  # type: ignore[attr-defined]
    chosen = chosen.select_related("application").order_by("id")
    lines = bulk.preview_service(chosen)
    if not lines:
        messages.warning(request, "没有选择要送达的文书。")
        return redirect("certification:letters")
    context = {
        "fine": [line for line in lines if not line.problem],
        "left_out": [line for line in lines if line.problem],
    }
    return render(request, "certification/letters_preview.html", context)


@require_POST
@for_role("reviewer", "leader")
def serve(request: HttpRequest) -> HttpResponse:
    """Those that were ticked, together; what could not go is told with its reason, and the others have gone."""
    principal = request.principal  # type: ignore[attr-defined]
    chosen = letters(principal).filter(public_id__in=request.POST.getlist("letter"), state="signed").order_by("id")
    told = verbs.serve_together(chosen, actor=principal)
    if told.done:
        messages.success(request, f"已送达 {len(told.done)} 份。")
    for row, why in told.failed:
        messages.warning(request, f"{row.application.enterprise_name}没有送达：{why}")
    if not told.done and not told.failed:
        messages.warning(request, "没有选择要送达的文书。")
    return redirect("certification:letters")


def file_of(row: Letter) -> HttpResponse:
    """What was served is handed out as it was served; before that, what it would look like now."""
    name = f"{row.title}.pdf"
    if row.state == "served":
        if not path_of(row.file_hash).is_file():
            raise Refused("unavailable", "文书文件暂时取不到，请稍后再试，或联系技术支持。")
        return private_file(row.file_hash, "application/pdf", name)
    return pdf(verbs.print_letter(row), f"{row.public_id}.pdf")


@require_safe
@for_role("reviewer", "leader")
def letter_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The print; with ?paper=1 what is handed over to a firm that cannot be served online."""
    row = found(request, public_id)
    if "paper" in request.GET and row.state == "signed" and serve_on_paper.has_nobody(row):
        return pdf(serve_on_paper.printed(row), f"{row.public_id}.pdf")
    return file_of(row)


@require_POST
@for_role("reviewer", "leader")
def on_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The office enters that it has handed the letter over."""
    row, given = found(request, public_id), request.POST.dict()
    try:
        on = {"served_on": parse_date(given.get("served_on", ""))}
    except ValueError:
        on = {"served_on": None}
    try:
        serve_on_paper.serve_on_paper(row, given | on, actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return shown(request, row, status=422, hand_problems=refusal.problems, hand=given)
    messages.success(request, "送达已登记，案件已办结。")
    return redirect("certification:letter", public_id)


@require_safe
@for_role("reviewer", "leader")
def letter_docx(request: HttpRequest, public_id: str) -> HttpResponse:
    """A copy to work on, in the layout of an official document."""
    row = found(request, public_id)
    return HttpResponse(
        word.letter_docx(row),
        content_type=DOCX,
        headers={"Content-Disposition": f'attachment; filename="{row.public_id}.docx"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def my_letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letter in words, and as the file with ?file=1.

    Opening is an act of its own (POST), as for every served notice: a preview must not sign for anybody.
    """
    row = found(request, public_id)
    if request.method == "POST":
        verbs.open_by_firm(row, actor=request.principal)  # type: ignore[attr-defined]
        return redirect("certification:my_letter", public_id)
    if row.opened_at is None:
        return render(request, "certification/my_letter_shut.html", {"letter": row})
    if "file" in request.GET:
        return file_of(row)
    return firm_page(request, row)


def firm_page(request: HttpRequest, row: Letter, *, status: int = 200, **more: Any) -> HttpResponse:
    reasons = [reason | {"words": verbs.FOUND[reason["found"]]} for reason in row.reasons if reason["found"] != "met"]
    asked = row.reconsiderations.exclude(state="withdrawn").first()
    context: dict[str, Any] = {
        "letter": row, "label": LETTER.label(row), "reasons": reasons, "others": len(row.reasons) - len(reasons),
        "asked": asked, "asked_label": RECONSIDERATION.label(asked) if asked else None,
        "may_withdraw": asked is not None and RECONSIDERATION.can(request.principal, "withdraw", asked),  # type: ignore[attr-defined]
        "days": settings.RECONSIDERATION_DAYS,
    }  # fmt: skip
    return render(request, "certification/my_letter.html", context | more, status=status)


def panel(application: Application, principal: Principal) -> dict[str, Any]:
    """What the case page shows of this storey: whether an objection holds it, and the letter of its decision.

    Hung in as `decision` with `certification/parts/decision.html`.
    """
    row = letters(principal).filter(application=application).exclude(state="discarded").first()
    decided = application.state in verbs.KINDS
    may_draft = row is None and decided and principal.office_path == verbs.deciding_path(application)
    return {
        "is_held": bool(held([application.pk])),
        "sees_objections": principal.level in ("city", "province"),
        "letter": {"public_id": row.public_id, "title": row.title, "state_words": LETTER.label(row).officer}
        if row
        else None,
        "may_reopen": application.state == "to_refuse" and refused_here(principal, application),
        "may_draft": may_draft and principal.has_role("reviewer", "leader"),
    }

"""Return for correction: choose the fields, take a wording, be shown what you might return a second time."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import conceal, correction_day, once, papers, review
from certification.apply import steps_of
from certification.models import Application, Correction
from certification.permissions import APPLICATION
from certification.states import IN_REVIEW
from certification.views.applicant import own, pdf
from certification.views.desk import find
from foundation.accounts.doors import for_member, for_role
from foundation.refusals import Missing, Problem, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def returning(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    if request.method == "POST":
        return give_back(request, application)
    principal = request.principal  # type: ignore[attr-defined]
    if application.state not in IN_REVIEW or not APPLICATION.can(principal, "return_for_correction", application):
        review.at_the_desk(application, principal)
        raise Missing
    criterion = request.GET.get("criterion", "")
    fields = [f for step in steps_of(application) for f in step.fields if criterion in f.criteria and not f.is_judged]
    return page(request, application, {f.name: "" for f in fields} if criterion else {})


def give_back(request: HttpRequest, application: Application) -> HttpResponse:
    """First the check "what else is visible", then, confirmed or with nothing left, the return itself."""
    chosen = {name: reason_of(request, name) for name in request.POST.getlist("field")}
    hints = once.overlooked(application, list(chosen))
    if hints and chosen and "confirmed" not in request.POST:
        return page(request, application, chosen, hints=hints)
    clauses = clauses_of(application)
    items = [{"field": n, "reason": reason, "clause": clauses.get(n, "")} for n, reason in chosen.items()]
    try:
        review.return_for_correction(
            application,
            items,
            actor=request.principal,
            note=request.POST.get("note", ""),
            due_on=day_of(request),  # type: ignore[attr-defined]
        )
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return page(request, application, chosen, refusal=refusal)
    messages.success(request, f"已退回补正 {len(items)} 处：{application.enterprise_name}。一次性告知书已生成。")
    return redirect("certification:worklist")


def day_of(request: HttpRequest) -> date | None:
    """The day that was typed; a form that never had the field gets the usual one, an emptied field is asked again."""
    if "due_on" not in request.POST:
        return None
    typed = str(request.POST.get("due_on", "")).strip()
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        hint = f"例：{correction_day.suggested():%Y-%m-%d}"
        raise Refused("invalid", "请填写补正期限。", [Problem("请填写补正期限", "due_on", hint=hint)]) from error


def reason_of(request: HttpRequest, name: str) -> str:
    """What was typed, or the wording that was chosen."""
    typed = str(request.POST.get(f"reason-{name}", "")).replace("\0", "").strip()[:500]
    code = request.POST.get(f"library-{name}", "")
    return typed or next((r.text for r in once.reasons() if r.code == code), "")


def clauses_of(application: Application) -> dict[str, str]:
    """The clause of the criterion that a field answers, from the result that was filed."""
    filed = application.submissions.order_by("-number").first()
    lines = {line["code"]: line["clause"] for line in (filed.result["criteria"] if filed else [])}
    return {
        f.name: next((lines[c] for c in f.criteria if c in lines), "申请书")
        for step in steps_of(application)
        for f in step.fields
    } | {"papers": "材料清单"}


def page(
    request: HttpRequest,
    application: Application,
    chosen: dict[str, str],
    hints: list[once.Hint] | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    current = application.submissions.order_by("-number").first()
    if current is None:
        raise Missing
    late = set(once.visible_the_first_time(application, list(chosen)))
    sections: list[dict[str, Any]] = []
    for step in steps_of(application):
        rows = [
            {
                "name": f.name, "label": f.label, "words": conceal.answer(f.name, papers.shown(f, current)), "is_chosen": f.name in chosen,
                "reason": chosen.get(f.name, ""), "library": once.reasons_for(f.name), "is_late": f.name in late,
            }
            for f in step.fields if not f.is_judged
        ]  # fmt: skip
        if rows:
            sections.append({"title": step.title, "rows": rows, "is_open": any(row["is_chosen"] for row in rows)})
    paper = {
        "name": "papers", "label": "附件材料", "words": f"{len(current.evidence)} 份", "is_chosen": "papers" in chosen,
        "reason": chosen.get("papers", ""), "library": once.reasons_for("papers"), "is_late": "papers" in late,
    }  # fmt: skip
    sections.append({"title": "附件材料", "rows": [paper], "is_open": "papers" in chosen})
    context = {
        "application": application, "sections": sections, "hints": hints or [], "refusal": refusal, "chosen": chosen,
        "note": request.POST.get("note", ""), "possible": once.overlooked(application, list(chosen)), "late": late,
        "due_on": request.POST.get("due_on", f"{correction_day.suggested():%Y-%m-%d}"), "usual": settings.CORRECTION_WORKDAYS,
    }  # fmt: skip
    return render(request, "certification/return.html", context, status=422 if hints or refusal else 200)


def correction_of(application: Application, number: int) -> Correction:
    rows = list(application.corrections.order_by("opened_at"))
    if not 1 <= number <= len(rows):
        raise Missing
    return rows[number - 1]


@require_safe
@for_role("reviewer", "leader")
def notice(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """一次性告知书 as the office hands it over."""
    application = find(request, public_id)
    found = papers.correction_notice(application, correction_of(application, number), number)
    return pdf(found, f"{application.receipt_number}-{number}.pdf")


@require_safe
@for_member
def own_notice(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    application = own(request, public_id)
    found = papers.correction_notice(application, correction_of(application, number), number)
    return pdf(found, f"{application.receipt_number}-{number}.pdf")

"""The expert's own pages: blind cases, declaring, scoring. Nothing else of the portal is open to an expert."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import reviewing
from certification.conflicts import TIES
from certification.models import Assignment
from certification.permissions import ASSIGNMENT, ROUND
from certification.views.round_forms import OwnTiesForm
from enterprises.attach import path_of
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Refused


@require_safe
@for_role("expert")
def reviews(request: HttpRequest) -> HttpResponse:
    rows = [(t, ASSIGNMENT.label(t), ROUND.label(t.round)) for t in reviewing.mine(request.principal)]  # type: ignore[attr-defined]
    return render(request, "certification/reviews.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("expert")
def ties(request: HttpRequest) -> HttpResponse:
    """One's own ties, before any case is drawn and at any time after."""
    principal = request.principal  # type: ignore[attr-defined]
    expert = reviewing.ties_of(principal)
    told = "\n".join(f"{TIES[t['kind']]}|{t['who']}" for t in expert.own_ties)
    form = OwnTiesForm(request.POST or None, initial={"ties": told})
    if request.method == "POST" and form.is_valid():
        reviewing.declare_ties(form.cleaned_data["ties"], actor=principal)
        messages.success(request, "已申报。有关的评审件由同一次抽取的下一位接替。")
        return redirect("certification:reviews")
    context = {"form": form, "expert": expert}
    return render(request, "certification/review_ties.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("expert")
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """The blind case with the score form; a refused form keeps what was typed."""
    principal = request.principal  # type: ignore[attr-defined]
    task = reviewing.find(principal, public_id)
    if request.method == "POST":
        points = {line["code"]: request.POST.get(line["code"], "") for line in task.round.sheet}
        try:
            reviewing.score(task, points, request.POST.get("comment", ""), actor=principal)
        except Refused as refusal:
            if isinstance(refusal, Missing):
                raise
            return page(request, reviewing.find(principal, public_id), refusal)
        messages.success(request, "评分已提交并封存，本轮结束后启封。")
        return redirect("certification:reviews")
    return page(request, task)


def page(request: HttpRequest, task: Assignment, refusal: Refused | None = None) -> HttpResponse:
    is_open = task.round.state == "scoring" and task.state in ("declared", "scored")
    wrong = {p.field: p for p in refusal.problems} if refusal else {}
    sheet: list[dict[str, Any]] = [
        {**line, "typed": request.POST.get(line["code"], ""), "wrong": wrong.get(line["code"])}
        for line in task.round.sheet
    ]
    context = {
        "task": task, "label": ASSIGNMENT.label(task), "outline": reviewing.outline(task), "sheet": sheet, "refusal": refusal,
        "comment": request.POST.get("comment", ""), "wrong_comment": wrong.get("comment"), "width": "wide",
        "case": reviewing.copy_of(task) if is_open else None, "reason": request.POST.get("reason", ""),
        "may_step_back": task.state in ("drawn", "declared") and task.round.state in ("declaring", "scoring"),
    }  # fmt: skip
    return render(request, "certification/review.html", context, status=refusal.status if refusal else 200)


@require_POST
@for_role("expert")
def declare(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    task = reviewing.declare(reviewing.find(principal, public_id), actor=principal)
    messages.success(request, f"已申报：与{task}没有利害关系。")
    return redirect("certification:review" if task.round.state == "scoring" else "certification:reviews",
                    *([public_id] if task.round.state == "scoring" else []))  # fmt: skip


@require_POST
@for_role("expert")
def recuse(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    task = reviewing.find(principal, public_id)
    try:
        reviewing.recuse(task, actor=principal, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        return page(request, reviewing.find(principal, public_id), refusal)
    messages.success(request, "已回避，由同一次抽取的下一位接替。")
    return redirect("certification:reviews")


@require_safe
@for_role("expert")
def paper(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """A blind copy of a file, under a name that says nothing."""
    principal = request.principal  # type: ignore[attr-defined]
    found = reviewing.paper_of(reviewing.find(principal, public_id), number, actor=principal)
    path = path_of(found.sha256)
    if not path.is_file():
        raise Refused("unavailable", "材料文件暂时取不到，请稍后再试。")
    response = FileResponse(path.open("rb"), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="paper-{number}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response

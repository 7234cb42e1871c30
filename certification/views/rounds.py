"""The province's desk of expert review, and the public page of each draw."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import draw as drawing
from certification import expert_round as verbs
from certification.models import Application, Assignment, DrawLine, Round
from certification.permissions import ROUND
from certification.queries import applications, drawn_rounds, scores
from certification.queries import rounds as visible
from certification.reviewing import PHASES
from certification.views.round_forms import RoundForm
from foundation.accounts.doors import for_role, public_page
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused

PAGE = 30
province = for_role("reviewer", "leader", levels=("province",))


def find(request: HttpRequest, public_id: str) -> Round:
    found = visible(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    return found


@require_safe
@province
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds, newest first, with what is still waiting."""
    rows = visible(request.principal).annotate(  # type: ignore[attr-defined]
        n=Count("cases", distinct=True),
        waiting=Count("assignments", filter=Q(assignments__state__in=["drawn", "declared"]), distinct=True),
    )
    page = Paginator(rows.order_by("-id"), PAGE).get_page(request.GET.get("page"))
    listed = [(row, ROUND.label(row)) for row in page]
    return render(request, "certification/rounds.html", {"rows": listed, "page": page, "query": ""})


@require_http_methods(["GET", "HEAD", "POST"])
@province
def new(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    form = RoundForm(request.POST or None)
    rows = list(applications(principal).filter(state="province_review").select_related("call").order_by("tier", "id"))
    ticked = set(request.POST.getlist("application"))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = verbs.make_round([a for a in rows if a.public_id in ticked], actor=principal, **given)
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        else:
            messages.success(request, "本轮已设立。请核对后抽取专家；一轮只抽一次。")
            return redirect("certification:round", made.public_id)
    context = {"form": form, "rows": rows, "ticked": ticked}
    return render(request, "certification/round_new.html", context, status=422 if form.is_bound else 200)


@require_safe
@province
def round_(request: HttpRequest, public_id: str) -> HttpResponse:
    """Cases, the draw with its reasons, progress; scores only after the seals are broken."""
    found, principal = find(request, public_id), request.principal  # type: ignore[attr-defined]
    sees = PHASES[found.state].office_sees
    context: dict[str, Any] = {
        "round": found, "label": ROUND.label(found), "width": "wide", "acts": {t.act for t in ROUND.acts_for(principal, found)},
        "cases": verbs.progress(found), "left_out": DrawLine.objects.filter(case__round=found).exclude(excluded="")
        .select_related("case__application", "expert__user"), "results": results(found) if "scores" in sees else [],
    }  # fmt: skip
    return render(request, "certification/round.html", context)


def results(round_: Round) -> list[dict[str, Any]]:
    """Case by case what each expert gave, and the mean of the totals; in the order of the round, never ranked."""
    told: dict[int, dict[str, Any]] = {}
    rows = scores(round_).select_related("assignment__expert__user", "assignment__case__application")
    for row in rows.order_by("assignment__case_id", "assignment_id"):
        case = told.setdefault(
            row.assignment.case_id, {"application": row.assignment.case.application, "lines": [], "totals": []}
        )
        total = sum(row.points.values())
        case["totals"].append(total)
        points = [row.points.get(line["code"], "—") for line in round_.sheet]
        case["lines"].append(
            {"expert": row.assignment.expert, "points": points, "total": total, "comment": row.comment}
        )
    for case in told.values():
        case["mean"] = f"{sum(case['totals']) / len(case['totals']):.1f}"
    return list(told.values())


def panel(application: Application, principal: Principal) -> dict[str, Any]:
    """For the office's case page: closed rounds only; include templates/certification/parts/expert_review.html."""
    if principal.level != "province" or not principal.has_role("reviewer", "leader"):
        return {"expert_reviews": []}
    closed = Round.objects.filter(state="closed", cases__application=application)
    told = [
        {"round": r, "result": next((x for x in results(r) if x["application"].pk == application.pk), None)}
        for r in closed
    ]
    return {"expert_reviews": [x for x in told if x["result"]]}


@require_POST
@province
def draw(request: HttpRequest, public_id: str) -> HttpResponse:
    found = drawing.draw(find(request, public_id), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, f"已抽取。种子 {found.seed}，抽取结果已公开。")
    return redirect("certification:round", public_id)


@require_POST
@province
def open_scoring(request: HttpRequest, public_id: str) -> HttpResponse:
    verbs.open_scoring(find(request, public_id), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, "评分已开始。专家现在可以看到遮名材料。")
    return redirect("certification:round", public_id)


@require_POST
@province
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    verbs.close(find(request, public_id), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, "本轮已结束，评分已启封。")
    return redirect("certification:round", public_id)


@require_POST
@for_role("leader", levels=("province",))
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    verbs.cancel(find(request, public_id), actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    messages.success(request, "本轮已作废。")
    return redirect("certification:round", public_id)


@require_POST
@province
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    task = Assignment.objects.filter(
        round=find(request, public_id), public_id=request.POST.get("assignment", "")
    ).select_related("case", "expert").first()  # fmt: skip
    if task is None:
        raise Missing
    verbs.release(task, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    messages.success(request, "已解除，由同一次抽取的下一位接替。")
    return redirect("certification:round", public_id)


@require_safe
@public_page
def draws(request: HttpRequest) -> HttpResponse:
    """Every draw there was, for everybody."""
    page = Paginator(drawn_rounds(), PAGE).get_page(request.GET.get("page"))
    listed = [(row, ROUND.label(row)) for row in page]
    return render(request, "public/draws.html", {"rows": listed, "page": page, "query": ""})


@require_safe
@public_page
def draw_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Seed, size of the pool, number per case, way of drawing, hash of the record; no firm, no expert."""
    found = drawn_rounds().filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return render(request, "public/draw.html", {"round": found, "label": ROUND.label(found)})

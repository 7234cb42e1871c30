"""The desks: county, city and province see the case, judge what a person must judge, and move it on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification import recommend as national_verbs
from certification import review
from certification.apply import steps_of
from certification.models import Application, Submission, Verdict
from certification.permissions import APPLICATION
from certification.queries import applications
from certification.states import DESK_OF, IN_REVIEW
from certification.tiers import Tier, is_national
from certification.worksheet import worksheet
from enterprises.words import CHOICES
from foundation.accounts.doors import for_role
from foundation.audit.record import timeline
from foundation.refusals import Missing

PAGE = 30
MINE = {
    level: [s for s, levels in DESK_OF.items() if level in levels] for level in ("county", "zone", "city", "province")
}


def seen(request: HttpRequest) -> QuerySet[Application]:
    return applications(request.principal).select_related("call")  # type: ignore[attr-defined]


def find(request: HttpRequest, public_id: str) -> Application:
    found = seen(request).filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


@require_safe
@for_role("reviewer", "leader")
def worklist(request: HttpRequest) -> HttpResponse:
    """Cases at this desk, oldest first; other views by state and tier. No target and no ranking here."""
    principal = request.principal  # type: ignore[attr-defined]
    rows = seen(request)
    view, tier = request.GET.get("view", "mine"), request.GET.get("tier", "")
    if view == "mine":
        rows = rows.filter(state__in=MINE.get(principal.level, []))
    elif view in APPLICATION.states.labels:
        rows = rows.filter(state=view)
    if tier in Tier.values:
        rows = rows.filter(tier=tier)
    page = Paginator(rows.order_by("stage_since", "id"), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    listed = [(row, APPLICATION.label(row)) for row in page]
    labels = [(code, label.officer) for code, label in APPLICATION.states.labels.items() if code != "draft"]
    return render(
        request,
        "certification/worklist.html",
        {
            "rows": listed,
            "page": page,
            "view": view,
            "tier": tier,
            "labels": labels,
            "tiers": Tier.choices,
            "query": query.urlencode(),
        },
    )


@require_safe
@for_role("reviewer", "leader")
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    submissions = list(application.submissions.order_by("-number")[:2])
    current = submissions[0]
    before = submissions[1] if len(submissions) > 1 else None
    verdicts = {
        v.criterion: v
        for v in Verdict.objects.filter(
            application=application, submission_number=current.number, stage=application.state
        )
    }
    earlier = list(application.verdicts.exclude(stage=application.state).order_by("at"))
    principal = request.principal  # type: ignore[attr-defined]
    fields = [(step, [(f, shown(f, current)) for f in step.fields]) for step in steps_of(application) if step.fields]
    at_desk = application.state in IN_REVIEW and APPLICATION.can(principal, "return_for_correction", application)
    waiting = review.open_points(application) if at_desk else []
    gates, parts = worksheet(application, current, verdicts, waiting)
    return render(
        request,
        "certification/case.html",
        {
            "application": application, "label": APPLICATION.label(application), "current": current, "gates": gates,
            "parts": parts, "width": "wide", "waiting": [row for row in gates if row.is_waiting], "at_desk": at_desk, "fields": fields,
            "changes": changes(before, current, application), "events": timeline(application, ["office", "applicant", "public"])[:60],
            "opinions": application.opinions.all(), "earlier": earlier, "sources": current.sources,
            "is_national": is_national(application.tier), "acts": {t.act for t in APPLICATION.acts_for(principal, application)},
        },
    )  # fmt: skip


def shown(field: Any, submission: Submission) -> str:
    from certification.papers import shown as words

    return words(field, submission)


def changes(before: Submission | None, now: Submission, application: Application) -> list[dict[str, Any]]:
    """The difference to the version the desk saw last: only what changed."""
    if before is None:
        return []
    fields = {f.name: f for step in steps_of(application) for f in step.fields}
    found = []
    for name, field in fields.items():
        old, new = before.answers.get(name), now.answers.get(name)
        if field.is_fact:
            old, new = before.facts.get(name), now.facts.get(name)
        if old != new:
            words = CHOICES.get(name, {})
            found.append(
                {
                    "label": field.label,
                    "old": words.get(old, old) if not isinstance(old, list) else old,
                    "new": words.get(new, new) if not isinstance(new, list) else new,
                    "unit": field.unit,
                }
            )
    was = {paper["sha256"] for paper in before.evidence}
    found += [
        {"label": "新增材料", "old": "", "new": p["title"], "unit": ""} for p in now.evidence if p["sha256"] not in was
    ]
    return found


@require_POST
@for_role("reviewer", "leader")
def judge(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    code = request.POST.get("criterion", "")
    review.judge(
        application, code, request.POST.get("verdict", ""),
        actor=request.principal, note=request.POST.get("note", ""),  # type: ignore[attr-defined]
    )  # fmt: skip
    return redirect(f"{request.path.removesuffix('judge/')}#c-{code}")


@require_POST
@for_role("reviewer", "leader")
def recommend(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    review.recommend(application, actor=request.principal, opinion=request.POST.get("opinion", ""))  # type: ignore[attr-defined]
    messages.success(request, f"已推荐：{application.enterprise_name}")
    return redirect("certification:worklist")


@require_POST
@for_role("reviewer", "leader")
def return_for_correction(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    items = [
        {
            "field": name,
            "reason": request.POST.get(f"reason-{name}", ""),
            "clause": request.POST.get(f"clause-{name}", ""),
        }
        for name in request.POST.getlist("field")
    ]
    review.return_for_correction(application, items, actor=request.principal, note=request.POST.get("note", ""))  # type: ignore[attr-defined]
    messages.success(request, f"已退回补正 {len(items)} 处：{application.enterprise_name}")
    return redirect("certification:worklist")


@require_POST
@for_role("reviewer", "leader")
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    review.refuse(application, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    messages.success(request, f"已作出不予推荐或认定的结论：{application.enterprise_name}")
    return redirect("certification:worklist")


@require_POST
@for_role("leader", levels=("province",))
def national(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what the ministry announced."""
    application = find(request, public_id)
    if request.POST.get("outcome") == "granted":
        from certification.views.forms import NationalForm

        form = NationalForm(request.POST)
        told = form.read()
        national_verbs.record_national_grant(application, actor=request.principal, **told)  # type: ignore[attr-defined]
    else:
        national_verbs.record_national_refusal(application, actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, f"已登记国家结果：{application.enterprise_name}")
    return redirect("certification:case", public_id)

"""Re-review lists: built by the province, their draw open to everybody."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import cohort as verbs
from certification.models import Application, Cohort
from certification.queries import cohort_titles, published_cohorts
from certification.states import APPLICATION
from certification.tiers import CaseType
from certification.views.calls import find
from foundation.accounts.doors import for_role, public_page
from foundation.form_words import NamingForm
from foundation.refusals import Missing, Refused

PAGE = 30


class CohortForm(NamingForm):
    """Which titles, and how many are visited."""

    day = {"widget": forms.DateInput(attrs={"type": "date"})}
    ends_from = forms.DateField(label="有效期截止日，自", help_text="名单列有效期截止日在这一段里的称号", **day)
    ends_until = forms.DateField(label="有效期截止日，至", **day)
    share = forms.IntegerField(
        label="实地抽查比例（%）", min_value=0, max_value=100,
        help_text="每一层向上取整。比例由主管部门确定，未定前填的数字是示例；不抽查填 0",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def cohort(request: HttpRequest, public_id: str) -> HttpResponse:
    """The list of one call: asked for, being filled, or there with its coverage."""
    call = find(request, public_id)
    if call.case_type != CaseType.RENEWAL:
        raise Missing
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            verbs.build(call, given["ends_from"], given["ends_until"], given["share"], actor=request.principal)  # type: ignore[attr-defined]
            messages.success(request, "已开始建立名单，几秒后刷新本页。种子已经生成，不能重抽。")
            return redirect("certification:cohort", public_id)
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field if problem.field in form.fields else None, problem.message)
            if not refusal.problems:
                form.add_error(None, refusal.sentence)
    found = Cohort.objects.filter(call=call).first()
    rows = cohort_titles(request.principal).filter(cohort=found) if found else cohort_titles(request.principal).none()  # type: ignore[attr-defined]
    on_site = request.GET.get("on_site") == "1"
    if on_site:
        rows = rows.filter(is_on_site=True)
    page = Paginator(rows.select_related("certificate").order_by("stratum", "place"), PAGE).get_page(
        request.GET.get("page")
    )
    firms = [line.enterprise_id for line in page]
    cases = {
        case.enterprise_id: APPLICATION.label(case).officer
        for case in Application.objects.filter(call=call, enterprise_id__in=firms).exclude(submitted_at=None)
    }
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "call": call, "form": form, "cohort": found, "page": page, "on_site": on_site, "query": query.urlencode(),
        "lines": [(line, cases.get(line.enterprise_id, "尚未申请")) for line in page],
        "coverage": verbs.coverage(found) if found else [],
    }  # fmt: skip
    return render(request, "certification/cohort.html", context, status=422 if form.errors else 200)


@require_safe
@public_page
def cohorts(request: HttpRequest) -> HttpResponse:
    """Every re-review list there was, for everybody."""
    page = Paginator(published_cohorts().order_by("-id"), PAGE).get_page(request.GET.get("page"))
    return render(request, "public/cohorts.html", {"rows": list(page), "page": page, "query": ""})


@require_safe
@public_page
def cohort_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Strata, coverage, seed and hash of one list; no firm, and no figure of fewer than a handful."""
    found = published_cohorts().filter(public_id=public_id).first()
    if found is None:
        raise Missing
    context = {"cohort": found, "coverage": verbs.coverage_shown(found), "smallest": settings.SMALL_CELL}
    return render(request, "public/cohort.html", context)

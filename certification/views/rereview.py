"""有进有出 on the official's desk: due, overdue, no longer supported; entries and exits of the year."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification.models import Cycle, Finding
from certification.movements import movements, totals
from certification.queries import findings
from certification.watch_sweep import progress_of, retry_slice, runs_sweeps, set_aside
from foundation import clock
from foundation.accounts.doors import for_role

PAGE = 30
KINDS = dict(Finding._meta.get_field("kind").choices or [])


@require_safe
@for_role("reviewer", "leader")
def rereviews(request: HttpRequest) -> HttpResponse:
    rows = findings(request.principal)  # type: ignore[attr-defined]
    kind = request.GET.get("kind", "")
    counts = {code: rows.filter(kind=code).count() for code in KINDS}
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    page = Paginator(rows.order_by("certificate__valid_until", "id"), PAGE).get_page(request.GET.get("page"))
    cycle = Cycle.objects.first()
    state = progress_of([cycle])[0] if cycle else None
    year = clock.today().year
    moved = totals(movements(request.principal.reach, date(year, 1, 1), date(year, 12, 31)))  # type: ignore[attr-defined]
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "certification/rereviews.html",
        {
            "page": page, "kinds": [(code, words, counts[code]) for code, words in KINDS.items()], "kind": kind, "cycle": cycle,
            "state": state, "year": year, "entries": moved.entered, "exits": moved.left, "query": query.urlencode(),
        },
    )  # fmt: skip


@require_safe
@for_role("reviewer", "leader")
def sweeps(request: HttpRequest) -> HttpResponse:
    """How far each sweep is, for every desk; what was set aside is the province's, because it runs them."""
    cycles = list(Cycle.objects.all()[:PAGE])
    runs = runs_sweeps(request.principal)  # type: ignore[attr-defined]
    told = {"rows": progress_of(cycles), "runs": runs, "aside": set_aside(cycles)[:PAGE] if runs else []}
    return render(request, "certification/sweeps.html", told)


@require_POST
@for_role("reviewer", "leader")
def try_slice_again(request: HttpRequest, pk: int) -> HttpResponse:
    if retry_slice(pk, actor=request.principal):  # type: ignore[attr-defined]
        messages.success(request, "已重新排队，几秒后再看结果。")
    else:
        messages.info(request, "这一片已经有人重试过了。")
    return redirect("certification:sweeps")

"""有进有出 on the official's desk: due, overdue, no longer supported; entries and exits of the year."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification import rereview
from certification.models import Cycle, Finding
from certification.queries import findings
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.ledger.work import progress

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
    state = progress(rereview.KIND, cycle.night.isoformat()) if cycle else {}
    year = clock.today().year
    entries, exits = rereview.movements(year)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "certification/rereviews.html",
        {
            "page": page, "kinds": [(code, words, counts[code]) for code, words in KINDS.items()], "kind": kind, "cycle": cycle,
            "state": state, "year": year, "entries": entries, "exits": exits, "query": query.urlencode(),
        },
    )  # fmt: skip

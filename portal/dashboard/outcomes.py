"""The firms behind an outcome for 2027: counted or not, and why; on screen and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification.models import Target
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing
from portal.figures import figures
from portal.figures import outcomes as found

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATENTS = "专利实施和产业化"


def asked(request: HttpRequest) -> found.Outcome:
    """`?measure=&tier=`; Missing for what is no outcome."""
    measure, tier = request.GET.get("measure", "rd_share"), request.GET.get("tier", Tier.SPECIALISED.value)
    if measure not in found.READ or tier not in Tier.values:
        raise Missing
    return found.READ[measure](tier)


@require_safe
@for_role("leader", "reviewer", levels=("province",))
def outcomes(request: HttpRequest) -> HttpResponse:
    """`?counted=yes|no` narrows the list; the numbers stay those of all."""
    outcome = asked(request)
    words = dict(Target._meta.get_field("measure").flatchoices) | {"patents": PATENTS}
    wanted = request.GET.get("counted", "")
    firms = [firm for firm in outcome.firms if wanted not in ("yes", "no") or firm.is_counted == (wanted == "yes")]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "outcome": outcome, "label": words[outcome.measure], "definition": figures.DEFINITIONS[outcome.measure],
        "tier_label": Tier(outcome.tier).label, "counted": wanted, "page": Paginator(firms, PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(), "left_out": len(outcome.firms) - outcome.counted,
    }  # fmt: skip
    return render(request, "dashboard/outcomes.html", context)


@require_safe
@for_role("leader", "reviewer", levels=("province",))
def export(request: HttpRequest) -> HttpResponse:
    """All firms with the same numbers."""
    outcome = asked(request)
    name = f"{outcome.measure}-{outcome.tier}-{clock.today()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found.table(outcome), content_type=XLSX, headers=headers)

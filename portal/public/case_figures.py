"""办理情况: the public page of times, results and reasons, and the file of the same numbers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from certification.tiers import Tier
from foundation import clock
from foundation.accounts.doors import public_page
from portal.figures.cases import DEFINITIONS, HIDDEN, case_figures, table


@require_safe
@public_page
def case_figures_page(request: HttpRequest) -> HttpResponse:
    context = {
        "found": case_figures(), "definitions": DEFINITIONS, "floor": settings.SMALL_CELL, "tiers": Tier.values, "hidden": format_html('<span class="mute">{}</span>', HIDDEN),
    }  # fmt: skip
    return render(request, "public/case_figures.html", context)


@require_safe
@public_page
def export(request: HttpRequest) -> HttpResponse:
    """The same numbers as on the page."""
    return HttpResponse(
        table(case_figures()), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="case-figures-{clock.today():%Y%m%d}.xlsx"'},
    )  # fmt: skip

"""Titles that end while their re-review waits, and the province's rulings on them."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from certification import rule_continuation as verbs
from certification.models import Certificate, ContinuationRuling
from certification.permissions import rules_on_days
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Refused

PAGE = 30
RECENT = 20
AHEAD = timedelta(days=90)
TYPED = ("tier", "ends_from", "ends_until", "keeps", "reason", "document_number")


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "")[:4000] for name in TYPED}


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def continuations(request: HttpRequest) -> HttpResponse:
    """What ends undecided in the next months, what was ruled, and the form to rule."""
    principal = request.principal  # type: ignore[attr-defined]
    refusal = None
    if request.method == "POST":
        try:
            verbs.rule_continuation(typed(request), actor=principal)
            messages.success(request, "已裁定。还没有期满的称号，期满时按这个裁定办理。")
            return redirect("certification:continuations")
        except Refused as found:
            if found.code != "invalid":
                raise
            refusal = found
    soon = Certificate.objects.filter(state="valid", valid_until__lte=clock.today() + AHEAD)
    rows = verbs.undecided(soon).select_related("kept_open_by").order_by("valid_until", "id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(title, title.kept_open_by or verbs.ruling_for(title)) for title in page],
        "made": list(ContinuationRuling.objects.order_by("-id")[:RECENT]), "refusal": refusal,
        "problems": list(refusal.problems) if refusal else [], "typed": typed(request), "tiers": Tier.choices,
        "may_rule": rules_on_days(principal),
    }  # fmt: skip
    return render(request, "certification/continuations.html", context, status=refusal.status if refusal else 200)

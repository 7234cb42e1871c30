"""Does it work now, what failed lately, which windows were lengthened for it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification.extend import visible
from foundation import clock
from foundation.accounts.doors import public_page
from foundation.outages.keep import minutes_of, standing, within
from foundation.outages.models import Pulse

DAYS = 90
PAGE = 30


@require_safe
@public_page
def status(request: HttpRequest) -> HttpResponse:
    """Does it work now, what failed in the last ninety days, which windows were lengthened for it."""
    now = clock.now()
    since = now - timedelta(days=DAYS)
    failures = within(since, now)
    context = {
        "open": standing().filter(ended_at=None).first(), "rows": standing(since)[:PAGE], "days": DAYS, "minutes": minutes_of(failures),
        "looked_at": Pulse.objects.values_list("at", flat=True).first(),
        "extensions": visible(request.principal).filter(state="signed").select_related("call").order_by("-id")[:10],  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "public/status.html", context)

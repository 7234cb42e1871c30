"""The ledger of entries and exits: the desk's list and survival, the public's monthly bulletin."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification import movements as verbs
from certification import survival as lasting
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.doors import for_role, public_page
from foundation.refusals import Missing
from foundation.regions.paths import PROVINCE

PAGE = 30
NAMED = 500
"""Names on one bulletin; a longer list belongs into the announcement itself, and the page says how many it leaves out."""


def asked(request: HttpRequest) -> tuple[date, date, str, str]:
    """(first day, last day, the words asked for, tier). A year, a month, or this year."""
    today = clock.today()
    wanted, tier = request.GET.get("period", ""), request.GET.get("tier", "")
    tier = tier if tier in Tier.values else ""
    if wanted.isdigit() and len(wanted) == 4 and 2000 <= int(wanted) <= today.year + 1:
        return date(int(wanted), 1, 1), date(int(wanted), 12, 31), wanted, tier
    month = month_of(wanted)
    if month is not None:
        return month, last_of(month), wanted, tier
    return date(today.year, 1, 1), date(today.year, 12, 31), str(today.year), tier


def month_of(text: str) -> date | None:
    try:
        found = date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None


def last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


@require_safe
@for_role("reviewer", "leader")
def ledger(request: HttpRequest) -> HttpResponse:
    first, last, period, tier = asked(request)
    rows = verbs.movements(request.principal.reach, first, last, tier)  # type: ignore[attr-defined]
    kind = request.GET.get("kind", "")
    listed = [row for row in rows if row.kind == kind] if kind in verbs.KINDS else rows
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(listed, PAGE).get_page(request.GET.get("page")), "totals": verbs.totals(rows), "by_tier": verbs.by_tier(rows),
        "definitions": verbs.DEFINITIONS, "period": period, "tier": tier, "kind": kind, "kinds": verbs.KINDS.items(), "tiers": Tier.choices,
        "months": verbs.months_with_titles()[:36], "query": query.urlencode(),
        "years": range(clock.today().year, clock.today().year - 6, -1),
    }  # fmt: skip
    return render(request, "certification/movements.html", context)


@require_safe
@for_role("reviewer", "leader")
def export(request: HttpRequest) -> HttpResponse:
    """The same rows as on the screen."""
    first, last, period, tier = asked(request)
    rows = verbs.movements(request.principal.reach, first, last, tier)  # type: ignore[attr-defined]
    kind = request.GET.get("kind", "")
    listed = [row for row in rows if row.kind == kind] if kind in verbs.KINDS else rows
    return HttpResponse(
        verbs.table(listed), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="movements-{period}.xlsx"'},
    )  # fmt: skip


@require_safe
@for_role("reviewer", "leader")
def survival(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    tier, by = request.GET.get("tier", ""), request.GET.get("by", "year")
    tier = tier if tier in Tier.values else Tier.SPECIALISED.value
    by = by if by in lasting.BY else "year"
    by_county = principal.level != "province" or request.GET.get("depth") == "county"
    depth = 3 if by_county else 2
    rows = lasting.lives(principal.reach, tier)
    context = {
        "rows": lasting.table(rows, by, depth), "tier": tier, "tiers": Tier.choices, "by": by, "ways": lasting.BY.items(),
        "way": lasting.BY[by], "marks": lasting.MARKS, "may_choose_depth": principal.level == "province",
        "depth": "county" if by_county else "city", "definition": lasting.DEFINITION, "floor": settings.SMALL_CELL,
    }  # fmt: skip
    return render(request, "certification/survival.html", context)


@require_safe
@public_page
def bulletins(request: HttpRequest) -> HttpResponse:
    """The months, newest first; a month is told when it is over."""
    this_month = clock.today().replace(day=1)
    months = [month for month in verbs.months_with_titles() if month < this_month]
    return render(
        request, "certification/bulletins.html", {"page": Paginator(months, 36).get_page(request.GET.get("page"))}
    )


@require_safe
@public_page
def bulletin(request: HttpRequest, month: str) -> HttpResponse:
    first = month_of(month)
    if first is None or first >= clock.today().replace(day=1):
        raise Missing
    rows = verbs.movements([PROVINCE], first, last_of(first))
    entered = [row for row in rows if row.kind == "entered"]
    # Of those that left, only a cancellation was announced by name; the others are told as numbers.
    revoked = [row for row in rows if row.state == "revoked" and row.kind == "left"]
    context: dict[str, Any] = {
        "month": first, "totals": verbs.totals(rows), "by_tier": verbs.by_tier(rows), "definitions": verbs.DEFINITIONS,
        "entered": entered[:NAMED], "entered_left_out": len(entered[NAMED:]), "revoked": revoked[:NAMED],
        "revoked_left_out": len(revoked[NAMED:]), "named": NAMED, "floor": settings.SMALL_CELL,
        "restored": [row for row in rows if row.kind == "restored"][:NAMED],
    }  # fmt: skip
    return render(request, "certification/bulletin.html", context)

"""The calendar of working days: what is entered, which year still waits for its notice, and the form that enters one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from certification import holidays
from certification.permissions import decides
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Refused
from foundation.workdays.models import Day, Year


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def workdays(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    refusal, typed = None, {"year": str(clock.today().year + 1)}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").replace("\0", "") for name in ("year", "off", "worked", "source")}
        year = (
            int(typed["year"]) if typed["year"].isascii() and typed["year"].isdigit() and len(typed["year"]) == 4 else 0
        )
        try:
            holidays.enter_year(year, typed["off"], typed["worked"], typed["source"], actor=principal)
            messages.success(request, f"{year}年的放假和调休已经录入，期限从现在起按它计算。")
            return redirect("certification:workdays")
        except Refused as found:
            if found.code != "invalid":
                raise
            refusal = found
    days: dict[int, list[Day]] = {}
    for day in Day.objects.order_by("day"):
        days.setdefault(day.day.year, []).append(day)
    known = {row.year: row for row in Year.objects.all()}
    told = [
        {"year": year, "row": known.get(year), "days": days.get(year, [])}
        for year in sorted({*known, clock.today().year, clock.today().year + 1}, reverse=True)
    ]
    context = {"years": told, "refusal": refusal, "typed": typed, "may_enter": decides(principal, None)}
    return render(request, "certification/workdays.html", context, status=refusal.status if refusal else 200)

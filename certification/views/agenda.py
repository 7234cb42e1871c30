"""The calendar of the enterprise, and the province's rulings on arguable days."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import agenda as verbs
from certification import rule_day
from certification.agenda_lines import lines_of
from certification.models import DayRuling
from certification.obligation_rules import book
from certification.permissions import rules_on_days
from certification.tiers import Tier
from enterprises import outside
from enterprises.models import OutsideTitle
from enterprises.permissions import may_edit
from enterprises.queries import own_enterprise
from foundation import clock
from foundation.accounts.doors import for_member, for_role
from foundation.refusals import Missing, Refused

RECENT = 20
TYPED = ("kind", "number", "valid_until", "year", "tier", "day", "reason", "document_number")


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "")[:4000] for name in TYPED}


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def calendar(request: HttpRequest) -> HttpResponse:
    """Every date of the enterprise over all its titles; a form for other departments' certificates."""
    principal = request.principal  # type: ignore[attr-defined]
    if not principal.enterprise_ids:
        return redirect("enterprises:link")
    firm = own_enterprise(principal)
    refusal = None
    if request.method == "POST":
        try:
            made = outside.note_outside(firm, typed(request), actor=principal)
            messages.success(request, f"已记下：{made}。")
            return redirect("certification:calendar")
        except Refused as found:
            if found.code not in ("invalid", "duplicate"):
                raise
            refusal = found
    context = lines_of(firm) | {
        "firm": firm, "refusal": refusal, "problems": list(refusal.problems) if refusal else [], "typed": typed(request),
        "kinds": outside.KINDS.items(), "editable": may_edit(principal, firm.pk),
        "noted": list(OutsideTitle.objects.filter(enterprise=firm).order_by("valid_until", "id")),
    }  # fmt: skip
    return render(request, "certification/calendar.html", context, status=refusal.status if refusal else 200)


@require_POST
@for_member
def outside_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    row = OutsideTitle.objects.filter(public_id=public_id, enterprise_id__in=principal.enterprise_ids).first()
    if row is None:
        raise Missing
    outside.drop_outside(row, actor=principal)
    messages.success(request, "已删去。")
    return redirect("certification:calendar")


@require_safe
@for_member
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """All of it for the telephone's own calendar."""
    told = verbs.agenda(own_enterprise(request.principal))  # type: ignore[attr-defined]
    headers = {"Content-Disposition": "attachment; filename=tianti-calendar.ics"}
    return HttpResponse(verbs.calendar_file(told), content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def rulings(request: HttpRequest) -> HttpResponse:
    """The arguable days of this year and the next two, what was ruled, and the form to rule."""
    principal = request.principal  # type: ignore[attr-defined]
    refusal = None
    if request.method == "POST":
        try:
            rule_day.rule_day(typed(request), actor=principal)
            messages.success(request, "已裁定，从今晚起按裁定的日期提醒。")
            return redirect("certification:day_rulings")
        except Refused as found:
            if found.code not in ("invalid", "conflict"):
                raise
            refusal = found
    year = clock.today().year
    made = list(DayRuling.objects.order_by("-id")[:RECENT])
    arguable = []
    for y in (year, year + 1, year + 2):
        for tier, words in Tier.choices:
            days = rule_day.candidates(y, tier)
            if len({on for on, _ in days}) > 1 and max(on for on, _ in days) >= clock.today():
                ruled = next((r for r in made if r.year == y and r.tier in (tier, "")), None)
                arguable.append((y, words, days, ruled))
    context = {
        "arguable": arguable, "made": made, "refusal": refusal, "problems": list(refusal.problems) if refusal else [],
        "typed": typed(request), "tiers": Tier.choices, "years": (year, year + 1, year + 2), "may_rule": rules_on_days(principal),
        "days": sorted({(on, clause) for _, _, days, _ in arguable for on, clause in days}), "book": book(),
    }  # fmt: skip
    return render(request, "certification/day_rulings.html", context, status=refusal.status if refusal else 200)

"""推荐汇总表: a draft of the cases somebody chose, or exactly the cases of one letter (推荐函文号)."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from certification import recommend
from certification.queries import applications
from foundation.accounts.doors import for_role
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused

MOST = 30
"""Letters shown on the page, the newest first."""


def letters(principal: Principal) -> list[dict[str, Any]]:
    """The letters of recommendation the province has sent, with how many firms each names."""
    if principal.level != "province":
        return []
    sent = applications(principal).exclude(letter_number="").order_by().values("letter_number")
    return list(sent.annotate(firms=Count("pk"), newest=Max("pk")).order_by("-newest")[:MOST])


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("city", "province"))
def summary(request: HttpRequest) -> HttpResponse:
    """With `letter` the letter's own table; what was ticked on the page comes as a draft."""
    principal: Principal = request.principal  # type: ignore[attr-defined]
    rows = applications(principal).select_related("call").order_by("call_id", "region_path", "id")
    number = request.GET.get("letter", "").strip()
    if number:
        # A city reaches only its own firms: what it would get is not the letter.
        cases = list(rows.filter(letter_number=number)) if principal.level == "province" else []
        if not cases:
            raise Missing
        return xlsx(recommend.letter_table(cases, number), f"推荐汇总表 {number}.xlsx")
    ticked = request.POST.getlist("application")
    chosen = rows.filter(call__public_id=request.POST.get("call", ""), public_id__in=ticked)
    try:
        return xlsx(recommend.draft_table(list(chosen), actor=principal), "推荐汇总表（草稿）.xlsx")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("certification:postings")


def xlsx(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(
        content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", headers=headers
    )

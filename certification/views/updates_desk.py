"""Updates made on the national platform, at the office: what firms say, the platform's list, what was not found there."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import firm_list, platform_list
from certification import platform_update as verbs
from certification.views import sent_list
from enterprises.queries import visible_to
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Refused

PAGE = 30
SHOWN = ("invalid", "too_large")
SALT = "platform updates"


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def updates(request: HttpRequest) -> HttpResponse:
    """The list with its preview, and below it what is on record; one record may be struck with a reason."""
    refusal, context = None, {}
    if request.method == "POST":
        try:
            told = act(request)
            if isinstance(told, HttpResponse):
                return told
            context = told
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    return page(request, refusal, context)


def act(request: HttpRequest) -> HttpResponse | dict[str, Any]:
    """Strike, confirm a preview, or read a file."""
    principal = request.principal  # type: ignore[attr-defined]
    if request.POST.get("act") == "strike":
        firm = visible_to(principal).filter(public_id=request.POST.get("enterprise", "").replace("\0", "")[:32]).first()
        year = request.POST.get("year", "")
        if firm is None or not (year.isascii() and year.isdigit() and len(year) == 4):
            raise Missing
        verbs.strike(firm, int(year), request.POST.get("reason", "").replace("\0", "")[:2000], actor=principal)
        messages.success(request, "已撤销登记，企业会收到通知。")
        return redirect("certification:updates")
    if "confirmed" in request.POST:
        rows = platform_list.read(sent_list.confirmed(request, SALT), actor=principal)
        count = platform_list.bring_in(rows, actor=principal)
        messages.success(request, f"已登记 {count} 家，其余已经登记过。")
        return redirect("certification:updates")
    content = sent_list.uploaded(request)
    rows = platform_list.read(content, actor=principal)
    problems = [problem for row in rows for problem in row.problems]
    shown = sorted(rows, key=lambda row: (not row.problems, not row.note))[:200]
    return {
        "rows": shown, "count": len(rows), "problems": problems, "fresh": sum(not row.known for row in rows),
        "confirmed": "" if problems or not rows else sent_list.sealed(content, SALT),
    }  # fmt: skip


def page(request: HttpRequest, refusal: Refused | None, told: dict[str, Any]) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    listed = Paginator(verbs.noted(principal), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": listed, "headings": platform_list.HEADINGS, "refusal": refusal, "most": firm_list.MOST_ROWS,
        "problems": list(refusal.problems) if refusal else [], "year": clock.today().year - 1,
        "struck": request.POST.get("enterprise", "") if refusal else "", "reason": request.POST.get("reason", "")[:2000],
    }  # fmt: skip
    status = refusal.status if refusal else 422 if told.get("problems") else 200
    return render(request, "certification/updates_desk.html", context | told, status=status)


@require_safe
@for_role("reviewer", "leader")
def template(request: HttpRequest) -> HttpResponse:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("国家平台更新名单")
    sheet.set_column(0, len(platform_list.HEADINGS) - 1, 24, book.add_format({"num_format": "@"}))
    for column, title in enumerate(platform_list.HEADINGS):
        sheet.write_string(0, column, title)
    book.close()
    return HttpResponse(
        out.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": "attachment; filename=platform-updates-template.xlsx"},
    )

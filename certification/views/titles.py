"""Titles in reach, and the import of the stock: preview first, all of it or nothing."""

from io import BytesIO

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import stock
from certification.permissions import CERTIFICATE
from certification.queries import certificates
from certification.tiers import Tier
from certification.views import sent_list
from foundation.accounts.doors import for_role
from foundation.refusals import Problem, Refused

PAGE = 30
SALT = "stock"


@require_safe
@for_role("reviewer", "leader")
def titles(request: HttpRequest) -> HttpResponse:
    rows = certificates(request.principal).prefetch_related("enterprise").order_by("-announced_on", "number")  # type: ignore[attr-defined]
    tier = request.GET.get("tier", "")
    if tier in Tier.values:
        rows = rows.filter(tier=tier)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    told = [(row, CERTIFICATE.label(row)) for row in page]
    return render(
        request, "certification/titles.html",
        {"rows": told, "page": page, "tiers": Tier.choices, "tier": tier, "query": query.urlencode()},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def bring_in(request: HttpRequest) -> HttpResponse:
    """First the file, then its preview with every row's problems, then one click."""
    if request.method != "POST":
        return shown(request)
    content = b""
    try:
        content = sent_list.confirmed(request, SALT) if "confirmed" in request.POST else sent_list.uploaded(request)
        rows = stock.read(content)
        if "confirmed" in request.POST:
            as_registered = request.POST.get("as_registered") == "1"
            count = stock.bring_in(rows, actor=request.principal, as_registered=as_registered)  # type: ignore[attr-defined]
            messages.success(request, f"已导入 {count} 项称号。")
            return redirect("certification:titles")
    except Refused as refusal:
        if refusal.code not in ("invalid", "too_large", "conflict", "duplicate"):
            raise
        return shown(request, stock.read(content) if refusal.code == "conflict" else None, content, refusal)
    return shown(request, rows, content)


def shown(
    request: HttpRequest, rows: stock.Listing | None = None, content: bytes = b"", refusal: Refused | None = None
) -> HttpResponse:
    found = rows if rows is not None else stock.Listing()
    problems = [problem for row in found for problem in row.problems]
    counts = [(words, sum(row.known == code for row in found)) for code, words in stock.KNOWN.items()]
    context = {
        "needed": stock.NEEDED, "optional": stock.OPTIONAL, "warnings": found.warnings, "rows": sorted(found, key=lambda row: not (row.problems or row.differences or row.notes))[:200], "count": len(found), "counts": counts,
        "differing": [row for row in found if row.differences],
        "problems": problems or (list(refusal.problems) or [Problem(refusal.sentence)] if refusal else []),
        "confirmed": sent_list.sealed(content, SALT) if found and not problems else "",
    }  # fmt: skip
    status = refusal.status if refusal else 422 if problems else 200
    return render(request, "certification/titles_import.html", context, status=status)


@require_safe
@for_role("reviewer", "leader", levels=("province",))
def template(request: HttpRequest) -> HttpResponse:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("称号")
    text = book.add_format({"num_format": "@"})
    sheet.set_column(0, len(stock.HEADINGS) - 1, 22, text)
    for column, title in enumerate(stock.HEADINGS):
        sheet.write_string(0, column, title)
    book.close()
    return HttpResponse(
        out.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": "attachment; filename=titles-template.xlsx"},
    )

"""Titles in reach, and the import of the stock: preview first, all of it or nothing."""

import base64
from io import BytesIO

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import stock
from certification.permissions import CERTIFICATE
from certification.queries import certificates
from certification.tiers import Tier
from foundation.accounts.doors import for_role
from foundation.refusals import Problem, Refused

PAGE = 30
LARGEST = 2 * 1024 * 1024


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
        return render(request, "certification/titles_import.html", {"headings": stock.HEADINGS})
    if "confirmed" in request.POST:
        try:
            content = base64.b64decode(loads(request.POST["confirmed"], salt="stock", max_age=3600))
        except BadSignature as error:
            raise Refused("invalid", "预览已过期，请重新选择文件。", [Problem("请重新选择文件", "file")]) from error
        count = stock.bring_in(stock.read(content), actor=request.principal)  # type: ignore[attr-defined]
        messages.success(request, f"已导入 {count} 项称号。")
        return redirect("certification:titles")
    upload = request.FILES.get("file")
    if upload is None or upload.size is None or upload.size > LARGEST:
        raise Refused("invalid", "请选择不超过 2 MB 的 xlsx 文件。", [Problem("没有可用的文件", "file")])
    content = upload.read()
    rows = stock.read(content)
    problems = [problem for row in rows for problem in row.problems]
    context = {
        "headings": stock.HEADINGS, "rows": rows[:200], "count": len(rows), "problems": problems,
        "confirmed": "" if problems else dumps(base64.b64encode(content).decode(), salt="stock"),
    }  # fmt: skip
    return render(request, "certification/titles_import.html", context, status=422 if problems else 200)


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

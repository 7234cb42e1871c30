"""The auditor's desk: who did what to which thing, whether the record is whole, and the same rows as a workbook."""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from certification.permissions import MACHINES as CASES
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.accounts.principal import Principal
from foundation.audit.inspections import last
from foundation.audit.models import AuditEvent, AuditLink, AuditSeal
from foundation.audit.record import record
from foundation.audit.seal import NoKey
from foundation.audit.sentences import register
from foundation.audit.verify import recent
from foundation.regions.paths import path_range
from incentives.permissions import MACHINES as MEASURES

STATES = {machine.states.name: machine.states.labels for machine in (*CASES, *MEASURES)}
PAGE = 50
MOST = 10_000
COLUMNS = ("时间", "谁", "单位", "做了什么", "理由", "状态", "对象", "编号", "地址", "请求")

register(
    {
        "record.export": "{actor}导出了留痕 {rows} 条",
        "record.verify": "{actor}核对了留痕，发现 {found} 处不符",
    }
)


def state_words(event: AuditEvent) -> str:
    """The move in the officer's words; nothing for an act that moves nothing."""
    table = STATES.get(event.act.partition(".")[0], {})
    told = [table[state].officer if state in table else state for state in (event.from_state, event.to_state) if state]
    return " → ".join(told) if event.to_state else ""


def visible_to(principal: Principal) -> QuerySet[AuditEvent]:
    """An auditor sees the acts on things of the own region and below; the province's also those of no region."""
    low, high = path_range(principal.office_path)
    own = Q(region_path__gte=low, region_path__lt=high)
    return AuditEvent.objects.filter(own | Q(region_path="") if principal.level == "province" else own)


def asked(request: HttpRequest) -> tuple[QuerySet[AuditEvent], dict[str, str]]:
    """The rows of the filters; a date that cannot be read is told by leaving it out."""
    words = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "who", "since", "until")}
    rows = visible_to(request.principal).order_by("-id")  # type: ignore[attr-defined]
    if words["q"]:
        rows = rows.filter(Q(sentence__icontains=words["q"]) | Q(object_id=words["q"]) | Q(request_id=words["q"]))
    if words["who"]:
        rows = rows.filter(Q(actor_name__icontains=words["who"]) | Q(office_name__icontains=words["who"]))
    for name, lookup in (("since", "at__date__gte"), ("until", "at__date__lte")):
        try:
            rows = rows.filter(**{lookup: date.fromisoformat(words[name])}) if words[name] else rows
        except ValueError:
            words[name] = ""
    return rows, words


@require_safe
@for_role("auditor")
def events(request: HttpRequest) -> HttpResponse:
    rows, words = asked(request)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    seal = AuditSeal.objects.order_by("-number").first()
    context: dict[str, Any] = {"page": page, "asked": words, "query": query.urlencode(), "seal": seal}
    context["rows"] = [(event, state_words(event)) for event in page]
    context["whole"] = last("verify")
    context["sealed"] = AuditLink.objects.count()
    return render(request, "oversight/record.html", context)


@require_safe
@for_role("auditor")
def export(request: HttpRequest) -> HttpResponse:
    """The rows on the screen, at most 10,000, every cell as text."""
    rows, _ = asked(request)
    found = list(rows[:MOST])
    record("record.export", request.user, actor=request.principal, detail={"rows": len(found)})  # type: ignore[arg-type, attr-defined]
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("留痕")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, COLUMNS)
    for n, e in enumerate(found, 1):
        cells = (
            f"{e.at.astimezone(clock.now().tzinfo):%Y-%m-%d %H:%M:%S}", e.actor_name, e.office_name, e.sentence, e.reason,
            state_words(e), e.object_type, e.object_id, e.ip or "", e.request_id,
        )  # fmt: skip
        for column, cell in enumerate(cells):
            sheet.write_string(n, column, cell)
    book.close()
    response = HttpResponse(
        out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="record-{clock.today()}.xlsx"'
    return response


@require_POST
@for_role("auditor", levels=("province",))
def check(request: HttpRequest) -> HttpResponse:
    """Recompute the newest part now, as much as a page can wait for, and say when the whole was read and what it found."""
    try:
        rows, found = recent()
    except NoKey:
        messages.error(request, "没有设置封存密钥，无法核对。请系统管理员设置 AUDIT_SEAL_KEY。")
        return redirect("oversight:record")
    record("record.verify", request.user, actor=request.principal, detail={"found": len(found)})  # type: ignore[arg-type, attr-defined]
    if found:
        told = "；".join(f"{finding.where}: {finding.what}" for finding in found[:5])
        messages.error(request, f"发现 {len(found)} 处与封存不符：{told}")
    else:
        messages.success(request, f"已核对最近封存的 {rows} 条，与封存一致。")
    return redirect("oversight:record")

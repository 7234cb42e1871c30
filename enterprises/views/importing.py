"""Figures from a workbook: download the template, look at what would change, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from enterprises import import_figures as verb
from enterprises.models import Enterprise
from enterprises.permissions import may_edit
from enterprises.queries import own_enterprise
from enterprises.views.papers import disposition
from foundation import clock
from foundation.accounts.doors import for_member
from foundation.refusals import Missing, Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_member
def import_figures(request: HttpRequest) -> HttpResponse:
    enterprise, on = _mine(request), clock.today()
    context = {"enterprise": enterprise, "preview": None, "refusal": None}
    if request.method == "POST" and request.POST.get("token"):
        changed = verb.confirm(enterprise, request.POST["token"], actor=request.principal, on=on)
        messages.success(request, f"已导入 {len(changed)} 项。")
        return redirect("enterprises:facts")
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise Refused("invalid", "请选择填好的表格。")
            context["preview"] = verb.look(enterprise, upload, actor=request.principal, on=on)
        except Refused as refusal:
            context["refusal"] = refusal
    failed = context["refusal"] is not None or (context["preview"] is not None and context["preview"].problems)
    return render(request, "enterprises/import.html", context, status=422 if failed else 200)


@for_member
def import_template(request: HttpRequest) -> HttpResponse:
    enterprise, on = _mine(request), clock.today()
    response = HttpResponse(verb.template(enterprise, on), content_type=XLSX)
    response.headers["Content-Disposition"] = disposition(f"企业数据{on.year - 3}-{on.year - 1}.xlsx")
    return response


def _mine(request: HttpRequest) -> Enterprise:
    enterprise = own_enterprise(request.principal)
    if not may_edit(request.principal, enterprise.pk):
        raise Missing
    return enterprise

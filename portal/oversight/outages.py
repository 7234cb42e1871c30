"""The log of failures, kept by the system administrator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.doors import for_role
from foundation.outages.keep import strike, write_down
from foundation.outages.models import Outage
from foundation.refusals import Missing, Refused

PAGE = 30
TYPED = ("began_at", "ended_at", "what", "evidence")


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("system", levels=("province",))
def outages(request: HttpRequest) -> HttpResponse:
    refusal = None
    given = {name: request.POST.get(name, "").replace("\0", "")[:2000] for name in TYPED}
    if request.method == "POST":
        try:
            write_down(given, actor=request.principal)  # type: ignore[attr-defined]
            messages.success(request, "已登记，状态页同步公开；涉及本系统窗口的，几分钟内拟出延长。")
            return redirect("oversight:outages")
        except Refused as found:
            if found.code != "invalid":
                raise
            refusal = found
    page = Paginator(Outage.objects.order_by("-began_at", "-id"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "refusal": refusal, "problems": list(refusal.problems) if refusal else [], "typed": given}
    return render(request, "oversight/outages.html", context, status=refusal.status if refusal else 200)


@require_POST
@for_role("system", levels=("province",))
def strike_out(request: HttpRequest, public_id: str) -> HttpResponse:
    row = Outage.objects.filter(public_id=public_id).first()
    if row is None:
        raise Missing
    strike(row, request.POST.get("reason", ""), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, "已划去，不再计入；记录仍然可查。")
    return redirect("oversight:outages")

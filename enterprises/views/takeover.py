"""Take the place of a handler who is gone; who fills in what; who has looked at our data."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enterprises.divide import divide
from enterprises.models import Membership
from enterprises.queries import colleagues_of, looks_at, own_enterprise, takeovers_of
from enterprises.takeover import may_take_over, take_over
from foundation.accounts.doors import for_member
from foundation.refusals import Missing, Problem, Refused

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def takeover(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    enterprise = own_enterprise(principal)
    rows = [m for m in colleagues_of(enterprise) if m.state == "verified" and m.user_id != principal.user_id]
    given = {"who": request.POST.get("who", ""), "reason": request.POST.get("reason", "")}
    refusal = None
    if request.method == "POST":
        chosen = next((m for m in rows if m.public_id == given["who"]), None)
        try:
            if chosen is None:
                raise Refused("invalid", "请选择接替哪一位。", [Problem("请选择接替哪一位", "who")])
            done = take_over(chosen, actor=principal, reason=given["reason"])
        except Refused as error:
            if error.code not in ("invalid", "forbidden"):
                raise
            refusal = error
        else:
            messages.success(request, f"已接替{done.replaced.user}：他的授权已结束，已从所有设备退出。草稿和材料都在。")
            return redirect("enterprises:takeover")
    problems = (refusal.problems or [Problem(refusal.sentence)]) if refusal else ()
    context = {"enterprise": enterprise, "rows": rows, "given": given, "problems": problems}
    context["may"] = may_take_over(principal, enterprise.pk)
    context["history"] = list(takeovers_of(enterprise)[:20])
    context["wrong"] = {p.field for p in problems}
    return render(request, "enterprises/takeover.html", context, status=422 if refusal else 200)


@require_POST
@for_member
def parts(request: HttpRequest, public_id: str) -> HttpResponse:
    membership = colleague_of(request, public_id)
    divide(membership, request.POST.getlist("parts"), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, f"{membership.user}的分工已改。")
    return redirect("enterprises:colleagues")


def colleague_of(request: HttpRequest, public_id: str) -> Membership:
    enterprise = own_enterprise(request.principal)  # type: ignore[attr-defined]
    found = colleagues_of(enterprise).filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


@require_safe
@for_member
def viewers(request: HttpRequest) -> HttpResponse:
    """谁看过我的材料: the office and the day, never the official's name; straight from the record."""
    enterprise = own_enterprise(request.principal)  # type: ignore[attr-defined]
    rows = looks_at(enterprise)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    offices = rows.order_by().values("office_name").annotate(n=Count("id"), last=Max("at")).order_by("-last")[:30]
    context = {"enterprise": enterprise, "page": page, "offices": list(offices)}
    return render(request, "enterprises/viewers.html", context)

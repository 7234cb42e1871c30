"""The county's desk for letters of authority: what waits, since when, and the decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from enterprises.permissions import decides_letters
from enterprises.queries import letters
from enterprises.verify import accept_letter, refuse_letter
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Refused
from foundation.workdays.counting import workdays_between

PAGE = 50


@for_role("reviewer", "leader")
def links(request: HttpRequest) -> HttpResponse:
    page = Paginator(letters(request.principal), PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    rows = [(row, workdays_between(localtime(row.requested_at).date(), today)) for row in page]
    return render(request, "enterprises/links.html", {"rows": rows, "page": page})


@for_role("reviewer", "leader")
def link_request(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal
    membership = letters(principal).filter(public_id=public_id).first()
    if membership is None or not decides_letters(principal, membership):
        raise Missing
    reason, refusal = request.POST.get("reason", ""), None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "accept":
                accept_letter(membership, actor=principal)
                messages.success(request, f"已核实：{membership.user}可以代表{membership.enterprise_name}办理业务。")
            else:
                refuse_letter(membership, actor=principal, reason=reason)
                messages.success(request, "已告知对方未通过的原因。")
            return redirect("enterprises:links")
        except Refused as error:
            if error.code != "invalid":
                raise
            refusal = error
    context = {"membership": membership, "reason": reason, "refusal": refusal}
    context["age"] = workdays_between(localtime(membership.requested_at).date(), clock.today())
    return render(request, "enterprises/link_request.html", context, status=422 if refusal else 200)

"""How a case leaves the desk: recommended to the next office, or with what the ministry announced."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from certification import recommend as national_verbs
from certification import review
from certification.views.desk import find, page
from certification.views.forms import NationalForm
from foundation.accounts.doors import for_role
from foundation.refusals import Refused

KEPT = ("invalid", "conflict", "duplicate", "already_moved")
"""Refusals that leave the person on the page, with what was typed."""


@require_POST
@for_role("reviewer", "leader")
def recommend(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    try:
        review.recommend(application, actor=request.principal, opinion=request.POST.get("opinion", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code not in KEPT:
            raise
        return page(request, find(request, public_id), refusal, refused_act="recommend")
    messages.success(request, f"已推荐：{application.enterprise_name}")
    return redirect("certification:worklist")


@require_POST
@for_role("leader", levels=("province",))
def national(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what the ministry announced."""
    application, principal = find(request, public_id), request.principal  # type: ignore[attr-defined]
    form = NationalForm(request.POST, auto_id="national-%s")
    try:
        if request.POST.get("outcome") == "granted":
            national_verbs.record_national_grant(application, actor=principal, **form.read())
        else:
            told = form.read()
            national_verbs.record_national_refusal(
                application, actor=principal, document_number=told["document_number"], announced_on=told["announced_on"]
            )
    except Refused as refusal:
        if refusal.code not in KEPT:
            raise
        form.refuse(refusal)
        return page(request, find(request, public_id), refusal, national=form)
    messages.success(request, f"已登记国家结果：{application.enterprise_name}")
    return redirect("certification:case", public_id)

"""Verdicts over time: take one's own back, carry over those of the version before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from certification import verdicts
from certification.views.desk import find, page
from foundation.accounts.doors import for_role
from foundation.refusals import Refused


@require_POST
@for_role("reviewer", "leader")
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    application, code = find(request, public_id), request.POST.get("criterion", "")[:20]
    reason = request.POST.get("reason", "").replace("\0", "")
    try:
        verdicts.take_back(application, code, actor=request.principal, reason=reason)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code not in ("invalid", "forbidden"):
            raise
        return page(request, application, refusal)
    messages.success(request, "判断已撤回，可以重新判断。")
    return redirect(f"{request.path.removesuffix('judge/back/')}?at={code}#c-{code}")


@require_POST
@for_role("reviewer", "leader")
def carry_over(request: HttpRequest, public_id: str) -> HttpResponse:
    application = find(request, public_id)
    try:
        made = verdicts.carry_over(application, actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code != "conflict":
            raise
        return page(request, application, refusal)
    messages.success(request, f"已沿用 {len(made)} 条判断。")
    return redirect("certification:case", public_id)

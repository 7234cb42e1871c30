"""The extension that our own failure asks for: the evidence, the proposal, the signature."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from certification import extend as verbs
from certification.models import Call
from certification.permissions import EXTENSION
from certification.queries import calls
from foundation.accounts.doors import for_role
from foundation.audit.record import timeline
from foundation.refusals import Missing, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def extension(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    call: Call | None = calls(principal).filter(public_id=public_id).first()
    if call is None:
        raise Missing
    row, refusal = verbs.of_call(principal, call), None
    given = {name: request.POST.get(name, "").replace("\0", "")[:2000] for name in ("until", "reason")}
    if request.method == "POST":
        try:
            if request.POST.get("act") == "dismiss":
                verbs.dismiss(row, given["reason"], actor=principal)
                messages.success(request, "已记录不予延长的理由。")
            else:
                verbs.sign(row, given["until"], given["reason"], actor=principal)
                messages.success(request, "已签发，窗口即刻延长；已开始填报的和复核名单上的企业正在逐一告知。")
            return redirect("certification:extension", public_id)
        except Refused as found:
            if found.code not in ("invalid", "conflict"):
                raise
            row.refresh_from_db()
            refusal = found
    earlier = verbs.visible(principal).filter(call=call, state="dismissed").exclude(pk=row.pk).order_by("id")
    failures = [(verbs.moment(e["began"]), verbs.moment(e["ended"]), e["what"], e["source"]) for e in row.evidence]
    context = {
        "call": call, "row": row, "label": EXTENSION.label(row), "refusal": refusal, "problems": list(refusal.problems) if refusal else [],
        "typed": given, "acts": {t.act for t in EXTENSION.acts_for(principal, row)}, "failures": failures,
        "earlier": [(old, timeline(old, ["office"])[:5]) for old in earlier], "after": settings.EXTENSION_AFTER_MINUTES, "events": timeline(row, ["office", "public"])[:20],
    }  # fmt: skip
    return render(request, "certification/extension.html", context, status=refusal.status if refusal else 200)

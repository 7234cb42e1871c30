"""Copies redacted by hand: offered, read and approved on the page of the round."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from certification import redact as verbs
from certification.views.objection import private_file
from certification.views.rounds import find, province
from enterprises.attach import path_of
from foundation.refusals import Missing, Refused


@require_POST
@province
def redact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer a copy, approve one that a colleague offered, or turn it down."""
    actor = request.principal  # type: ignore[attr-defined]
    given = {name: request.POST.get(name, "").replace("\0", "") for name in ("case", "number", "act", "reason")}
    paper = verbs.find(find(request, public_id), given["case"], given["number"], actor=actor)
    if given["act"] == "offer":
        verbs.offer(paper, request.FILES.get("file"), actor=actor)
        messages.success(request, "已收下。请另一位同事看过后通过，通过之前专家看不到。")
    elif given["act"] == "approve":
        verbs.approve(paper, actor=actor)
        messages.success(request, "已通过，专家现在可以看到这份材料。")
    elif given["act"] == "turn_down":
        verbs.turn_down(paper, given["reason"], actor=actor)
        messages.success(request, "已退回，可以另传一份。")
    else:
        raise Missing
    return redirect("certification:round", public_id)


@require_safe
@province
def redacted(request: HttpRequest, public_id: str) -> HttpResponse:
    """The offered copy, for whoever has to read it."""
    actor = request.principal  # type: ignore[attr-defined]
    case_id, number = request.GET.get("case", ""), request.GET.get("number", "")
    paper = verbs.opened(verbs.find(find(request, public_id), case_id, number, actor=actor), actor=actor)
    if not path_of(paper.redacted_sha256).is_file():
        raise Refused("unavailable", "文件暂时取不到，请稍后再试，或联系技术支持。")
    return private_file(paper.redacted_sha256, "application/pdf", f"redacted-{paper.number}.pdf")

"""Papers are handed in where they are asked for; the file lands in the enterprise's own vault and serves again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from certification.paper_list import Line, lines_of
from certification.views.applicant import own
from enterprises.attach import attach
from enterprises.permissions import parts_of
from foundation.accounts.doors import for_member
from foundation.refusals import Missing, Refused


@require_POST
@for_member
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """One file for one line of the call's list; while the case is a draft, or when papers were returned."""
    application = own(request, public_id)
    line = next((one for one in lines_of(application.call) if one.key == request.POST.get("kind", "")), None)
    open_now = application.state == "draft" or (application.state == "returned" and "papers" in application.unlocked)
    if line is None or not open_now:
        raise Missing
    mine = parts_of(request.principal, application.enterprise_id)  # type: ignore[attr-defined]
    if mine is not None and "papers" not in mine:
        raise Refused("forbidden", "“附件材料”由其他同事负责，文件没有保存。请交给负责的同事，或请法定代表人改分工。")
    try:
        kept = attach(
            application.enterprise, request.FILES.get("file"), kind=line.kind, title=line.title,
            actor=request.principal, year=year_for(line, request.POST.get("year", "")),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code not in ("invalid", "too_large"):
            raise
        said = [
            refusal.sentence,
            *(f"{p.message}。{p.hint}" for p in refusal.problems if p.message not in refusal.sentence),
        ]
        messages.error(request, f"{line.title}没有保存：{' '.join(said)}")
    else:
        messages.success(request, f"已收到：{kept.title}（{kept.original_name}）。")
    return redirect("certification:step", public_id, "papers")


def year_for(line: Line, chosen: str) -> int | None:
    """The one year of the line; where it covers several, the one that was chosen, or none for a file of all of them."""
    if len(line.years) == 1:
        return line.years[0]
    return int(chosen) if chosen in map(str, line.years) else None

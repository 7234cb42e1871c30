"""Questions to other departments: their own page, and the office's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import consult as verbs
from certification.models.consultation import FINDINGS
from certification.permissions import CONSULTATION
from certification.queries import applications
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Refused

TYPED = ("finding", "clause", "details", "document", "reason")


@require_safe
@for_role("department")
def consultations(request: HttpRequest) -> HttpResponse:
    """What our department is asked, what waits first."""
    rows = verbs.asked_of(request.principal)  # type: ignore[attr-defined]
    told = [(row, CONSULTATION.label(row)) for row in rows]
    return render(request, "certification/consultations.html", {"rows": told, "today": clock.today()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("department", "reviewer", "leader")
def consultation(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    row, refusal = verbs.find(principal, public_id), None
    given = {name: request.POST.get(name, "").replace("\0", "")[:4000] for name in TYPED}
    if request.method == "POST":
        act = request.POST.get("act", "answer")
        try:
            if act == "rule":
                verbs.rule(row, given["reason"], actor=principal)
            elif act == "take_back":
                verbs.take_back(row, given["reason"], actor=principal)
            else:
                verbs.answer(row, given, actor=principal)
            messages.success(request, "已办理。")
            return redirect("certification:consultation", public_id)
        except Refused as found:
            if found.code != "invalid":
                raise
            refusal = found
    acts = {t.act for t in CONSULTATION.acts_for(principal, row)}
    context = {
        "may_rule": bool(acts & {"rule", "rule_early", "rule_silence"}), "row": row, "label": CONSULTATION.label(row), "findings": FINDINGS, "refusal": refusal, "typed": given,
        "problems": list(refusal.problems) if refusal else [], "acts": acts,
        "department": verbs.departments()[1][row.department].label, "is_department": principal.has_role("department"),
    }  # fmt: skip
    return render(request, "certification/consultation.html", context, status=refusal.status if refusal else 200)


@require_POST
@for_role("reviewer", "leader", levels=("province",))
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask now what the hour would ask anyway."""
    found = applications(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    count = verbs.ask_by_rule(found, actor=request.principal)  # type: ignore[attr-defined]
    messages.success(
        request, f"已向 {count} 个部门征求意见。" if count else "这个层级没有要征求意见的部门，或都已经问过。"
    )
    return redirect("certification:case", public_id)

"""Days given back because the portal failed: the drafts that wait, and one of them with its evidence and the signature."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification import extend_terms as verbs
from certification import terms
from certification.extend import moment
from certification.permissions import TERM_EXTENSION
from foundation.accounts.doors import for_role
from foundation.audit.record import timeline
from foundation.refusals import Missing, Refused

PAGE = 30


@require_safe
@for_role("reviewer", "leader", levels=("province",))
def extended_terms(request: HttpRequest) -> HttpResponse:
    """Those that wait for a signature first."""
    rows = verbs.visible(request.principal)  # type: ignore[attr-defined]
    page = Paginator(rows.order_by("state", "-id"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(row, TERM_EXTENSION.label(row)) for row in page]}
    return render(request, "certification/extended_terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def extended_term(request: HttpRequest, public_id: str) -> HttpResponse:
    principal, refusal = request.principal, None  # type: ignore[attr-defined]
    row = verbs.visible(principal).filter(public_id=public_id).first()
    if row is None:
        raise Missing
    given = {name: request.POST.get(name, "").replace("\0", "")[:2000] for name in ("workdays", "reason")}
    if request.method == "POST":
        try:
            if request.POST.get("act") == "dismiss":
                verbs.dismiss(row, given["reason"], actor=principal)
                messages.success(request, "已记录不予延长的理由。")
            else:
                signed = verbs.sign(row, given, actor=principal)
                messages.success(request, f"已签发，{signed.given} 件的期限即刻延长，企业已告知。")
            return redirect("certification:extended_term", public_id)
        except Refused as found:
            if found.code not in ("invalid", "conflict"):
                raise
            row.refresh_from_db()
            refusal = found
    acts = {t.act for t in TERM_EXTENSION.acts_for(principal, row)}
    failures = [(moment(e["began"]), moment(e["ended"]), e["what"], e["source"]) for e in row.evidence]
    touched = (
        sum(term.ends_on == row.ends_on for term in terms.running(row.kind)) if row.state == "drafted" else row.given
    )
    context = {
        "row": row, "label": TERM_EXTENSION.label(row), "refusal": refusal, "problems": list(refusal.problems) if refusal else [],
        "typed": given, "acts": acts, "failures": failures, "touched": touched, "events": timeline(row, ["office"])[:20],
    }  # fmt: skip
    return render(request, "certification/extended_term.html", context, status=refusal.status if refusal else 200)

"""变更所属推荐单位: find the firm, see what is in the way, send it to its new body."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from enterprises.body_form import BodyForm
from enterprises.change_body import bodies_for, change_body, in_the_way
from enterprises.models import Enterprise
from enterprises.queries import visible_to
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Refused

PAGE = 30


@require_safe
@for_role("leader", levels=("city", "province"))
def firms(request: HttpRequest) -> HttpResponse:
    """A firm that has neither a case nor a title is found by its name or its code, and nowhere else."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:60]
    rows = visible_to(request.principal)  # type: ignore[attr-defined]
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(credit_code__iexact=asked))
    page = Paginator(rows.order_by("name", "pk"), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "enterprises/firms.html", {"page": page, "asked": asked, "query": query.urlencode()})


def find(request: HttpRequest, public_id: str) -> Enterprise:
    found = visible_to(request.principal).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("leader", levels=("city", "province"))
def body(request: HttpRequest, public_id: str) -> HttpResponse:
    principal, status = request.principal, 200  # type: ignore[attr-defined]
    enterprise = find(request, public_id)
    within = bodies_for(enterprise, actor=principal)
    form = BodyForm(request.POST or None, within=within, initial={"on": clock.today()})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                firm = change_body(
                    enterprise, given["body"], given["on"], given["reason"], actor=principal, seen=request.POST.get("seen", "")
                )  # fmt: skip
            except Refused as refusal:
                if refusal.code == "not_found":
                    raise
                status = refusal.status
                # What is open is told below with its links; the form has nothing to mend.
                if refusal.code != "conflict":
                    form.refuse(refusal)
                enterprise = find(request, public_id)
            else:
                chosen = dict(form.fields["body"].choices)[given["body"]]  # type: ignore[attr-defined]
                messages.success(request, f"已变更：{firm.name}现在由{chosen}推荐，企业和两个单位都已告知。")
                return redirect("enterprises:enterprise", firm.public_id)
    context = {
        "enterprise": enterprise, "obstacles": in_the_way(enterprise, actor=principal), "form": form, "problems": form.problems if form.is_bound else [],
        "former": list(enterprise.former_bodies.all()),
    }  # fmt: skip
    return render(request, "enterprises/body.html", context, status=status)

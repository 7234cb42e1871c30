"""Who acts for the enterprise: invite, admit, change, end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from enterprises import invite as colleagues_verb
from enterprises.divide import PARTS
from enterprises.forms import InviteForm
from enterprises.invite import ROLES
from enterprises.models import Membership
from enterprises.permissions import divides_work, manages_colleagues
from enterprises.queries import colleagues_of, own_enterprise
from foundation.accounts.doors import for_member
from foundation.refusals import Missing, Refused


@for_member
def colleagues(request: HttpRequest) -> HttpResponse:
    principal = request.principal
    if not principal.enterprise_ids:
        return redirect("enterprises:link")
    enterprise = own_enterprise(principal)
    manages = manages_colleagues(principal, enterprise.pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            membership = colleagues_verb.invite(enterprise, given["who"], role=given["role"], actor=principal)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{membership.user}已可以为本企业办理业务。")
            return redirect("enterprises:colleagues")
    rows = list(colleagues_of(enterprise))
    context = {"form": form, "problems": form.problems, "enterprise": enterprise, "manages": manages, "roles": ROLES}
    context["waiting"] = [row for row in rows if row.state == "pending" and row.user_id != principal.user_id]
    context["members"] = [row for row in rows if row.state == "verified" or row.user_id == principal.user_id]
    context |= {"parts": PARTS, "divides": divides_work(principal, enterprise.pk)}
    return render(request, "enterprises/colleagues.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_member
def colleague(request: HttpRequest, public_id: str) -> HttpResponse:
    """One act on one colleague: admit, role or end."""
    principal = request.principal
    membership = _ours(request, public_id)
    act, role = request.POST.get("act", ""), request.POST.get("role", "editor")
    if act == "admit":
        colleagues_verb.admit(membership, role=role, actor=principal)
        messages.success(request, f"{membership.user}已可以为本企业办理业务。")
    elif act == "role":
        colleagues_verb.change_role(membership, role=role, actor=principal)
        messages.success(request, f"{membership.user}的权限已改。")
    elif act == "end":
        colleagues_verb.end(membership, actor=principal, reason=request.POST.get("reason", "").strip())
        messages.success(request, f"{membership.user}的授权已结束。")
    else:
        raise Refused("invalid", "没有这项操作。")
    own = membership.user_id == principal.user_id
    return redirect("enterprises:link" if own and act == "end" else "enterprises:colleagues")


def _ours(request: HttpRequest, public_id: str) -> Membership:
    enterprise = own_enterprise(request.principal)
    found = colleagues_of(enterprise).filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found

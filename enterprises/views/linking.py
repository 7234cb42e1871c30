"""The member's side of verification: where it stands, by platform, by letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from enterprises.forms import LetterForm, PlatformForm
from enterprises.identity import adapter
from enterprises.models import Membership
from enterprises.queries import own_memberships
from enterprises.verify import send_letter, verify_by_platform
from foundation.accounts.doors import for_member
from foundation.refusals import Missing, Refused
from foundation.regions.models import office_label


@for_member
def link(request: HttpRequest) -> HttpResponse:
    memberships = list(own_memberships(request.principal))
    rows = [(m, office_label(m.region_path)) for m in memberships]
    return render(request, "enterprises/link.html", {"rows": rows, "platform": adapter()})


@for_member
def link_platform(request: HttpRequest, public_id: str) -> HttpResponse:
    membership, platform = _open(request, public_id), adapter()
    if platform is None:
        raise Refused("unavailable", "统一身份认证尚未接入。请改用授权委托书，由所在县（区）核对。")
    form = PlatformForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            verify_by_platform(
                membership, actor=request.principal, consent=given["consent"], role=given["role"]
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"已核实：您可以代表{membership.enterprise_name}办理业务了。")
            return redirect("enterprises:link")
    context = {"form": form, "problems": form.problems, "membership": membership, "platform": platform}
    return render(request, "enterprises/link_platform.html", context, status=422 if form.is_bound else 200)


@for_member
def link_letter(request: HttpRequest, public_id: str) -> HttpResponse:
    membership = _open(request, public_id)
    form = LetterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_letter(membership, form.cleaned_data["file"], actor=request.principal)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "授权委托书已交到所在县（区），有结果会发站内消息。")
            return redirect("enterprises:link")
    office = office_label(membership.region_path)
    context = {"form": form, "problems": form.problems, "membership": membership, "office": office}
    return render(request, "enterprises/link_letter.html", context, status=422 if form.is_bound else 200)


def _open(request: HttpRequest, public_id: str) -> Membership:
    """One's own request that is still open; a decided one has nothing more to choose."""
    mine = own_memberships(request.principal)
    found = mine.filter(public_id=public_id, state="pending").first()
    if found is None:
        raise Missing
    return found

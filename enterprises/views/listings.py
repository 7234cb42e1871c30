"""Rights, awards, payments and the like: one page to add or change one, one act to remove it or to say there is none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from enterprises import items
from enterprises.item_forms import FORMS
from enterprises.models import Enterprise, Evidence, Source
from enterprises.permissions import may_edit
from enterprises.queries import own_enterprise
from foundation.accounts.doors import for_member
from foundation.exchange.form_keys import once_per_form
from foundation.refusals import Missing, Refused


@for_member
@once_per_form
def item_add(request: HttpRequest, code: str) -> HttpResponse:
    return _edit(request, code, "")


@for_member
def item(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    return _edit(request, code, public_id)


def _edit(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    listing, enterprise = items.listing_named(code), _mine(request)
    instance = None
    if public_id:
        instance = listing.model.objects.filter(enterprise=enterprise, public_id=public_id, source=Source.SELF).first()
        if instance is None:
            raise Missing
    papers = Evidence.objects.filter(enterprise=enterprise)
    form = FORMS[code](request.POST or None, instance=instance, papers=papers)
    if request.method == "POST" and form.is_valid():
        try:
            kept = items.keep(
                enterprise, code, form.values(), actor=request.principal, public_id=public_id
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{listing.label}：{kept}，已保存。")
            if "another" in request.POST:
                return redirect("enterprises:item_add", code)
            return redirect("enterprises:facts")
    context = {"form": form, "problems": form.problems, "enterprise": enterprise, "listing": listing, "item": instance}
    return render(request, "enterprises/item.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_member
def item_remove(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    items.remove(_mine(request), code, public_id, actor=request.principal)
    messages.success(request, "已删除，经过留在记录里。")
    return redirect("enterprises:facts")


@require_POST
@for_member
def items_none(request: HttpRequest, code: str) -> HttpResponse:
    none = request.POST.get("none") == "yes"
    items.declare_none(_mine(request), code, actor=request.principal, none=none)
    messages.success(request, "已记下。" if none else "已收回。")
    return redirect("enterprises:facts")


def _mine(request: HttpRequest) -> Enterprise:
    principal = request.principal
    enterprise = own_enterprise(principal)
    if not may_edit(principal, enterprise.pk):
        raise Missing
    return enterprise

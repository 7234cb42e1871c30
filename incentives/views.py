"""Doors of the measures: the public text, an enterprise's own rights, the province's register of channels."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification.models import running
from certification.queries import certificates
from enterprises.queries import own_enterprise
from foundation import clock
from foundation.accounts.doors import for_member, for_role, public_page
from foundation.form_words import NamingForm
from foundation.refusals import Missing, Refused
from incentives.match import opened_by
from incentives.models import MeasureItem
from incentives.permissions import ENTITLEMENT, keeps_channels
from incentives.queries import measures as all_measures
from incentives.queries import visible_to
from incentives.register_channel import register_channel
from incentives.ways import AUDIENCE_NOTE, EXPLAINED, Way


@require_safe
@public_page
def measures(request: HttpRequest) -> HttpResponse:
    """The fifteen measures: wording, who answers for each, and which way each item comes."""
    ways = [(way.value, way.label, EXPLAINED[way]) for way in Way]
    context = {"measures": all_measures(), "ways": ways, "note": AUDIENCE_NOTE}
    return render(request, "incentives/measures.html", context)


@require_safe
@for_member
def my_entitlements(request: HttpRequest) -> HttpResponse:
    firm = own_enterprise(request.principal)  # type: ignore[attr-defined]
    today = clock.today()
    held = set(
        certificates(request.principal)  # type: ignore[attr-defined]
        .filter(running(today))
        .values_list("tier", flat=True)
    )
    rows = visible_to(request.principal).select_related("item__measure", "certificate")  # type: ignore[attr-defined]
    told = [(row, ENTITLEMENT.label(row)) for row in rows]
    context = {"firm": firm, "rows": told, "groups": opened_by(held), "held": held, "note": AUDIENCE_NOTE}
    return render(request, "incentives/my_entitlements.html", context)


@require_safe
@for_role("reviewer", "leader", "policy", "publisher", "auditor", levels=("province",))
def progress(request: HttpRequest) -> HttpResponse:
    """Per measure: who answers for it, how many items have a channel, how many rights are open."""
    rows = all_measures().annotate(
        offered=Count("items", filter=~Q(items__way=Way.INTERNAL), distinct=True),
        with_channel=Count("items", filter=~Q(items__channel=""), distinct=True),
    )
    opened = dict(
        visible_to(request.principal)  # type: ignore[attr-defined]
        .filter(state="open")
        .values_list("item__measure_id")
        .annotate(n=Count("id"))
    )
    told = [(row, opened.get(row.pk, 0)) for row in rows]
    return render(
        request, "incentives/progress.html", {"rows": told, "keeps": keeps_channels(request.principal)}  # type: ignore[attr-defined]
    )  # fmt: skip


class ChannelForm(NamingForm):
    channel = forms.CharField(
        label="办理渠道", required=False, help_text="写明向谁、怎么办、电话或网址。例：向所在县（区）人社局提交，电话 0951-×××",
        widget=forms.Textarea(attrs={"class": "in", "rows": 4}),
    )  # fmt: skip
    source = forms.CharField(
        label="依据",
        required=False,
        help_text="责任部门的复函或通知文号",
        widget=forms.TextInput(attrs={"class": "in"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("policy", "leader", levels=("province",))
def channel(request: HttpRequest, code: str) -> HttpResponse:
    item = MeasureItem.objects.filter(code=code).exclude(way=Way.INTERNAL).select_related("measure").first()
    if item is None:
        raise Missing
    form = ChannelForm(request.POST or None, initial={"channel": item.channel, "source": item.channel_source})
    if request.method == "POST" and form.is_valid():
        try:
            register_channel(item, **form.cleaned_data, actor=request.principal)  # type: ignore[attr-defined]
            messages.success(request, "已登记，公开页面同步更新。")
            return redirect("incentives:progress")
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field, f"{problem.message}。{problem.hint}")
    context = {"item": item, "form": form, "duties": item.measure.duties.all()}
    return render(request, "incentives/channel.html", context, status=422 if form.errors else 200)

"""The province's desk for calls and for the rules behind them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import call as verbs
from certification import publish as publishing
from certification.confirm import confirm, may_confirm, open_marks
from certification.extend import visible as extensions
from certification.models import Call, Overlay, RuleSet
from certification.paper_templates import is_untouched, template
from certification.permissions import CALL, RULE_SET, is_provincial_reviewer
from certification.queries import calls as visible_calls
from certification.tiers import Tier
from certification.views.forms import CallForm
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Refused


def find(request: HttpRequest, public_id: str) -> Call:
    found = visible_calls(request.principal).filter(public_id=public_id).select_related("rule_set").first()  # type: ignore[attr-defined]
    if found is None:
        raise Missing
    return found


@require_safe
@for_role("reviewer", "leader", "policy", "publisher", levels=("province",))
def calls(request: HttpRequest) -> HttpResponse:
    rows = visible_calls(request.principal).select_related("rule_set").order_by("-opens_at", "-id")  # type: ignore[attr-defined]
    extended = set(extensions(request.principal).values_list("call_id", flat=True))  # type: ignore[attr-defined]
    told = {
        "rows": [(row, CALL.label(row)) for row in rows], "extended": extended,
        "may_draft": is_provincial_reviewer(request.principal, None),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "certification/calls.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def new(request: HttpRequest) -> HttpResponse:
    """An empty form with the list of papers of its tier; 带入清单 brings in the list of the tier that is chosen now."""
    # How long a list is public stands in the notice: no number of ours is there before somebody has read it.
    initial = {
        "year": clock.today().year,
        "route": "county",
        "tier": Tier.values[0],
        "case_type": "new",
    }
    initial["papers"] = template(str(initial["tier"]), str(initial["case_type"]))
    form = CallForm(with_own_list(request.POST) or None, initial=initial)
    if "fill" in request.POST:
        return render(request, "certification/call_form.html", {"form": form.with_template(), "call": None})
    if request.method == "POST" and form.is_valid():
        try:
            call = verbs.draft(Call(**form.values()), actor=request.principal)  # type: ignore[attr-defined]
            messages.success(request, f"已保存，材料清单 {len(call.documents)} 项，请核对。")
            return redirect("certification:call_edit", call.public_id)
        except Refused as refusal:
            show(form, refusal)
    return render(
        request, "certification/call_form.html", {"form": form, "call": None}, status=422 if form.errors else 200
    )


def with_own_list(data: QueryDict) -> QueryDict:
    """What was posted; a list that nobody has touched follows the tier that was chosen after it was brought in."""
    listed, wanted = data.get("papers", ""), template(data.get("tier", ""), data.get("case_type", ""))
    if not listed.strip() or not is_untouched(listed):
        return data
    mine = data.copy()
    mine["papers"] = wanted
    return mine


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    call = find(request, public_id)
    form = CallForm(request.POST or None, initial=CallForm.initial_of(call))
    if "fill" in request.POST and call.is_draft:
        form = form.with_template()
    elif request.method == "POST" and form.is_valid():
        try:
            verbs.edit(call, form.values(), actor=request.principal)  # type: ignore[attr-defined]
            messages.success(request, "已保存。")
            return redirect("certification:call_edit", public_id)
        except Refused as refusal:
            show(form, refusal)
    may_publish = CALL.can(request.principal, "publish", call)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "call": call,
        "label": CALL.label(call),
        "may_publish": may_publish,
        "may_close": CALL.can(request.principal, "close", call),
        "changed": verbs.changed_since(call) if call.is_draft else [],
    }
    return render(request, "certification/call_form.html", context, status=422 if form.errors else 200)


def show(form: CallForm, refusal: Refused) -> None:
    """A refusal of the verb at the field it names."""
    for problem in refusal.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    if not refusal.problems:
        form.add_error(None, refusal.sentence)


@require_POST
@for_role("leader", levels=("province",))
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        verbs.publish(find(request, public_id), actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code not in ("invalid", "conflict"):
            raise
        messages.warning(request, refusal.sentence)
        return redirect("certification:call_edit", public_id)
    messages.success(request, "批次已发布，企业现在可以看到。")
    return redirect("certification:calls")


@require_POST
@for_role("leader", levels=("province",))
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    call = find(request, public_id)
    try:
        verbs.close(call, actor=request.principal, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code not in ("invalid", "conflict"):
            raise
        messages.warning(request, refusal.sentence)
        return redirect("certification:call_edit", public_id)
    messages.success(request, "批次已提前结束，不再接受申请。")
    return redirect("certification:calls")


@require_safe
@for_role("reviewer", "leader", "policy", "publisher", levels=("province",))
def rule_sets(request: HttpRequest) -> HttpResponse:
    """Every rule text, its hash, who published it, and what is still to be confirmed."""
    principal = request.principal  # type: ignore[attr-defined]
    told = []
    for row in RuleSet.objects.select_related("published_by").order_by("tier", "-effective_from"):
        marks = open_marks(row) if row.tier and row.state == "published" else []
        told.append((row, RULE_SET.label(row), marks, RULE_SET.can(principal, "publish", row)))
    notices = [(row, RULE_SET.label(row), RULE_SET.can(principal, "publish", row)) for row in Overlay.objects.all()]
    context = {"rows": told, "notices": notices, "may_confirm": may_confirm(principal)}
    return render(request, "certification/rule_sets.html", context)


@require_POST
@for_role("policy", "publisher", levels=("province",))
def confirm_mark(request: HttpRequest, public_id: str) -> HttpResponse:
    row = RuleSet.objects.filter(public_id=public_id, state="published").exclude(tier="").first()
    if row is None:
        raise Missing
    confirm(row, request.POST.get("path", ""), request.POST.get("note", ""), actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, f"{row.code} 的一处已核实，公开页面同步更新。")
    return redirect("certification:rule_sets")


@require_POST
@for_role("publisher", levels=("province",))
def publish_rule(request: HttpRequest, public_id: str) -> HttpResponse:
    row = RuleSet.objects.filter(public_id=public_id).first() or Overlay.objects.filter(public_id=public_id).first()
    if row is None:
        raise Missing
    publishing.publish(row, actor=request.principal)  # type: ignore[attr-defined]
    messages.success(request, f"{row.code} 已发布，内容不可再改。")
    return redirect("certification:rule_sets")

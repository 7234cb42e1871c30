"""The pool of experts: who is in it, for which fields, with which declared ties."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from certification import expert_round as verbs
from certification.conflicts import TIES
from certification.queries import experts as visible
from certification.views.round_forms import ExpertForm
from foundation.accounts.doors import for_role
from foundation.accounts.models import User
from foundation.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
def experts(request: HttpRequest) -> HttpResponse:
    """The list; the form enters one more, or changes the one whose account is typed."""
    principal = request.principal  # type: ignore[attr-defined]
    rows = list(visible(principal))
    chosen = next((e for e in rows if e.public_id == request.GET.get("expert")), None)
    initial = {}
    if chosen:
        ties = "\n".join(f"{TIES[t['kind']]}|{t['who']}" for t in chosen.ties)
        initial = {"account": chosen.user.username, "employer": chosen.employer, "specialities": "、".join(chosen.fields),
                   "ties": ties, "in_pool": chosen.is_active}  # fmt: skip
    form = ExpertForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = User.objects.filter(username=given["account"]).first()
        if user is None:
            form.add_error("account", "没有这个账号")
        else:
            try:
                verbs.keep_expert(
                    user, actor=principal, fields=given["specialities"].split("、"), employer=given["employer"],
                    ties=given["ties"], is_active=given["in_pool"],
                )  # fmt: skip
            except Refused as refusal:
                form.refuse(refusal.problems, refusal.sentence)
            else:
                messages.success(request, f"已登记：{user}。")
                return redirect("certification:experts")
    context = {"form": form, "rows": rows, "chosen": chosen}
    return render(request, "certification/experts.html", context, status=422 if form.is_bound else 200)

"""The way back from a decision to end a title: on a page of its own, for a leader who did not decide it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from certification import reach
from certification import set_aside as verbs
from certification.permissions import EXIT
from certification.views.exits import find
from certification.views.forms import SetAsideForm
from foundation.accounts.doors import for_role
from foundation.refusals import Missing, Problem, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("leader", levels=("province",))
def set_aside(request: HttpRequest, public_id: str) -> HttpResponse:
    """What stands again is shown before anybody signs."""
    row, principal = find(request, public_id), request.principal  # type: ignore[attr-defined]
    may = EXIT.can(principal, verbs.act_for(row), row)
    if not may and request.method != "POST":
        raise Missing
    form = SetAsideForm(request.POST or None, is_national=row.state == "ended_nationally")
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            verbs.set_aside(row, form.read() if may else {}, actor=principal)
            messages.success(request, "原决定已撤销，已告知企业。")
            return redirect("certification:exit", public_id)
        except Refused as refusal:
            if refusal.code != "invalid":
                raise
            problems = list(refusal.problems)
            form.refuse(refusal)
    titles = [(title, reach.also_ends(title, row)) for title in reach.ended_by(row)]
    context = {"row": row, "label": EXIT.label(row), "form": form, "problems": problems, "titles": titles}
    return render(request, "certification/exit_set_aside.html", context, status=422 if problems else 200)

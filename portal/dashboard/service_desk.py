"""The desk for served notices that nothing proves: serve by phone or on paper, write down how, close."""

from datetime import date
from typing import Any

from django.contrib import messages as alert
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from enterprises.models import Enterprise
from foundation.accounts.doors import for_role
from foundation.mailroom.models import Fallback
from foundation.mailroom.serve import fallbacks, note_attempt, serve_by_hand
from foundation.refusals import Missing, Refused

PAGE = 30


@require_safe
@for_role("reviewer", "leader")
def services(request: HttpRequest) -> HttpResponse:
    page = Paginator(fallbacks(request.principal), PAGE).get_page(request.GET.get("page"))  # type: ignore[attr-defined]
    firms = firms_of(list(page))
    rows = [(task, firms.get(task.enterprise_id)) for task in page]
    return render(request, "dashboard/services.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader")
def service(request: HttpRequest, public_id: str) -> HttpResponse:
    """One notice: what was tried, and the form that closes the task."""
    principal, refusal = request.principal, None  # type: ignore[attr-defined]
    task = fallbacks(principal).filter(public_id=public_id).first()
    if task is None:
        raise Missing
    given: dict[str, Any] = {n: request.POST.get(n, "") for n in ("way", "served_on", "by", "number", "note")}
    if request.method == "POST":
        try:
            if request.POST.get("act") == "try":
                note_attempt(task, given["note"], way=given["way"], actor=principal)
                alert.success(request, "已记下，这份文书仍在待送达里。")
                return redirect("home:service", public_id)
            serve_by_hand(task, given | {"served_on": day_of(given["served_on"])}, actor=principal)
            alert.success(request, f"已办结：“{task.message.subject}”已送达。")
            return redirect("home:services")
        except Refused as error:
            if error.code != "invalid":
                raise
            refusal = error
    problems = refusal.problems if refusal else ()
    context = {"task": task, "letter": task.message, "given": given, "problems": problems}
    context["firm"] = firms_of([task]).get(task.enterprise_id)
    context["proofs"] = list(task.message.proofs.all())
    context["wrong"] = {p.field: p for p in problems}
    return render(request, "dashboard/service.html", context, status=422 if refusal else 200)


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def firms_of(tasks: list[Fallback]) -> dict[int, Enterprise]:
    """The enterprises behind the tasks, with the telephone and the address that serving them needs."""
    return Enterprise.objects.in_bulk({task.enterprise_id for task in tasks if task.enterprise_id})

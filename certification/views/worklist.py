"""The queue: what waits at this desk, in the views that a person keeps, and the same rows as a file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST, require_safe

from certification import handling, worklist_table
from certification import worklist as verbs
from certification.models import Application, SavedView
from certification.permissions import APPLICATION
from certification.queries import applications
from certification.queries import calls as visible_calls
from certification.reached import STEPS
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Refused
from foundation.regions.models import bodies
from foundation.regions.paths import covers

PAGE = 30
MOST = 10_000
"""Counting stops here: a list longer than this is narrowed, not read to its end."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Pages(Paginator):  # type: ignore[type-arg]
    """A paginator that does not count a hundred thousand rows to show thirty."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[: MOST + 1].count())  # type: ignore[union-attr]

    @property
    def is_more(self) -> bool:
        return self.count > MOST


class Found(Pages):
    """A search reads the table once: the numbers of what it finds, in order, are counted and cut; thirty rows are fetched."""

    @cached_property
    def keys(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[: MOST + 1])  # type: ignore[union-attr]

    @cached_property
    def count(self) -> int:
        return len(self.keys)

    def page(self, number: Any) -> Page:  # type: ignore[type-arg]
        number = self.validate_number(number)
        wanted = self.keys[(number - 1) * PAGE : number * PAGE]
        rows = {row.pk: row for row in self.object_list.filter(pk__in=wanted)}  # type: ignore[union-attr]
        return self._get_page([rows[pk] for pk in wanted if pk in rows], number, self)  # type: ignore[attr-defined]


def asked_for(request: HttpRequest) -> tuple[verbs.Filters, QuerySet[Application]]:
    principal = request.principal  # type: ignore[attr-defined]
    asked = verbs.Filters.read(request.GET)
    return asked, verbs.narrow(applications(principal), asked, principal)


@require_safe
@for_role("reviewer", "leader")
def worklist(request: HttpRequest) -> HttpResponse:
    """Cases oldest first, by what is asked; no target and no ranking here."""
    return show(request)


def show(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    asked, rows = asked_for(request)
    page = (Found if asked.q else Pages)(verbs.fetched(rows), PAGE).get_page(request.GET.get("page"))
    below = [b for path, b in bodies().items() if covers(principal.office_path, path) and path != principal.office_path]
    context = {
        "rows": worklist_table.lines(page, principal), "page": page, "asked": asked, "query": asked.query(), "refusal": refusal,
        "labels": [(code, label.officer) for code, label in APPLICATION.states.labels.items() if code != "draft"],
        "tiers": Tier.choices, "regions": below, "calls": visible_calls(principal).exclude(state="draft").order_by("-id")[:50],
        "colleagues": handling.colleagues(principal), "views": SavedView.objects.filter(user_id=principal.user_id),
        "steps": [(code, words) for code, words in STEPS.items() if code != "started"], "this_year": clock.today().year,
        "overdue": verbs.OVERDUE,
        "covers": handling.covers_of(principal).filter(deputy_id=principal.user_id, from_on__lte=clock.today()),
    }  # fmt: skip
    return render(request, "certification/worklist.html", context, status=refusal.status if refusal else 200)


@require_safe
@for_role("reviewer", "leader")
def export(request: HttpRequest) -> HttpResponse:
    """The same rows in the same order as on the screen, all of them or none."""
    asked, rows = asked_for(request)
    try:
        content = worklist_table.table(rows, request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(f"{reverse('certification:worklist')}?{asked.query()}")
    headers = {"Content-Disposition": f'attachment; filename="worklist-{clock.today()}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_POST
@for_role("reviewer", "leader")
def keep_view(request: HttpRequest) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    asked = verbs.Filters.read(request.GET)
    if request.POST.get("drop"):
        verbs.drop_view(request.POST["drop"][:40], actor=principal)
        messages.success(request, "视图已删去。")
        return redirect("certification:worklist")
    try:
        row = verbs.keep_view(request.POST.get("name", ""), asked, actor=principal)
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return show(request, refusal)
    messages.success(request, f"已保存视图“{row.name}”。")
    return redirect(f"{reverse('certification:worklist')}?{row.query}")

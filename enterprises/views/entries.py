"""登记的数据: the province enters a figure on the firm's record, another department by credit code and name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enterprises import entry
from enterprises.enterable import FIRST_YEAR_BACK, enterables
from enterprises.models import FROM_OFFICES, Enterprise, FigureEntry
from enterprises.permissions import withdraws_entry
from enterprises.queries import entries_visible_to, visible_to
from enterprises.showing import entry_lines
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.exchange.form_keys import once_per_form
from foundation.refusals import Missing, Refused

TYPED = ("code", "firm", "name", "year", "value", "source", "issuer", "document", "dated_on", "because", "entry")
SHOWN = ("invalid", "duplicate", "already_moved")


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer", "leader", levels=("province",))
@once_per_form
def figures_of_offices(request: HttpRequest, public_id: str) -> HttpResponse:
    """What offices say of one firm in figures, and the form for one more."""
    principal = request.principal  # type: ignore[attr-defined]
    firm = visible_to(principal).filter(public_id=public_id).first()
    if firm is None:
        raise Missing
    return _answered(request, firm)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("department")
@once_per_form
def department_figures(request: HttpRequest) -> HttpResponse:
    """A department sees no firms: it names the one it means, and reads back what its own office entered."""
    return _answered(request, None)


def _answered(request: HttpRequest, firm: Enterprise | None) -> HttpResponse:
    given = {name: request.POST.get(name, "").replace("\0", "")[:400] for name in TYPED}
    refusal = None
    if request.method == "POST":
        try:
            return _act(request, firm, given)
        except Refused as found:
            if found.code not in SHOWN:
                raise
            refusal = found
    context = _context(request, firm, given, refusal)
    return render(request, "enterprises/entries.html", context, status=refusal.status if refusal else 200)


def _act(request: HttpRequest, firm: Enterprise | None, given: dict[str, str]) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    if given["entry"]:
        chosen = next((row for row in _rows(request, firm) if row.public_id == given["entry"]), None)
        if chosen is None:
            raise Missing
        entry.withdraw(chosen, given["because"], actor=principal)
        messages.success(request, "已撤回，不再采用；经过保留，企业看得到。")
        return redirect(request.path)
    named = enterables().get(given["name"])
    told = given | {"unit": named.fact.unit if named else ""}
    if firm is not None:
        row = entry.enter(firm, told, actor=principal)
    else:
        row = entry.enter_for(given["code"], given["firm"], told, actor=principal)
    messages.success(
        request, f"已登记{row.enterprise.name}{row.year}年{enterables()[row.name].label}；企业填报的数仍在旁边。"
    )
    return redirect(request.path)


def _rows(request: HttpRequest, firm: Enterprise | None) -> list[FigureEntry]:
    principal = request.principal  # type: ignore[attr-defined]
    if firm is None:
        return entry.entered_here(principal)
    return list(entries_visible_to(principal).filter(enterprise=firm)[: entry.MOST_SHOWN])


def _context(
    request: HttpRequest, firm: Enterprise | None, given: dict[str, str], refusal: Refused | None
) -> dict[str, Any]:
    principal = request.principal  # type: ignore[attr-defined]
    rows, this_year = _rows(request, firm), clock.today().year
    return {
        "firm": firm, "typed": given if refusal else {"issuer": principal.office_name}, "problems": list(refusal.problems) if refusal else [],
        "figures": enterables().values(), "sources": [(s.value, s.label) for s in FROM_OFFICES], "today": clock.today().isoformat(),
        "years": range(this_year, this_year - FIRST_YEAR_BACK - 1, -1), "is_withdrawal": bool(given["entry"]),
        "entries": [(line, withdraws_entry(principal, line.row)) for line in entry_lines(rows)],
    }  # fmt: skip

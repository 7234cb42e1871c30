"""The year's targets by region: what was set, how far each has come, and the form by which the province sets one."""

from collections import Counter
from typing import Any

from django.contrib import messages as alert
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from certification import target as targets_of
from certification.models import Target
from certification.permissions import decides
from certification.tiers import Tier
from foundation import clock
from foundation.accounts.doors import for_role
from foundation.refusals import Refused
from foundation.regions.paths import PROVINCE
from portal.figures import figures

FIELDS = ("year", "region_path", "tier", "measure", "minimum", "maximum", "is_exclusive", "source", "version")


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("leader", "reviewer", "policy", "auditor", levels=("province", "city", "zone"))
def targets(request: HttpRequest) -> HttpResponse:
    """GET `?year=` shows a year, `?edit=` fills the form with a row; POST sets one, what was typed stays on a refusal."""
    principal = request.principal  # type: ignore[attr-defined]
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) == 4 else clock.today().year
    rows = targets_of.visible_targets(principal)
    typed, refusal = shown_in_form(request.GET.get("edit", ""), rows, year), None
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").replace("\0", "") for name in FIELDS}
        seen = int(typed["version"]) if typed["version"].isascii() and typed["version"].isdigit() else 0
        try:
            made = targets_of.set_target(typed, seen, actor=principal)
        except Refused as found:
            if found.code not in ("invalid", "already_moved"):
                raise
            refusal = found
        else:
            alert.success(request, f"{targets_of.describe(made)}的目标已设为{made.amount}。")
            return of_year(made.year)
    ladder = list(Tier.values)
    counted = figures.new_titles_of(year)
    lines = [line(row, counted) for row in sorted(rows, key=lambda row: ladder.index(row.tier)) if row.year == year]
    context = {
        "year": year, "years": sorted({row.year for row in rows} | {clock.today().year}), "lines": lines,
        "sums": sums(lines), "may_set": decides(principal, None), "typed": typed, "refusal": refusal,
        "regions": targets_of.regions().items(), "tiers": Tier.choices,
        "measures": Target._meta.get_field("measure").flatchoices,
    }  # fmt: skip
    return render(request, "dashboard/targets.html", context, status=refusal.status if refusal else 200)


@require_POST
@for_role("leader", levels=("province",))
def target(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a target that was divided by mistake."""
    row = get_object_or_404(Target, public_id=public_id)
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() else 0
    try:
        targets_of.remove_target(row, seen, request.POST.get("reason", "").replace("\0", ""), actor=request.principal)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.code not in ("invalid", "already_moved"):
            raise
        alert.error(request, refusal.sentence + "".join(problem.message for problem in refusal.problems))
    else:
        alert.success(request, f"{targets_of.describe(row)}的目标已撤下。")
    return of_year(row.year)


def of_year(year: int) -> HttpResponseRedirect:
    return redirect(f"{reverse('home:targets')}?year={year}")


def shown_in_form(public_id: str, rows: list[Target], year: int) -> dict[str, str]:
    """The row that is to be changed, else an empty form of the year."""
    row = next((row for row in rows if public_id and row.public_id == public_id), None)
    if row is None:
        return {"year": str(year), "tier": Tier.SPECIALISED, "measure": targets_of.NEW_TITLES, "version": "0"}
    return {
        "year": str(row.year), "region_path": row.region_path, "tier": row.tier, "measure": row.measure,
        "minimum": f"{row.minimum.normalize():f}", "maximum": f"{row.maximum.normalize():f}" if row.maximum is not None else "",
        "is_exclusive": "1" if row.is_exclusive else "", "source": row.source, "version": str(row.version), "edits": row.public_id,
    }  # fmt: skip


def line(row: Target, counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    """A target with what has been reached; an outcome is measured on the overview, not counted here."""
    counted = row.measure == targets_of.NEW_TITLES
    return {"row": row, "is_own": row.region_path != PROVINCE} | (figures.target_line(row, counts) if counted else {})


def sums(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was divided among the regions beside the province's own number, per tier."""
    told = []
    for tier, label in Tier.choices:
        own = [one["row"] for one in lines if one["row"].tier == tier and one["row"].measure == targets_of.NEW_TITLES]
        parts = [row.minimum for row in own if row.region_path != PROVINCE]
        whole = next((row for row in own if row.region_path == PROVINCE), None)
        if parts:
            told.append({"label": label, "sum": sum(parts), "parts": len(parts), "whole": whole})
    return told

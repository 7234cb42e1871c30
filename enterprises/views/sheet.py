"""The data sheet of an enterprise: every number once, by year, with its source; and the forms that fill it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from enterprises import items
from enterprises.entry import MOST_SHOWN
from enterprises.facts import facts_of
from enterprises.forms import FactsForm, FiguresForm, ProfileForm
from enterprises.freshness import mark, overtaken
from enterprises.models import Enterprise, Evidence, Source
from enterprises.people import may_unmask, people_of, unmask
from enterprises.permissions import changes_body, enters_figures, may_edit
from enterprises.plausible import warnings
from enterprises.profile import change_profile
from enterprises.queries import entries_visible_to, own_enterprise, own_memberships, visible_to
from enterprises.report import report
from enterprises.sections import section_named, sections
from enterprises.showing import EntryLine, entry_lines, lines
from enterprises.yearly import BASES, known_values, names_for, three_years
from foundation import clock
from foundation.accounts.doors import for_member, for_official, for_role
from foundation.accounts.principal import Principal
from foundation.audit.record import record, timeline
from foundation.refusals import Missing, Refused

RECENT = 6


@for_member
def facts(request: HttpRequest) -> HttpResponse:
    principal = request.principal
    if not principal.enterprise_ids:
        return redirect("enterprises:link")
    enterprise = own_enterprise(principal)
    membership = own_memberships(principal).filter(enterprise=enterprise).first()
    context = sheet_of(enterprise) | {"membership": membership, "editable": may_edit(principal, enterprise.pk)}
    context |= {"people": people_of(enterprise, masked=False), "entries": _entries(principal, enterprise)}
    return render(request, "enterprises/facts.html", context)


@for_official
def enterprise(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same sheet for an office whose reach covers the enterprise; looking is recorded."""
    principal = request.principal
    found = visible_to(principal).filter(public_id=public_id).first()
    if found is None:
        raise Missing
    record("enterprise.view", found, actor=principal, detail={"office": principal.office_name}, audience="applicant")
    return desk_sheet(request, found, is_masked=True)


def desk_sheet(
    request: HttpRequest, found: Enterprise, *, is_masked: bool, refusal: Refused | None = None
) -> HttpResponse:
    context = sheet_of(found) | {
        "editable": False, "people": people_of(found, masked=is_masked), "is_masked": is_masked,
        "may_unmask": may_unmask(request.principal), "problems": refusal.problems if refusal else (),
        "changes_body": changes_body(request.principal, found), "enters_figures": enters_figures(request.principal, found),
        "entries": _entries(request.principal, found),
    }  # fmt: skip
    return render(request, "enterprises/facts.html", context, status=refusal.status if refusal else 200)


def _entries(principal: Principal, enterprise: Enterprise) -> list[EntryLine]:
    return entry_lines(entries_visible_to(principal).filter(enterprise=enterprise)[:MOST_SHOWN])


@require_POST
@for_role("reviewer", "leader")
def enterprise_people(request: HttpRequest, public_id: str) -> HttpResponse:
    """The people's names on this one answer only; reloading the page masks them again."""
    found = visible_to(request.principal).filter(public_id=public_id).first()
    if found is None:
        raise Missing
    try:
        unmask(found, actor=request.principal, purpose=request.POST.get("purpose", ""))
    except Refused as refusal:
        if refusal.code != "invalid":
            raise
        return desk_sheet(request, found, is_masked=True, refusal=refusal)
    return desk_sheet(request, found, is_masked=False)


def sheet_of(enterprise: Enterprise) -> dict[str, Any]:
    """Everything the page shows, in a constant number of queries."""
    on = clock.today()
    known = facts_of(enterprise, on)
    none = items.none_of(enterprise)
    parts = [
        {
            "section": section,
            "lines": lines(section.facts, known),
            "lists": [
                {
                    "listing": items.LISTINGS[code],
                    "rows": list(items.LISTINGS[code].model.objects.filter(enterprise=enterprise).order_by("id")),
                    "none": code in none,
                }
                for code in section.lists
            ],
        }
        for section in sections()
    ]
    years = three_years(enterprise, on)
    for part in parts:
        # A section is as full as its answers plus its lists, known to hold something or known to hold nothing.
        told = [bool(line.text) for line in part["lines"]] + [bool(x["rows"] or x["none"]) for x in part["lists"]]
        part["done"], part["of"] = sum(told), len(told)
    asked = [line for part in parts for line in part["lines"]]
    conflicts = [(line.label, line.text, line.source, line.conflicting) for line in asked if line.conflicting]
    conflicts += [
        (f"{cell.year}年{row.label}", f"{cell.value} {row.unit}", cell.source, cell.conflicting)
        for row in years
        for cell in row.cells
        if cell.conflicting
    ]
    return {
        "enterprise": enterprise,
        "former": list(enterprise.former_names.all()),
        "former_bodies": list(enterprise.former_bodies.all()),
        "on": on,
        "years": years,
        "parts": parts,
        "figures_done": sum(cell.value is not None for row in years for cell in row.cells),
        "figures_of": len(BASES) * 3,
        "conflicts": conflicts,
        "slips": warnings({cell.name: cell.value for row in years for cell in row.cells}),
        "papers": Evidence.objects.filter(enterprise=enterprise).count(),
        "recent": list(timeline(enterprise, ["applicant", "public"])[:RECENT]),
    }


@for_member
def profile(request: HttpRequest) -> HttpResponse:
    enterprise = _mine(request)
    form = ProfileForm(request.POST or None, instance=Enterprise.objects.get(pk=enterprise.pk))
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(enterprise, form.cleaned_data, actor=request.principal)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "基本信息已保存。")
            return redirect("enterprises:facts")
    context = {"form": form, "problems": form.problems, "enterprise": enterprise, "title": "基本信息"}
    context["lead"] = "企业名称和统一社会信用代码不能在这里改；更名属于重大变化，另行报告。"
    return render(request, "enterprises/section.html", context, status=422 if form.is_bound else 200)


@for_member
def figures(request: HttpRequest) -> HttpResponse:
    enterprise, on, principal = _mine(request), clock.today(), request.principal
    papers = {p.public_id: p for p in _audit_reports(enterprise)}
    form = FiguresForm(request.POST or None, rows=three_years(enterprise, on), papers=papers.values())
    if request.method == "POST" and form.is_valid():
        given = {name: value for year in form.years for name, value in form.given(year).items()}
        try:
            stale = overtaken(enterprise, request.POST.get("seen", ""), given, actor=principal, on=on)
            if stale:
                raise Refused("stale", "您填写的同时，同事保存了新的数。两边都在下面，请核对。", stale)
            changed = _report_by_paper(enterprise, form, papers, actor=principal, on=on)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _saved(request, enterprise, changed)
    context = {"form": form, "problems": form.problems, "enterprise": enterprise, "seen": mark(enterprise)}
    return render(request, "enterprises/figures.html", context, status=422 if form.is_bound else 200)


def _report_by_paper(
    enterprise: Enterprise, form: FiguresForm, papers: dict[str, Evidence], *, actor: Principal, on: date
) -> list[str]:
    """Years that rest on the same paper are reported together; all of them or none."""
    groups: dict[str, dict[str, str]] = {}
    for year in form.years:
        groups.setdefault(form.cleaned_data[f"paper_{year}"], {}).update(form.given(year))
    changed: list[str] = []
    with transaction.atomic():
        for code, given in groups.items():
            paper = papers.get(code)
            source = Source.AUDITED if paper else Source.SELF
            changed += report(enterprise, given, actor=actor, on=on, source=source, evidence=paper)
    return changed


@for_member
def facts_section(request: HttpRequest, code: str) -> HttpResponse:
    section = section_named(code)
    if section is None or not section.facts:
        raise Missing
    enterprise, on, principal = _mine(request), clock.today(), request.principal
    known = {name: fact.value for name, fact in facts_of(enterprise, on).items()}
    form = FactsForm(request.POST or None, names=section.facts, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.given()
            stale = overtaken(enterprise, request.POST.get("seen", ""), given, actor=principal, on=on)
            if stale:
                raise Refused("stale", "您填写的同时，同事保存了新的回答。", stale)
            changed = report(enterprise, given, actor=principal, on=on)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _saved(request, enterprise, changed)
    context = {"form": form, "problems": form.problems, "enterprise": enterprise, "seen": mark(enterprise)}
    context |= {"title": section.title, "lead": section.lead}
    return render(request, "enterprises/section.html", context, status=422 if form.is_bound else 200)


def _saved(request: HttpRequest, enterprise: Enterprise, changed: list[str]) -> HttpResponse:
    """Back to the sheet, with what was changed and what looks like a slip."""
    messages.success(request, f"已保存 {len(changed)} 项。" if changed else "没有改动。")
    yearly = {name for base in BASES for name in names_for(base)}
    if yearly & set(changed):
        for warning in warnings(known_values(enterprise, clock.today())):
            messages.warning(request, f"{warning.message}。{warning.hint}。没错就不用改。")
    return redirect("enterprises:facts")


def _mine(request: HttpRequest) -> Enterprise:
    """The enterprise of a member who may edit; a viewer finds no form."""
    principal = request.principal
    enterprise = own_enterprise(principal)
    if not may_edit(principal, enterprise.pk):
        raise Missing
    return enterprise


def _audit_reports(enterprise: Enterprise) -> QuerySet[Evidence]:
    return Evidence.objects.filter(enterprise=enterprise, kind__in=["audit", "rd_audit"])

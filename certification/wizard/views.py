"""The wizard: a database draft from the first click, one URL per step. Saving never refuses; submitting checks all."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from certification import apply, interpret
from certification.answers import said_in
from certification.filing import listed_of
from certification.form import Step, all_fields
from certification.form_fields import FormField
from certification.lacking import Lack, lacking
from certification.last_time import not_looked_at
from certification.models import Application
from certification.paper_list import held
from certification.rules.assess import Assessment
from certification.views.applicant import own
from certification.wizard.notes import notes_on, unconfirmed, with_places
from certification.write_back import known_answers, news
from certification.years import is_yearly, years_table
from enterprises import report
from enterprises.attach import LIMITS
from enterprises.items import none_of
from enterprises.permissions import is_verified, parts_of
from foundation.accounts.doors import for_member
from foundation.refusals import Missing, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    application = own(request, public_id)
    steps = apply.steps_of(application)
    current = next((s for s in steps if s.code == step), None)
    if current is None or application.state not in ("draft", "returned"):
        raise Missing
    if request.method == "POST":
        return keep(request, application, steps, current)
    return page(request, application, steps, current)


def keep(request: HttpRequest, application: Application, steps: list[Step], current: Step) -> HttpResponse:
    """Autosave answers JSON; a person's own click goes on to the next step."""
    quiet = request.headers.get("X-Autosave") == "1"
    given = answers_from(request.POST, current)
    version = request.POST.get("draft_version", "")
    try:
        apply.save(
            application, given,
            seen_version=int(version) if version.isdigit() else 0,
            actor=request.principal, is_seen=not quiet,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code not in ("stale", "forbidden"):
            raise
        return both_versions(request, application, steps, current, refusal, quiet=quiet)
    result, facts = apply.live_result(application)
    told = notes_on(application, current, said_in(application, facts))
    if quiet:
        return JsonResponse(
            {
                "saved_at": timezone.localtime(application.saved_at).strftime("%H:%M"),
                "draft_version": application.draft_version,
                "notes": told.as_json(),
                "result_html": render_to_string(
                    "certification/_rule_pane.html",
                    {"lines": lines_for(result, current), "readings": interpret.in_force(application.rule_set_code)},
                    request,
                ),
            }
        )
    order = [s.code for s in steps]
    go = request.POST.get("go", "next")
    place = order.index(current.code)
    target = order[min(place + 1, len(order) - 1)] if go == "next" else current.code
    address = reverse("certification:step", args=[application.public_id, target])
    return redirect(f"{address}?after={current.code}" if told.all and target != current.code else address)


def both_versions(
    request: HttpRequest, application: Application, steps: list[Step], current: Step, refusal: Refused, *, quiet: bool
) -> HttpResponse:
    """A stale tab, or another's part: nothing is overwritten, both values are shown, the person chooses."""
    labels = {f.name: f.label for s in steps for f in s.fields}
    clash = [
        {"name": name, "label": labels[name], "yours": yours, "theirs": refusal.detail["theirs"].get(name)}
        for name, yours in refusal.detail["yours"].items()
    ]
    if quiet:
        return JsonResponse(
            {"conflict": refusal.sentence, "fields": clash, "draft_version": refusal.detail["draft_version"]},
            status=409,
        )
    application.refresh_from_db()
    said = refusal.sentence if refusal.code == "forbidden" else ""
    return page(request, application, steps, current, clash=clash, clash_title=said, status=refusal.status)


def answers_from(data: QueryDict, step: Step) -> dict[str, Any]:
    """What the form carried, in the shape that answers are kept in; fields that were not on the page are not touched."""
    given: dict[str, Any] = {}
    for field in step.fields:
        if field.kind == "list[enum]":
            if f"{field.name}__asked" in data:
                given[field.name] = data.getlist(field.name)
        elif field.kind == "bool":
            if data.get(field.name) in ("yes", "no"):
                given[field.name] = data.get(field.name) == "yes"
        elif field.kind != "list" and field.name in data:
            # A line break counts as one character, as it does in the page's own counter.
            given[field.name] = str(data.get(field.name, "")).replace("\0", "").replace("\r\n", "\n").strip()
    return given


def value_of(field: FormField, application: Application, known: dict[str, Any]) -> Any:
    return application.answers.get(field.name, known.get(field.name, ""))


def page(
    request: HttpRequest,
    application: Application,
    steps: list[Step],
    current: Step,
    clash: list[dict[str, Any]] | None = None,
    clash_title: str = "",
    status: int = 200,
) -> HttpResponse:
    result, standing = apply.live_result(application)
    known = said_in(application, standing)
    if lists := {f.name for f in current.fields if f.kind == "list" and not f.is_fact}:
        none: dict[str, list[list[str]]] = {code: [] for code in none_of(application.enterprise)}
        known |= {name: rows for name, rows in (none | listed_of(application, ())).items() if name in lists}
    sources = {name: fact.source for name, fact in standing.items() if name not in application.answers}
    correction = application.corrections.filter(answered_at=None).first() if application.state == "returned" else None
    reasons = {item["field"]: item for item in (correction.items if correction else [])}
    told = notes_on(application, current, known)
    brought = not_looked_at(application, all_fields(steps))
    profile = known_answers(application.enterprise)
    is_end = current is steps[-1] or application.state == "returned"
    left = next((one for one in steps if one.code == request.GET.get("after") and one is not current), None)
    order = [s.code for s in steps]
    mine = parts_of(request.principal, application.enterprise_id)  # type: ignore[attr-defined]
    is_foreign = mine is not None and current.code not in mine
    fields = [
        {
            "field": f, "value": value_of(f, application, known), "source": sources.get(f.name, ""), "problem": told.wrong.get(f.name),
            "warning": told.slips.get(f.name), "locked": is_foreign or (application.state == "returned" and f.name not in application.unlocked),
            "brought": "" if f.name not in brought else "profile" if brought[f.name] == profile.get(f.name) else "earlier",
            "returned": reasons.get(f.name), "listed": known.get(f.name) if f.kind == "list" else None,
        }
        for f in current.fields
        if not f.is_judged
    ]  # fmt: skip
    by_name = {row["field"].name: row for row in fields}
    years = years_table(set(by_name), application.judged_on, lambda name: by_name[name])
    fields = [row for row in fields if not is_yearly(row["field"].name)]
    place = order.index(current.code)
    papers = held(application.call, application.enterprise_id) if current.code == "papers" else []
    lacks = lacking(application, standing)
    return render(
        request,
        "certification/step.html",
        {
            "application": application, "steps": [(s, step_state(s, application, lacks[s.code])) for s in steps], "current": current, "fields": fields,
            "lines": lines_for(result, current), "readings": interpret.in_force(application.rule_set_code), "outcome": result.outcome, "clash": clash, "clash_title": clash_title,
            "is_foreign": is_foreign, "correction": correction, "may_submit": mine is None,
            "lacks": [lack for lack in lacks.values() if lack.count], "lacking": sum(lack.count for lack in lacks.values()),
            "years": years, "previous": order[place - 1] if place else "",
            "following": order[min(place + 1, len(order) - 1)],
            "papers_open": not is_foreign and (application.state == "draft" or "papers" in application.unlocked), "is_last": place == len(order) - 1, "papers": papers, "limits": LIMITS,
            "verified": is_verified(request.principal, application.enterprise_id),  # type: ignore[attr-defined]
            "judged": [f for f in current.fields if f.is_judged],
            "unsure": any(f.mark == "M" for f in current.fields), "left": left, "left_notes": with_places(application, steps, notes_on(application, left, known).all) if left else [],
            "brought": with_places(application, steps, unconfirmed(brought, all_fields(steps))) if is_end else [],
            "news": news(application) if is_end and mine is None else [],
            "slips": with_places(application, steps, report.warnings(known)) if is_end else [],
        },
        status=status,
    )  # fmt: skip


def step_state(step: Step, application: Application, lack: Lack) -> tuple[str, str]:
    """(icon, words) beside a step: returned, complete, or how much is missing."""
    if application.state == "returned":
        open_here = [f.name for f in step.fields if f.name in application.unlocked]
        if step.code == "papers" and "papers" in application.unlocked:
            open_here.append("papers")
        return ("alert", f"{len(open_here)} 处要更正") if open_here else ("lock", "已锁定")
    return ("dot" if lack.count else "check"), lack.words


def lines_for(result: Assessment, current: Step) -> list[Any]:
    """The rule lines that this step's questions feed."""
    codes = {code for f in current.fields for code in f.criteria}
    return [line for line in result.criteria if line.code in codes]


@require_POST
@for_member
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    application = own(request, public_id)
    try:
        apply.submit(
            application, actor=request.principal,  # type: ignore[attr-defined]
            tells_profile=request.POST.get("tells_profile") == "yes",
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code not in ("invalid", "unverified", "window_closed", "forbidden", "conflict"):
            raise
        return not_yet(request, application, refusal)
    messages.success(request, f"已提交，受理编号 {application.receipt_number}。请保存好编号，可随时在这里查看进度。")
    return redirect("certification:application", public_id)


def not_yet(request: HttpRequest, application: Application, refusal: Refused) -> HttpResponse:
    """Every obstacle as a link to its field; nothing that was typed is lost."""
    steps = apply.steps_of(application)
    home = {f.name: s.code for s in steps for f in s.fields} | {"papers": "papers"}
    listed = [
        {
            "message": p.message, "hint": p.hint, "clause": p.clause, "field": p.field,
            "url": reverse("certification:sign", args=[application.public_id])
            if p.field == "sign"
            else reverse("certification:step", args=[application.public_id, home.get(p.field, steps[0].code)]),
        }
        for p in refusal.problems
    ]  # fmt: skip
    return render(
        request,
        "certification/not_yet.html",
        {"application": application, "refusal": refusal, "problems": listed, "steps": steps},
        status=refusal.status,
    )

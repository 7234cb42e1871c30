"""One page that shows what is signed, with its hash; made for a telephone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from certification import apply
from certification.answers import said_in
from certification.filing import Filing, filing_of, weigh
from certification.form_fields import FormField
from certification.models import Application
from certification.sign import ask_to_sign, sign, signature_of
from certification.views.applicant import own
from certification.wizard.notes import with_places
from enterprises import report
from enterprises.items import LISTINGS
from enterprises.models import Source
from enterprises.permissions import has_owner, is_owner
from enterprises.showing import shown as in_words
from enterprises.vocabulary import Fact, vocabulary
from foundation.accounts.doors import for_member
from foundation.refusals import Missing, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def signing(request: HttpRequest, public_id: str) -> HttpResponse:
    application, principal = own(request, public_id), request.principal  # type: ignore[attr-defined]
    if application.state not in ("draft", "returned"):
        raise Missing
    refusal = None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "ask":
                people = ask_to_sign(application, actor=principal)
                messages.success(request, f"已请{'、'.join(str(m.recipient) for m in people)}签字。")
            else:
                sign(application, seen_hash=request.POST.get("hash", ""), actor=principal)
                messages.success(request, "已签字。内容再有改动，要重新签。")
            return redirect("certification:sign", public_id)
        except Refused as error:
            if error.code not in ("stale", "duplicate"):
                raise
            refusal = error
    filed = filing_of(application)
    slips = report.warnings(said_in(application, weigh(application)))
    context = {
        "application": application, "slips": with_places(application, apply.steps_of(application), slips), "steps": shown(application), "sheet": from_the_sheet(application, filed),
        "papers": filed.evidence, "hash": filed.content_hash, "refusal": refusal,
        "signature": signature_of(application, filed.content_hash),
        "is_owner": is_owner(principal, application.enterprise_id), "has_owner": has_owner(application.enterprise_id),
    }  # fmt: skip
    return render(request, "certification/sign.html", context, status=refusal.status if refusal else 200)


def shown(application: Application) -> list[tuple[str, list[tuple[str, str]]]]:
    """(step, [(question, answer in words)]) of everything that was answered."""
    told = []
    for step in apply.steps_of(application):
        lines = [
            (field.label, words(field, application.answers[field.name]))
            for field in step.fields
            if application.answers.get(field.name) not in (None, "", [])
        ]
        if lines:
            told.append((step.title, lines))
    return told


def from_the_sheet(application: Application, filed: Filing) -> list[tuple[str, str, str, list[str]]]:
    """(label, value, source, what lies behind it) of what is filed beside the answers: figures, lists, conflicts."""
    told = []
    for name, named in vocabulary().facts.items():
        value = filed.facts.get(name)
        conflicts = [f"{_source(s)}：{in_words(named, v)}" for s, v in filed.conflicts.get(name, ())]
        is_answered = application.answers.get(name) not in (None, "", [])
        if value is None or (is_answered and not conflicts):
            continue
        listed = [item_words(named, item) for item in value] if named.item else []
        told.append((named.label, in_words(named, value), filed.sources.get(name, ""), [*listed, *conflicts]))
    return told + beside_the_answers(application, filed)


def beside_the_answers(application: Application, filed: Filing) -> list[tuple[str, str, str, list[str]]]:
    """The same of what no rule reads: figures and facts that the form takes from the data sheet, and its lists."""
    fields = {field.name: field for step in apply.steps_of(application) for field in step.fields}
    told = [
        (fields[name].label, words(fields[name], value), filed.sources.get(name, ""), [])
        for name, value in filed.answers.items()
        if name in fields and application.answers.get(name) in (None, "", []) and value not in (None, "", [])
    ]
    lists: list[tuple[str, str, str, list[str]]] = [
        (LISTINGS[code].label, f"{len(rows)} 项", "", ["，".join(filter(None, row)) for row in rows])
        for code, rows in filed.listed.items()
        if code not in filed.facts
    ]
    return told + lists


def item_words(named: Fact, item: dict[str, Any]) -> str:
    """One right, award or listing as the rules read it."""
    parts = [(inner.label, in_words(inner, item.get(key))) for key, inner in named.item.items()]
    return "，".join(f"{label} {value}" for label, value in parts if value)


def _source(code: str) -> str:
    return dict(Source.choices).get(code, code)


def words(field: FormField, value: Any) -> str:
    names = {str(code): name for code, name in field.choices}
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(names.get(str(one), str(one)) for one in value)
    return names.get(str(value)) or field.said(value)

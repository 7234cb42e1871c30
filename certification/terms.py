"""办理期限: the terms that our offices have set for firms and that still run, each with its last day and how it is lengthened.

National windows are none of these. A term that has no day yet, because nothing proves that the firm has its letter, is none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from certification import exit, incident
from certification.models import Assistance, Correction, Exit, Incident
from certification.models.term_extension import TermKind
from certification.tiers import is_national
from foundation.workdays.counting import add_workdays


@dataclass(frozen=True)
class Term:
    """`thing` is what the term belongs to and what is told of it; `url` is where the firm answers."""

    kind: str
    thing: Any
    enterprise_id: int
    ends_on: date
    url: str


def running(kind: str) -> list[Term]:
    """Every term of the kind, in the order of its things."""
    return list(_READ[TermKind(kind)]())


def lengthen(term: Term, workdays: int) -> date:
    """Write the days into the thing; returns the new last day."""
    thing = term.thing
    if isinstance(thing, Exit | Incident):
        type(thing).objects.filter(pk=thing.pk).update(extra_workdays=F("extra_workdays") + workdays)
        thing.refresh_from_db(fields=["extra_workdays"])
        until = exit.hearing_until(thing) if isinstance(thing, Exit) else incident.reply_until(thing)
        return until or add_workdays(term.ends_on, workdays)
    until = add_workdays(term.ends_on, workdays)
    type(thing).objects.filter(pk=thing.pk).update(due_on=until)
    return until


def _hearings() -> Iterable[Term]:
    for row in Exit.objects.filter(state="noticed").order_by("id"):
        until = exit.hearing_until(row)
        if until is not None:
            yield Term(TermKind.HEARING, row, row.enterprise_id, until, f"/my/exits/{row.public_id}/")


def _reports() -> Iterable[Term]:
    for row in Incident.objects.filter(state="reported").order_by("id"):
        until = incident.reply_until(row)
        if until is not None:
            yield Term(TermKind.REPORT, row, row.enterprise_id, until, f"/my/incidents/{row.public_id}/")


def _corrections() -> Iterable[Term]:
    rows = Correction.objects.filter(answered_at=None, application__state="returned", due_on__isnull=False)
    for row in rows.select_related("application").order_by("id"):
        if row.due_on is not None and not is_national(row.application.tier):
            url = f"/my/applications/{row.application.public_id}/"
            yield Term(TermKind.CORRECTION, row, row.enterprise_id, row.due_on, url)


def _helps() -> Iterable[Term]:
    for row in Assistance.objects.filter(state="open").order_by("id"):
        yield Term(TermKind.HELP, row, row.enterprise_id, row.due_on, f"/my/assistance/{row.public_id}/")


_READ: dict[TermKind, Callable[[], Iterable[Term]]] = {
    TermKind.HEARING: _hearings, TermKind.REPORT: _reports, TermKind.CORRECTION: _corrections, TermKind.HELP: _helps,
}  # fmt: skip

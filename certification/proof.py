"""What a report that was found true proves of a firm: written among its facts as government data, so that the rules see it.

An event of the last three years counts for three years, whether the case is closed or not; an entry on a list counts until the
office closes the case. A false alarm takes back what it proved. What offices said before, and what they say since, is left alone.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from certification import sweep
from certification.incident_kinds import incident_kinds
from certification.models import Incident
from certification.obligations import months_after
from enterprises import found
from foundation import clock
from foundation.accounts.principal import Principal

YEARS = 3
"""近三年: how long an event is asked about (63号 附件, facts.md §6)."""
STANDS = ("confirmed", "closed")


def is_recent(happened_on: date) -> bool:
    return happened_on > months_after(clock.today(), -12 * YEARS)


def proves(row: Incident) -> str:
    """The fact that this report proves today; empty where it proves none, or none any more."""
    kind = incident_kinds().get(row.kind)
    if kind is None or row.state not in STANDS or not kind.fact:
        return ""
    return kind.fact if (is_recent(row.happened_on) if kind.lasts == "years" else row.state == "confirmed") else ""


def write(row: Incident, *, actor: Principal) -> None:
    """Part of finding it true: what it proves is said by the offices from now on, with what they had said before kept."""
    name = proves(row)
    if not name:
        return
    before = found.said_by_offices(row.enterprise, name)
    with transaction.atomic():
        _keep(row, name, before)
        if before is not True:
            _say(row, name, True, "found", actor)


def take_back(row: Incident, *, actor: Principal) -> None:
    """Part of calling it false, of closing it, and of the night: once it proves nothing, its fact is what it was before.

    Where another report proves the same, that one carries it on. Where offices have said otherwise since, that stays.
    """
    name, before = row.proved, row.proved_before
    if not name or proves(row) == name:
        return
    with transaction.atomic():
        _keep(row, "", None)
        others = Incident.objects.filter(enterprise_id=row.enterprise_id, proved=name, state__in=STANDS).order_by("id")
        heir = next((other for other in others if proves(other) == name), None)
        if heir is not None:
            # One that was built on this one gets what was there before; one that came first has its own.
            if heir.proved_before is True:
                _keep(heir, name, before)
        elif before is not True and found.said_by_offices(row.enterprise, name) is True:
            _say(row, name, before, "found_no_more", actor)


def keep_up(*, actor: Principal) -> int:
    """Events that are older than three years by now prove nothing any more; what was found true before proof was kept is kept
    from now on. Returns how many."""
    rows = Incident.objects.filter(Q(state__in=STANDS) | ~Q(proved="")).select_related("enterprise").order_by("id")
    due = [row for row in rows if proves(row) != row.proved]
    for row in due:
        with transaction.atomic():
            take_back(row, actor=actor)
            write(row, actor=actor)
    return len(due)


def _say(row: Incident, name: str, value: bool | None, act: str, actor: Principal) -> None:
    """Said among the facts, and the titles looked at again now and not only tonight."""
    why = f"{row.kind_words}，{row.source}，{row.document}"
    found.state(row.enterprise, name, value, act=f"enterprise.{act}", why=why, actor=actor)
    sweep.ask_after_incident(row.enterprise_id, f"{row.public_id} {act}")


def _keep(row: Incident, name: str, before: Any) -> None:
    Incident.objects.filter(pk=row.pk).update(proved=name, proved_before=before)
    row.proved, row.proved_before = name, before

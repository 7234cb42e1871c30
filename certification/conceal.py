"""What is not shown: small numbers in public figures, who an objector is, and who stands for a firm."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import ExtractYear

from certification.models import Application, Objection
from certification.permissions import may_see_desk
from certification.states import OBJECTION, OPEN_OBJECTION
from enterprises.people import purpose_of
from foundation import masking
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.refusals import Missing

ENDINGS = ("upheld", "dismissed", "withdrawn", "open")


def conceal(cells: Mapping[str, int], floor: int) -> dict[str, int | None]:
    """The cells of one row with the small ones hidden (None), and as many more as keep them from being worked out.

    A reader who knows the total subtracts what is shown: so the hidden ones are never one alone, and together never
    fewer than `floor`. Where that cannot be had, the whole row is hidden.
    """
    hidden = {name for name, n in cells.items() if 0 < n < floor}
    if not hidden:
        return dict(cells)
    for name in sorted(cells, key=lambda name: (cells[name], name)):
        if len(hidden) > 1 and sum(cells[n] for n in hidden) >= floor:
            break
        hidden.add(name)
    return {name: None if name in hidden else n for name, n in cells.items()}


def objection_outcomes() -> list[dict[str, object]]:
    """Public figures, year by year: received and how they ended. A year with few objections shows nothing but that."""
    floor = settings.SMALL_CELL
    with transaction.atomic(), scoped(Principal.system("objection figures")):
        rows = list(
            Objection.objects.annotate(year=ExtractYear("created_at"))
            .order_by("-year")
            .values_list("year", "state")
            .annotate(n=Count("id"))
        )
    years: dict[int, dict[str, int]] = {}
    for year, state, n in rows:
        cells = years.setdefault(year, dict.fromkeys(ENDINGS, 0))
        cells["open" if state in OPEN_OBJECTION else state] += n
    told: list[dict[str, object]] = []
    for year, cells in years.items():
        total = sum(cells.values())
        shown = conceal(cells, floor) if total >= floor else dict.fromkeys(ENDINGS)
        told.append({"year": year, "total": total if total >= floor else None, **shown})
    return told


def masked(objection: Objection) -> dict[str, str]:
    """Enough to tell two objectors apart on the telephone, not enough to know one."""
    return {
        "name": masking.name(objection.name), "contact": masking.contact(objection.contact),
        "organisation": "已填，未显示" if objection.organisation else "没有填",
    }  # fmt: skip


PEOPLE = {
    "legal_representative": masking.name, "actual_controller": masking.name, "contact_name": masking.name,
    "legal_phone": masking.contact, "contact_phone": masking.contact, "contact_fax": masking.contact,
    "contact_email": masking.contact, "signed_by": masking.name,
}  # fmt: skip
"""Answers of the form that name or reach a person of the firm."""


def answer(name: str, words: Any) -> Any:
    """An answer as a desk reads it unasked."""
    return PEOPLE[name](str(words)) if name in PEOPLE and words not in (None, "", "—") else words


def unmask_people(application: Application, *, actor: Principal, purpose: str) -> Application:
    """The people of a case at or below one's desk, for one reading: with a purpose that the firm sees, recorded each time."""
    if not may_see_desk(actor, application):
        raise Missing
    why = purpose_of(purpose)
    with transaction.atomic():
        record(
            "application.unmask", application, actor=actor, reason=why, audience="applicant",
            detail={"office": actor.office_name},
        )  # fmt: skip
    return application


def unmasked(objection: Objection) -> dict[str, str]:
    return {
        "name": objection.name, "contact": objection.contact, "organisation": objection.organisation or "没有填",
    }  # fmt: skip


assert set(ENDINGS) - {"open"} | set(OPEN_OBJECTION) == set(OBJECTION.labels)

"""What is not shown: small numbers in public figures, and who an objector is."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import ExtractYear

from certification.models import Objection
from certification.states import OBJECTION, OPEN_OBJECTION
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

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
    name, contact = objection.name, objection.contact
    return {
        "name": name[:1] + "某" * min(2, max(1, len(name) - 1)),
        "contact": f"****{contact[-2:]}" if len(contact) > 4 else "****",
        "organisation": "已填，未显示" if objection.organisation else "没有填",
    }


def unmasked(objection: Objection) -> dict[str, str]:
    return {
        "name": objection.name, "contact": objection.contact, "organisation": objection.organisation or "没有填",
    }  # fmt: skip


assert set(ENDINGS) - {"open"} | set(OPEN_OBJECTION) == set(OBJECTION.labels)

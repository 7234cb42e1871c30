"""Where an office's figure and the firm's own differ, with the document behind the office's; for both sides' pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from enterprises.enterable import asked_name, enterables
from enterprises.entry import value_of
from enterprises.facts import plain
from enterprises.models import FROM_OFFICES, PRECEDENCE, Enterprise, Figure, FigureEntry
from enterprises.showing import shown


@dataclass(frozen=True)
class Dispute:
    """One figure of one year in words: what the office's document says, and what the firm says."""

    what: str
    theirs: str
    behind: str
    own: str
    own_source: str


def standing(enterprise: Enterprise) -> dict[tuple[str, int, str], FigureEntry]:
    """The entry that counts for each (name, year, source); what was withdrawn is left out. One query."""
    rows = FigureEntry.objects.filter(enterprise=enterprise, withdrawn_at=None).select_related("figure")
    return {(row.name, row.year, row.source): row for row in rows.order_by("figure_id")}


def documents(enterprise: Enterprise, on: date) -> Mapping[tuple[str, str], str]:
    """{(revenue_y0, government): issuer and document}: what stands behind a source of a fact on this day."""
    return {
        (asked_name(name, year, on), source): f"{row.issuer}，{row.document}"
        for (name, year, source), row in standing(enterprise).items()
    }


def disputes(enterprise: Enterprise) -> list[Dispute]:
    """Newest year first; two queries, one where no office has entered anything."""
    entered = standing(enterprise)
    if not entered:
        return []
    own: dict[tuple[str, int], dict[str, Decimal]] = {}
    rows = Figure.objects.filter(enterprise=enterprise, name__in={name for name, _, _ in entered})
    for row in rows.exclude(source__in=FROM_OFFICES).order_by("id"):
        value = value_of(row)
        if value is not None:
            own.setdefault((row.name, row.year), {})[row.source] = value
    found = []
    for (name, year, _), entry in sorted(entered.items(), key=lambda item: (-item[0][1], item[0][0])):
        theirs, said = value_of(entry.figure), own.get((name, year), {})
        source = next((s for s in PRECEDENCE if s in said), None)
        if source is None or theirs is None or said[source] == theirs:
            continue
        named = enterables()[name]
        words = [shown(named.fact, plain(value)) for value in (theirs, said[source])]
        behind = f"{entry.issuer}，{entry.document}"
        found.append(Dispute(f"{year}年{named.label}", words[0], behind, words[1], str(source.label)))
    return found

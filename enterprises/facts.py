"""`facts_of()`: the typed facts a policy may ask about, each with its source; the one door upward.

Fiscal years count back from the day of judgement: _y0 is the last complete one. A missing fact stays missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from enterprises.models import (
    PRECEDENCE,
    Award,
    Contest,
    Enterprise,
    Figure,
    Financing,
    Honour,
    IntellectualProperty,
    ManagementCertificate,
    RdInstitution,
    Source,
    Statement,
)
from enterprises.vocabulary import vocabulary

FEN = 1_000_000
"""Stored units of one 万元."""

EVALUATED_THIS_YEAR = {"development_score_y0": 0, "development_score_y1": 1}
"""The platform's score is of the year of judgement itself, not of the last fiscal year."""

NONE_OF = "none_of"
"""The statement that lists what an enterprise has declared to have none of."""

ROLLING = {"equity_financing_2y": 2, "equity_financing_3y": 3}
"""Sums that move with the day; a stated one holds for its own year only."""

LEVELS = ("national", "provincial", "city", "below_city", "none")


@dataclass(frozen=True)
class Fact:
    """One value as it counts, and what other sources say of the same thing."""

    name: str
    value: Any
    source: str
    seen_at: datetime | None = None
    conflicting: tuple[tuple[str, Any], ...] = ()
    year: int | None = None
    evidence_id: int | None = None


def stored_name(name: str, on: date) -> tuple[str, int]:
    """revenue_y1 judged in 2026 → ("revenue", 2024); names without a year belong to the last fiscal year."""
    if name in EVALUATED_THIS_YEAR:
        return "development_score", on.year - EVALUATED_THIS_YEAR[name]
    base, mark, back = name.rpartition("_y")
    if mark and back.isdigit():
        return base, on.year - 1 - int(back)
    return name, on.year - 1


def is_figure(name: str) -> bool:
    return vocabulary().facts[name].type in ("int", "decimal")


def facts_of(enterprise: Enterprise, on: date) -> dict[str, Fact]:
    """Every known fact by its name in the vocabulary; `holds` comes from the titles, a storey above."""
    return facts_of_many([enterprise], on)[enterprise.pk]


def facts_of_many(enterprises: Iterable[Enterprise], on: date) -> dict[int, dict[str, Fact]]:
    """The same for many enterprises in a constant number of queries."""
    ids = [enterprise.pk for enterprise in enterprises]
    found: dict[int, dict[str, Fact]] = {pk: {} for pk in ids}
    _read_figures(ids, on, found)
    none_of = _read_statements(ids, found)
    _read_lists(ids, found, none_of)
    _read_financing(ids, on, found, none_of)
    _read_institutions(ids, found, none_of)
    _read_certificates(ids, on, found, none_of)
    return found


def figures_of_many(ids: Iterable[int], names: Iterable[str], on: date) -> dict[int, dict[str, Fact]]:
    """Some numbers of many enterprises, {enterprise: {name: Fact}}, chosen as facts_of() chooses; one query."""
    found: dict[int, dict[str, Fact]] = {pk: {} for pk in ids}
    _read_figures(list(found), on, found, frozenset(names))
    return found


Row = tuple[Any, datetime, int | None]
"""(value, seen at, evidence id)."""


def _choose(name: str, by_source: Mapping[str, Row], year: int | None = None) -> Fact:
    """The most trusted source counts; what others say differently stays visible."""
    source = next(s for s in PRECEDENCE if s in by_source)
    value, seen_at, evidence_id = by_source[source]
    others = tuple((s, v) for s, (v, _, _) in by_source.items() if v != value)
    return Fact(name, value, source, seen_at, others, year, evidence_id)


def _read_figures(
    ids: list[int], on: date, found: dict[int, dict[str, Fact]], only: frozenset[str] | None = None
) -> None:
    """Yearly names are of exactly their year; other numbers keep counting until a later year says otherwise."""
    names = [name for name in vocabulary().facts if is_figure(name) and (only is None or name in only)]
    wanted = {stored_name(name, on): name for name in names}
    lasting = {base: name for (base, _), name in wanted.items() if base == name and name not in ROLLING}
    rows: dict[tuple[int, str, int], dict[str, Row]] = defaultdict(dict)
    figures = Figure.objects.filter(enterprise_id__in=ids, year__lte=on.year).order_by("id")
    if only is not None:
        figures = figures.filter(name__in={base for base, _ in wanted})
        if not lasting:
            figures = figures.filter(year__in={year for _, year in wanted})
    for pk, base, year, fen, quantity, source, seen_at, evidence_id in figures.values_list(
        "enterprise_id", "name", "year", "fen", "quantity", "source", "seen_at", "evidence_id"
    ):
        name = wanted.get((base, year)) or (lasting.get(base) if year < on.year else None)
        if name is None:
            continue
        value = amount(fen, quantity)
        if value is None:
            rows[pk, name, year].pop(source, None)
        else:
            rows[pk, name, year][source] = (plain(value), seen_at, evidence_id)
    latest: dict[tuple[int, str], int] = {}
    for (pk, name, year), by_source in rows.items():
        if by_source:
            latest[pk, name] = max(year, latest.get((pk, name), 0))
    for (pk, name), year in latest.items():
        found[pk][name] = _choose(name, rows[pk, name, year], year)


def amount(fen: int | None, quantity: Decimal | None) -> Decimal | None:
    """What a row of figures says, in the unit of the vocabulary; None where the source took back what it had said."""
    return Decimal(fen) / FEN if fen is not None else quantity


def plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_statements(ids: list[int], found: dict[int, dict[str, Fact]]) -> dict[int, list[str]]:
    """Yes, no and choices; an answer taken back (null) is unknown again. Returns what each has declared to have none of."""
    rows: dict[tuple[int, str], dict[str, Row]] = defaultdict(dict)
    none_of: dict[int, list[str]] = defaultdict(list)
    statements = Statement.objects.filter(enterprise_id__in=ids).order_by("id")
    for pk, name, value, source, seen_at, evidence_id in statements.values_list(
        "enterprise_id", "name", "value", "source", "seen_at", "evidence_id"
    ):
        if name == NONE_OF:
            none_of[pk] = value
        elif name in vocabulary().facts:
            if value is None:
                rows[pk, name].pop(source, None)
            else:
                rows[pk, name][source] = (value, seen_at, evidence_id)
    for (pk, name), by_source in rows.items():
        if by_source:
            found[pk][name] = _choose(name, by_source)
    return none_of


LISTS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (
        "intellectual_property",
        IntellectualProperty,
        ("kind", "related", "applied", "acquired", "granted_on", "transferred_on", "holder_rank", "high_value"),
    ),
    ("awards", Award, ("level", "rank", "certified_on")),
    ("maker_contest", Contest, ("listing", "announced_on")),
    ("honours", Honour, ("name", "valid_until")),
)


def _read_lists(ids: list[int], found: dict[int, dict[str, Fact]], none_of: Mapping[int, list[str]]) -> None:
    """An empty list is known to be empty only where somebody said so."""
    for fact, model, keys in LISTS:
        items: dict[int, list[dict[str, Any]]] = defaultdict(list)
        seen: dict[int, tuple[str, datetime]] = {}
        for row in (
            model.objects.filter(enterprise_id__in=ids)
            .order_by("id")
            .values("enterprise_id", "source", "seen_at", *keys)
        ):
            item = {key: _json(row[key]) for key in keys if row[key] not in (None, "")}
            items[row["enterprise_id"]].append(item)
            seen[row["enterprise_id"]] = _weakest(seen.get(row["enterprise_id"]), row["source"], row["seen_at"])
        for pk in ids:
            if pk in items:
                found[pk][fact] = Fact(fact, items[pk], *seen[pk])
            elif fact in none_of.get(pk, ()):
                found[pk][fact] = Fact(fact, [], Source.SELF)


def _weakest(known: tuple[str, datetime] | None, source: str, seen_at: datetime) -> tuple[str, datetime]:
    """A list is as trustworthy as its least trusted item, and as fresh as its latest."""
    if known is None:
        return source, seen_at
    return max(known[0], source, key=PRECEDENCE.index), max(known[1], seen_at)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read_financing(
    ids: list[int], on: date, found: dict[int, dict[str, Fact]], none_of: Mapping[int, list[str]]
) -> None:
    """近N年 rolls back from the day; only paid-in money of qualified institutions for at most 30 % of the shares.

    Once payments are listed one by one they are the truth; a stated sum counts only where nothing is listed.
    """
    sums: dict[int, dict[int, int]] = defaultdict(lambda: {2: 0, 3: 0})
    seen: dict[int, tuple[str, datetime]] = {}
    rows = Financing.objects.filter(enterprise_id__in=ids).order_by("id")
    for pk, fen, share, qualified, paid_on, source, seen_at in rows.values_list(
        "enterprise_id", "amount_fen", "share_sold", "is_qualified", "paid_on", "source", "seen_at"
    ):
        seen[pk] = _weakest(seen.get(pk), source, seen_at)
        for years in (2, 3):
            if qualified and (share is None or share <= 30) and _back(on, years) <= paid_on <= on:
                sums[pk][years] += fen
    for pk in ids:
        for name, years in ROLLING.items():
            if pk in seen:
                found[pk][name] = Fact(name, plain(Decimal(sums[pk][years]) / FEN), *seen[pk])
            elif "financing" in none_of.get(pk, ()) and name not in found[pk]:
                found[pk][name] = Fact(name, "0", Source.SELF)


def _back(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _read_institutions(ids: list[int], found: dict[int, dict[str, Fact]], none_of: Mapping[int, list[str]]) -> None:
    """Institutions listed one by one tell whether there is one, of which level, and whether a document approves it."""
    held: dict[int, list[tuple[str, str, str, datetime]]] = defaultdict(list)
    for pk, level, document, source, seen_at in RdInstitution.objects.filter(enterprise_id__in=ids).values_list(
        "enterprise_id", "level", "document_number", "source", "seen_at"
    ):
        held[pk].append((level, document, source, seen_at))
    names = ("has_rd_institution", "rd_institution_level", "approved_provincial_rd_institution")
    for pk in ids:
        if pk in held:
            best = min(held[pk], key=lambda row: LEVELS.index(row[0]))
            approved = any(level in ("national", "provincial") and number for level, number, _, _ in held[pk])
            told: tuple[Any, ...] = (True, best[0], approved)
            for name, value in zip(names, told, strict=True):
                found[pk][name] = Fact(name, value, best[2], best[3])
        elif "rd_institutions" in none_of.get(pk, ()):
            for name, value in zip(names, (False, "none", False), strict=True):
                found[pk].setdefault(name, Fact(name, value, Source.SELF))


def _read_certificates(
    ids: list[int], on: date, found: dict[int, dict[str, Fact]], none_of: Mapping[int, list[str]]
) -> None:
    """A listed certificate that is valid on the day answers yes; one without an end date is not known to be valid."""
    valid: dict[tuple[int, bool], tuple[str, datetime]] = {}
    for pk, overseas, source, seen_at in ManagementCertificate.objects.filter(
        enterprise_id__in=ids, valid_until__gte=on
    ).values_list("enterprise_id", "is_overseas_product", "source", "seen_at"):
        valid[pk, overseas] = (source, seen_at)
    for pk in ids:
        for name, overseas in (("management_certificate", False), ("overseas_product_certificate", True)):
            if (pk, overseas) in valid:
                found[pk][name] = Fact(name, True, *valid[pk, overseas])
            elif "certificates" in none_of.get(pk, ()):
                found[pk].setdefault(name, Fact(name, False, Source.SELF))


def values(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Names and values only: the shape that the rules read."""
    return {name: fact.value for name, fact in facts.items()}

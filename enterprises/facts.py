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
    RdInstitution,
    Source,
    Statement,
)
from enterprises.vocabulary import vocabulary

FEN = 1_000_000
"""Stored units of one 万元."""

EVALUATED_THIS_YEAR = {"development_score_y0": 0, "development_score_y1": 1}
"""The platform's score is of the year of judgement itself, not of the last fiscal year."""

LEVELS = ("national", "provincial", "city", "below_city", "none")


@dataclass(frozen=True)
class Fact:
    """One value as it counts, and what other sources say of the same thing."""

    name: str
    value: Any
    source: str
    seen_at: datetime | None = None
    conflicting: tuple[tuple[str, Any], ...] = ()


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
    _read_statements(ids, found)
    _read_lists(ids, found)
    _read_financing(ids, on, found)
    _read_institutions(ids, found)
    return found


def _choose(name: str, by_source: Mapping[str, tuple[Any, datetime]]) -> Fact:
    """The most trusted source counts; what others say differently stays visible."""
    source = next(s for s in PRECEDENCE if s in by_source)
    value, seen_at = by_source[source]
    others = tuple((s, v) for s, (v, _) in by_source.items() if v != value)
    return Fact(name, value, source, seen_at, others)


def _read_figures(ids: list[int], on: date, found: dict[int, dict[str, Fact]]) -> None:
    wanted = {stored_name(name, on): name for name in vocabulary().facts if is_figure(name)}
    years = {year for _, year in wanted}
    rows: dict[tuple[int, str], dict[str, tuple[Any, datetime]]] = defaultdict(dict)
    figures = Figure.objects.filter(enterprise_id__in=ids, year__in=years).order_by("id")
    for row in figures.values_list("enterprise_id", "name", "year", "fen", "quantity", "source", "seen_at"):
        pk, name, year, fen, quantity, source, seen_at = row
        if (name, year) in wanted:
            value = plain(Decimal(fen) / FEN if fen is not None else quantity)
            rows[pk, wanted[name, year]][source] = (value, seen_at)
    for (pk, name), by_source in rows.items():
        found[pk][name] = _choose(name, by_source)


def plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_statements(ids: list[int], found: dict[int, dict[str, Fact]]) -> None:
    rows: dict[tuple[int, str], dict[str, tuple[Any, datetime]]] = defaultdict(dict)
    statements = Statement.objects.filter(enterprise_id__in=ids).order_by("id")
    for pk, name, value, source, seen_at in statements.values_list(
        "enterprise_id", "name", "value", "source", "seen_at"
    ):
        if name in vocabulary().facts:
            rows[pk, name][source] = (value, seen_at)
    for (pk, name), by_source in rows.items():
        found[pk][name] = _choose(name, by_source)


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


def _read_lists(ids: list[int], found: dict[int, dict[str, Fact]]) -> None:
    """An empty list is known to be empty only where somebody said so ("none_of" statement)."""
    none_of: dict[int, list[str]] = defaultdict(list)
    for pk, value in (
        Statement.objects.filter(enterprise_id__in=ids, name="none_of")
        .order_by("id")
        .values_list("enterprise_id", "value")
    ):
        none_of[pk] = value
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
            seen[row["enterprise_id"]] = (row["source"], row["seen_at"])
        for pk in ids:
            if pk in items:
                found[pk][fact] = Fact(fact, items[pk], *seen[pk])
            elif fact in none_of[pk]:
                found[pk][fact] = Fact(fact, [], Source.SELF)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read_financing(ids: list[int], on: date, found: dict[int, dict[str, Fact]]) -> None:
    """近N年 rolls back from the day; only paid-in money of qualified institutions for at most 30 % of the shares."""
    rows = Financing.objects.filter(enterprise_id__in=ids, is_qualified=True, paid_on__lte=on)
    sums: dict[int, dict[int, int]] = defaultdict(lambda: {2: 0, 3: 0})
    seen: dict[int, tuple[str, datetime]] = {}
    for pk, fen, share, paid_on, source, seen_at in rows.values_list(
        "enterprise_id", "amount_fen", "share_sold", "paid_on", "source", "seen_at"
    ):
        seen[pk] = (source, seen_at)
        for years in (2, 3):
            if (share is None or share <= 30) and paid_on >= _back(on, years):
                sums[pk][years] += fen
    for pk, (source, seen_at) in seen.items():
        for years in (2, 3):
            name = f"equity_financing_{years}y"
            found[pk][name] = Fact(name, plain(Decimal(sums[pk][years]) / FEN), source, seen_at)


def _back(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _read_institutions(ids: list[int], found: dict[int, dict[str, Fact]]) -> None:
    held: dict[int, list[tuple[str, str, str, datetime]]] = defaultdict(list)
    for pk, level, document, source, seen_at in RdInstitution.objects.filter(enterprise_id__in=ids).values_list(
        "enterprise_id", "level", "document_number", "source", "seen_at"
    ):
        held[pk].append((level, document, source, seen_at))
    for pk, rows in held.items():
        best = min(rows, key=lambda row: LEVELS.index(row[0]))
        source, seen_at = best[2], best[3]
        found[pk]["has_rd_institution"] = Fact("has_rd_institution", True, source, seen_at)
        found[pk]["rd_institution_level"] = Fact("rd_institution_level", best[0], source, seen_at)
        approved = any(level in ("national", "provincial") and document for level, document, _, _ in rows)
        name = "approved_provincial_rd_institution"
        found[pk][name] = Fact(name, approved, source, seen_at)


def values(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Names and values only: the shape that the rules read."""
    return {name: fact.value for name, fact in facts.items()}

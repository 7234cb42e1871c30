"""The facts of a whole population as columns: the same reading as facts_of(), in a constant number of queries.

Numbers are whole: money in fen, other decimals in millionths, counts as they are. A list becomes one column that says
whether it is known, and a long table of its items by row.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from enterprises.facts import Fact, facts_of_many
from enterprises.models import Enterprise
from enterprises.vocabulary import Fact as Named
from enterprises.vocabulary import vocabulary

MILLION = 1_000_000
KINDS: dict[str, Any] = {"bool": pl.Boolean, "int": pl.Int64, "decimal": pl.Int64, "enum": pl.String, "date": pl.Date}


def fact_table(
    on: date, enterprise_ids: Iterable[int] | None = None, held: Mapping[int, list[str]] | None = None
) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """(facts, lists): one row an enterprise with `row`, `enterprise_id`, `credit_code`, `region_path`; lists by fact.

    `held` adds the titles, which are known a storey above. Everybody in sight when no ids are given.
    """
    chosen = Enterprise.objects.order_by("pk")
    if enterprise_ids is not None:
        chosen = chosen.filter(pk__in=list(enterprise_ids))
    enterprises = list(chosen.only("pk", "credit_code", "region_path"))
    facts = facts_of_many(enterprises, on)
    for pk, tiers in (held or {}).items():
        if pk in facts:
            facts[pk]["holds"] = Fact("holds", tiers, "titles")
    return table_of(enterprises, facts)


def table_of(
    enterprises: list[Enterprise], facts: Mapping[int, Mapping[str, Fact]]
) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Columns in the order of the vocabulary, for facts that were read already."""
    known = vocabulary().facts
    columns: dict[str, list[Any]] = {name: [] for name in known}
    items: dict[str, list[dict[str, Any]]] = {name: [] for name, fact in known.items() if fact.item}
    for row, enterprise in enumerate(enterprises):
        told = facts.get(enterprise.pk, {})
        for name, named in known.items():
            value = told[name].value if name in told else None
            if named.item:
                columns[name].append(value is not None)
                items[name] += [{"row": row, **_flat(named, item)} for item in value or ()]
            else:
                columns[name].append(stored(named, value))
    series = [
        pl.Series("row", range(len(enterprises)), dtype=pl.Int64),
        pl.Series("enterprise_id", [e.pk for e in enterprises], dtype=pl.Int64),
        pl.Series("credit_code", [e.credit_code for e in enterprises], dtype=pl.String),
        pl.Series("region_path", [e.region_path for e in enterprises], dtype=pl.String),
    ]
    series += [pl.Series(name, columns[name], dtype=_kind(named)) for name, named in known.items()]
    lists = {
        name: pl.DataFrame(
            rows, schema={"row": pl.Int64} | {k: _kind(f, inner=True) for k, f in known[name].item.items()}
        )
        for name, rows in items.items()
    }
    return pl.DataFrame(series), lists


def stored(named: Named, value: Any) -> Any:
    """A whole number for every figure; other values as they are."""
    if value is None:
        return None
    if named.type == "decimal":
        return int(Decimal(str(value)) * MILLION)
    return int(value) if named.type == "int" else value


def _flat(named: Named, item: Mapping[str, Any]) -> dict[str, Any]:
    """A list inside an item becomes "is there any"."""
    return {
        key: None
        if (value := item.get(key)) is None
        else bool(value)
        if inner.type == "list[enum]"
        else date.fromisoformat(value)
        if inner.type == "date"
        else value
        for key, inner in named.item.items()
    }


def _kind(named: Named, inner: bool = False) -> Any:
    if named.item:
        return pl.Boolean
    if named.type == "list[enum]":
        return pl.Boolean if inner else pl.List(pl.String)
    return KINDS[named.type]

"""The facts of many enterprises as columns: taken once, in whole stored units, and taken again only when touched.

A sweep over a province then reads one row an enterprise instead of thirty, and the rules see what `facts_of()` says.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any

import polars as pl
from django.db import connection

from certification import library
from certification.flips import next_flip, spans_of
from certification.models import Certificate, Snapshot
from certification.rules.assess import stored
from certification.rules.population import Population, fits, flat, item_schema
from certification.rules.quantities import limits
from certification.standing import TECH_SME, standing_of_many
from enterprises.facts import stored_name, values
from enterprises.models import Enterprise, Financing, ManagementCertificate, OutsideTitle
from enterprises.vocabulary import Fact, vocabulary

AT_ONCE = 1000


def take(enterprises: Sequence[Enterprise], on: date) -> dict[int, Snapshot]:
    """Read the facts anew and keep them; returns them by enterprise. Constant queries per thousand."""
    taken: dict[int, Snapshot] = {}
    for start in range(0, len(enterprises), AT_ONCE):
        part = enterprises[start : start + AT_ONCE]
        ids = [firm.pk for firm in part]
        standing = standing_of_many(part, on)
        payments = _days(Financing.objects.filter(enterprise_id__in=ids).values_list("enterprise_id", "paid_on"))
        ends = _days(
            ManagementCertificate.objects.filter(enterprise_id__in=ids).values_list("enterprise_id", "valid_until")
        )
        for row in Certificate.objects.filter(enterprise_id__in=ids).values_list(
            "enterprise_id", "valid_from", "valid_until"
        ):
            ends.setdefault(row[0], []).extend(row[1:])
        noted = OutsideTitle.objects.filter(enterprise_id__in=ids, kind=TECH_SME)
        for pk, day in noted.values_list("enterprise_id", "valid_until"):
            ends.setdefault(pk, []).append(day)
        spans, bounds = spans_of(library.published()), limits(vocabulary())
        for firm in part:
            facts = stored(vocabulary().read(values(standing[firm.pk])))
            fitting = fits(facts, bounds)
            taken[firm.pk] = Snapshot(
                enterprise_id=firm.pk,
                region_path=firm.region_path,
                facts=_kept(facts) if fitting else {},
                is_odd=not fitting,
                taken_on=on,
                flips_on=next_flip(facts, payments.get(firm.pk, ()), ends.get(firm.pk, ()), spans, on),
            )
    Snapshot.objects.bulk_create(
        taken.values(),
        update_conflicts=True,
        unique_fields=["enterprise"],
        update_fields=["region_path", "facts", "is_odd", "taken_on", "flips_on"],
        batch_size=AT_ONCE,
    )
    return taken


def _days(rows: Iterable[tuple[int, date | None]]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for pk, day in rows:
        if day is not None:
            found.setdefault(pk, []).append(day)
    return found


def _kept(facts: dict[str, Any]) -> dict[str, Any]:
    known = vocabulary().facts
    told = {}
    for name, value in facts.items():
        if known[name].item:
            value = [{key: _plain(part) for key, part in flat(known[name], item).items()} for item in value]
        told[name] = _plain(value)
    return told


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def texts_of(ids: Sequence[int]) -> dict[int, str]:
    """The kept facts as JSON texts, by enterprise, without making objects of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT enterprise_id, facts::text FROM certification_snapshot WHERE enterprise_id = ANY (%s)", [list(ids)]
        )
        return dict(cursor.fetchall())


def population_of(texts: Sequence[str], names: Iterable[str]) -> Population:
    """Kept facts as columns, in order; equal to `frame_of()` over the facts they were taken from."""
    wanted = tuple(sorted(names))
    known = vocabulary().facts
    frame = pl.read_ndjson(BytesIO("\n".join(texts).encode()), schema=_schema(wanted))
    frame = frame.with_columns([pl.col(n).str.to_date() for n in wanted if known[n].type == "date"])
    frame = frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("row"))
    lists = {}
    for name in (n for n in wanted if known[n].item):
        fields = item_schema(known[name])
        rows = frame.select("row", name).filter(pl.col(name).list.len() > 0).explode(name).unnest(name)
        rows = rows.with_columns([pl.col(k).str.to_date() for k, kind in fields.items() if kind == pl.Date])
        lists[name] = rows.select(list(fields))
        frame = frame.with_columns(pl.col(name).is_not_null())
    return Population(frame.select("row", *wanted), lists)


@lru_cache(maxsize=16)
def _schema(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _kind(vocabulary().facts[name]) for name in names}


def _kind(fact: Fact) -> Any:
    if fact.item:
        inner = {k: pl.String if kind == pl.Date else kind for k, kind in item_schema(fact).items() if k != "row"}
        return pl.List(pl.Struct(inner))
    if fact.type == "list[enum]":
        return pl.List(pl.String)
    return {"bool": pl.Boolean, "int": pl.Int64, "decimal": pl.Int64, "enum": pl.String, "date": pl.String}[fact.type]


def as_text(snapshot: Snapshot) -> str:
    return json.dumps(snapshot.facts)


def reads(names: Iterable[str], on: date) -> set[str]:
    """The names under which the marks of touched facts would speak of these facts."""
    always = {"none_of", "annual_report", "holds"}
    asked = list(names)
    return always | {stored_name(name, on)[0] for name in asked} | {PARENTS[n] for n in asked if n in PARENTS}


PARENTS = {
    "equity_financing_2y": "financing",
    "equity_financing_3y": "financing",
    "has_rd_institution": "rd_institutions",
    "rd_institution_level": "rd_institutions",
    "approved_provincial_rd_institution": "rd_institutions",
    "management_certificate": "certificates",
    "overseas_product_certificate": "certificates",
}
"""Facts that are derived from rows of another name; a statement of the same name counts as well."""

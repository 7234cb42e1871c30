"""What a request changed in the database, row by row, read before it is rolled back.

PostgreSQL counts what each transaction does to each table; where something was counted, the rows themselves are found by
the number of the transaction that made them. Nothing depends on what the portal says of itself in its record.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped, system_scope

COUNTED = """SELECT c, made, gone FROM unnest(%s::oid[]) AS c, LATERAL (SELECT
    pg_stat_get_xact_tuples_inserted(c) + pg_stat_get_xact_tuples_updated(c) AS made, pg_stat_get_xact_tuples_deleted(c) AS gone) n
    WHERE made + gone > 0"""
MADE_HERE = "xmin::text::bigint >= (pg_current_xact_id_if_assigned()::text::bigint & 4294967295)"
Counts = dict[int, tuple[int, int]]
"""Table → rows made or changed, rows taken away; by what has not been reported yet, so only a difference tells."""


@dataclass(frozen=True)
class Row:
    """One row that a request made, changed or took away: as it was, and as it is. None where it was not or is no more."""

    table: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def images(self) -> list[dict[str, Any]]:
        return [image for image in (self.before, self.after) if image is not None]

    @property
    def firms(self) -> set[int]:
        """Whose it was and whose it is; the firm itself for the firm's own row."""
        name = "id" if self.table == "enterprises_enterprise" else "enterprise_id"
        return {image[name] for image in self.images if image.get(name) is not None}

    @property
    def places(self) -> set[str]:
        return {image["region_path"] for image in self.images if image.get("region_path")}


class Counter:
    """Tables and their keys, asked once; then what each transaction did to them."""

    def __init__(self) -> None:
        with connection.cursor() as db:
            db.execute(
                "SELECT c.oid::bigint, c.relname, a.attname FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
                " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
                " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
            )
            self.tables = {oid: (name, key) for oid, name, key in db.fetchall()}
        self.oids = list(self.tables)

    def counted(self) -> Counts:
        with connection.cursor() as db:
            db.execute(COUNTED, [self.oids])
            return {oid: (made, gone) for oid, made, gone in db.fetchall()}

    def wrote(self) -> bool:
        """A transaction has a number as soon as it touches its first row, undone or not; most never have one."""
        with connection.cursor() as db:
            db.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
            return bool(db.fetchone()[0])

    def touched(self, before: Counts) -> "Touched":
        """Inside the transaction, after the request: the rows it left behind, and which are still there."""
        made: dict[int, dict[str, dict[str, Any]]] = {}
        kept: dict[int, list[str]] = {}
        hidden: dict[int, int] = {}
        now = self.counted() if self.wrote() else before
        changed = {oid: counts for oid, counts in now.items() if counts != before.get(oid, (0, 0))}
        if changed:
            with scoped(Principal.system("drill")), connection.cursor() as db:
                for oid, (_, gone) in changed.items():
                    table, key = self.tables[oid]
                    db.execute(
                        f'SELECT "{key}"::text, to_jsonb(t) FROM "{table}" t WHERE {MADE_HERE}'  # nosec B608
                    )
                    made[oid] = {pk: json.loads(image) for pk, image in db.fetchall()}
                    hidden[oid] = 0 if made[oid] else self.kept_from_the_house(db, table)
                    if gone > before.get(oid, (0, 0))[1]:
                        db.execute(f'SELECT "{key}"::text FROM "{table}"')  # nosec B608
                        kept[oid] = [pk for (pk,) in db.fetchall()]
        return Touched(self, made, kept, hidden)

    def kept_from_the_house(self, db: Any, table: str) -> int:
        """How many new rows a wall hides even from the house, as it does a sealed score.

        A row that was counted and cannot be read is either behind such a wall, or was taken back before the end: what a
        refused verb has undone is counted, too. So the wall is taken down for one look.
        """
        with transaction.atomic():
            db.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table that still has something to check cannot be altered
            db.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
            db.execute(f'SELECT count(*) FROM "{table}" WHERE {MADE_HERE}')  # nosec B608
            found = int(db.fetchone()[0])
            transaction.set_rollback(True)
        return found


@dataclass(frozen=True)
class Touched:
    """What was there at the end of a transaction; with what is there after its rollback it tells each row's change."""

    counter: Counter
    made: dict[int, dict[str, dict[str, Any]]]
    kept: dict[int, list[str]]
    hidden: dict[int, int]

    def rows(self) -> list[Row]:
        """After the rollback."""
        if not self.made:
            return []
        found = []
        with system_scope("drill"), connection.cursor() as db:
            for oid, made in self.made.items():
                table, key = self.counter.tables[oid]
                db.execute(
                    f'SELECT "{key}"::text, to_jsonb(t) FROM "{table}" t WHERE "{key}"::text = ANY (%s)', [list(made)]
                )  # nosec B608
                was = {pk: json.loads(image) for pk, image in db.fetchall()}
                found += [Row(table, was.get(pk), image) for pk, image in made.items() if was.get(pk) != image]
                found += [Row(table, None, None)] * self.hidden[oid]
                if oid in self.kept:
                    db.execute(f'SELECT to_jsonb(t) FROM "{table}" t WHERE "{key}"::text <> ALL (%s)', [self.kept[oid]])  # nosec B608
                    found += [Row(table, json.loads(image), None) for (image,) in db.fetchall()]
        return found


def names(rows: Iterable[Row]) -> str:
    return " ".join(sorted({row.table for row in rows}))

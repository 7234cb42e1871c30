"""Recompute every digest, every chain and every signature, and say where the record differs from what was sealed.

Read in pieces, each a short statement: the length of the record changes how long this takes, not whether it ends.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import connection
from django.db.models import Max

from foundation import clock
from foundation.audit.models import AuditLink, AuditSeal
from foundation.audit.seal import (
    DIGEST,
    as_line,
    chained,
    has_settled,
    key_id,
    last_told,
    message,
    outside,
    private_key,
    sealed_below,
    where_we_are,
)

LATE = timedelta(minutes=5)
"""How long after its commit a seal may be missing outside: the sealer writes it there at once, or a minute later."""
LOWEST = -(2**63)
RECENT = 20_000
"""Rows that the button on the page looks at; the whole record is read at night."""
PIECE = 20_000
"""Rows in one statement."""


@dataclass(frozen=True)
class Finding:
    """`where` names the row ("event 17") or the seal ("seal 3"); `what` says what is wrong with it."""

    where: str
    what: str


def verify() -> list[Finding]:
    """Everything that does not hold; an empty list means the sealed record is as it was signed."""
    return [*events(), *slipped_in(), *seals(), *strays(), *tail()]


def recent() -> tuple[int, list[Finding]]:
    """(how many rows, what is wrong with them): the newest seals, as many rows as a page can wait for."""
    since = AuditSeal.objects.order_by("-number").filter(first__lt=_newest_position() - RECENT).first()
    first = since.first + since.count if since else LOWEST
    found = [*events(first), *seals(since)]
    if settings.AUDIT_SEAL_FILE:
        told, last = last_told(Path(settings.AUDIT_SEAL_FILE))[0], AuditSeal.objects.aggregate(n=Max("number"))["n"]
        if told > (last or 0):
            found.append(Finding(f"seal {told}", "is in the file outside, but no longer in the database"))
    return AuditLink.objects.filter(position__gte=first).count(), found


def _newest_position() -> int:
    return int(AuditLink.objects.aggregate(n=Max("position"))["n"] or 0)


def pieces(table: str, column: str, low: int = LOWEST) -> Iterator[tuple[int, int]]:
    """Ranges, both ends included, of at most PIECE rows each; a gap in the numbers costs nothing."""
    while True:
        with connection.cursor() as db:
            db.execute(
                f"SELECT max(x.n) FROM (SELECT {column} AS n FROM {table} WHERE {column} >= %s"
                f" ORDER BY {column} LIMIT {PIECE}) x",  # nosec B608
                [low],
            )
            (high,) = db.fetchone()
        if high is None:
            return
        yield low, high
        low = high + 1


def events(first: int = LOWEST) -> Iterator[Finding]:
    """Rows changed or removed after they were sealed."""
    for low, high in pieces("audit_auditlink", "position", first):
        with connection.cursor() as db:
            db.execute(
                f"""SELECT l.event_id, e.id IS NULL
                FROM audit_auditlink l LEFT JOIN audit_auditevent e ON e.id = l.event_id
                WHERE l.position BETWEEN %s AND %s AND (e.id IS NULL OR {DIGEST} <> l.digest)
                ORDER BY l.event_id""",  # nosec B608
                [low, high],
            )
            for event, gone in db.fetchall():
                yield Finding(f"event {event}", f"{'removed' if gone else 'changed'} after it was sealed")


def slipped_in() -> Iterator[Finding]:
    """Rows without a link that are older than what was sealed in this cluster, or of a transaction that never was.

    Rows of a dump that was restored are of another cluster's transactions, until all of them are sealed.
    """
    cluster, open_from = where_we_are()
    horizon = sealed_below(AuditSeal.objects.order_by("-number").first(), cluster, open_from)
    settled = has_settled(cluster)
    for low, high in pieces("audit_auditevent", "id"):
        with connection.cursor() as db:
            db.execute(
                """SELECT e.id FROM audit_auditevent e LEFT JOIN audit_auditlink l ON l.event_id = e.id
                WHERE e.id BETWEEN %s AND %s AND l.event_id IS NULL AND (e.txid < %s
                  OR %s AND e.txid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                    AND e.txid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint)
                ORDER BY e.id""",
                [low, high, horizon, settled],
            )
            for (event,) in db.fetchall():
                yield Finding(f"event {event}", "slipped in behind a seal")


def seals(since: AuditSeal | None = None) -> Iterator[Finding]:
    """Links or seals changed, removed or put in another order; signatures that do not fit."""
    key = private_key()
    mine, public = key_id(key), key.public_key()
    before, first, number = "0" * 64, 1, 1
    if since:
        before, first, number = since.digest, since.first + since.count, since.number + 1
    for seal in AuditSeal.objects.filter(number__gte=number).order_by("number").iterator(chunk_size=500):
        where = f"seal {seal.number}"
        rows = links(seal)
        if seal.number != number:
            yield Finding(where, f"seal {number} is missing before it")
        if seal.previous != before or seal.first != first:
            yield Finding(where, "does not follow the seal before it")
        if len(rows) != seal.count or any(under != seal.number for under, _ in rows):
            yield Finding(where, "its rows are not those it counted")
        elif chained(seal.previous, [digest for _, digest in rows]) != seal.digest:
            yield Finding(where, "its rows are not those it signed")
        if seal.key_id != mine:
            yield Finding(where, f"signed with another key ({seal.key_id})")
        else:
            try:
                public.verify(base64.b64decode(seal.signature), message(seal))
            except (InvalidSignature, ValueError):
                yield Finding(where, "the signature is not ours")
        before, first, number = seal.digest, seal.first + seal.count, seal.number + 1


def links(seal: AuditSeal) -> list[tuple[int, bytes]]:
    """(under which seal, digest) of what stands at the positions that the seal signed."""
    with connection.cursor() as db:
        db.execute(
            "SELECT seal, digest FROM audit_auditlink WHERE position >= %s AND position < %s ORDER BY position",
            [seal.first, seal.first + seal.count],
        )
        return [(under, bytes(digest)) for under, digest in db.fetchall()]


def strays() -> Iterator[Finding]:
    """Links that no seal stands for at their position."""
    for low, high in pieces("audit_auditlink", "position"):
        with connection.cursor() as db:
            db.execute(
                """SELECT DISTINCT l.seal FROM audit_auditlink l LEFT JOIN audit_auditseal s
                  ON s.number = l.seal AND l.position >= s.first AND l.position < s.first + s.count
                WHERE l.position BETWEEN %s AND %s AND s.number IS NULL ORDER BY l.seal""",
                [low, high],
            )
            for (stray,) in db.fetchall():
                yield Finding(f"seal {stray}", "rows point at a seal that is not there")


def tail() -> Iterator[Finding]:
    """What the file outside remembers and the database does not."""
    if not settings.AUDIT_SEAL_FILE:
        return
    kept = {seal.number: as_line(seal) for seal in AuditSeal.objects.all()}
    told = set()
    for line in outside(Path(settings.AUDIT_SEAL_FILE)):
        told.add(line["number"])
        if line["number"] not in kept:
            yield Finding(f"seal {line['number']}", "is in the file outside, but no longer in the database")
        elif kept[line["number"]] != line:
            yield Finding(f"seal {line['number']}", "differs from the file outside")
    due = AuditSeal.objects.filter(at__lt=clock.now() - LATE).order_by("number").values_list("number", flat=True)
    missed = [number for number in due if number not in told]
    if missed:
        yield Finding(f"seal {missed[0]}", f"is not in the file outside, nor are {len(missed) - 1} others")

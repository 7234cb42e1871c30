"""Recompute every digest, every chain and every signature, and say where the record differs from what was sealed."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import connection

from foundation.audit.models import AuditSeal
from foundation.audit.seal import DIGEST, as_line, chained, key_id, message, outside, private_key


@dataclass(frozen=True)
class Finding:
    """`where` names the row ("event 17") or the seal ("seal 3"); `what` says what is wrong with it."""

    where: str
    what: str


def verify() -> list[Finding]:
    """Everything that does not hold; an empty list means the sealed record is as it was signed."""
    return [*events(), *seals(), *tail()]


def events() -> Iterator[Finding]:
    """Rows changed, removed, or slipped in behind a seal."""
    with connection.cursor() as db:
        db.execute(
            f"""SELECT l.event_id, e.id IS NULL FROM audit_auditlink l LEFT JOIN audit_auditevent e ON e.id = l.event_id
            WHERE e.id IS NULL OR {DIGEST} <> l.digest ORDER BY l.event_id"""  # nosec B608
        )
        for event, gone in db.fetchall():
            yield Finding(f"event {event}", "removed after it was sealed" if gone else "changed after it was sealed")
        db.execute(
            """SELECT e.id FROM audit_auditevent e LEFT JOIN audit_auditlink l ON l.event_id = e.id
            WHERE l.event_id IS NULL AND e.txid < (SELECT coalesce(max(horizon), 0) FROM audit_auditseal)
            ORDER BY e.id"""
        )
        for (event,) in db.fetchall():
            yield Finding(f"event {event}", "slipped in behind a seal")


def seals() -> Iterator[Finding]:
    """Links or seals changed, removed or put in another order; signatures that do not fit."""
    key = private_key()
    mine, public = key_id(key), key.public_key()
    before, first, number = "0" * 64, 1, 1
    digests = _digests()
    for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=500):
        where = f"seal {seal.number}"
        rows = digests.pop(seal.number, [])
        if seal.number != number:
            yield Finding(where, f"seal {number} is missing before it")
        if seal.previous != before or seal.first != first:
            yield Finding(where, "does not follow the seal before it")
        if [position for position, _ in rows] != list(range(seal.first, seal.first + seal.count)):
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
    for stray in sorted(digests):
        yield Finding(f"seal {stray}", "rows point at a seal that is not there")


def _digests() -> dict[int, list[tuple[int, bytes]]]:
    found: dict[int, list[tuple[int, bytes]]] = {}
    with connection.cursor() as db:
        db.execute("SELECT seal, position, digest FROM audit_auditlink ORDER BY position")
        while rows := db.fetchmany(50_000):
            for seal, position, digest in rows:
                found.setdefault(seal, []).append((position, bytes(digest)))
    return found


def tail() -> Iterator[Finding]:
    """What the file outside remembers and the database does not."""
    if not settings.AUDIT_SEAL_FILE:
        return
    kept = {seal.number: as_line(seal) for seal in AuditSeal.objects.all()}
    for line in outside(Path(settings.AUDIT_SEAL_FILE)):
        if line["number"] not in kept:
            yield Finding(f"seal {line['number']}", "is in the file outside, but no longer in the database")
        elif kept[line["number"]] != line:
            yield Finding(f"seal {line['number']}", "differs from the file outside")

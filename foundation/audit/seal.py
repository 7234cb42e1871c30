"""Chain and sign what is committed, so that even the database's own superuser cannot change the record unnoticed.

Rows enter unchained, in the transaction of the act. Once a minute one sealer takes every committed row below the
oldest running transaction, notes the digest of each, and signs (number, previous seal, digests). The key is not in
the database; each seal is also appended to a file, so that a tail that was cut off is missed.

Transaction numbers mean something in one database cluster only. Each seal names its cluster; after a move by dump and
restore the first seals of the new cluster take every row that has no seal yet and count their horizon anew.
"""

import base64
import hashlib
import json
import os
from datetime import UTC
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import connection, transaction

from foundation import clock
from foundation.audit.models import AuditSeal

FORMAT = 2
"""1 did not name the cluster; seals of both are signed, each over what it holds."""
LOCK = 0x7469616E
MOST = 20_000
"""Rows in one seal: a long night's work is sealed in several."""

END = 64 * 1024
"""Bytes at the end of the file outside that hold its last seals."""

DIGEST = """sha256(convert_to(jsonb_build_array(
  e.id, e.txid, e.public_id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_kind, e.actor_id, e.actor_name,
  e.office_name, e.act, e.object_type, e.object_id, e.region_path, e.enterprise_id, e.from_state, e.to_state,
  e.sentence, e.reason, e.detail, e.audience, host(e.ip), e.request_id)::text, 'UTF8'))"""
"""Every column, in a fixed order and independent of the session's formats. A new column needs a new FORMAT."""


class NoKey(Exception):
    """AUDIT_SEAL_KEY is not set: sealing would prove nothing."""


def private_key() -> Ed25519PrivateKey:
    """The key of AUDIT_SEAL_KEY: 32 bytes derived from it. NoKey when it is empty."""
    if not settings.AUDIT_SEAL_KEY:
        raise NoKey("AUDIT_SEAL_KEY is not set")
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(settings.AUDIT_SEAL_KEY.encode()).digest())


def key_id(key: Ed25519PrivateKey) -> str:
    """The first half of the public key's hash: names the key in a seal without telling it."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def message(seal: AuditSeal) -> bytes:
    """What is signed: canonical JSON of the seal without its signature."""
    told = {
        "format": seal.format, "number": seal.number, "previous": seal.previous, "digest": seal.digest,
        "first": seal.first, "count": seal.count, "horizon": seal.horizon, "at": seal.at.astimezone(UTC).isoformat(), "key": seal.key_id,
    }  # fmt: skip
    if seal.format > 1:
        told["cluster"] = seal.cluster
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def sign(seal: AuditSeal, key: Ed25519PrivateKey) -> None:
    seal.signature = base64.b64encode(key.sign(message(seal))).decode()


def where_we_are() -> tuple[str, int]:
    """(the cluster's own identifier, below which transaction nothing is open)."""
    with connection.cursor() as db:
        db.execute(
            "SELECT (SELECT system_identifier::text FROM pg_control_system()),"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        cluster, open_from = db.fetchone()
    return str(cluster), int(open_from)


def sealed_below(last: AuditSeal | None, cluster: str, open_from: int) -> int:
    """Every row of this cluster below it is sealed; 0 when nothing was sealed here yet.

    A seal of the first format names no cluster; numbers that run backwards tell that it was made in another one.
    """
    if last is None or (last.cluster and last.cluster != cluster) or open_from < last.horizon:
        return 0
    return last.horizon


def has_settled(cluster: str) -> bool:
    """Whether all that came with a move is sealed: since it, one seal of this cluster had room left.

    From then on a row with a number that this cluster has not given out yet is nobody's: it is never sealed, and found.
    """
    # Asked every minute: nearly every seal has room, so the newest that has is at the end, and few come after it.
    roomy = AuditSeal.objects.filter(count__lt=MOST).order_by("-number").first()
    if roomy is None or roomy.cluster != cluster:
        return False
    return not AuditSeal.objects.filter(number__gt=roomy.number).exclude(cluster=cluster).exists()


def seal_once() -> AuditSeal | None:
    """Seal what is committed and not sealed yet; None when there is nothing. Any number of sealers may try at once."""
    key = private_key()
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = AuditSeal.objects.order_by("-number").first()
        cluster, horizon = where_we_are()
        since = sealed_below(last, cluster, horizon)
        if not since:
            # The whole record is looked through once, which may take longer than a page may.
            db.execute("SET LOCAL statement_timeout = 0")
        first = last.first + last.count if last else 1
        number = last.number + 1 if last else 1
        db.execute(
            f"""INSERT INTO audit_auditlink (event_id, position, seal, digest)
            SELECT x.id, %s + row_number() OVER (ORDER BY x.txid, x.id) - 1, %s, x.digest FROM (
              SELECT e.id, e.txid, {DIGEST} AS digest FROM audit_auditevent e
              WHERE e.txid >= %s
                AND (e.txid < %s OR NOT %s AND e.txid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
                AND NOT EXISTS (SELECT 1 FROM audit_auditlink l WHERE l.event_id = e.id)
              ORDER BY e.txid, e.id LIMIT %s) x
            RETURNING position, digest""",  # nosec B608
            [first, number, since, horizon, has_settled(cluster), MOST],
        )
        rows = sorted((position, bytes(digest)) for position, digest in db.fetchall())
        if not rows:
            return None
        # A seal that took its fill says only how far it came: the next one goes on from that transaction. A number that
        # this cluster has not given out yet came with a restore, and says nothing about what is open here.
        if len(rows) == MOST:
            db.execute(
                "SELECT max(e.txid) FROM audit_auditlink l JOIN audit_auditevent e ON e.id = l.event_id"
                " WHERE l.seal = %s",
                [number],
            )
            horizon = min(horizon, db.fetchone()[0])
        previous = last.digest if last else "0" * 64
        seal = AuditSeal(
            number=number, format=FORMAT, previous=previous, first=first, count=len(rows), horizon=horizon,
            digest=chained(previous, [digest for _, digest in rows]), at=clock.now(), key_id=key_id(key),
            cluster=cluster,
        )  # fmt: skip
        sign(seal, key)
        seal.save(force_insert=True)
    tell_outside(seal)
    return seal


def chained(previous: str, digests: list[bytes]) -> str:
    """The head of the chain after these rows."""
    head = hashlib.sha256(bytes.fromhex(previous))
    for digest in digests:
        head.update(digest)
    return head.hexdigest()


def seal_all() -> int:
    """Seal until nothing committed is left open; returns how many rows."""
    sealed = 0
    while (seal := seal_once()) is not None:
        sealed += seal.count
    return sealed


def as_line(seal: AuditSeal) -> dict[str, Any]:
    return json.loads(message(seal)) | {"signature": seal.signature}


def tell_outside(seal: AuditSeal) -> None:
    """Append the seal to AUDIT_SEAL_FILE, with those the file missed when a sealer died between commit and here."""
    if not settings.AUDIT_SEAL_FILE:
        return
    path = Path(settings.AUDIT_SEAL_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    known, whole = last_told(path)
    missed = AuditSeal.objects.filter(number__gt=known, number__lte=seal.number).order_by("number")
    with path.open("a", encoding="utf-8") as out:
        if not whole:
            out.write("\n")
        for each in missed:
            out.write(json.dumps(as_line(each), sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())


def last_told(path: Path) -> tuple[int, bool]:
    """(the last seal in the file or 0, whether its last line is finished), read from the end of the file alone."""
    if not path.is_file():
        return 0, True
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END))
        end = file.read()
    for line in reversed(end.splitlines()):
        try:
            return int(json.loads(line)["number"]), end.endswith(b"\n")
        except (ValueError, KeyError, TypeError):
            continue
    return 0, not end or end.endswith(b"\n")


def outside(path: Path) -> list[dict[str, Any]]:
    """The seals that the file remembers; a line cut short by a crash is passed over."""
    found = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
    return found

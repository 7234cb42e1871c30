"""S8: eight writers at once and no fork; the application is refused every change; random tampering as superuser is found.

Each tampering is undone by restoring the tables, so that every one is found by itself and at its own place.
"""

import random
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import django
import psycopg2
from django.db import connection, transaction

from tests.chaos.stage import Arguments, arguments, own_servers, prepare, tell

ROWS_AT_A_TIME = 40
PATIENCE = 120
"""Seconds: no transaction here is open longer."""
TABLES = ("audit_auditevent", "audit_auditlink", "audit_auditseal")


def main() -> int:
    asked = arguments()
    # Sealing waits for every open transaction of a cluster, and the suite's world is one: so a cluster of its own.
    with own_servers():
        prepare()
        django.setup()
        return drill(asked)


def drill(asked: Arguments) -> int:
    from django.conf import settings

    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import system_scope
    from foundation.audit import seal, verify
    from foundation.audit.models import AuditEvent, AuditSeal
    from foundation.audit.record import record
    from foundation.audit.sentences import SENTENCES

    settings.AUDIT_SEAL_KEY = "the drill's own key"
    settings.AUDIT_SEAL_FILE = "" if asked.plant == "no_file_outside" else str(Path(mkdtemp()) / "seals.jsonl")
    if asked.plant == "unsigned":
        verify.message = lambda seal: b""  # type: ignore[assignment]
        seal.message = lambda seal: b""  # type: ignore[assignment]
        seal.as_line = verify.as_line = lambda seal: {"number": seal.number}  # type: ignore[assignment]
    rng = random.Random(asked.seed)
    user = User.objects.get(username="sheng-shenhe")
    acts = sorted(act for act in SENTENCES if act.startswith("user."))
    first, many = (4_000, 96_000) if asked.full else (0, 2_400)

    def write(count: int) -> None:
        who = Principal.of_user(user)
        for start in range(0, count, ROWS_AT_A_TIME):
            with transaction.atomic():
                for _ in range(start, start + ROWS_AT_A_TIME):
                    record(rng.choice(acts), user, actor=who, reason="演练")
                if rng.random() < 0.1:
                    time.sleep(0.02)
        connection.close()

    def write_by_eight(rows: int) -> float:
        writers = [threading.Thread(target=write, args=(rows // 8,)) for _ in range(8)]
        began = time.monotonic()
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            seal.seal_once()
            time.sleep(0.05)
        written_in = time.monotonic() - began
        seal_until_nothing_is_left()
        return written_in

    told = connection.settings_dict
    superuser = psycopg2.connect(host=told["HOST"], user="postgres", dbname=told["NAME"])
    hits = Counter[str]()
    if first:
        # Most of the thousand while the record is short: of a long one each look takes a second and more.
        write_by_eight(first)
        hits += tampered(superuser, rng, 950)
    written_in = write_by_eight(many)
    forks = AuditEvent.objects.count() - verify_rows()
    began = time.monotonic()
    clean = verify.verify()
    speed = verify_rows() / max(time.monotonic() - began, 0.001)

    refused = 0
    for table in TABLES:
        for sql in (f"UPDATE {table} SET {'sentence' if table.endswith('event') else 'digest'} = DEFAULT", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # fmt: skip
            try:
                with system_scope("drill"), connection.cursor() as db:
                    db.execute(sql)
            except Exception:
                refused += 1
    hits += tampered(superuser, rng, 50 if asked.full else 60)
    superuser.close()
    again = verify.verify()
    counts = {
        "rows": AuditEvent.objects.count(), "seals": AuditSeal.objects.count(), "forks": forks, "clean_findings": len(clean) + len(again),
        "app_changes_refused": f"{refused}/9", "tamperings": hits["tamperings"], "found_at_their_place": hits["found"], "tails_cut": hits["tails"],
        "tails_missed": hits["tails"] - hits["tails found"], "rows_verified_per_second": round(speed), "rows_written_per_second": round(many / written_in),
    }  # fmt: skip
    fine = not forks and not clean and not again and refused == 9
    fine = fine and hits["found"] == hits["tamperings"] > 0 and hits["tails found"] == hits["tails"] > 0
    return tell(
        "S8",
        asked,
        counts,
        "0 forks; 9/9 refused; every tampering found at its place; every cut tail missed by nobody",
        fine,
    )


def tampered(superuser: Any, rng: random.Random, tries: int) -> Counter[str]:
    """Change something, look, change it back, so often; every tenth time the tail is cut."""
    from foundation.audit import verify

    hits = Counter[str]()
    connection.close()
    for n in range(tries):
        cut_the_tail = n % 10 == 9
        where = tamper(superuser, rng, cut_the_tail)
        findings = verify.verify()
        if cut_the_tail:
            hits["tails"] += 1
            hits["tails found"] += bool(findings)
        else:
            hits["tamperings"] += 1
            hits["found"] += any(where in f"{finding.where} {finding.what}" for finding in findings)
        restore(superuser)
    return hits


def seal_until_nothing_is_left() -> None:
    """A transaction that is still open holds the horizon back: sealing waits for it."""
    from foundation.audit import seal
    from foundation.audit.models import AuditEvent

    until = time.monotonic() + PATIENCE
    while seal.seal_all() or (AuditEvent.objects.count() > verify_rows() and time.monotonic() < until):
        time.sleep(0.1)


def verify_rows() -> int:
    from foundation.audit.models import AuditLink

    return AuditLink.objects.count()


def tamper(db, rng: random.Random, cut_the_tail: bool) -> str:
    """One change as superuser, triggers off, the old rows kept aside; returns what a finding must name."""
    with db.cursor() as do:
        do.execute("SET session_replication_role = replica")
        for table in TABLES:
            do.execute(f"CREATE TEMP TABLE kept_{table} AS TABLE {table}")
        do.execute("SELECT event_id, position, seal FROM audit_auditlink ORDER BY random() LIMIT 2")
        (event, _position, seal), (other, _, _) = do.fetchall()
        if cut_the_tail:
            do.execute("SELECT max(number) FROM audit_auditseal")
            (last,) = do.fetchone()
            do.execute(
                "DELETE FROM audit_auditevent WHERE id IN (SELECT event_id FROM audit_auditlink WHERE seal >= %s)",
                [last],
            )
            do.execute("DELETE FROM audit_auditlink WHERE seal >= %s", [last])
            do.execute("DELETE FROM audit_auditseal WHERE number >= %s", [last])
            db.commit()
            return f"seal {last}"
        kind = rng.choice(["sentence", "actor", "delete", "insert", "swap", "hide", "relink", "reseal"])
        where = f"event {event}"
        if kind == "sentence":
            do.execute("UPDATE audit_auditevent SET sentence = sentence || '。' WHERE id = %s", [event])
        elif kind == "actor":
            do.execute(
                "UPDATE audit_auditevent SET actor_name = '别人', at = at - interval '1 microsecond' WHERE id = %s",
                [event],
            )
        elif kind == "delete":
            do.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])
        elif kind == "insert":
            do.execute(
                "INSERT INTO audit_auditevent (public_id, txid, at, actor_kind, actor_id, actor_name, office_name, act, object_type,"
                " object_id, region_path, enterprise_id, from_state, to_state, sentence, reason, detail, audience, ip, request_id)"
                " SELECT 'forged' || id, txid, at, actor_kind, actor_id, actor_name, office_name, act, object_type, object_id, region_path,"
                " enterprise_id, from_state, to_state, '伪造', reason, detail, audience, ip, request_id FROM audit_auditevent WHERE id = %s"
                " RETURNING id",
                [event],
            )
            where = f"event {do.fetchone()[0]}"
        elif kind == "swap":
            do.execute(
                "UPDATE audit_auditevent SET sentence = (SELECT reason || '换' FROM audit_auditevent WHERE id = %s) WHERE id = %s",
                [other, event],
            )
        elif kind == "hide":
            do.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])
            do.execute("DELETE FROM audit_auditlink WHERE event_id = %s", [event])
            where = f"seal {seal}"
        elif kind == "relink":
            from foundation.audit.seal import DIGEST

            do.execute("UPDATE audit_auditevent SET sentence = '改写' WHERE id = %s", [event])
            do.execute(
                f"UPDATE audit_auditlink SET digest = (SELECT {DIGEST} FROM audit_auditevent e WHERE e.id = event_id) WHERE event_id = %s",
                [event],
            )
            where = f"seal {seal}"
        else:
            rewrite_chain(do, event, seal)
            where = f"seal {seal} the signature is not ours"
        db.commit()
    return where


def rewrite_chain(do, event: int, seal: int) -> None:
    """The best a forger without the key can do: change the row, then recompute every digest and every seal after it."""
    from foundation.audit.seal import DIGEST, chained

    do.execute("UPDATE audit_auditevent SET sentence = '改写' WHERE id = %s", [event])
    do.execute(
        f"UPDATE audit_auditlink SET digest = (SELECT {DIGEST} FROM audit_auditevent e WHERE e.id = event_id) WHERE event_id = %s",
        [event],
    )
    do.execute("SELECT number, previous FROM audit_auditseal WHERE number >= %s ORDER BY number", [seal])
    before = None
    for number, previous in do.fetchall():
        do.execute("SELECT digest FROM audit_auditlink WHERE seal = %s ORDER BY position", [number])
        head = chained(before or previous, [bytes(digest) for (digest,) in do.fetchall()])
        do.execute(
            "UPDATE audit_auditseal SET previous = %s, digest = %s WHERE number = %s",
            [before or previous, head, number],
        )
        before = head


def restore(db) -> None:
    with db.cursor() as do:
        for table in TABLES:
            do.execute(f"DELETE FROM {table}")
            do.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
            do.execute(f"DROP TABLE kept_{table}")
        db.commit()


if __name__ == "__main__":
    sys.exit(main())

"""R2: two copies of one world. In one, each message arrives once; in the other ten times, shuffled, from several processes.

The list of tasks is Celery's registry, the list of kinds of work the ledger's own register; each kind is laid out with
something to do (chores.py). Afterwards every table must count the same rows in both worlds, and as many letters have left.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2

from tests.chaos.r1 import WITNESS
from tests.chaos.s8 import PATIENCE
from tests.chaos.stage import ROOT, Arguments, arguments, own_servers, prepare, tell

CONSUMER = """
import os, sys
os.environ['DRILL_PAUSE'] = '0.01'
import tests.chaos.worker as w
from django.conf import settings
settings.EMAIL_FILE_PATH = os.environ['EMAIL_FILE_PATH']
from portal.celery import app
for line in sys.stdin:
    name, _, argument = line.strip().partition(' ')
    app.tasks[name].apply(args=[int(argument)] if argument else [], throw=False)
"""
MAIL = "django.core.mail.backends.filebased.EmailBackend"
"""Letters go out into a folder, where they can be counted: what has left takes no part in any transaction."""
TARGET = (
    "ten deliveries by many consumers leave the same rows as one and send the same letters, for every registered task and every"
    " kind of work; no kind untried, none fails"
)


def main() -> int:
    asked = arguments()
    # Sealing waits for every open transaction of a cluster, and the suite's world is one: so a cluster of its own.
    with own_servers():
        prepare()
        django.setup()
        return drill(asked)


def drill(asked: Arguments) -> int:
    from django.conf import settings
    from django.db import connection

    from certification.models import Certificate, Posting
    from certification.tasks import HOUR, NIGHT
    from foundation import clock
    from foundation.accounts.scope import system_scope
    from foundation.ledger.models import WorkItem
    from foundation.ledger.work import HANDLERS, enqueue
    from portal.celery import app
    from tests.chaos.chores import CHORES, lay

    app.loader.import_default_modules()
    tasks = sorted(name for name in app.tasks if not name.startswith("celery."))
    if asked.plant == "unheard_of_kind":
        HANDLERS["drill.new"] = lambda item: None
    if unlaid := sorted(set(HANDLERS) - set(CHORES)):
        return tell("R2", asked, {"tasks": tasks, "kinds": len(HANDLERS), "kinds_not_tried": unlaid}, TARGET, False)
    with system_scope("drill"):
        # Something for each clock to do: titles and postings whose last day was yesterday, a night that was not opened.
        yesterday = clock.yesterday()
        ids = list(Certificate.objects.filter(state="valid").order_by("id").values_list("pk", flat=True)[:40])
        Certificate.objects.filter(pk__in=ids).update(valid_until=yesterday)
        Posting.objects.filter(state="running").update(ends_on=yesterday)
        from certification.models import Cycle, Judgement

        Cycle.objects.all().update(night=yesterday)
        Judgement.objects.all().delete()
        WorkItem.objects.all().delete()
        for n in range(40 if asked.full else 8):
            enqueue(HOUR, f"drill {n}")
        enqueue(NIGHT, "drill")
        lay()
        with connection.cursor() as db:
            db.execute(WITNESS)
    connection.close()

    def settings_dsn(name: str = "") -> str:
        told = settings.DATABASES["default"]
        return f"host={told['HOST']} user={told['USER']} dbname={name or told['NAME']}"

    mine = str(settings.DATABASES["default"]["NAME"])
    twin = f"{mine}_ten"
    admin = psycopg2.connect(settings_dsn("postgres"))
    admin.autocommit = True
    with admin.cursor() as do:
        do.execute(f'DROP DATABASE IF EXISTS "{twin}" WITH (FORCE)')
        do.execute(f'CREATE DATABASE "{twin}" TEMPLATE "{mine}"')
    post_office = Path(tempfile.mkdtemp(prefix="drill-mail-"))
    rng = random.Random(asked.seed)
    rounds, consumers = (3, 8) if asked.full else (1, 4) if asked.plant else (3, 4)

    def deliver(database: str, copies: int, consumers: int, plant: str) -> int:
        """Every message `copies` times, in rounds, because work makes work: an announcement a letter, a letter its carriage."""
        sent = 0
        parts = urlsplit(os.environ["DATABASE_URL"])
        env = os.environ | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{database}")), "DRILL_PLANT": plant}
        env |= {"EMAIL_BACKEND": MAIL, "EMAIL_FILE_PATH": str(post_office / database), "MAIL_STAYS_HERE": "1"}
        for _ in range(rounds):
            with psycopg2.connect(settings_dsn(database)) as db, db.cursor() as do:
                do.execute("SELECT id FROM ledger_workitem WHERE state = 'todo' ORDER BY id")
                known = [f"ledger.knock {pk}" for (pk,) in do.fetchall()] + [t for t in tasks if t != "ledger.knock"]
            post = known * copies
            rng.shuffle(post)
            sent += len(post)

            def consume(share: list[str]) -> None:
                done = subprocess.run(
                    [sys.executable, "-c", CONSUMER], input="\n".join(share), text=True, cwd=ROOT, env=env, check=False,
                    capture_output=True,
                )  # fmt: skip
                if done.returncode:
                    sys.stderr.write(done.stderr[-1500:])

            with ThreadPoolExecutor(consumers) as crowd:
                list(crowd.map(consume, [post[n::consumers] for n in range(consumers)]))
        # What came after the last ring is linked by the next one, in both worlds.
        until = time.monotonic() + PATIENCE
        consume(["audit.seal"])
        while unlinked(settings_dsn(database)) and time.monotonic() < until:
            time.sleep(1)
            consume(["audit.seal"])
        return sent

    once = deliver(mine, 1, 1, "")
    ten = deliver(twin, 4 if asked.plant else 10, consumers, asked.plant)
    a, b = (effects(settings_dsn(name)) | {"letters out": letters(post_office / name)} for name in (mine, twin))
    different = {name: (a.get(name), b.get(name)) for name in sorted(set(a) | set(b)) if a.get(name) != b.get(name)}
    with admin.cursor() as do:
        do.execute(f'DROP DATABASE "{twin}" WITH (FORCE)')
    counts: dict[str, Any] = {
        "tasks": tasks, "messages_once": once, "deliveries": ten, "tables": len(a), "expired_titles": a["audit: certificate.expire"],
        "ended_postings": a["audit: posting.end"], "outcomes": a["certification_judgement"], "letters": a["letters out"],
        "kinds": len(HANDLERS), "kinds_not_tried": sorted(kind for kind in HANDLERS if not a.get(f"work: {kind} done")),
        "work_that_failed": a["work that failed"], "different": different,
    }  # fmt: skip
    fine = not (different or counts["kinds_not_tried"] or a["work that failed"])
    fine = fine and counts["expired_titles"] >= 40 and counts["outcomes"] > 0 and counts["letters"] >= 2
    return tell("R2", asked, counts, TARGET, fine)


def letters(folder: Path) -> int:
    """How many have left; each file ends every letter with a line."""
    return sum(file.read_bytes().count(b"\n" + b"-" * 79 + b"\n") for file in folder.glob("*.log"))


def unlinked(dsn: str) -> int:
    """Rows of the record that no seal covers yet."""
    with psycopg2.connect(dsn) as db, db.cursor() as do:
        do.execute("SELECT (SELECT count(*) FROM audit_auditevent) - (SELECT count(*) FROM audit_auditlink)")
        row = do.fetchone()
        return int(row[0]) if row else 0


def effects(dsn: str) -> dict[str, Any]:
    """Rows per table, audit rows per act, work items per kind and state."""
    found: dict[str, Any] = {}
    with psycopg2.connect(dsn) as db, db.cursor() as do:
        do.execute("SELECT set_config('app.lo', '64', false), set_config('app.hi', '65', false)")
        do.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in do.fetchall():
            if name in ("accounts_cache", "django_session", "audit_auditseal"):
                continue
            do.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = do.fetchone()[0]
        do.execute("SELECT act, count(*) FROM audit_auditevent GROUP BY 1")
        found |= {f"audit: {act}": count for act, count in do.fetchall()}
        do.execute("SELECT kind || ' ' || state, count(*) FROM ledger_workitem GROUP BY 1")
        found |= {f"work: {kind}": count for kind, count in do.fetchall()}
        do.execute("SELECT count(*) FROM ledger_workitem WHERE last_error <> '' OR state = 'quarantined'")
        found["work that failed"] = do.fetchone()[0]
        # A sweep that another one overtook leaves a mark on purpose, to be looked at again; how often depends on who was first.
        do.execute("SELECT count(*) FROM enterprises_touched WHERE names <> '{holds}'")
        found["enterprises_touched"] = do.fetchone()[0]
        # What is added up is doubled without a row more.
        do.execute("SELECT coalesce(sum(told), 0) FROM certification_extension")
        found["told of a longer window"] = do.fetchone()[0]
    return found


if __name__ == "__main__":
    sys.exit(main())

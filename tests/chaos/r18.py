"""R18: people work, somebody destroys, one command builds the instance as it was a second before; nothing differs.

The commands are those an operator types, with their own checks at the end: rows against files, the record against its seals.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg2

from tests.chaos.stage import arguments, own_servers, prepare, tell

PASSING = {"django_session", "accounts_cache", "audit_inspection"}
"""Not compared: what passes, and the last results of the watches, which the command itself runs anew."""


def main() -> int:
    asked = arguments()
    given = os.environ.get("PRIVATE_ROOT", "")
    with own_servers() as servers:
        # The demo world's own files belong to this instance too: the command's check misses any that lie elsewhere.
        if os.environ.get("DRILL_READY") and given:
            shutil.copytree(given, servers.state.private, dirs_exist_ok=True)
        os.environ["PRIVATE_ROOT"] = str(servers.state.private)
        prepare()
        django.setup()
        return drill(asked, servers)


def drill(asked, servers) -> int:
    from django.conf import settings
    from django.db import connection

    from enterprises.attach import keep, path_of
    from enterprises.models import Enterprise, Evidence
    from foundation import clock
    from foundation.accounts.scope import system_scope
    from foundation.audit.seal import seal_all
    from launcher import backup
    from launcher.places import State

    state = servers.state

    def ask(**words) -> argparse.Namespace:
        return argparse.Namespace(state=str(state.folder), keep=7, files=False, **words)

    settings.PRIVATE_ROOT = state.private

    def work(number: int) -> None:
        import hashlib

        content = f"演练材料 {number} ".encode() * 50
        digest = hashlib.sha256(content).hexdigest()
        keep(content, digest)
        with system_scope("drill"):
            firm = Enterprise.objects.order_by("id")[number % 200]
            Evidence.objects.create(
                enterprise=firm, kind="drill", title=f"演练 {number}", original_name="x.pdf", media_type="application/pdf",
                size=len(content), sha256=digest, uploaded_at=clock.now(),
            )  # fmt: skip

    many = 4000 if asked.full else 150
    with system_scope("drill"):
        Evidence.objects.all().delete()
    for number in range(many):
        work(number)
    backup.backup(ask())
    for number in range(many, 2 * many):
        work(number)
    if asked.plant != "files_left_out":
        files = ask()
        files.files = True
        backup.backup(files)
    # What is sealed is sealed before the moment, so that the restored record can be checked.
    seal_all()
    time.sleep(0.3)
    truth = sums(connection.settings_dict)
    moment = datetime.now(UTC)
    time.sleep(1.2)
    with system_scope("drill"), connection.cursor() as db:
        db.execute("DELETE FROM enterprises_evidence WHERE id % 2 = 0")
        db.execute("UPDATE enterprises_enterprise SET name = '毁了'")
    connection.close()
    for file in state.private.glob("??/*"):
        file.unlink()
    if asked.plant == "no_log":
        # The segments since the base are gone, archived or not.
        for folder in (servers.started[0].archive / "wal", servers.started[0].data / "pg_wal"):
            for file in folder.glob("0*"):
                file.rename(file.with_name(f"gone-{file.name}"))
    into = State.at(Path(tempfile.mkdtemp(prefix="drill-restored-")))
    into.folder.chmod(0o755)
    began = time.monotonic()
    differing, missing, checks = ["not restored"], -1, -1
    try:
        checks = backup.restore(ask(to=moment.isoformat(), into=str(into.folder)))
        took = time.monotonic() - began
        restored = backup.Postgres(into)
        restored.start()
        try:
            host = str(restored.folder)
            found = sums({"HOST": host, "USER": "tianti", "NAME": "tianti"})
            differing = sorted(name for name in truth if truth[name] != found.get(name))
            with psycopg2.connect(host=host, user="postgres", dbname="tianti") as db, db.cursor() as do:
                do.execute("SELECT DISTINCT sha256 FROM enterprises_evidence")
                hashes = [digest for (digest,) in do.fetchall()]
            settings.PRIVATE_ROOT = into.private
            missing = sum(not path_of(digest).is_file() for digest in hashes)
        finally:
            restored.stop()
    except Exception as error:
        took = time.monotonic() - began
        sys.stderr.write(f"{error}\n")
    finally:
        shutil.rmtree(into.folder, ignore_errors=True)
    counts = {
        "rows_after_the_base": many, "tables": len(truth), "tables_that_differ": differing, "files_missing": missing,
        "checks_of_the_command": checks, "seconds_to_restore": round(took, 1),
    }  # fmt: skip
    fine = not differing and missing == 0 and checks == 0 and took <= 600
    return tell(
        "R18", asked, counts, "every table as it was, every file there, in at most ten minutes, by one command", fine
    )


def sums(told) -> dict[str, str]:
    """A checksum of each table, in the order of its rows."""
    with psycopg2.connect(host=told["HOST"], user="postgres", dbname=told["NAME"]) as db, db.cursor() as do:
        do.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in do.fetchall() if name not in PASSING]
        found = {}
        for name in names:
            do.execute(
                f"SELECT count(*), coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') FROM \"{name}\" t"
            )
            found[name] = str(do.fetchone())
    return found


if __name__ == "__main__":
    sys.exit(main())

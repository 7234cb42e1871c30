"""A sweep over a population, end to end (read, judge, store the differences), against the bare COPY-out of its columns.

usage: python benchmarks/sweep.py [LARGEST]      on an empty database of its own: DATABASE_URL, PRIVATE_ROOT

For 10^4, 10^5 … titles of invented enterprises: a full sweep by two workers, a full sweep on which nothing changed, and a
nightly sweep after 1 % of the enterprises changed. Prints seconds and ratios as JSON.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("DB_STATEMENT_TIMEOUT_MS", "0")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

django.setup()

from io import BytesIO

from django.core.management import call_command
from django.db import connection

from certification import rereview, snapshot, sweep
from certification.models import Certificate, Judgement, Outcome
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.scope import system_scope
from foundation.ledger import work
from foundation.ledger.models import WorkItem

WORKERS = 2
FIRMS = """
INSERT INTO enterprises_enterprise SELECT (jsonb_populate_record(e, jsonb_build_object(
  'id', %(base)s + n, 'public_id', left(md5('firm' || n), 16), 'credit_code', 'BENCH' || lpad(n::text, 13, '0'), 'name', '示例' || n || '号有限公司'))).*
FROM generate_series(%(first)s, %(last)s) n JOIN enterprises_enterprise e ON e.id = (SELECT min(id) FROM enterprises_enterprise)
"""
TITLES = """
INSERT INTO certification_certificate ({COLUMNS}) SELECT {COLUMNS} FROM (SELECT (jsonb_populate_record(c, jsonb_build_object(
  'id', %(base)s + n, 'public_id', left(md5('title' || n), 16), 'number', 'NX-BENCH-' || n, 'enterprise_id', %(base)s + n,
  'application_id', NULL, 'credit_code', 'BENCH' || lpad(n::text, 13, '0')))).*
FROM (SELECT array_agg(id) AS ids FROM (SELECT id FROM certification_certificate WHERE state = 'valid' AND id < %(base)s ORDER BY id LIMIT 100) t) k,
generate_series(%(first)s, %(last)s) n, certification_certificate c
WHERE c.id = k.ids[n %% 100 + 1]) made
""".replace("{COLUMNS}", ", ".join(f.column for f in Certificate._meta.concrete_fields if not f.generated))
KEPT = """
INSERT INTO certification_snapshot (enterprise_id, region_path, facts, is_odd, taken_on, flips_on)
SELECT %(base)s + n, s.region_path,
  s.facts || jsonb_build_object('revenue_y0', 200000000 + (random() * 2e10)::bigint, 'rd_expense_y0', (random() * 2e9)::bigint), false, s.taken_on,
  make_date(extract(year FROM s.taken_on)::int + 1, 1, 1)
FROM (SELECT array_agg(enterprise_id) AS ids FROM (SELECT enterprise_id FROM certification_snapshot WHERE enterprise_id < %(base)s AND NOT is_odd ORDER BY 1 LIMIT 100) t) k,
generate_series(%(first)s, %(last)s) n, certification_snapshot s
WHERE s.enterprise_id = k.ids[n %% 100 + 1]
"""
RAW = """
INSERT INTO enterprises_figure (enterprise_id, name, year, fen, quantity, unit, source, seen_at)
SELECT %(base)s + n, f.name, f.year, f.fen, f.quantity, f.unit, f.source, now()
FROM (SELECT array_agg(enterprise_id) AS ids FROM (SELECT DISTINCT enterprise_id FROM enterprises_figure WHERE enterprise_id < %(base)s ORDER BY 1 LIMIT 100) t) k,
generate_series(%(first)s, %(last)s) n, enterprises_figure f
WHERE f.enterprise_id = k.ids[n %% 100 + 1]
"""
CHANGE = "UPDATE enterprises_figure SET fen = fen * 11 / 10 WHERE enterprise_id > %s AND name IN ('revenue', 'rd_expense') AND fen IS NOT NULL"
BASE = 100_000_000
TABLES = ("enterprises_enterprise", "certification_certificate", "certification_snapshot")
COLUMNS = """
COPY (SELECT c.id, c.enterprise_id, c.region_path, c.tier, c.announced_on, c.valid_until, s.flips_on, s.taken_on, s.is_odd, s.facts
      FROM certification_certificate c JOIN certification_snapshot s ON s.enterprise_id = c.enterprise_id WHERE c.state = 'valid') TO STDOUT
"""


def grow(have: int, target: int) -> None:
    """Firms, titles and kept facts, written inside the database; the marks of the load are no part of the measurement."""
    given = {"base": BASE, "first": have + 1, "last": target}
    with system_scope("benchmark"), connection.cursor() as db:
        db.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            db.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in (FIRMS, TITLES, KEPT):
            db.execute(statement, given)
        for table in TABLES:
            db.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.cursor() as db:
        for table in TABLES:
            db.execute(f"ANALYZE {table}")


WORK = [sys.executable, __file__, "--worker"]


def swept(kind: str, key: str, commands: list[list[str]] | None = None, **env: str) -> tuple[float, int, int]:
    """(seconds from opening to the last slice, titles judged, judgements written), by two workers or by these."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": os.environ | env}
    workers = [subprocess.Popen(command, **pipes) for command in commands or [WORK] * WORKERS]
    for worker in workers:  # as in the house, where workers run already when a sweep is opened
        worker.stdout.readline()
    before = time.perf_counter()
    with system_scope("benchmark"):
        cycle = sweep.open_cycle(None, kind, key)
    for worker in workers:
        worker.stdin.close()
    for worker in workers:
        if worker.wait():
            raise SystemExit("a worker failed")
    took = time.perf_counter() - before
    rows = list(WorkItem.objects.filter(kind=rereview.KIND, payload__cycle=cycle.pk).values_list("state", "result"))
    if any(state != "done" for state, _ in rows):
        raise SystemExit("a slice was not done")
    with system_scope("benchmark"):
        written = Judgement.objects.filter(cycle=cycle).count()
    return took, sum(result["titles"] for _, result in rows), written


def worker() -> None:
    """One of several: takes what nobody else was called for, until nothing is left."""
    WorkItem.objects.exists()
    print("ready", flush=True)
    sys.stdin.read()
    while WorkItem.objects.filter(kind=rereview.KIND, state="todo").exists():
        called = work.waiting(2)
        for pk in called:
            work.perform(pk)
        if not called:
            time.sleep(0.05)


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("prepare", "--demo", verbosity=0)
    work.drain()
    have, told = 0, []
    target = 10_000
    while target <= largest:
        grow(have, target)
        have = target
        with system_scope("benchmark"), connection.cursor() as db:
            out = BytesIO()
            began = time.perf_counter()
            db.copy_expert(COLUMNS, out)
            copied = time.perf_counter() - began
        share = target // 100
        with system_scope("benchmark"), connection.cursor() as db:
            db.execute(RAW, {"base": BASE, "first": target - share + 1, "last": target})
        first, titles, written = swept("full", f"first {target}")
        still, _, unchanged = swept("full", f"still {target}")
        with system_scope("benchmark"), connection.cursor() as db:
            db.execute(CHANGE, [BASE + target - share])
        night, looked, _ = swept("changed", f"night {target}")
        with system_scope("benchmark"):
            firms = list(Enterprise.objects.filter(pk__gt=BASE).order_by("-pk")[:500])
            began = time.perf_counter()
            snapshot.take(firms, clock.today())
            one = (time.perf_counter() - began) / len(firms)
            outcomes = Outcome.objects.filter(cycle__key=f"night {target}").count()
        told.append(
            {
                "titles": titles, "copy_out_s": round(copied, 2), "copy_out_mb": round(out.tell() / 1e6), "full_s": round(first, 1),
                "full_to_copy": round(first / copied, 1), "written": written, "unchanged_s": round(still, 1), "unchanged_written": unchanged,
                "night_1_percent_s": round(night, 1), "night_looked_at": looked, "night_to_full_percent": round(night / first * 100, 1),
                "night_traces": outcomes, "taking_one_enterprise_ms": round(one * 1000, 2), "titles_a_second": round(titles / first),
            }
        )  # fmt: skip
        print(json.dumps(told[-1]), flush=True)
        target *= 10
    print(json.dumps({"workers": WORKERS, "sizes": told}))


if __name__ == "__main__":
    worker() if "--worker" in sys.argv else main()

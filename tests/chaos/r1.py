"""R1: a night's re-review finishes exactly once per title although workers, beats and the broker die all the time."""

import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import django
import redis

from tests.chaos.stage import Processes, arguments, manage, tell, wait_until

STUCK = 60
CELERY = ("celery", "-A", "tests.chaos.worker")


def titles(count: int) -> None:
    """So many invented enterprises, each with one valid title."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from certification.models import Certificate
    from enterprises.credit_code import make_code
    from enterprises.models import Enterprise
    from foundation import clock
    from foundation.accounts.scope import system_scope

    first = clock.today() - timedelta(days=200)
    last = first + timedelta(days=3 * 365)
    with system_scope("drill"):
        firms = Enterprise.objects.bulk_create(
            [
                Enterprise(credit_code=make_code("640104", n), name=f"示例{n}号有限公司", region_path="64/6401/640104",
                           created_at=clock.now())
                for n in range(count)
            ],
            batch_size=2000,
        )  # fmt: skip
        Certificate.objects.bulk_create(
            [
                Certificate(
                    number=f"NX-CX-{first.year}-{n:06d}", enterprise=firm, enterprise_name=firm.name, credit_code=firm.credit_code,
                    region_path=firm.region_path, tier="innovative", announced_on=first, valid_from=first, valid_until=last,
                    validity=DateRange(first, last + timedelta(days=1)), state="valid",
                )
                for n, firm in enumerate(firms)
            ],
            batch_size=2000,
        )  # fmt: skip


WITNESS = """
CREATE TABLE drill_done (item bigint, at timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION drill_witness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO drill_done (item) VALUES (NEW.id); RETURN NEW; END $$;
CREATE TRIGGER drill_witness AFTER UPDATE ON ledger_workitem FOR EACH ROW
  WHEN (NEW.state = 'done') EXECUTE FUNCTION drill_witness();
"""
"""Counts commits of the done mark, so that work done twice shows even where a constraint hides it."""


def main() -> int:
    asked = arguments()
    rng = random.Random(asked.seed)
    count, kills, wipes, beats, slice_ = (10_000, 200, 20, 10, 25) if asked.full else (2_400, 8, 2, 1, 20)
    os.environ["REREVIEW_SLICE"] = str(slice_)
    os.environ["LEDGER_SWEEP_SECONDS"] = "1"
    manage("prepare", "--no-demo")
    django.setup()

    from django.conf import settings
    from django.db import connection

    from certification import rereview, sweep
    from certification.models import Cycle, Finding, Judgement
    from foundation.accounts.scope import system_scope
    from foundation.ledger.models import WorkItem

    titles(count)
    with connection.cursor() as db:
        db.execute(WITNESS)
    broker = redis.Redis.from_url(settings.REDIS_URL)
    log = Path(tempfile.mkdtemp(prefix="drill-")) / "processes.log"
    house = Processes({"DRILL_PLANT": asked.plant, "DRILL_PAUSE": "0.12"}, log)

    def start_worker() -> None:
        house.start("worker", *CELERY, "worker", "-c", "2", "--loglevel", "WARNING")

    def start_beat(name: str) -> None:
        house.start(name, *CELERY, "beat", "--loglevel", "WARNING", "--schedule", str(log.parent / name))

    def left() -> int:
        return WorkItem.objects.filter(kind=rereview.KIND, state="todo").count()

    def done() -> int:
        return WorkItem.objects.filter(kind=rereview.KIND, state="done").count()

    began = time.monotonic()
    killed = {"groups": 0, "children": 0, "wipes": 0, "beats": 0}
    try:
        start_worker()
        start_beat("beat-1")
        start_beat("beat-2")
        with system_scope("drill"):
            sweep.open_cycle(date.today())
            sweep.open_cycle(date.today())
        doom = ["worker"] * kills + ["wipe"] * wipes + ["beat"] * beats
        rng.shuffle(doom)
        for fate in doom:
            before = done()
            wait_until(lambda before=before: done() > before, 10)
            time.sleep(rng.uniform(0.0, 1.2))
            if fate == "wipe":
                broker.flushdb()
                killed["wipes"] += 1
            elif fate == "beat":
                house.kill("beat-1")
                start_beat("beat-1")
                killed["beats"] += 1
            elif rng.random() < 0.3:
                house.kill_a_child("worker", rng)
                killed["children"] += 1
            else:
                house.kill("worker")
                start_worker()
                killed["groups"] += 1
            if left() < 20:
                with system_scope("drill"):
                    sweep.open_cycle(date.today() + timedelta(days=Cycle.objects.count()))
        wait_until(lambda: left() == 0, STUCK + left() * 0.2)
    finally:
        stuck = left()
        house.kill_all()
    with system_scope("drill"):
        cycles = Cycle.objects.count()
        judged = sum(
            row["titles"]
            for row in WorkItem.objects.filter(kind=rereview.KIND, state="done").values_list("result", flat=True)
        )
        known = Judgement.objects.count()
        quarantined = WorkItem.objects.filter(state="quarantined").count()
        findings = Finding.objects.filter(closed_on=None).count()
    with connection.cursor() as db:
        db.execute("SELECT count(*) - count(DISTINCT item) FROM drill_done")
        (doubled,) = db.fetchone()
    counts = {
        "titles": count, "nights": cycles, "slices": WorkItem.objects.filter(kind=rereview.KIND).count(), "judged": judged,
        "lost": cycles * count - judged, "titles_without_judgement": count - known, "doubled": doubled, "stuck": stuck, "quarantined": quarantined,
        "findings": findings, "killed": killed, "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    fine = counts["lost"] == 0 and known == count and doubled == 0 and stuck == 0 and quarantined == 0
    target = f"every title judged once a night: 0 lost, 0 doubled, 0 stuck more than {STUCK} s after the last kill"
    return tell("R1", asked, counts, target, fine)


if __name__ == "__main__":
    sys.exit(main())

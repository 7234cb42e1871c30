"""R1: a night's re-review finishes exactly once per title although workers, beats and the broker die all the time."""

import math
import os
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import django
import redis

from tests.chaos.stage import Processes, arguments, prepare, tell, wait_until

STUCK = 60
CELERY = ("celery", "-A", "tests.chaos.worker")


def titles(count: int) -> None:
    """So many invented enterprises, each with one valid title."""
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
                    state="valid",
                )
                for n, firm in enumerate(firms)
            ],
            batch_size=2000,
        )  # fmt: skip


DUE = 500
"""Little giants of 2023 that are due for re-review: their list is built and told while everything dies."""


def due_cohort() -> str:
    """500 titles of 2023 with one person each, a call for their re-review, and its list asked for twice."""
    from datetime import datetime

    from certification import call as calls
    from certification import cohort
    from certification.models import Call, Certificate, Cohort
    from enterprises.models import Enterprise, Membership
    from foundation import clock
    from foundation.accounts.models import User
    from foundation.accounts.scope import system_scope
    from foundation.ledger.work import enqueue

    first, last, now = date(2023, 7, 1), clock.today() + timedelta(days=30), clock.now()
    with system_scope("drill") as house:
        firms = list(Enterprise.objects.order_by("id")[:DUE])
        Certificate.objects.bulk_create(
            Certificate(
                number=f"NX-XJR-2023-{n:06d}", enterprise=firm, enterprise_name=firm.name, credit_code=firm.credit_code,
                region_path=firm.region_path, tier="little_giant", announced_on=first, valid_from=first, valid_until=last,
                state="valid",
            )
            for n, firm in enumerate(firms)
        )  # fmt: skip
        people = User.objects.bulk_create(
            User(username=f"drill-{n}", name=f"演练{n}", password="!") for n in range(DUE)
        )
        Membership.objects.bulk_create(
            Membership(
                user=person, enterprise=firm, region_path=firm.region_path, enterprise_name=firm.name, role="owner",
                state="verified", method="platform", requested_at=now, decided_at=now,
            )
            for person, firm in zip(people, firms, strict=True)
        )  # fmt: skip
        opens = datetime(2026, 4, 1, tzinfo=now.tzinfo)
        call = calls.draft(
            Call(
                tier="little_giant", case_type="renewal", year=2026, batch="演练", title="演练复核", cohort=2023,
                opens_at=opens, closes_at=max(now, opens) + timedelta(days=30), contact="演练", disciplinary_contact="演练",
            ),
            actor=house,
        )  # fmt: skip
        row = Cohort.objects.create(
            call=call,
            ends_from=last,
            ends_until=last,
            share=10,
            seed="5a" * 32,
            algorithm=cohort.ALGORITHM,
            built_at=now,
        )
        enqueue(cohort.FILL, row.public_id)
        enqueue(cohort.FILL, row.public_id)
    return row.public_id


def cohort_told() -> dict[str, object]:
    """How the list stands: lines, their rules, who was told and how many letters there are."""
    from certification import cohort
    from certification.models import Cohort
    from foundation.mailroom.models import Message

    row = Cohort.objects.get()
    rules = {(code, tuple(laid)) for code, laid in row.titles.values_list("rule_set_code", "overlays")}
    # A night that has judged some of them before the list is written parts them into more strata, each rounded up.
    strata = Counter(row.titles.values_list("stratum", flat=True))
    return {
        "lines": row.titles.count(), "rules": sorted(f"{code}+{'+'.join(laid)}" for code, laid in rules),
        "told": row.titles.exclude(told_at=None).count(), "letters": Message.objects.filter(subject__endswith="称号到期复核").count(),
        "visits": row.on_site, "visits_owed": sum(math.ceil(size / 10) for size in strata.values()), "draw_differs": len(cohort.differences(row)),
    }  # fmt: skip


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
    count, kills, wipes, beats, slice_ = (2_400, 8, 2, 1, 20)
    if asked.full:
        count, kills, wipes, beats, slice_ = 10_000, 200, 20, 10, 25
    elif asked.plant:
        count, kills, wipes, beats = 1_200, 4, 1, 1
    os.environ["REREVIEW_SLICE"] = str(slice_)
    os.environ["LEDGER_SWEEP_SECONDS"] = "1"
    prepare(demo=False)
    django.setup()

    from django.conf import settings
    from django.db import connection

    from certification import rereview, sweep
    from certification.models import Cycle, Finding, Judgement
    from foundation.accounts.scope import system_scope
    from foundation.ledger.models import WorkItem

    titles(count)
    due_cohort()
    count += DUE
    # The rules were published before there was a title: what that asked for is no part of the drill.
    WorkItem.objects.filter(kind=sweep.OPEN).delete()
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
                    sweep.open_cycle(date.today() + timedelta(days=Cycle.objects.filter(kind="full").count()))
        wait_until(lambda: left() == 0, STUCK + left() * 0.2)
        wait_until(
            lambda: not WorkItem.objects.filter(kind__in=["rereview.list", "rereview.tell"], state="todo").exists(),
            STUCK,
        )
    finally:
        stuck = left()
        house.kill_all()
    with system_scope("drill"):
        cycles = Cycle.objects.filter(kind="full").count()
        wanted_titles = sum(Cycle.objects.values_list("titles", flat=True))
        whole = set(Cycle.objects.filter(kind="full").values_list("titles", flat=True)) == {count}
        judged = sum(
            row.get("titles", 0)
            for row in WorkItem.objects.filter(kind=rereview.KIND, state="done").values_list("result", flat=True)
        )
        known = Judgement.objects.count()
        listed = cohort_told()
        quarantined = WorkItem.objects.filter(state="quarantined").count()
        findings = Finding.objects.filter(closed_on=None).count()
    with connection.cursor() as db:
        db.execute("SELECT count(*) - count(DISTINCT item) FROM drill_done")
        (doubled,) = db.fetchone()
    counts = {
        "titles": count, "nights": cycles, "slices": WorkItem.objects.filter(kind=rereview.KIND).count(), "judged": judged,
        "lost": wanted_titles - judged, "titles_without_judgement": count - known, "doubled": doubled, "stuck": stuck, "quarantined": quarantined,
        "findings": findings, "cohort": listed, "killed": killed, "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    fine = whole and counts["lost"] == 0 and known == count and doubled == 0 and stuck == 0 and quarantined == 0
    wanted = {
        "lines": DUE, "rules": ["T3-2022+2026-117"], "told": DUE, "letters": DUE, "visits": listed["visits_owed"],
        "visits_owed": listed["visits_owed"], "draw_differs": 0,
    }  # fmt: skip
    fine = fine and listed == wanted
    target = f"every title judged once a night: 0 lost, 0 doubled, 0 stuck more than {STUCK} s after the last kill; {DUE} due titles on their list once, told once"
    return tell("R1", asked, counts, target, fine)


if __name__ == "__main__":
    sys.exit(main())

"""R12: one job in a hundred kills its worker, eats memory, hangs or fails; the others go on, the poison is set aside."""

import os
import random
import sys
import time

import django

from tests.chaos.stage import Processes, arguments, prepare, tell, wait_until

CELERY = ("celery", "-A", "tests.chaos.worker")
MODES = ("segfault", "memory", "hang", "raise")
LIMIT = 3
"""Seconds until a job that hangs is shot; the portal gives it five minutes."""
SHARE = 0.2
"""Of the clean rate. A queue that stands until the poison is gone falls far below it."""


def main() -> int:
    asked = arguments()
    os.environ["LEDGER_SWEEP_SECONDS"] = "1"
    prepare()
    django.setup()

    from django_celery_beat.models import PeriodicTask

    from foundation.accounts.scope import system_scope
    from foundation.ledger.models import WorkItem
    from foundation.ledger.work import enqueue_many
    from tests.chaos.people import one, rows

    many = 5000 if asked.full else 600
    rng = random.Random(asked.seed)
    with system_scope("drill"):
        WorkItem.objects.all().delete()
        PeriodicTask.objects.exclude(task__in=["ledger.sweep"]).exclude(task__startswith="celery.").update(
            enabled=False
        )
        sweep = PeriodicTask.objects.get(task="ledger.sweep")
        sweep.interval.every = 1
        sweep.interval.save()

    def left() -> int:
        return int(one("SELECT count(*) FROM ledger_workitem WHERE state = 'todo' AND kind = 'drill.poison'"))

    def good_left() -> int:
        return int(one("SELECT count(*) FROM ledger_workitem WHERE state = 'todo' AND NOT payload ? 'mode'"))

    house = Processes.at(DRILL_PLANT=asked.plant, DRILL_PAUSE="0.005", DRILL_LIMIT=str(LIMIT))
    rates = {}
    try:
        house.start("worker", *CELERY, "worker", "-c", "2", "--loglevel", "ERROR")
        house.start("beat", *CELERY, "beat", "--loglevel", "ERROR", "--schedule", str(house.log.parent / "beat"))
        for name in ("clean", "poisoned"):
            bad = set(rng.sample(range(many), many // 100)) if name == "poisoned" else set()
            with system_scope("drill"):
                enqueue_many(
                    "drill.poison",
                    [(f"{name} {n:05d}", {"mode": MODES[n % 4]} if n in bad else {}) for n in range(many)],
                )
            wait_until(
                lambda n=name: (
                    one("SELECT count(*) FROM ledger_workitem WHERE state = 'done' AND key LIKE %s", f"{n}%") > 0
                ),
                40,
                0.1,
            )
            began = time.monotonic()
            wait_until(lambda: good_left() == 0, 240 if asked.full else 12 if asked.plant else 40, 0.1)
            rates[name] = many / (time.monotonic() - began)
        wait_until(lambda: left() == 0, 12 if asked.plant else 40)
    finally:
        house.kill_all()
    aside = rows(
        "SELECT payload->>'mode', attempts, last_error FROM ledger_workitem WHERE state = 'quarantined' AND kind = 'drill.poison'"
    )
    stuck = left()
    counts = {
        "jobs": 2 * many, "poison": many // 100, "set_aside": len(aside), "without_reason": sum(not error for *_, error in aside),
        "most_attempts": one("SELECT max(attempts) FROM ledger_workitem"), "left": stuck,
        "done": one("SELECT count(*) FROM ledger_workitem WHERE state = 'done' AND kind = 'drill.poison'"),
        "throughput_share": round(rates["poisoned"] / rates["clean"], 2),
    }  # fmt: skip
    fine = (
        len(aside) == many // 100
        and not counts["without_reason"]
        and not stuck
        and counts["done"] == 2 * many - many // 100
    )
    fine = fine and counts["most_attempts"] <= 3 and counts["throughput_share"] >= SHARE
    target = (
        f"all poison set aside after three tries with a reason, all others done at {SHARE} or more of the clean rate (0.90 is"
        f" promised; here a try that hangs holds one of two workers {LIMIT} s, as long as hundreds of these tiny jobs)"
    )
    return tell("R12", asked, counts, target, fine)


if __name__ == "__main__":
    sys.exit(main())

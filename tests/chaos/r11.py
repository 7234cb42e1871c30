"""R11: two beats at once, then none for six hours, then a clock that jumps back and forth; each period has one run.

The office's clock runs fast: an hour takes 1.5 seconds. Beat itself rings by real time, several times an hour.
"""

import sys
import time
from datetime import UTC, datetime, timedelta

import django

from tests.chaos.stage import Processes, arguments, prepare, tell, wait_until

CELERY = ("celery", "-A", "tests.chaos.worker")
HOUR_TAKES = 1.5
SPEED = 3600 / HOUR_TAKES


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()

    from django_celery_beat.models import IntervalSchedule, PeriodicTask

    from certification.models import Posting
    from certification.tasks import HOUR, NIGHT
    from foundation.accounts.scope import system_scope
    from foundation.ledger.models import WorkItem
    from tests.chaos.people import one, rows
    from tests.chaos.r1 import WITNESS

    epoch = datetime.now(UTC).replace(minute=20, second=0, microsecond=0)
    with system_scope("drill"):
        from django.db import connection

        WorkItem.objects.all().delete()
        with connection.cursor() as db:
            db.execute(WITNESS)
        quick, _ = IntervalSchedule.objects.get_or_create(every=400_000, period="microseconds")
        PeriodicTask.objects.exclude(task__startswith="celery.").update(enabled=False)
        PeriodicTask.objects.filter(task__in=["ledger.sweep", "certification.hourly", "certification.nightly"]).update(
            enabled=True, interval=quick, crontab=None
        )
        Posting.objects.filter(state="running").update(ends_on=(epoch + timedelta(hours=8)).date())
    hours = 200 if asked.full else 2 if asked.plant else 8
    began = time.time()
    house = Processes.at(DRILL_PLANT=asked.plant, DRILL_PAUSE="0", DRILL_SPEED=str(SPEED))

    def start(jump_hours: float = 0) -> None:
        """Worker and two beats, with a clock that has jumped by so many hours."""
        env = {"DRILL_EPOCH": (epoch + timedelta(hours=jump_hours)).isoformat(), "DRILL_BEGAN": str(began)}
        house.start("worker", *CELERY, "worker", "-c", "2", "--loglevel", "ERROR", **env)
        for name in ("beat-1", "beat-2"):
            house.start(name, *CELERY, "beat", "--loglevel", "ERROR", "--schedule", str(house.log.parent / name), **env)

    def periods() -> list[str]:
        return [key for (key,) in rows("SELECT key FROM ledger_workitem WHERE kind = %s ORDER BY key", HOUR)]

    try:
        start()
        wait_until(lambda: len(periods()) > 0, 30)
        first = time.monotonic()
        time.sleep(hours * HOUR_TAKES)
        alive_hours = (time.monotonic() - first) / HOUR_TAKES
        seen_alive = len({key[:13] for key in periods()})
        for name in ("beat-1", "beat-2"):
            house.kill(name)
        time.sleep(6 * HOUR_TAKES)
        before = set(periods())
        house.kill("worker")
        start(jump_hours=1)
        returned = time.monotonic()
        wait_until(lambda: set(periods()) > before, 30)
        caught_up = time.monotonic() - returned
        time.sleep(4 * HOUR_TAKES)
        house.kill_all()
        start(jump_hours=-2)
        time.sleep(6 * HOUR_TAKES + 3)
        wait_until(lambda: one("SELECT count(*) FROM ledger_workitem WHERE state = 'todo'") == 0, 20)
    finally:
        house.kill_all()
    all_periods = rows(
        "SELECT kind, left(key, 13), count(*) FROM ledger_workitem WHERE kind IN (%s, %s) GROUP BY 1, 2", HOUR, NIGHT
    )
    runs = rows("SELECT item, count(*) FROM drill_done GROUP BY 1 HAVING count(*) > 1")
    undone = one("SELECT count(*) FROM ledger_workitem WHERE kind IN (%s, %s) AND state <> 'done'", HOUR, NIGHT)
    overdue = one("SELECT count(*) FROM certification_posting WHERE state = 'running'")
    counts = {
        "periods": len(all_periods), "asked_twice": sum(n > 1 for *_, n in all_periods), "run_twice": len(runs), "not_run": undone,
        "hours_with_beats": round(alive_hours), "hours_seen": seen_alive, "caught_up_after_seconds": round(caught_up, 1),
        "postings_left_over": overdue, "nights_opened": one("SELECT count(*) FROM certification_cycle"),
    }  # fmt: skip
    fine = (
        not counts["asked_twice"]
        and not runs
        and not undone
        and not overdue
        and seen_alive >= int(alive_hours)
        and caught_up <= 30
    )
    return tell(
        "R11",
        asked,
        counts,
        "each (schedule, period) once, none left out while a beat lives, caught up ≤ 30 s after",
        fine,
    )


if __name__ == "__main__":
    sys.exit(main())

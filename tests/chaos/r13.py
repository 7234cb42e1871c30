"""R13: the broker is frozen, wiped, full and gone while enterprises submit; nobody notices, and the work is done after."""

import os
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import django
import redis

from tests.chaos.r5 import alive
from tests.chaos.stage import Processes, arguments, free_port, own_servers, prepare, tell, wait_until

CELERY = ("celery", "-A", "portal")
GIVES_UP = ("celery", "-A", "tests.chaos.worker")
BELLS, FULL_FOR, WARMING = 300, 12, 6


def main() -> int:
    asked = arguments()
    with own_servers(postgres=False) as servers:
        os.environ["LEDGER_SWEEP_SECONDS"] = "1"
        prepare()
        django.setup()
        return drill(asked, servers)


def drill(asked, servers) -> int:
    from certification.tasks import HOUR
    from foundation.accounts.scope import system_scope
    from foundation.ledger.work import enqueue
    from portal.celery import app
    from tests.chaos.people import Person, make_drafts, one, rows

    each = 60 if asked.full else 10
    wanted = each * 6 + WARMING
    drafts = make_drafts(wanted)
    # The firms of one tier are fewer than the full form needs.
    drafts += make_drafts(wanted - len(drafts), "specialised") if len(drafts) < wanted else []
    port, house = free_port(), Processes.at(DRILL_PLANT=asked.plant, DRILL_PAUSE="0")
    valkey = servers.started[0]
    broker = redis.Redis.from_url(servers.redis_url)
    statuses: Counter[int] = Counter()
    took: dict[str, list[float]] = {}

    def submit(job: tuple[str, object]) -> None:
        fate, draft = job
        person = Person.of(draft.member, port)  # type: ignore[attr-defined]
        answer = person.post(f"/my/applications/{draft.application.public_id}/submit/")  # type: ignore[attr-defined]
        statuses[answer.status] += 1
        took.setdefault(fate, []).append(answer.seconds)

    def process() -> int:
        return int(valkey.child.process.pid)

    try:
        house.web(port, plant=asked.plant)
        celery = GIVES_UP if asked.plant == "gives_up" else CELERY
        house.start("worker", *celery, "worker", "-c", "2", "--loglevel", "ERROR", DEMO="1")
        house.start(
            "beat", *CELERY, "beat", "--loglevel", "ERROR", "--schedule", str(house.log.parent / "beat"), DEMO="1"
        )
        wait_until(lambda: alive(Person(port)), 30)
        waiting = iter(drafts)

        def some(fate: str, many: int = each) -> None:
            with ThreadPoolExecutor(4) as crowd:
                list(crowd.map(submit, [(fate, draft) for _, draft in zip(range(many), waiting, strict=False)]))

        for _ in range(6):
            alive(Person(port))
            Person.of(drafts[0].member, port).get("/my/applications/")
        some("warming", WARMING)
        some("normal")
        os.kill(process(), signal.SIGSTOP)
        some("frozen")
        with system_scope("drill"):
            for n in range(20):
                enqueue(HOUR, f"frozen {n}")
        os.kill(process(), signal.SIGCONT)
        if set(statuses) != {302}:
            return tell(
                "R13", asked, {"statuses": dict(statuses)}, "0 answers of 5xx while the broker is frozen", False
            )
        broker.flushall()
        some("wiped")
        for _ in range(BELLS):
            app.send_task(
                "ledger.sweep"
            )  # so that the worker is in the midst of taking some when there is no more room
        broker.config_set("maxmemory", "1")
        some("full")
        time.sleep(FULL_FOR)
        broker.config_set("maxmemory", "0")
        valkey.child.process.kill()
        valkey.child.process.wait()
        some("gone")
        with system_scope("drill"):
            for n in range(20):
                enqueue(HOUR, f"gone {n}")
        valkey.start()
        began = time.monotonic()
        rebuilt = wait_until(
            lambda: one("SELECT count(*) FROM ledger_workitem WHERE state = 'todo' AND due_at <= now()") == 0, 62
        )
        seconds = round(time.monotonic() - began)
        some("normal")  # before and after, so that a machine that was quiet for a moment is not the measure of all
    finally:
        house.kill_all()
    stored = rows(
        "SELECT count(*) FROM certification_application WHERE public_id = ANY(%s) AND state = 'screening'",
        [d.application.public_id for d in drafts],
    )[0][0]
    took.pop("warming", None)
    middle = {fate: round(sorted(times)[len(times) // 2] * 1000) for fate, times in took.items()}
    worst = {fate: round(max(times) * 1000) for fate, times in took.items()}
    counts = {
        "submitted": sum(statuses.values()), "stored": stored, "statuses": dict(statuses), "median_ms": middle, "worst_ms": worst,
        "queue_rebuilt": rebuilt, "rebuilt_after_seconds": seconds,
    }  # fmt: skip
    fine = set(statuses) == {302} and stored == len(drafts) == wanted and rebuilt and seconds <= 60
    fine = fine and all(middle[fate] <= 2 * middle["normal"] + 50 for fate in middle)
    return tell(
        "R13",
        asked,
        counts,
        "0 answers of 5xx, 0 lost, the median submission takes at most twice as long and 50 ms (the 95th of a hundred is"
        f" promised; {each} of a kind have no 95th), queue rebuilt ≤ 60 s",
        fine,
    )


if __name__ == "__main__":
    sys.exit(main())

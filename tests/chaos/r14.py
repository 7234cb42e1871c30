"""R14: PostgreSQL is frozen, restarted at once, and its sessions are shot inside their transactions while firms file.

Probes answer, nobody waits over ten seconds, nobody is told of a fault, and what was promised is stored.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from typing import Any

import django

from tests.chaos.r5 import alive
from tests.chaos.shots import file_under_fire, lost_of
from tests.chaos.stage import Processes, arguments, free_port, own_servers, prepare, tell, wait_until

SHOOTING = ("answer_before_commit", "faults_as_they_come")
"""Defects that show only under fire; the others show while the database is frozen."""


def family(pid: int) -> list[int]:
    """A postmaster and its backends."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [pid, *(int(word) for word in found.stdout.split())]


def main() -> int:
    asked = arguments()
    with own_servers() as servers:
        prepare()
        django.setup()
        return drill(asked, servers)


def drill(asked, servers) -> int:
    from django.db import connection, connections

    from tests.chaos.people import Person, make_drafts, official

    port, house, over = free_port(), Processes.at(), threading.Event()
    frozen = 60 if asked.full else 14
    reader = official("xingqing")
    crowd = [Person.of(reader, port) for _ in range(8)]
    freezes, shoots = asked.plant not in SHOOTING, not asked.plant or asked.plant in SHOOTING
    filing = make_drafts(120 if asked.full else 12) if shoots else []
    firms = {draft.application.public_id: Person.of(draft.member, port) for draft in filing}
    told = connection.settings_dict
    connections.close_all()
    log: list[tuple[float, str, int, float]] = []

    def keep_asking(person, path: str, pause: float) -> None:
        while not over.is_set():
            began = time.monotonic()
            try:
                status = person.get(path).status
            except (OSError, http.client.HTTPException):
                status = 0
            log.append((began, path, status, time.monotonic() - began))
            over.wait(pause)

    postgres = servers.started[0]
    marks: dict[str, tuple[float, float]] = {}
    fire: dict[str, Any] = {"shot_inside": 0, "promised": [], "answers": {}}
    threads = []
    try:
        house.web(port, plant=asked.plant)
        wait_until(lambda: alive(Person(port)), 30)
        for person in crowd:
            person.patience = 40
            person.get("/desk/")
        threads = [threading.Thread(target=keep_asking, args=(p, "/desk/", 0.05)) for p in crowd]
        threads += [threading.Thread(target=keep_asking, args=(Person(port, patience=40), "/livez", 0.1))]
        threads += [threading.Thread(target=keep_asking, args=(Person(port, patience=40), "/readyz", 0.5))]
        for thread in threads:
            thread.start()
        time.sleep(3)
        began = time.monotonic()
        if freezes:
            pids = family(postgres.child.process.pid)
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            time.sleep(frozen)
            for pid in reversed(pids):
                os.kill(pid, signal.SIGCONT)
            marks["frozen"] = (began, time.monotonic())
        if not asked.plant:
            time.sleep(12)
            began = time.monotonic()
            postgres.child.process.send_signal(signal.SIGQUIT)
            postgres.child.process.wait()
            postgres.start()
            marks["restarted"] = (began, time.monotonic())
            time.sleep(12)
        if shoots:
            began = time.monotonic()
            fire = file_under_fire(firms, told, random.Random(asked.seed), 40 if asked.full else 4)
            marks["shot"] = (began, time.monotonic())
        time.sleep(12)
    finally:
        over.set()
        for thread in threads:
            thread.join(45)
        house.kill_all()
    start = next(iter(marks.values()))[0]
    normal = [took for at, path, status, took in log if path == "/desk/" and at < start - 0.5 and status == 200]
    probes = [took for _, path, status, took in log if path == "/livez"]
    dead_probes = sum(status != 200 for _, path, status, _ in log if path == "/livez")
    told_unready = [
        (at, took)
        for at, path, status, took in log
        if path == "/readyz" and status == 503 and start <= at <= next(iter(marks.values()))[1]
    ]
    back = {}
    for fate, (_, end) in marks.items():
        after = [(at, status) for at, path, status, _ in log if path == "/desk/" and end + 8 <= at <= end + 11]
        back[fate] = round(sum(status == 200 for _, status in after) / 3 / (len(normal) / 2.5), 2) if normal else 0.0
    counts = {
        "requests": len(log), "statuses": dict(Counter(f"{path} {status}" for _, path, status, _ in log)),
        "frozen_seconds": frozen, "longest_request_seconds": round(max(took for *_, took in log), 1),
        "livez_worst_ms": round(max(probes) * 1000), "livez_not_200": dead_probes,
        "readyz_told_503": len(told_unready), "throughput_after_10s": back,
    }  # fmt: skip
    if shoots:
        lost, halves = lost_of(fire["promised"])
        counts |= {"filed": len(fire["promised"]), "filed_and_lost": lost, "half_filed": halves,
                   "sessions_shot_inside_a_transaction": fire["shot_inside"], "answers_to_filing": fire["answers"]}  # fmt: skip
    # Nothing here is a mistake of whoever asks, and none is a fault of the portal: it is served, or asked to come back.
    wrong = Counter(f"{path} {status}" for _, path, status, _ in log if status not in (200, 503))
    wrong += Counter(
        {f"filing {told}": n for told, n in fire["answers"].items() if told not in ("200", "302", "409", "503")}
    )
    counts["told_of_a_fault"] = dict(wrong) or 0
    fine = counts["longest_request_seconds"] <= 10 and not dead_probes and max(probes) <= 1.0
    fine = fine and (bool(told_unready) or not freezes) and all(share >= 0.6 for share in back.values())
    if shoots:
        fine = fine and not (lost or halves or wrong) and len(fire["promised"]) == len(firms)
        fine = fine and fire["shot_inside"] >= 10
    return tell(
        "R14",
        asked,
        counts,
        "no request over 10 s, /livez always 200 and within 1 s (0.1 s is promised where nothing else runs on the machine),"
        " /readyz says 503, 0.6 of the throughput back within 10 s by itself (0.95 is promised; three seconds of eight readers"
        " beside a suite do not measure five per cent); sessions that are shot inside a transaction lose nothing that was promised,"
        " leave nothing half done and are told as 503, never as a fault",
        fine,
    )


if __name__ == "__main__":
    sys.exit(main())

"""Where the drills of the suite run: a filled database to copy, a pool, and room for a few at a time.

They run beside the rest of the suite, each on a database, a broker and a folder of its own: one while other tests have
the machine, a browser among them, two when these are all that is left. Two beside a browser were five processes on two
cores: each waited for the others, and half of the machine stood idle once they were through. Those that mostly wait
themselves, for a clock, a beat or a dead worker, have a lane of their own.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from pathlib import Path
from queue import SimpleQueue

import psycopg2
import pytest
import redis
from django.conf import settings

from launcher.places import State
from launcher.postgres import binaries

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADERS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob("*.json"))}
PLANTED = {row: told["plants"][0] for row, told in HEADERS.items()}
"""The first plant of each row, the quickest to show; `./tianti drill --plants` runs them all."""
YARD: pytest.StashKey["Yard"] = pytest.StashKey()
ALONE = (("r12", "r13"), ("r14",))
"""These compare one time with another; they run when everything else is over, with nothing beside them.

Two of them use a quarter of the machine each and do not notice one another. Their plants are with the rest: noise makes
what is red no greener.
"""
WAITING = {"r1", "r3", "r5", "r9", "r11", "r12", "r14", "s10"}
"""These use less than half of one core, measured with what they kill and their share of the servers."""
BESIDE_OTHERS, AT_ONCE = 1, 2
BROKERS = 15
"""Valkey keeps so many apart beside the suite's own."""
PATIENCE = 600
PATIENCE_TO_DROP = 30


def timed(command: list[str], env: dict[str, str], out: Path) -> tuple[int, float]:
    """Run to the end, what it says in `out` and beside it; the exit code and the processor's seconds, its children's too."""
    with out.open("wb") as said, out.with_suffix(".wrong").open("wb") as wrong:
        running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=wrong)
        end = time.monotonic() + PATIENCE
        while True:
            pid, status, usage = os.wait4(running.pid, os.WNOHANG)
            if pid:
                running.returncode = os.waitstatus_to_exitcode(status)
                return running.returncode, usage.ru_utime + usage.ru_stime
            if time.monotonic() > end:
                running.kill()
                running.wait()
                raise subprocess.TimeoutExpired(command, PATIENCE)
            time.sleep(0.2)


class Room:
    """Places for so many at a time, given in the order in which they were asked for.

    A semaphore lets whoever just left come in again before those who wait: the longest drill, asked for first, ran last.
    """

    def __init__(self, places: int) -> None:
        self.free, self.waiting, self.changed = places, deque[object](), threading.Condition()

    def __enter__(self) -> None:
        mine = object()
        with self.changed:
            self.waiting.append(mine)
            self.changed.wait_for(lambda: self.free > 0 and self.waiting[0] is mine)
            self.waiting.popleft()
            self.free -= 1
            self.changed.notify_all()

    def __exit__(self, *wrong: object) -> None:
        self.widen(1)

    def widen(self, places: int) -> None:
        with self.changed:
            self.free += places
            self.changed.notify_all()


class Yard:
    """Where drills run: a filled database to copy, and a pool that starts them all when the first is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lock, self.serial = folder, threading.Lock(), 0
        told = settings.DATABASES["default"]
        self.host, self.user, self.template = told["HOST"], told["USER"], f"drill_{os.getpid()}"
        self.pool, self.last = ThreadPoolExecutor(2 * len(HEADERS)), threading.Event()
        self.busy, self.waiting, self.over = Room(BESIDE_OTHERS), Room(1), threading.Event()
        self.brokers: SimpleQueue[int] = SimpleQueue()
        for number in range(1, BROKERS + 1):
            self.brokers.put(number)
        self.loads: dict[tuple[str, str], float] = {}
        self.took: dict[tuple[str, str], float] = {}
        self.used: dict[tuple[str, str], float] = {}
        self.jobs: dict[tuple[str, str], Future[tuple[int, dict]]] = {}
        self.quiet: set[tuple[str, str]] = set()
        self.credentials, self.filled = folder / "demo.json", Future[None]()
        self.bare, self.dump = f"{self.template}_bare", folder / "world.dump"

    def sql(self, text: str) -> None:
        with self.lock:
            admin = psycopg2.connect(host=self.host, user=self.user, dbname="postgres")
            admin.autocommit = True
            admin.cursor().execute(text)
            admin.close()

    def drop(self, database: str) -> None:
        """A drill that was the superuser may leave its session a moment longer than itself, and that one is not ours to end."""
        for left in range(PATIENCE_TO_DROP, -1, -1):
            try:
                self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
                return
            except psycopg2.errors.InsufficientPrivilege:
                if not left:
                    raise
                time.sleep(1)

    def env(self, database: str, private: Path) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": f"postgres://{self.user}@/{database}?host={self.host}", "DEMO": "0", "PRIVATE_ROOT": str(private),
            "STATIC_ROOT": str(self.folder / "static"), "SECRET_KEY": "d" * 60, "AUDIT_SEAL_KEY": "drill",
            "LETTER_REMEDY": "（演练）救济途径、期限和受理机关",
        }  # fmt: skip

    def fill(self) -> None:
        """One bare house, a copy of it with the demo world, and that world as a file for drills with a server of their own."""
        self.sql(f'CREATE DATABASE "{self.bare}"')
        self.prepare(self.bare, "--no-demo")
        self.sql(f'CREATE DATABASE "{self.template}" TEMPLATE "{self.bare}"')
        self.prepare(self.template, "--demo", "--credentials", str(self.credentials))
        # Walled rows leave only with a superuser; where none is at hand, those drills fill their own.
        command = [str(binaries(State.at(self.folder)) / "pg_dump"), "-h", self.host, "-U", "postgres", "-Fc", "-Z1"]
        done = subprocess.run([*command, "-f", str(self.dump), self.template], check=False, capture_output=True)
        if done.returncode:
            self.dump.unlink(missing_ok=True)

    def prepare(self, database: str, *words: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", "prepare", *words], cwd=ROOT, check=True, capture_output=True,
            env=self.env(database, self.folder / "private"),
        )  # fmt: skip

    def copy(self, database: str, private: Path) -> None:
        """A filled world of one's own, as the drills have: the database and its files."""
        self.filled.result()
        self.sql(f'CREATE DATABASE "{database}" TEMPLATE "{self.template}"')
        shutil.copytree(self.folder / "private", private)

    def start(self, wanted: list[tuple[str, str]]) -> None:
        """Fill the template, then longest first; a copy is made when a drill's turn comes."""
        slow = ["s1", "r21", "s5", "r1", "r8", "s6", "s12", "r4", "r2", "r18"]
        alone = [[(row, "") for row in together if (row, "") in wanted] for together in ALONE]
        self.quiet = {job for together in alone for job in together}
        rest = sorted(
            (job for job in wanted if job not in self.quiet),
            key=lambda job: slow.index(job[0]) if job[0] in slow else len(slow),
        )
        self.filled = filled = self.pool.submit(self.fill)
        for together in [rest, *alone]:
            before = [filled, *self.jobs.values()] if together is not rest else [filled]
            self.jobs |= {job: self.pool.submit(self.after, before, job) for job in together}

    def after(self, before: list[Future], job: tuple[str, str]) -> tuple[int, dict]:
        wait(before)
        if job in self.quiet:
            self.last.wait()
            return self.run(*job)
        with self.waiting if job[0] in WAITING else self.busy:
            return self.run(*job)

    def only_we_are_left(self) -> None:
        """The other tests are over: one more at a time, and those that want to be alone may come."""
        if not self.last.is_set():
            self.last.set()
            self.busy.widen(AT_ONCE - BESIDE_OTHERS)

    def run(self, row: str, plant: str) -> tuple[int, dict]:
        if self.over.is_set():
            raise CancelledError
        with self.lock:
            self.serial += 1
            number = self.serial
        database, private = f"{self.template}_{number}", self.folder / f"private-{number}"
        empty = HEADERS[row].get("world") == "empty"
        self.sql(f'CREATE DATABASE "{database}" TEMPLATE "{self.bare if empty else self.template}"')
        shutil.copytree(self.folder / "private", private)
        env = self.env(database, private) | {"DRILL_READY": "1"}
        if self.dump.is_file():
            env["DRILL_WORLD"] = str(self.dump)
        broker = self.brokers.get()
        env["REDIS_URL"] = f"{settings.REDIS_URL}?db={broker}"
        # What an earlier drill left there, thousands of calls for work that is gone, would be answered first.
        redis.Redis.from_url(env["REDIS_URL"]).flushdb()
        command = [sys.executable, "-m", f"tests.chaos.{row}", "--seed", "7", *(["--plant", plant] if plant else [])]
        began, out = time.monotonic(), self.folder / f"said-{number}"
        try:
            code, used = timed(command, env, out)
        finally:
            self.took[row, plant] = time.monotonic() - began
            self.brokers.put(broker)
            self.drop(database)
        self.used[row, plant] = used
        said = out.read_text(encoding="utf-8", errors="replace").strip()
        assert said, out.with_suffix(".wrong").read_text(encoding="utf-8", errors="replace")[-2000:]
        told = json.loads(said.splitlines()[-1])
        self.loads[row, plant] = round(os.getloadavg()[0], 1)
        return code, told

    def end(self) -> None:
        """Write the lines of what ran, for the scorecard, and clear up; what has not begun never will."""
        if lines := os.environ.get("DRILL_LINES"):
            over = {job: j for job, j in self.jobs.items() if j.done() and not j.cancelled() and not j.exception()}
            ran = [j.result()[1] | {"load": self.loads[job]} for job, j in over.items()]
            # A plant's result is kept with its row's own line, which must come before it.
            ran.sort(key=lambda one: bool(one["plant"]))
            text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ran)
            Path(lines).write_text(text, encoding="utf-8")
        self.over.set()
        self.last.set()
        self.pool.shutdown(cancel_futures=True)
        for name in (self.template, self.bare):
            self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

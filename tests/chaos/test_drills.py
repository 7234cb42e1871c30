"""The short form of each drill belongs to the suite, and one planted defect of each must turn it red.

Most of a drill is waiting, so three run at a time, each on a database, a broker and a folder of its own.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADERS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob("*.json"))}
PLANTED = {row: told["plants"][0] for row, told in HEADERS.items()}
"""The first plant of each row, the quickest to show; `./tianti drill --plants` runs them all."""
ALONE = ("r13", "r14")
"""These compare one time with another; they run first, with nothing beside them."""
AT_ONCE = 3
PATIENCE = 420


class Yard:
    """Where drills run: a filled database to copy, and a pool that starts them all when the first is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lock, self.serial = folder, threading.Lock(), 0
        told = settings.DATABASES["default"]
        self.host, self.user, self.template = told["HOST"], told["USER"], f"drill_{os.getpid()}"
        self.pool = ThreadPoolExecutor(AT_ONCE)
        self.jobs: dict[tuple[str, str], Future[tuple[int, dict]]] = {}

    def sql(self, text: str) -> None:
        with self.lock:
            admin = psycopg2.connect(host=self.host, user=self.user, dbname="postgres")
            admin.autocommit = True
            admin.cursor().execute(text)
            admin.close()

    def env(self, database: str, private: Path) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": f"postgres://{self.user}@/{database}?host={self.host}", "DEMO": "0", "PRIVATE_ROOT": str(private),
            "STATIC_ROOT": str(self.folder / "static"), "SECRET_KEY": "d" * 60, "AUDIT_SEAL_KEY": "drill",
        }  # fmt: skip

    def fill(self) -> None:
        self.sql(f'CREATE DATABASE "{self.template}"')
        subprocess.run(
            [sys.executable, "manage.py", "prepare", "--demo"], cwd=ROOT, check=True, capture_output=True,
            env=self.env(self.template, self.folder / "private"),
        )  # fmt: skip

    def start(self, wanted: list[tuple[str, str]]) -> None:
        """Longest first; a copy of the filled database is made when a drill's turn comes."""
        slow = ["r4", "s1", "r14", "r1", "s12", "s5", "r11", "r2", "r13", "r12"]
        alone = [(row, "") for row in ALONE if (row, "") in wanted]
        quiet = ThreadPoolExecutor(1)
        self.jobs = {job: quiet.submit(self.run, *job) for job in alone}
        rest = [job for job in wanted if job not in alone]
        for job in sorted(rest, key=lambda job: slow.index(job[0]) if job[0] in slow else len(slow)):
            self.jobs[job] = self.pool.submit(self.after, alone, job)
        quiet.shutdown(wait=False)

    def after(self, alone: list[tuple[str, str]], job: tuple[str, str]) -> tuple[int, dict]:
        wait([self.jobs[each] for each in alone])
        return self.run(*job)

    def run(self, row: str, plant: str) -> tuple[int, dict]:
        with self.lock:
            self.serial += 1
            number = self.serial
        database, private = f"{self.template}_{number}", self.folder / f"private-{number}"
        empty = HEADERS[row].get("world") == "empty"
        self.sql(f'CREATE DATABASE "{database}"' + ("" if empty else f' TEMPLATE "{self.template}"'))
        shutil.copytree(self.folder / "private", private)
        env = self.env(database, private) | ({} if empty else {"DRILL_READY": "1"})
        env["REDIS_URL"] = f"{settings.REDIS_URL}?db={number % 15 + 1}"
        command = [sys.executable, "-m", f"tests.chaos.{row}", "--seed", "7", *(["--plant", plant] if plant else [])]
        try:
            ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)
        finally:
            self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        assert ran.stdout.strip(), ran.stderr[-2000:]
        return ran.returncode, json.loads(ran.stdout.strip().splitlines()[-1])


@pytest.fixture(scope="module")
def yard(tmp_path_factory, request):
    made = Yard(tmp_path_factory.mktemp("drills"))
    made.fill()
    wanted = [item.callspec.params for item in request.session.items if "yard" in getattr(item, "fixturenames", ())]
    made.start([(params["row"], params["plant"]) for params in wanted])
    yield made
    if lines := os.environ.get("DRILL_LINES"):
        green = [
            job.result()[1] for (_, plant), job in made.jobs.items() if not plant and job.done() and not job.exception()
        ]
        Path(lines).write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in green), encoding="utf-8")
    made.pool.shutdown(cancel_futures=True)
    made.sql(f'DROP DATABASE IF EXISTS "{made.template}" WITH (FORCE)')


def test_every_drill_declares_its_promise_and_its_plants():
    assert len(HEADERS) >= 14
    for row, told in HEADERS.items():
        assert told["row"].lower() == row and told["promise"] and told["plants"]
        assert (HERE / f"{row}.py").is_file()


@pytest.mark.parametrize(("row", "plant"), [(row, "") for row in HEADERS], ids=list(HEADERS))
def test_the_short_form_is_green(row, plant, yard):
    code, told = yard.jobs[row, plant].result()
    assert (code, told["passed"]) == (0, True), told
    assert set(told) == {"row", "form", "plant", "seed", "counts", "target", "passed"}


@pytest.mark.parametrize(("row", "plant"), PLANTED.items())
def test_a_planted_defect_turns_it_red(row, plant, yard):
    code, told = yard.jobs[row, plant].result()
    assert (code, told["passed"]) == (1, False), told

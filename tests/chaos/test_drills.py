"""The short form of each drill belongs to the suite, and one planted defect of each must turn it red."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADERS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob("*.json"))}
IN_THE_SUITE = {"r1": "done_before_effect"}
"""The plant that is quickest to show; `./tianti drill --plants` runs them all."""


@pytest.fixture
def database():
    """A database of its own: a drill commits for real."""
    told, name = settings.DATABASES["default"], f"drill_{os.getpid()}"
    admin = psycopg2.connect(host=told["HOST"], user=told["USER"], dbname="postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgres://{told['USER']}@/{name}?host={told['HOST']}"
    with admin.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.close()


def run(row, database, tmp_path, *more):
    env = os.environ | {
        "DATABASE_URL": database, "DEMO": "0", "STATIC_ROOT": str(tmp_path / "static"),
        "PRIVATE_ROOT": str(tmp_path / "private"), "SECRET_KEY": "d" * 60,
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.chaos.{row}", "--seed", "7", *more],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=400,
    )  # fmt: skip
    assert ran.stdout.strip(), ran.stderr[-2000:]
    return ran.returncode, json.loads(ran.stdout.strip().splitlines()[-1])


def test_every_drill_declares_its_promise_its_plants_and_its_place_in_the_suite():
    assert set(HEADERS) == set(IN_THE_SUITE)
    for row, told in HEADERS.items():
        assert told["row"].lower() == row and told["promise"] and IN_THE_SUITE[row] in told["plants"]
        assert (HERE / f"{row}.py").is_file()


@pytest.mark.parametrize("row", IN_THE_SUITE)
def test_the_short_form_is_green(row, database, tmp_path):
    code, told = run(row, database, tmp_path)
    assert (code, told["passed"]) == (0, True), told
    assert set(told) == {"row", "form", "plant", "seed", "counts", "target", "passed"}


@pytest.mark.parametrize(("row", "plant"), IN_THE_SUITE.items())
def test_a_planted_defect_turns_it_red(row, plant, database, tmp_path):
    code, told = run(row, database, tmp_path, "--plant", plant)
    assert (code, told["passed"]) == (1, False), told

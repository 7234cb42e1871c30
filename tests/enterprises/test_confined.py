"""Whoever takes over the process that opens a stranger's file has no network, no program, no file to change, little memory and time."""

import subprocess
import sys
from pathlib import Path

import pytest

from enterprises import confined
from tests.chaos import taken_over

ROOT = Path(__file__).parents[2]
ENV = {"LC_ALL": "C.UTF-8"}


def outcome(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=ENV)
    return done.stdout or f"ended by signal {-done.returncode}"


@pytest.fixture
def victim(tmp_path):
    kept = tmp_path / "kept"
    kept.write_bytes(b"a paper of another firm")
    kept.chmod(0o644)
    return kept


@pytest.mark.parametrize("attempt", taken_over.ATTEMPTS)
def test_every_attempt_fails_in_the_confined_process(attempt, victim):
    told = outcome(confined.command(taken_over, attempt, str(victim)))
    assert told in ("PermissionError", "OSError", "MemoryError", "ended by signal 9")
    assert (victim.read_bytes(), victim.stat().st_mode & 0o777) == (b"a paper of another firm", 0o644)


@pytest.mark.parametrize("attempt", [one for one in taken_over.ATTEMPTS if one not in ("network", "time")])
def test_the_same_attempts_succeed_without_it(attempt, victim):
    assert outcome([sys.executable, "-I", taken_over.__file__, attempt, str(victim)])[:4] == "done"


def test_a_process_that_cannot_be_confined_reads_nothing(tmp_path):
    script = tmp_path / "told.py"
    script.write_text("print('read')\n", encoding="ascii")
    words = f"import sys, runpy; sys.argv = ['{confined.__file__}', '400000000', '2', '{script}'];"
    strange = f"{words} import os; os.uname = lambda: type('U', (), {{'machine': 'abacus'}}); runpy.run_path(sys.argv[0], run_name='__main__')"
    done = subprocess.run([sys.executable, "-I", "-c", strange], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no filter for abacus" in done.stderr


def test_no_other_process_of_the_house_opens_a_stranger_s_file():
    """ "-I" starts a Python that knows nothing of the house: only the confined one is started so."""
    rooms = [
        p
        for room in ("foundation", "enterprises", "certification", "incentives", "portal")
        for p in (ROOT / room).rglob("*.py")
    ]
    assert [path.name for path in rooms if '"-I"' in path.read_text(encoding="utf-8")] == ["confined.py"]

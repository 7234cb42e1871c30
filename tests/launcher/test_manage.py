"""A management command reads the files that the caller means, from whichever folder it is called."""

import json
import subprocess
import sys

import pytest

from launcher.places import ROOT


def called_from(folder, *words):
    command = [sys.executable, str(ROOT / "tianti"), "manage", "--state", str(folder / "state"), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", [".", "a folder with blanks"])
def test_facts_are_looked_for_where_the_person_stands(tmp_path, folder):
    there = tmp_path / folder
    there.mkdir(exist_ok=True)
    (there / "facts.json").write_text(json.dumps({"revenue_y0": 4800}), encoding="utf-8")
    done = called_from(there, "assess", "--rule-set", "T2-2026", "--on", "2026-06-01", "facts.json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rule_set"] == "T2-2026"


def test_a_file_that_is_not_there_is_named_and_ends_with_two(tmp_path):
    done = called_from(tmp_path, "assess", "--rule-set", "T2-2026", "--on", "2026-06-01", "other.json")
    assert done.returncode == 2 and "other.json" in done.stderr

"""What one start leaves to the next: whether it is a demo, what --fresh takes away, what it keeps."""

import argparse
import json
import shutil

import pytest

from launcher import manage
from launcher.places import State
from launcher.up import forget, ready

ASKED = argparse.Namespace(port=8123)


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO", raising=False)
    made = State.at(tmp_path / "state")
    yield made
    shutil.rmtree(made.servers)  # it lies elsewhere where others may not enter this folder


@pytest.fixture
def demo(state):
    """An instance whose last start loaded the demo world."""
    account = {"username": "chen", "password": "a demo password", "role": "审核员", "office": "兴庆区"}
    state.demo.write_text(json.dumps({"accounts": [account]}), encoding="utf-8")
    state.remember(demo=True)
    return state


def test_a_demo_tells_its_accounts_and_manage_means_the_same_portal(demo, capsys):
    ready(demo, ASKED, 1)
    assert "a demo password" in capsys.readouterr().out
    assert manage.settings(demo) == {"DEMO": "1"}


def test_without_the_demo_neither_its_accounts_nor_its_settings_come_back(demo, capsys):
    demo.remember(demo=False)
    ready(demo, ASKED, 1)
    told = capsys.readouterr().out
    assert told.startswith("READY ") and "a demo password" not in told
    assert "still in this instance" in told and "--fresh" in told
    assert manage.settings(demo) == {}
    demo.remember(demo=True)
    assert manage.settings(demo) == {"DEMO": "1"}


def test_the_callers_own_word_about_the_demo_wins(demo, monkeypatch):
    monkeypatch.setenv("DEMO", "0")
    assert manage.settings(demo) == {}


def test_an_instance_that_never_was_a_demo_speaks_of_none(state, capsys):
    state.remember(demo=False)
    ready(state, ASKED, 1)
    assert "demo" not in capsys.readouterr().out.partition("\n")[2] and manage.settings(state) == {}


def filled(state):
    """Everything that a start leaves in the folder, in short."""
    keys = {name: state.secret(name) for name in ("django", "seal")}
    for folder in (state.private, state.static, state.logs, state.servers / "postgres"):
        folder.mkdir(exist_ok=True)
        (folder / "old").write_text("old", encoding="utf-8")
    (state.folder / "seals.jsonl").write_text("a seal\n", encoding="utf-8")
    (state.folder / "up.lock").touch()
    return keys


def left(state):
    return {file.relative_to(state.folder).parts[0] for file in state.folder.rglob("*") if file.is_file()}


def test_fresh_takes_the_data_and_the_secrets(demo):
    keys = filled(demo)
    forget(demo)
    assert left(demo) == {"up.lock"}
    assert [name for name, key in keys.items() if demo.secret(name) == key] == []


def test_fresh_keeps_the_backups_with_the_keys_and_seals_that_check_them(state):
    keys = filled(state)
    (state.servers / "archive" / "wal").mkdir(parents=True)
    (state.servers / "archive" / "wal" / "segment").touch()
    forget(state)
    (kept,) = state.folder.glob("archive-of-*")
    assert {file.name for file in kept.iterdir()} == {"wal", "django.secret", "seal.secret", "seals.jsonl"}
    assert (kept / "seal.secret").read_text() == keys["seal"] and (kept / "seal.secret").stat().st_mode & 0o077 == 0
    assert left(state) == {"up.lock", kept.name} and state.secret("seal") != keys["seal"]

"""What one start leaves to the next: whether it is a demo, what --fresh takes away, what it keeps."""

import argparse
import json

import pytest

from launcher import manage
from launcher.places import State
from launcher.up import ready

ASKED = argparse.Namespace(port=8123)


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO", raising=False)
    return State.at(tmp_path / "state")


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

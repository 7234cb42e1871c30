"""The demo world and the file of its passwords: there is never one without the other."""

import json
from io import StringIO

import pytest

from foundation.accounts.models import User
from portal.demo import world
from portal.management.commands.prepare import Command


@pytest.fixture
def small(monkeypatch):
    """A world of one account."""

    def furnish(rng):
        User.objects.create_user("yanshi", "yanshi@example.org", "yanshi-1", name="演示")
        return {"accounts": [{"username": "yanshi", "password": "yanshi-1"}], "api_clients": []}

    monkeypatch.setattr(world, "furnish", furnish)


def demo(file):
    told = StringIO()
    Command(stderr=told).demo(file)
    return told.getvalue()


def test_the_passwords_are_written_before_the_world_is_there_to_stay(db, small, tmp_path):
    kept = []

    def broken(told):
        kept.append((told["accounts"][0]["username"], User.objects.count()))
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        world.load(keep=broken)
    assert kept == [("yanshi", 1)] and not User.objects.exists()
    assert demo(tmp_path / "demo.json") == ""
    assert json.loads((tmp_path / "demo.json").read_text())["accounts"][0]["password"] == "yanshi-1"
    assert (tmp_path / "demo.json").stat().st_mode & 0o077 == 0 and User.objects.count() == 1


def test_a_second_start_keeps_the_passwords_and_takes_the_new_address(db, small, tmp_path, settings):
    demo(tmp_path / "demo.json")
    settings.BASE_URL = "http://127.0.0.1:8765"
    assert demo(tmp_path / "demo.json") == ""
    told = json.loads((tmp_path / "demo.json").read_text())
    assert (told["url"], told["accounts"][0]["password"]) == ("http://127.0.0.1:8765", "yanshi-1")


def test_a_world_without_its_passwords_says_what_to_do(db, small, tmp_path):
    world.load()
    said = demo(tmp_path / "demo.json")
    assert "--fresh" in said and "sign_in_link" in said and not (tmp_path / "demo.json").exists()

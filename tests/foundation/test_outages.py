"""The log of our own failures: a minute without a look counts, a first look does not, what overlaps counts once."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.outages import keep, probe
from foundation.outages.models import Outage, Pulse
from foundation.refusals import Missing, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(settings, monkeypatch):
    """Nothing failed yet, and nothing is looked at but what the test plants."""
    settings.OUTAGE_COUNTS_GAPS = True
    monkeypatch.setattr(probe, "CHECKS", {})
    with scoped(Principal.system("test")):
        Outage.objects.all().delete()
        Pulse.objects.all().delete()
        yield


@pytest.fixture
def later(settings):
    def move_on(seconds):
        settings.CLOCK_OFFSET_SECONDS += seconds

    return move_on


def test_the_first_look_ever_finds_no_gap(quiet):
    assert probe.probe() == "well"
    assert not Outage.objects.exists()


@pytest.mark.parametrize(("seconds", "found"), [(149, 0), (151, 1)])
def test_missed_minutes_are_a_failure_and_one_late_minute_is_none(quiet, later, seconds, found):
    probe.probe()
    later(seconds)
    probe.probe()
    assert Outage.objects.count() == found


def test_the_gap_lasts_from_the_first_missed_minute_to_the_look_that_found_it(quiet, later):
    probe.probe()
    began = Pulse.objects.get().at
    later(3600)
    probe.probe()
    row = Outage.objects.get()
    assert abs((row.ended_at - row.began_at).total_seconds() - 3540) < 2
    assert row.began_at == began + timedelta(minutes=1)


def test_ten_knocks_of_one_minute_are_one_look(quiet, monkeypatch):
    looks = []
    monkeypatch.setattr(probe, "CHECKS", {"网站": lambda: looks.append(1)})
    assert [probe.probe() for _ in range(10)] == ["well"] + ["soon"] * 9
    assert len(looks) == 1


def test_a_clock_set_back_is_no_failure(quiet, later):
    probe.probe()
    later(-7200)
    probe.probe()
    assert not Outage.objects.exists()


def test_a_house_that_is_switched_off_at_night_has_no_gaps(quiet, later, settings):
    settings.OUTAGE_COUNTS_GAPS = False
    probe.probe()
    later(36_000)
    probe.probe()
    assert not Outage.objects.exists()


def test_what_does_not_answer_is_one_failure_until_it_answers(quiet, later, monkeypatch):
    def broken():
        raise ConnectionError

    monkeypatch.setattr(probe, "CHECKS", {"网站": broken, "数据库": lambda: None})
    for _ in range(3):
        assert probe.probe() == "failing"
        later(60)
    row = Outage.objects.get()
    assert (row.what, row.ended_at) == ("网站不能用", None)
    monkeypatch.setattr(probe, "CHECKS", {"网站": lambda: None})
    assert probe.probe() == "well"
    row.refresh_from_db()
    assert (row.ended_at - row.began_at).total_seconds() == pytest.approx(180, abs=2)


def test_what_overlaps_counts_once_and_a_window_cuts(quiet):
    now = clock.now()
    for began, ended in ((100, 60), (80, 40), (10, 5)):
        Outage.objects.create(
            began_at=now - timedelta(minutes=began), ended_at=now - timedelta(minutes=ended), what="测试", source="manual", noted_at=now
        )  # fmt: skip
    assert keep.minutes_of(keep.within(now - timedelta(minutes=200), now)) == 65
    assert keep.minutes_of(keep.within(now - timedelta(minutes=50), now)) == 15


def test_only_the_system_administrator_writes_and_every_gap_is_named(quiet, world):
    system = Principal.of_user(User.objects.get(username="sheng-xitong"))
    for stranger in ("sheng-chuzhang", "qiye-zhang", "xingqing"):
        with pytest.raises(Missing):
            keep.write_down({}, actor=Principal.of_user(User.objects.get(username=stranger)))
    with pytest.raises(Refused) as told:
        keep.write_down({"began_at": "2099-01-01T00:00", "ended_at": "昨天"}, actor=system)
    assert [p.field for p in told.value.problems] == ["began_at", "ended_at", "what", "evidence"]


def test_a_record_struck_out_stays_and_counts_for_nothing(quiet, world):
    system = Principal.of_user(User.objects.get(username="sheng-xitong"))
    now = clock.now()
    row = keep.write_down(
        {
            "began_at": (now - timedelta(minutes=50)).isoformat(), "ended_at": (now - timedelta(minutes=10)).isoformat(),
            "what": "材料不能上传", "evidence": "来电记录",
        },
        actor=system,
    )  # fmt: skip
    assert keep.minutes_of(keep.within(now - timedelta(hours=1), now)) == 40
    keep.strike(row, "测试环境误报", actor=system)
    assert keep.minutes_of(keep.within(now - timedelta(hours=1), now)) == 0
    assert Outage.objects.filter(pk=row.pk).exists()
    with pytest.raises(Refused):
        keep.strike(row, "再划一次", actor=system)

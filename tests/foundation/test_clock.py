"""One clock for the whole office: it can be put forward, and it shows the office's own time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from foundation import clock


def test_now_is_an_aware_moment_in_the_time_zone_of_the_office():
    moment = clock.now()
    assert str(moment.tzinfo) == "Asia/Shanghai"
    assert abs(moment - timezone.now()) < timedelta(seconds=5)


@pytest.mark.parametrize("days", [1, 30, 365, -1])
def test_the_whole_office_moves_when_the_clock_is_put_forward(settings, days):
    before = clock.now()
    settings.CLOCK_OFFSET_SECONDS = days * 86400
    assert abs(clock.now() - before - timedelta(days=days)) < timedelta(seconds=5)
    assert clock.today() == clock.now().date()


def test_the_day_begins_at_midnight_in_the_office_and_not_in_greenwich(settings):
    """At one minute past midnight in Yinchuan it is still yesterday in Greenwich."""
    midnight = datetime(2026, 7, 10, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    settings.CLOCK_OFFSET_SECONDS = round((midnight - timezone.now()).total_seconds())
    assert clock.today().isoformat() == "2026-07-10"
    assert clock.yesterday().isoformat() == "2026-07-09"
    assert (timezone.now() + timedelta(seconds=settings.CLOCK_OFFSET_SECONDS)).date().isoformat() == "2026-07-09"

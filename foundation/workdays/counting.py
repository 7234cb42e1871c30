"""Counts working days from the office's own table; weekends and entered holidays are off, 调休 days are on."""

import time
from datetime import date, timedelta
from functools import lru_cache

from foundation.workdays.models import Day, Year

STALE_AFTER = 60
"""Seconds after which a process reads the table again: what an office enters counts everywhere within a minute."""
STATUTORY = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""全国年节及纪念日放假办法: the days off that stand in every year. Those of the lunar calendar wait for the year's notice."""


@lru_cache(maxsize=1)
def _read(minute: int) -> tuple[dict[date, bool], frozenset[int]]:
    days = dict(Day.objects.values_list("day", "is_workday"))
    announced = frozenset(Year.objects.filter(is_announced=True).values_list("year", flat=True))
    return days, announced


def _calendar() -> tuple[dict[date, bool], frozenset[int]]:
    return _read(int(time.monotonic() // STALE_AFTER))


def forget_calendar() -> None:
    """Call after the table was edited; other processes read it again within a minute."""
    _read.cache_clear()


def is_announced(year: int) -> bool:
    """False: 调休 of this year is 待发布; counts use weekends and statutory days only, and pages say so."""
    return year in _calendar()[1]


def is_workday(day: date) -> bool:
    exceptions, announced = _calendar()
    entered = exceptions.get(day)
    if entered is not None:
        return entered
    return day.weekday() < 5 and (day.year in announced or (day.month, day.day) not in STATUTORY)


def unannounced(first: date, last: date) -> list[int]:
    """The years of a span whose notice has not come: a count over them may still move."""
    return [year for year in range(first.year, last.year + 1) if not is_announced(year)]


def add_workdays(start: date, count: int) -> date:
    """The count-th working day after `start` (the day of the event itself is not counted)."""
    day, left = start, count
    while left > 0:
        day += timedelta(days=1)
        if is_workday(day):
            left -= 1
    return day


def workdays_between(earlier: date, later: date) -> int:
    """Working days after `earlier` up to and including `later`; negative when `later` is in the past."""
    if later < earlier:
        return -workdays_between(later, earlier)
    span = (later - earlier).days
    return sum(is_workday(earlier + timedelta(days=n)) for n in range(1, span + 1))

"""Counts working days from the office's own table; weekends and entered holidays are off, 调休 days are on."""

from datetime import date, timedelta
from functools import lru_cache

from foundation.workdays.models import Day, Year


@lru_cache(maxsize=1)
def _calendar() -> tuple[dict[date, bool], frozenset[int]]:
    days = dict(Day.objects.values_list("day", "is_workday"))
    announced = frozenset(Year.objects.filter(is_announced=True).values_list("year", flat=True))
    return days, announced


def forget_calendar() -> None:
    """Call after the table was edited; other processes read it again within their lifetime of a request cycle."""
    _calendar.cache_clear()


def is_announced(year: int) -> bool:
    """False: 调休 of this year is 待发布; counts use weekends and statutory days only, and pages say so."""
    return year in _calendar()[1]


def is_workday(day: date) -> bool:
    exception = _calendar()[0].get(day)
    return day.weekday() < 5 if exception is None else exception


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

"""Years on the calendar, without a library's opinion: 29 February counts from, and back to, 28 February."""

from datetime import date, timedelta


def add_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day_that_is(years: int, on: date) -> date:
    """The latest day d with add_years(d, years) <= on."""
    day = add_years(on, -years)
    while add_years(day + timedelta(days=1), years) <= on:
        day += timedelta(days=1)
    return day

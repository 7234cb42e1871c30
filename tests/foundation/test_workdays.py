"""Working days with 调休, from the office's own table."""

from datetime import date, timedelta

import pytest

from foundation.workdays.counting import (
    add_workdays,
    forget_calendar,
    is_announced,
    is_workday,
    unannounced,
    workdays_between,
)
from foundation.workdays.models import Day, Year

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-09-27", True),
        ("2024-09-28", False),
        ("2024-09-29", True),  # a Sunday worked before the National Day week
        ("2024-10-01", False),
        ("2024-10-07", False),
        ("2024-10-12", True),  # a Saturday worked after it
        ("2024-10-13", False),
        ("2025-05-01", False),
    ],
)
def test_holidays_are_off_and_shifted_days_are_worked(house, day, works):
    assert is_workday(D(day)) is works


def test_the_day_of_the_event_itself_is_not_counted(house):
    assert add_workdays(D("2024-09-23"), 1) == D("2024-09-24")
    assert add_workdays(D("2024-09-23"), 5) == D("2024-09-29")
    assert add_workdays(D("2024-09-28"), 1) == D("2024-09-29")
    assert add_workdays(D("2024-09-23"), 0) == D("2024-09-23")


def test_a_term_runs_over_the_golden_week(house):
    assert add_workdays(D("2024-09-30"), 1) == D("2024-10-08")
    assert add_workdays(D("2024-09-30"), 5) == D("2024-10-12")
    assert workdays_between(D("2024-09-30"), D("2024-10-08")) == 1


def test_counting_forwards_and_counting_back_agree(house):
    start = D("2024-09-20")
    for offset in range(40):
        day = start + timedelta(days=offset)
        for count in (1, 5, 10, 15):
            last = add_workdays(day, count)
            assert is_workday(last)
            assert workdays_between(day, last) == count
            assert workdays_between(last, day) == -count


def test_a_term_that_is_over_is_negative_and_today_is_nothing(house):
    assert workdays_between(D("2024-10-08"), D("2024-09-30")) == -1
    assert workdays_between(D("2024-10-08"), D("2024-10-08")) == 0


def test_a_year_without_its_notice_says_so_and_leaves_out_weekends_and_the_fixed_holidays(house):
    assert is_announced(2024)
    assert not is_announced(2100)
    assert [is_workday(D(f"2100-{day}")) for day in ("01-01", "05-02", "10-01", "10-02", "10-04")] == [
        False, False, False, False, True,
    ]  # fmt: skip
    assert unannounced(D("2024-12-01"), D("2100-01-05"))[-1] == 2100
    assert unannounced(D("2024-01-01"), D("2024-12-31")) == []


def test_what_the_office_enters_counts_as_soon_as_it_is_read_again(house):
    assert not is_announced(2100)
    Year.objects.create(year=2100, is_announced=True, source="国办发明电〔2099〕1号（虚构）")
    Day.objects.create(day=D("2100-10-01"), is_workday=False, note="放假")
    Day.objects.create(day=D("2100-10-02"), is_workday=True, note="调休上班")
    forget_calendar()
    assert is_announced(2100)
    assert (is_workday(D("2100-10-01")), is_workday(D("2100-10-02"))) == (False, True)
    assert add_workdays(D("2100-09-30"), 1) == D("2100-10-02")


def test_a_long_term_asks_the_database_twice_and_then_never_again(house, django_assert_num_queries):
    forget_calendar()
    with django_assert_num_queries(2):
        add_workdays(D("2024-01-01"), 300)
        workdays_between(D("2024-01-01"), D("2025-12-31"))


def test_every_entered_day_is_an_exception_and_none_repeats_the_week(house):
    assert [day for day in Day.objects.all() if day.is_workday == (day.day.weekday() < 5)] == []

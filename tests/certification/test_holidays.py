"""放假通知: a year is entered as a whole by the province's leader, and terms are counted by it at once."""

from datetime import date

import pytest
from django.core.cache import cache

from certification import holidays
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from foundation.workdays.counting import is_announced, is_workday
from foundation.workdays.models import Day, Year

pytestmark = pytest.mark.django_db
OFF, WORKED, SOURCE = "2027-01-01 至 2027-01-03\n2027-02-05 至 2027-02-12", "2027-02-14", "国办发明电〔2026〕1号（虚构）"


@pytest.fixture
def leader(director):
    cache.clear()
    return Principal.of_user(director)


def test_a_year_that_was_entered_counts_from_then_on(leader, django_capture_on_commit_callbacks):
    assert not is_announced(2027)
    with django_capture_on_commit_callbacks(execute=True):
        holidays.enter_year(2027, OFF, WORKED, SOURCE, actor=leader)
    assert is_announced(2027)
    asked = ("2027-01-01", "2027-02-08", "2027-02-14", "2027-02-15")
    assert [is_workday(date.fromisoformat(day)) for day in asked] == [False, False, True, True]
    told = AuditEvent.objects.get(act="workdays.enter")
    assert "2027年的放假和调休" in told.sentence and SOURCE in told.sentence


def test_entering_a_year_again_replaces_it(leader):
    holidays.enter_year(2027, OFF, WORKED, SOURCE, actor=leader)
    holidays.enter_year(2027, "2027-10-01", "", SOURCE, actor=leader)
    assert list(Day.objects.filter(day__year=2027).values_list("day", "is_workday")) == [(date(2027, 10, 1), False)]
    assert Year.objects.filter(year=2027).count() == 1


@pytest.mark.parametrize(
    ("off", "worked", "field"),
    [
        ("元旦放三天", "", "off"),
        ("2027-02-30", "", "off"),
        ("2027-01-03 至 2027-01-01", "", "off"),
        ("2026-12-31", "", "off"),
        ("", "", "off"),
        ("2027-01-01", "2027-01-04", "worked"),
        ("2027-01-02", "2027-01-02", "worked"),
    ],
)
def test_each_line_that_is_no_day_of_the_year_is_named_and_nothing_is_saved(leader, off, worked, field):
    before = list(Day.objects.values_list("day", "is_workday"))
    with pytest.raises(Refused) as told:
        holidays.enter_year(2027, off, worked, SOURCE, actor=leader)
    assert {problem.field for problem in told.value.problems} == {field}
    assert list(Day.objects.values_list("day", "is_workday")) == before


def test_only_the_provinces_leader_enters_a_year(leader, province, county):
    for other in (province, county):
        with pytest.raises(Missing):
            holidays.enter_year(2027, OFF, WORKED, SOURCE, actor=Principal.of_user(other))


def test_the_page_says_which_year_waits_and_keeps_what_was_typed(leader, director, province, county, signed_in):
    page = signed_in(director).get("/desk/workdays/").content.decode()
    assert "待发布" in page and "录入一年的放假通知" in page
    given = {"year": "2027", "off": "元旦放三天", "worked": "", "source": SOURCE}
    answer = signed_in(director).post("/desk/workdays/", given)
    assert answer.status_code == 422 and "元旦放三天</textarea>" in answer.content.decode()
    assert signed_in(director).post("/desk/workdays/", given | {"off": OFF}).status_code == 302
    assert "录入一年的放假通知" not in signed_in(province).get("/desk/workdays/").content.decode()
    assert signed_in(county).get("/desk/workdays/").status_code == 404

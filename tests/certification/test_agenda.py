"""What the calendar takes from the database: the call that a title's list names."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from certification import agenda
from certification.models import Certificate, Cohort, CohortTitle
from foundation import clock
from foundation.mailroom.models import Message
from tests.certification.titled import call_of, night, titled

pytestmark = pytest.mark.django_db


def title_of(firm):
    return Certificate.objects.filter(enterprise=firm).latest("valid_from")


def window(first, last):
    at = lambda day: timezone.make_aware(datetime.combine(day, datetime.min.time()))  # noqa: E731
    return {"opens_at": at(first), "closes_at": at(last)}


def listed(call, *firms):
    made = Cohort.objects.create(
        call=call, ends_from=date(2029, 1, 1), ends_until=date(2029, 1, 31), share=0, seed="ab" * 32, algorithm="测试",
        built_at=clock.now(), filled_at=clock.now(),
    )  # fmt: skip
    for place, one in enumerate(firms, 1):
        CohortTitle.objects.create(
            cohort=made, certificate=title_of(one), enterprise=one, region_path=one.region_path, stratum="测试",
            rule_set_code="TEST", why_rule_set="测试", ticket=str(place), place=place,
        )  # fmt: skip
    return call


def rereview(firm):
    return next(item for item in agenda.agenda(firm) if item.code == "rereview")


def test_two_batches_of_one_year_have_each_their_own_days_and_nobody_is_told_that_a_foreign_window_has_shut(firm, on):
    second = titled()
    on(date(2028, 9, 1))
    spring, autumn = window(date(2028, 8, 1), date(2028, 9, 30)), window(date(2028, 11, 1), date(2028, 12, 31))
    listed(call_of(cohort=2026, batch="第一批", **spring), firm)
    assert rereview(firm).earliest == date(2028, 9, 30)
    assert (rereview(second).opens_on, rereview(second).earliest) == (None, date(2029, 1, 19))
    on(date(2028, 10, 15))
    assert rereview(firm).shut_on == date(2028, 9, 30) and rereview(second).shut_on is None
    night(second)
    assert not Message.objects.filter(enterprise_id=second.pk, subject__startswith="复核窗口已截止").exists()
    listed(call_of(cohort=2026, batch="第二批", **autumn), second)
    assert (rereview(second).opens_on, rereview(second).earliest) == (date(2028, 11, 1), date(2028, 12, 31))
    assert rereview(firm).shut_on == date(2028, 9, 30)


def test_a_call_without_a_list_is_for_the_titles_of_its_year_only(firm, on):
    on(date(2028, 12, 1))
    call_of(cohort=2025, batch="别的年度", **window(date(2028, 11, 1), date(2028, 12, 10)))
    assert rereview(firm).opens_on is None
    call_of(cohort=2026, batch="本年度", **window(date(2028, 11, 1), date(2028, 12, 20)))
    assert rereview(firm).earliest == date(2028, 12, 20)


def test_many_calendars_cost_as_many_queries_as_one(firm, on, django_assert_max_num_queries):
    on(date(2028, 12, 1))
    listed(call_of(cohort=2026), firm)
    more = [titled() for _ in range(3)]
    for ids in ([firm.pk], [firm.pk, *(one.pk for one in more)]):
        with django_assert_max_num_queries(11):
            agenda.agendas(ids)

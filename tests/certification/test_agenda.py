"""What the calendar takes from the database: the call that a title's list names, and changes in the days of a title that is over."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from certification import agenda, change, exit, remind
from certification.models import Certificate, Cohort, CohortTitle, Reminder
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Message
from foundation.mailroom.serve import open_letter
from foundation.refusals import Missing, Refused
from tests.certification.lists import announced
from tests.certification.titled import call_of, filed, night, owner, titled

pytestmark = pytest.mark.django_db
NOTED = {"kind": "merge", "happened_on": "2028-12-20", "source": "企业信用信息公示系统（测试）"}


@pytest.fixture
def boss(director):
    return Principal.of_user(director)


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


@pytest.fixture
def renewed(firm, on, boss, county):
    """A change in the old title's last weeks, noted by the county; then the title was renewed, and nobody has told."""
    on(date(2028, 12, 1))
    case = filed(firm, "decided", call=call_of(cohort=2026))
    on(date(2029, 1, 10))
    row = change.note_change(firm, NOTED, actor=Principal.of_user(county))
    announced(case.call, [case], actor=boss, document_number="（测试）1号")
    return row


def owed(firm):
    return next((item for item in agenda.agenda(firm) if item.code == "major_change"), None)


def test_a_change_of_the_old_titles_last_weeks_is_owed_after_the_renewal_and_reminded_of(firm, on, renewed):
    old, new = Certificate.objects.filter(enterprise=firm).order_by("valid_from")
    assert (old.state, new.state) == ("renewed", "valid")
    item = owed(firm)
    assert (item.latest, item.is_done, item.numbers) == (date(2029, 3, 20), False, (old.number, new.number))
    assert item.latest == change.due_of(firm, renewed.happened_on)
    on(date(2029, 3, 7))
    night(firm)
    assert Reminder.objects.get(key=f"major_change:{renewed.public_id}").is_legal


def test_a_change_that_stayed_unreported_is_a_ground_against_the_title_that_goes_on_and_no_other_s(
    firm, on, renewed, boss
):
    new, other = title_of(firm), titled()
    for day in (date(2029, 3, 7), date(2029, 3, 21)):
        on(day)
        night(firm)
    assert not remind.unreported(firm, new.number, clock.today())
    for letter in Message.objects.filter(enterprise_id=firm.pk, kind="legal", about_type="certification.reminder"):
        open_letter(letter, actor=Principal.of_user(letter.recipient))
    assert remind.unreported(firm, new.number, clock.today())
    assert not remind.unreported(firm, title_of(other).number, clock.today())
    given = {"ground": "change_not_reported", "facts": "合并后一直没有报告（测试）", "source": "公示系统查询（测试）"}
    with pytest.raises(Missing):
        exit.open_exit(new, given, actor=owner(other))
    with pytest.raises(Refused, match="先帮扶后退出"):
        exit.open_exit(new, given, actor=boss)


def test_a_change_after_the_old_title_ended_belongs_to_the_new_one_alone(firm, on, renewed, county):
    on(date(2029, 2, 1))
    change.note_change(firm, NOTED | {"kind": "branch", "happened_on": "2029-01-20"}, actor=Principal.of_user(county))
    told = {item.label: item.numbers for item in agenda.agenda(firm) if item.code == "major_change"}
    assert told["设立分支机构：重大变化报告"] == (title_of(firm).number,)


def test_the_firm_reads_the_change_in_its_calendar_after_the_renewal_and_a_stranger_reads_nothing(
    firm, renewed, signed_in, stranger
):
    page = signed_in(Membership.objects.get(enterprise=firm).user).get("/my/calendar/").content.decode()
    assert "合并：重大变化报告" in page
    assert "合并：重大变化报告" not in signed_in(stranger).get("/my/calendar/", follow=True).content.decode()
    assert timedelta(days=0) <= owed(firm).latest - clock.today()

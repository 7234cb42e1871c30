"""How long 90 % take at the province: kept when a case leaves for the list or the ministry, one row per case."""

from datetime import timedelta

import pytest

from certification import clocks, override, posting
from certification.models import Application, StageTime
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.workdays.counting import workdays_between
from tests.certification.listable import listable
from tests.certification.lists import published, recommended

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        StageTime.objects.all().delete()
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def at_the_province(tier, days=20):
    """A case that came to the province so many days ago and has everything that listing asks for."""
    case = Application.objects.filter(state="province_review", tier=tier).order_by("id").first()
    case.pauses.all().delete()
    Application.objects.filter(pk=case.pk).update(stage_since=clock.now() - timedelta(days=days))
    case.refresh_from_db()
    listable(case)
    if override.unsigned([case]):
        told = {"reason_code": "source_preferred", "text": "审计报告与自述不一致，按审计报告判断（测试）"}
        override.sign(override.ask(case, told, actor=who("sheng-shenhe")), actor=who("sheng-chuzhang"))
    return case


def kept():
    return list(StageTime.objects.values_list("office_path", "tier", "stage", "workdays", "left_on"))


def worked(days):
    return workdays_between(clock.today() - timedelta(days=days), clock.today())


def test_a_case_that_is_listed_leaves_its_days_at_the_province(house):
    case = at_the_province("specialised")
    published(case.call, [case], actor=who("sheng-chuzhang"))
    assert kept() == [("64", "specialised", "province_review", worked(20), clock.today())]
    assert not case.pauses.filter(until=None).exists()


def test_a_case_that_is_recommended_to_the_ministry_leaves_its_days_at_the_province(house):
    case = at_the_province("little_giant")
    recommended([case], actor=who("sheng-chuzhang"), letter_number="宁工信函〔测试〕1号")
    assert kept() == [("64", "little_giant", "province_review", worked(20), clock.today())]


def test_a_case_that_comes_back_from_a_list_is_still_one_case_with_all_its_days(house):
    case, leader = at_the_province("specialised"), who("sheng-chuzhang")
    first = published(case.call, [case], actor=leader)
    posting.take_down(first, actor=leader, reason="名单有误，撤下重报")
    Application.objects.filter(pk=case.pk).update(stage_since=clock.now() - timedelta(days=6))
    case.refresh_from_db()
    published(case.call, [case], actor=leader)
    assert kept() == [("64", "specialised", "province_review", worked(20) + worked(6), clock.today())]


def test_the_row_names_no_case_and_two_stages_of_a_case_are_two_rows(house):
    case = at_the_province("specialised")
    (here, there) = (clocks.key_of(case, stage) for stage in ("province_review", "screening"))
    assert here != there and case.public_id not in here


def test_the_days_of_the_province_are_shown_from_five_cases_on(house):
    for n, days in enumerate((1, 2, 3, 9)):
        StageTime.objects.create(
            office_path="64", tier="specialised", stage="province_review", workdays=days, left_on=clock.today(), key=str(n)
        )
    assert clocks.usual_days("64", "specialised", "province_review") is None
    case = at_the_province("specialised", days=2)
    published(case.call, [case], actor=who("sheng-chuzhang"))
    assert clocks.usual_days("64", "specialised", "province_review") == 9

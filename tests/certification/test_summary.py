"""推荐汇总表: a draft of what was ticked, and after recommending exactly the cases of one letter."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from certification import override, recommend
from certification.models import Application
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.certification.listable import listable
from tests.certification.lists import recommended

NUMBER = "宁工信函〔测试〕88号"
ADDRESS = "/desk/postings/summary.xlsx"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def cells(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def waiting(*tiers):
    """National cases at the province's desk, ready to be recommended."""
    cases = list(Application.objects.filter(state="province_review", tier__in=tiers).order_by("call_id", "pk"))
    for case in cases:
        listable(case)
        if override.unsigned([case]):
            told = {"reason_code": "interpretation", "text": "按口径判断（测试）"}
            override.sign(override.ask(case, told, actor=who("sheng-shenhe")), actor=who("sheng-chuzhang"))
    return cases


def test_the_table_of_a_letter_names_its_own_firms_and_no_other(house, world):
    cases = waiting("champion", "little_giant")
    mine = cases[0]
    others = Application.objects.exclude(letter_number="").count()
    assert others, "the demo has sent a letter of its own"
    recommended([mine], actor=who("sheng-chuzhang"), letter_number=NUMBER)
    client = world.signed_in("sheng-shenhe")
    page = client.get("/desk/postings/").content.decode()
    assert NUMBER in page and "1 户" in page
    table = cells(client.get(ADDRESS, {"letter": NUMBER}).content)
    assert table[0][0] == f"推荐汇总表（推荐函文号：{NUMBER}）"
    assert table[1][0].startswith(f"{mine.call.title}；共 1 户；")
    assert table[2] == list(recommend.COLUMNS)
    (line,) = table[3:]
    assert line[:2] == ["1", NUMBER] and line[3:5] == [mine.enterprise_name, mine.credit_code]


def test_a_letter_keeps_its_table_after_the_ministry_has_answered(house, world):
    number = Application.objects.filter(state="national_granted").values_list("letter_number", flat=True).first()
    named = Application.objects.filter(letter_number=number)
    table = cells(world.signed_in("sheng-chuzhang").get(ADDRESS, {"letter": number}).content)
    assert len({case.state for case in named}) > 1, "some granted, some not"
    assert {line[4] for line in table[3:]} == {case.credit_code for case in named}


def test_before_the_letter_the_table_is_a_draft_of_what_was_ticked(house, world):
    case = Application.objects.filter(state="province_review", tier="champion").order_by("pk").first()
    form = {"call": case.call.public_id, "application": [case.public_id]}
    table = cells(world.signed_in("sheng-shenhe").post(ADDRESS, form).content)
    assert table[0][0] == "推荐汇总表（草稿，还没有推荐到工业和信息化部）"
    assert [line[1:5:2] for line in table[3:]] == [["未推荐", case.enterprise_name]]
    city = Application.objects.filter(state="city_review", region_path__startswith="64/6401").order_by("pk").first()
    form = {"call": city.call.public_id, "application": [city.public_id, case.public_id]}
    table = cells(world.signed_in("yinchuan").post(ADDRESS, form).content)
    assert table[0][0] == "推荐汇总表（草稿，还没有推荐到自治区）" and [line[3] for line in table[3:]] == [city.enterprise_name]


def test_nothing_ticked_or_a_case_that_went_on_is_said_and_no_table_comes(house, world):
    client = world.signed_in("sheng-chuzhang")
    case = Application.objects.exclude(letter_number="").first()
    for form, words in (
        ({"call": case.call.public_id}, "没有勾选企业"),
        ({"call": case.call.public_id, "application": [case.public_id]}, f"{case.enterprise_name}已不在这个环节"),
    ):
        answer = client.post(ADDRESS, form, follow=True)
        assert answer.redirect_chain[-1][0] == "/desk/postings/" and words in answer.content.decode()


def test_a_letter_nobody_sent_is_missing_and_a_city_gets_no_part_of_one(house, world):
    sent = Application.objects.exclude(letter_number="").first().letter_number
    assert world.signed_in("sheng-chuzhang").get(ADDRESS, {"letter": "没有这份函"}).status_code == 404
    assert world.signed_in("yinchuan").get(ADDRESS, {"letter": sent}).status_code == 404

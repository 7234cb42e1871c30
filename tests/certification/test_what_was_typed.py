"""A desk act that is refused comes back on its page: the reason at its field, and everything typed still there."""

import re
from datetime import date

import pytest

from certification import override, review
from certification.models import Application, Certificate, Objection
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.certification.listable import judge, listable
from tests.certification.lists import announced

NUMBER = "宁示例公告〔测试〕77号"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def error_at(page, field):
    """What stands in red inside the block of this field."""
    block = re.search(rf'<div class="f f-err" id="f-{field}">.*?</div>', page, re.S)
    return " ".join(re.findall(r'class="err">([^<]*)<', block[0])) if block else ""


def test_a_number_that_was_used_is_refused_at_its_field_in_the_preview(house, world):
    Objection.objects.all().delete()
    first, second = list(Application.objects.filter(state="decided", tier="innovative").order_by("pk"))[:2]
    announced(first.call, [first], actor=who("sheng-chuzhang"), document_number=NUMBER)
    form = {"call": second.call.public_id, "application": [second.public_id], "document_number": NUMBER}
    answer = world.signed_in("sheng-chuzhang").post("/desk/postings/announce/", form)
    page = answer.content.decode()
    assert answer.status_code == 409 and "这个文号已经用过" in error_at(page, "document_number")
    assert f'value="{NUMBER}"' in page and f'name="application" value="{second.public_id}"' in page
    form["document_number"] = NUMBER + "之一"
    assert world.signed_in("sheng-chuzhang").post("/desk/postings/announce/", form).status_code == 302


def test_a_letter_without_a_number_and_one_too_long_are_told_at_the_field(house, world):
    case = Application.objects.filter(state="province_review", tier="champion").order_by("pk").first()
    listable(case)
    if override.unsigned([case]):
        told = {"reason_code": "interpretation", "text": "按口径判断（测试）"}
        override.sign(override.ask(case, told, actor=who("sheng-shenhe")), actor=who("sheng-chuzhang"))
    client = world.signed_in("sheng-chuzhang")
    form = {"call": case.call.public_id, "application": [case.public_id]}
    answer = client.post("/desk/postings/recommend/", form | {"letter_number": ""})
    page = answer.content.decode()
    assert answer.status_code == 422 and "推荐函文号没有填写" in error_at(page, "letter_number")
    assert f'name="application" value="{case.public_id}"' in page
    answer = client.post("/desk/postings/recommend/", form | {"letter_number": "长" * 61})
    assert answer.status_code == 422 and "最多60字，现在有61字" in error_at(answer.content.decode(), "letter_number")
    assert "长" * 61 in answer.content.decode()


def waiting_for_a_person():
    """(who, case): a desk with a case of which a point is still to be judged."""
    for who, stage, path in (("xingqing", "screening", "64/6401/640104"), ("yinchuan", "city_review", "64/6401/")):
        for case in Application.objects.filter(state=stage, region_path__startswith=path).order_by("pk"):
            if review.open_points(case):
                return who, case
    raise AssertionError("no desk of the demo has such a case")


def test_an_opinion_is_not_lost_when_a_point_still_waits(house, world):
    desk, case = waiting_for_a_person()
    answer = world.signed_in(desk).post(f"/desk/cases/{case.public_id}/recommend/", {"opinion": "同意，设备先进"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "需要您判断" in page and ">同意，设备先进</textarea>" in page


def test_an_opinion_on_a_case_that_a_colleague_has_moved_is_shown_again(house, world):
    case = Application.objects.filter(state="screening", region_path="64/6401/640104").order_by("pk").first()
    colleague = who("xingqing-fuze")
    judge(case, colleague)
    review.recommend(case, actor=colleague)
    answer = world.signed_in("xingqing").post(f"/desk/cases/{case.public_id}/recommend/", {"opinion": "同意，设备先进"})
    assert answer.status_code == 409 and "您写的推荐意见：同意，设备先进" in answer.content.decode()


def test_the_ministry_s_result_keeps_what_was_typed_and_its_batch(house, world):
    case = Application.objects.filter(state="recommended").order_by("pk").first()
    client, address = world.signed_in("sheng-chuzhang"), f"/desk/cases/{case.public_id}/national/"
    typed = {
        "outcome": "granted",
        "document_number": "国示例77号",
        "batch": "第九批（测试）",
        "source_url": "https://example.org/a",
    }
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "请填写公告日期" in error_at(page, "announced_on")
    assert all(f'value="{typed[name]}"' in page for name in ("document_number", "batch", "source_url"))
    assert client.post(address, typed | {"announced_on": "2026-10-20"}).status_code == 302
    title = Certificate.objects.get(application=case)
    assert (title.batch, title.announced_on) == ("第九批（测试）", date(2026, 10, 20))


def test_that_the_ministry_s_list_does_not_name_a_firm_needs_its_number_and_day_too(house, world):
    case = Application.objects.filter(state="recommended").order_by("pk").first()
    client, address = world.signed_in("sheng-chuzhang"), f"/desk/cases/{case.public_id}/national/"
    typed = {"outcome": "refused", "document_number": "国示例79号"}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "请填写公告日期" in error_at(page, "announced_on")
    assert 'value="国示例79号"' in page
    assert client.post(address, typed | {"announced_on": "2026-10-20"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.national_number, case.national_on) == ("national_refused", "国示例79号", date(2026, 10, 20))  # fmt: skip


def test_one_national_number_is_of_one_day(house, world):
    first, second = list(Application.objects.filter(state="recommended", tier="little_giant").order_by("pk"))[:2]
    client = world.signed_in("sheng-chuzhang")
    typed = {"outcome": "granted", "document_number": "国示例78号", "batch": "第九批", "announced_on": "2026-10-20"}
    assert client.post(f"/desk/cases/{first.public_id}/national/", typed).status_code == 302
    answer = client.post(f"/desk/cases/{second.public_id}/national/", typed | {"announced_on": "2026-10-21"})
    assert answer.status_code == 409 and "2026年10月20日" in error_at(answer.content.decode(), "announced_on")
    assert Application.objects.get(pk=second.pk).state == "recommended"

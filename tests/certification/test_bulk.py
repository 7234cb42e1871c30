"""Before a bulk act: firm by firm what it will do, and what is left out; nothing is written by looking."""

import re

import pytest

from certification import bulk
from certification.models import Application, Call, Certificate, Letter
from certification.object import held
from certification.obstacles import obstacles
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing
from tests.certification.lists import interval_over


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def director(house):
    return Principal.of_user(User.objects.get(username="sheng-chuzhang"))


def cases(tier, state):
    return list(Application.objects.filter(tier=tier, state=state).select_related("call", "enterprise").order_by("id"))


def test_a_case_that_cannot_be_posted_is_told_with_the_reason_of_the_refusal(director):
    ready, gone = cases("specialised", "province_review"), cases("specialised", "decided")
    lines = bulk.preview("post", ready[0].call, [*ready, *gone], actor=director)
    assert [line.thing.pk for line in lines] == [case.pk for case in [*ready, *gone]]
    told = {line.thing.pk: line.problem for line in lines}
    assert all(told[case.pk].startswith("已不在这个环节") for case in gone)
    assert obstacles(ready)
    assert {pk for pk in told if told[pk] and pk not in {c.pk for c in gone}} == set(obstacles(ready))
    first, then = zip(*(line.what.split("；") for line in lines), strict=True)
    assert set(first) == {"列入名单，由另一位负责人公布"}
    assert {what.partition("，")[2] for what in then} == {"名单公开，通知企业"}


def test_whoever_may_not_do_it_may_not_look_either(director, house):
    ready = cases("specialised", "province_review")
    other = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    city = Principal.of_user(User.objects.get(username="yinchuan"))
    for act, who in (("post", city), ("recommend", director), ("nothing", director), ("city", other)):
        with pytest.raises(Missing):
            bulk.preview(act, ready[0].call, ready, actor=who)


def test_the_page_shows_what_will_happen_and_only_the_second_button_does_it(director, world, settings):
    waiting = cases("specialised", "decided")
    call = waiting[0].call
    assert not held([case.pk for case in waiting])
    client = world.signed_in("sheng-chuzhang")
    given = {
        "act": "announce",
        "call": call.public_id,
        "application": [c.public_id for c in waiting],
        "document_number": "宁示例公告〔测试〕7号",
    }
    before = AuditEvent.objects.count()
    page = client.post("/desk/postings/preview/", given).content.decode()
    assert all(case.enterprise_name in page for case in waiting) and "生成证书，有效期" in page
    assert AuditEvent.objects.count() == before
    assert not Certificate.objects.filter(document_number="宁示例公告〔测试〕7号").exists()
    carried = {
        name: re.findall(f'name="{name}" value="([^"]*)"', page) for name in ("call", "application", "document_number")
    }
    drafted = client.post("/desk/postings/announce/", carried)
    assert drafted.status_code == 302
    assert not Certificate.objects.filter(document_number="宁示例公告〔测试〕7号").exists()
    publish = f"{drafted.headers['Location']}publish/"
    assert client.post(publish).status_code == 403
    assert world.signed_in("sheng-fuchuzhang").post(publish).status_code == 302
    assert not Certificate.objects.filter(document_number="宁示例公告〔测试〕7号").exists()
    interval_over()
    assert Certificate.objects.filter(document_number="宁示例公告〔测试〕7号").count() == len(waiting)


def test_nothing_ticked_and_nothing_possible_are_told_without_a_button(director, world):
    call = Call.objects.get(tier="specialised", case_type="new", state="published")
    client = world.signed_in("sheng-chuzhang")
    page = client.post("/desk/postings/preview/", {"act": "post", "call": call.public_id}).content.decode()
    assert "没有勾选企业" in page and 'class="b b-1" type="submit">拟公示名单' not in page
    county = world.signed_in("xingqing")
    assert county.post("/desk/postings/preview/", {"act": "post", "call": call.public_id}).status_code == 404


def test_letters_are_looked_at_before_they_are_served_and_those_that_cannot_go_are_named(house, world):
    row = Letter.objects.filter(state="draft", region_path__startswith="64/6401/").select_related("application").get()
    case = row.application
    Letter.objects.filter(pk=row.pk).update(state="signed")
    client = world.signed_in("yinchuan")
    page = client.post("/desk/postings/letters/preview/", {"letter": [row.public_id]}).content.decode()
    assert "送达 1 人" in page and row.title in page and Letter.objects.get(pk=row.pk).state == "signed"
    case.enterprise.memberships.update(state="ended")
    page = client.post("/desk/postings/letters/preview/", {"letter": [row.public_id]}).content.decode()
    assert "没有核实过身份的人员" in page and 'type="submit">送达</button>' not in page
    assert client.post("/desk/postings/letters/preview/", {}).status_code == 302

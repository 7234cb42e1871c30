"""公示: a city's own list, a list that was wrong, a call that was wrong, and a firm that may have no title now."""

from datetime import timedelta

import pytest

from certification import call as calls
from certification import posting, review, states
from certification.grounds import grounds
from certification.models import Application, Call, Certificate, Exit, Posting
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.certification.listable import judge, listable
from tests.certification.lists import announced, published, published_at_city

pytestmark = pytest.mark.django_db
CONTACT = {"contact": "0951-1（测试）", "disciplinary_contact": "0951-2（测试）"}


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def at_city(house):
    found = Application.objects.filter(state="city_review", region_path__startswith="64/6401/").order_by("id").first()
    assert found is not None
    return found


def with_city_list(case):
    Call.objects.filter(pk=case.call_id).update(has_city_posting=True)
    return Application.objects.select_related("call").get(pk=case.pk)


def test_a_city_lists_nothing_where_the_call_knows_no_city_list(at_city):
    with pytest.raises(Refused) as told:
        published_at_city(at_city.call, [at_city], actor=who("yinchuan"), **CONTACT)
    assert told.value.code == "conflict" and "没有安排市级公示" in told.value.sentence


def test_a_city_lists_a_case_once_and_only_at_its_own_stage(at_city):
    case, city = with_city_list(at_city), who("yinchuan")
    elsewhere = Application.objects.filter(call=case.call, region_path__startswith="64/6401/")
    elsewhere = elsewhere.exclude(state__in=["city_review", "draft"]).order_by("id").first()
    with pytest.raises(Refused) as told:
        published_at_city(case.call, [elsewhere], actor=city, **CONTACT)
    assert elsewhere.enterprise_name in told.value.sentence and "不在市级审核环节" in told.value.sentence
    published_at_city(case.call, [case], actor=city, **CONTACT)
    with pytest.raises(Refused) as told:
        published_at_city(case.call, [case], actor=city, **CONTACT)
    assert "已在市级公示中" in told.value.sentence


def test_a_city_recommends_a_case_when_its_own_list_has_run(house, at_city, settings):
    case, city = with_city_list(at_city), who("yinchuan")
    running = published_at_city(case.call, [case], actor=city, **CONTACT)
    assert "市级公示中" in house.signed_in("yinchuan").get("/desk/postings/").content.decode()
    judge(case, city)
    with pytest.raises(Refused) as told:
        review.recommend(case, actor=city)
    assert f"{running.ends_on.month}月{running.ends_on.day}日" in told.value.sentence
    settings.CLOCK_OFFSET_SECONDS += (running.ends_on - clock.today() + timedelta(days=1)).days * 86_400
    posting.end_due(actor=Principal.system("calendar"))
    assert review.recommend(case, actor=city).state == "province_review"


def test_a_wrong_list_is_taken_down_with_a_public_reason_and_its_cases_go_back(house, client):
    running = Posting.objects.filter(state="running", level="province", call__tier="specialised").first()
    cases = [item.application for item in running.items.all()]
    url = f"/desk/postings/lists/{running.public_id}/take-down/"
    assert house.signed_in("sheng-shenhe").post(url, {"reason": "名单有误"}).status_code == 404
    assert house.signed_in("yinchuan").post(url, {"reason": "名单有误"}).status_code == 404
    with pytest.raises(Refused):
        posting.take_down(running, actor=who("sheng-chuzhang"), reason=" ")
    assert house.signed_in("sheng-chuzhang").post(url, {"reason": "第2户名称有误（测试）"}).status_code == 302
    assert {Application.objects.get(pk=case.pk).state for case in cases} == {"province_review"}
    page = client.get(f"/postings/{running.public_id}/")
    assert (
        page.status_code == 200
        and "撤下，不再有效" in page.content.decode()
        and "第2户名称有误" in page.content.decode()
    )
    assert running.title in client.get("/postings/").content.decode()
    assert client.get(f"/postings/{running.public_id}/objection/").status_code in (200, 404, 409)
    assert Message.objects.filter(about_id=cases[0].public_id, subject__contains="撤下").exists()
    again = Application.objects.select_related("call").get(pk=cases[0].pk)
    listable(again)
    assert published(running.call, [again], actor=who("sheng-chuzhang")).state == "running"


def test_a_call_is_closed_early_only_while_nobody_has_filed(house):
    filed = Application.objects.exclude(submitted_at=None).filter(call__state="published").first().call
    director = who("sheng-chuzhang")
    with pytest.raises(Refused) as told:
        calls.close(filed, actor=director, reason="发错了")
    assert told.value.code == "conflict"
    wrong = Call.objects.get(pk=filed.pk)
    wrong.pk, wrong.public_id, wrong.batch, wrong.state, wrong._state.adding = None, "call-wrong", "错发", "draft", True
    wrong.version = 1
    wrong = calls.publish(calls.draft(wrong, actor=director), actor=director)
    url = f"/desk/calls/{wrong.public_id}/close/"
    assert house.signed_in("sheng-shenhe").post(url, {"reason": "x"}).status_code == 404
    with pytest.raises(Missing):
        calls.close(wrong, actor=who("sheng-shenhe"), reason="发错了")
    assert "提前结束" in house.signed_in("sheng-chuzhang").get(f"/desk/calls/{wrong.public_id}/").content.decode()
    house.signed_in("sheng-chuzhang").post(url, {"reason": ""})
    assert Call.objects.get(pk=wrong.pk).state == "published"
    house.signed_in("sheng-chuzhang").post(url, {"reason": "层级写错（测试）"})
    assert Call.objects.get(pk=wrong.pk).state == "closed"


def bar(case):
    """What an announced exit leaves behind: walked edge by edge, because the trigger lets nothing else pass."""
    title = Certificate.objects.filter(enterprise=case.enterprise).order_by("id").first()
    if title is None:
        title = Certificate.objects.order_by("id").first()
    row = Exit.objects.create(
        certificate=title, enterprise=case.enterprise, enterprise_name=case.enterprise_name, region_path=case.region_path,
        tier=title.tier, ground=next(iter(grounds())), clause="第一条（测试）", facts="测试", source="测试", opened_by_name="测试",
        office_name="测试", document_number="（测试）1号", barred_until=clock.today() + timedelta(days=30), state=states.EXIT.initial,
    )  # fmt: skip
    for state in way_to("announced"):
        Exit.objects.filter(pk=row.pk).update(state=state)


def way_to(target):
    ways = [[states.EXIT.initial]]
    while ways[0][-1] != target:
        way = ways.pop(0)
        ways += [[*way, to] for source, to in states.EXIT.edges if source == way[-1] and to not in way]
    return ways[0][1:]


def test_a_barred_firm_is_neither_listed_nor_announced_and_is_named(house):
    director = who("sheng-chuzhang")
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("id").first()
    ready = Application.objects.filter(state="decided").order_by("id").first()
    listable(case)
    bar(case)
    with pytest.raises(Refused) as told:
        published(case.call, [case], actor=director)
    assert case.enterprise_name in told.value.sentence and "在禁报期内" in told.value.sentence
    bar(ready)
    with pytest.raises(Refused) as told:
        announced(ready.call, [ready], actor=director, document_number="（测试）9号")
    assert ready.enterprise_name in told.value.sentence
    assert Application.objects.get(pk=ready.pk).state == "decided"

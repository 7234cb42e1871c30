"""A visit that was drawn is made before the province lists or recommends the case, or a leader drops it in public."""

from datetime import timedelta

import pytest
from django.test import Client

from certification import bulk, draft_list, posting, sample_visits, visit
from certification.models import Application, Visit
from certification.obstacles import obstacles
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Refused
from tests.certification.listable import listable
from tests.certification.lists import colleague, published, recommended

pytestmark = pytest.mark.django_db
WHY = "本月已由税务部门联合核查过现场，结论一致"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def at_the_province(tier):
    return Application.objects.filter(state="province_review", tier=tier, visits=None).order_by("id").first()


def drawn(case):
    """The visit that a draw of everything has given the case."""
    sample_visits.sample(case.call, 100, actor=who("sheng-shenhe"))
    return Visit.objects.get(application=case)


def visited(row):
    desk = who("sheng-shenhe")
    visit.plan(row, (clock.now() + timedelta(days=2)).isoformat(), "甲、乙", actor=desk)
    for line in row.lines.all():
        visit.answer(row, line.place, {"verdict": "matches", "note": ""}, actor=desk)
    return visit.finish(row, {"summary": "基本一致"}, actor=desk)


def test_a_drawn_case_is_not_listed_before_it_was_visited(house):
    case = at_the_province("specialised")
    listable(case)
    assert obstacles([case]) == {}
    row, leader = drawn(case), who("sheng-chuzhang")
    with pytest.raises(Refused) as told:
        published(case.call, [case], actor=leader)
    assert told.value.code == "conflict" and "抽中的实地核查没有做（还没有约定时间）" in told.value.sentence
    assert "由自治区负责人写明理由取消" in told.value.sentence
    assert obstacles([case])[case.pk][0] in [line.problem for line in bulk.preview("post", case.call, [case], actor=leader)]
    assert obstacles([case], voted=True) == obstacles([case]), "a vote of the committee does not replace it"
    visited(row)
    assert obstacles([case]) == {}
    assert published(case.call, [case], actor=leader).state == "running"


def test_a_drawn_case_of_a_national_tier_is_not_recommended_before_it_was_visited(house):
    case = at_the_province("little_giant")
    drawn(case)
    with pytest.raises(Refused, match="抽中的实地核查没有做"):
        recommended([case], actor=who("sheng-chuzhang"), letter_number="宁工信函〔测试〕1号")


def test_a_list_that_was_drafted_before_the_draw_does_not_start_over_it(house):
    case, leader = at_the_province("specialised"), who("sheng-chuzhang")
    listable(case)
    made = draft_list.draft_list(case.call, [case], actor=colleague(leader))
    drawn(case)
    with pytest.raises(Refused, match="抽中的实地核查没有做"):
        posting.start(made, actor=leader)


def test_a_visit_that_an_office_chose_for_itself_holds_nothing_and_the_office_drops_it(house):
    case = at_the_province("specialised")
    listable(case)
    row = sample_visits.choose_one(case, "想看看现场", actor=who("sheng-shenhe"))
    assert obstacles([case]) == {}
    assert visit.cancel(row, "不去了", actor=who("sheng-shenhe")).state == "cancelled"


def test_only_a_leader_of_the_province_drops_a_drawn_visit_and_the_case_goes_on(house):
    case = at_the_province("specialised")
    listable(case)
    row = drawn(case)
    county = User.objects.filter(posts__office__body__path=case.region_path, posts__role="reviewer").first()
    for other in (Principal.of_user(county), who("sheng-shenhe")):
        with pytest.raises(Refused) as told:
            visit.cancel(row, WHY, actor=other)
        assert told.value.code == "forbidden"
    visit.cancel(row, f"  {WHY}  ", actor=who("sheng-chuzhang"))
    assert obstacles([case]) == {}
    event = AuditEvent.objects.get(object_id=row.public_id, act="visit.cancel")
    assert (event.reason, event.actor_id) == (WHY, who("sheng-chuzhang").actor_id)
    assert sample_visits.differences(row.sample) == [], "the draw can still be repeated"


def test_the_reason_is_public_so_it_says_something_and_names_no_firm(house):
    row, leader = drawn(at_the_province("specialised")), who("sheng-chuzhang")
    for words, expected in (
        ("太远", "请写明为什么不用核查，至少8个字"),
        (f"{row.enterprise_name}上月已经核查过现场", "不能写企业名称、代码、电话或邮箱"),
    ):
        with pytest.raises(Refused) as told:
            visit.cancel(row, words, actor=leader)
        assert [(p.field, p.message) for p in told.value.problems] == [("reason", expected)]
    client = house.signed_in("sheng-chuzhang")
    reply = client.post(f"/desk/visits/{row.public_id}/", {"act": "cancel", "reason": "太远"})
    assert reply.status_code == 422 and 'name="reason" value="太远"' in reply.content.decode()
    row.refresh_from_db()
    assert row.state == "chosen"


def test_everybody_reads_how_many_were_dropped_and_why_and_the_number_with_the_seed(house):
    row, leader = drawn(at_the_province("specialised")), who("sheng-chuzhang")
    address, number = f"/visit-draws/{row.sample.public_id}/", row.application.public_id
    assert "抽中后取消</th><td>0 件" in Client().get(address).content.decode()
    visit.cancel(row, WHY, actor=leader)
    page = Client().get(address).content.decode()
    assert "抽中后取消</th><td>1 件" in page and WHY in page
    assert number not in page and row.enterprise_name not in page
    for other in row.sample.visits.filter(state="chosen"):
        visit.plan(other, (clock.now() + timedelta(days=2)).isoformat(), "甲、乙", actor=leader)
    page = Client().get(address).content.decode()
    assert f'class="mono">{number}</th>' in page and row.enterprise_name not in page


def test_the_case_and_the_visit_say_what_is_missing_and_who_may_drop_it(house):
    case = at_the_province("specialised")
    row = drawn(case)
    reviewer, leader = house.signed_in("sheng-shenhe"), house.signed_in("sheng-chuzhang")
    page = house.signed_in("sheng-shenhe").get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "这件申请抽中了实地核查，还没有做完" in page and "由自治区负责人在核查页面写明理由取消" in page
    address = f"/desk/visits/{row.public_id}/"
    assert "确实不用去的，请自治区负责人写明理由取消" in reviewer.get(address).content.decode()
    assert "取消的理由在抽取记录里公开，不要写企业名称" in leader.get(address).content.decode()
    assert "随机抽中" in leader.get(f"/desk/calls/{case.call.public_id}/visits/").content.decode()

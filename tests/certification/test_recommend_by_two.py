"""Whom the province recommends to the ministry is drawn up by one person and sent by another; until then there is a way back."""

import pytest

from certification import override, put_forward, recommend
from certification.models import Application, RecommendationDraft
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.certification.listable import listable

pytestmark = pytest.mark.django_db
NUMBER = "宁工信函〔测试〕5号"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def case(house):
    found = Application.objects.filter(state="province_review", tier="little_giant").select_related("call").first()
    listable(found)
    if override.unsigned([found]):
        told = {"reason_code": "interpretation", "text": "按口径判断（测试）"}
        override.sign(override.ask(found, told, actor=who("sheng-shenhe")), actor=who("sheng-chuzhang"))
    return found


@pytest.fixture
def drafted(case):
    return put_forward.draft(case.call, [case], actor=who("sheng-chuzhang"), letter_number=NUMBER)


@pytest.fixture
def url(drafted):
    return f"/desk/postings/recommendations/{drafted.public_id}/"


def state_of(thing):
    return type(thing).objects.get(pk=thing.pk).state


def test_whoever_drew_it_up_does_not_send_it_and_reads_who_can(drafted, case, url, house):
    page = house.signed_in("sheng-chuzhang").get(url).content.decode()
    assert "推荐由另一位负责人办理" in page and "严副处长（演示）" in page and "推荐到工信部</button>" not in page
    answer = house.signed_in("sheng-chuzhang").post(f"{url}send/")
    assert answer.status_code == 403 and "推荐由另一位负责人办理" in answer.content.decode()
    assert (state_of(drafted), state_of(case)) == ("draft", "province_review")


def test_another_leader_sends_it_and_the_firm_hears_of_it_then_and_not_before(drafted, case, url, house):
    told = Message.objects.filter(about_type="certification.application", about_id=case.public_id)
    before = told.count()
    other = house.signed_in("sheng-fuchuzhang")
    assert "推荐到工信部</button>" in other.get(url).content.decode()
    answer = other.post(f"{url}send/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/postings/")
    case.refresh_from_db()
    assert (state_of(drafted), case.state, case.letter_number) == ("sent", "recommended", NUMBER)
    assert told.count() > before
    rows = AuditEvent.objects.filter(object_id=drafted.public_id).order_by("id").values_list("act", "actor_name")
    assert list(rows) == [
        ("recommendation_draft.create", "陈处长（演示）"), ("recommendation_draft.send", "严副处长（演示）")
    ]  # fmt: skip
    assert not Change.objects.filter(type="recommendation_draft", is_draft=False).exists()


def test_a_reviewer_draws_it_up_from_the_desk_and_the_leaders_are_told_that_it_waits(case, house):
    form = {"call": case.call.public_id, "application": case.public_id, "letter_number": NUMBER}
    desk = house.signed_in("sheng-shenhe")
    assert (
        "由另一位负责人推荐到工信部"
        in desk.post("/desk/postings/preview/", form | {"act": "recommend"}).content.decode()
    )
    answer = desk.post("/desk/postings/recommend/", form)
    made = RecommendationDraft.objects.get(letter_number=NUMBER)
    assert answer.headers["Location"] == f"/desk/postings/recommendations/{made.public_id}/"
    names = set(Message.objects.filter(about_id=made.public_id).values_list("recipient__username", flat=True))
    assert names == {"sheng-chuzhang", "sheng-fuchuzhang", "sheng-fuzeren"}
    page = desk.get("/desk/postings/").content.decode()
    assert "已列入推荐稿" in page and f'href="/desk/postings/recommendations/{made.public_id}/"' in page
    assert desk.post(f"/desk/postings/recommendations/{made.public_id}/send/").status_code == 404
    assert state_of(case) == "province_review"


def test_who_has_no_part_in_it_neither_sees_nor_touches_it(drafted, url, house):
    for username in ("yinchuan", "xingqing", "sheng-fabu", "sheng-shenji", "qiye-wang"):
        person = house.signed_in(username)
        answers = [person.get(url), person.post(f"{url}send/"), person.post(f"{url}discard/", {"reason": "试一试"})]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    for username in ("yinchuan", "xingqing", "qiye-wang"):  # and behind the door stands a wall
        with scoped(who(username)):
            assert not RecommendationDraft.objects.exists()
    with pytest.raises(Missing):
        put_forward.send(drafted, actor=who("sheng-shenhe"))
    assert state_of(drafted) == "draft"


def test_a_wrong_one_is_void_with_a_reason_and_its_firm_can_be_recommended_after_all(drafted, case, url, house):
    with pytest.raises(Refused, match="已在另一份推荐稿里"):
        put_forward.draft(case.call, [case], actor=who("sheng-shenhe"), letter_number="另一号")
    desk = house.signed_in("sheng-shenhe")
    assert desk.post(f"{url}discard/", {"reason": " "}).status_code == 422
    assert desk.post(f"{url}discard/", {"reason": "文号有误（测试）"}).status_code == 302
    assert (state_of(drafted), state_of(case)) == ("discarded", "province_review")
    assert (
        AuditEvent.objects.get(object_id=drafted.public_id, act="recommendation_draft.discard").reason
        == "文号有误（测试）"
    )
    assert house.signed_in("sheng-fuchuzhang").post(f"{url}send/").status_code == 409
    again = put_forward.draft(case.call, [case], actor=who("sheng-shenhe"), letter_number=NUMBER)
    assert put_forward.send(again, actor=who("sheng-chuzhang")) == 1


def test_what_has_moved_on_stops_it_by_name(drafted, case, url, house):
    Application.objects.filter(pk=case.pk).update(state="withdrawn")
    answer = house.signed_in("sheng-fuchuzhang").post(f"{url}send/")
    assert answer.status_code == 409 and f"{case.enterprise_name}已不在自治区审核环节" in answer.content.decode()
    assert state_of(drafted) == "draft"


def test_a_case_that_is_not_at_the_province_is_refused_when_it_is_drafted(case, house):
    recommend.recommend_to_ministry([case], actor=who("sheng-chuzhang"), letter_number=NUMBER)
    with pytest.raises(Refused, match="已不在自治区审核环节"):
        put_forward.draft(case.call, [case], actor=who("sheng-shenhe"), letter_number=NUMBER)

"""A list and an announcement are drawn up by one person and made public by another; until then there is a way back."""

from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import announce, draft_list, posting, put_forward, second_person
from certification.models import Announcement, AnnouncementDraft, Application, Call, Certificate, Posting
from certification.permissions import POSTING
from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.certification.listable import listable
from tests.certification.lists import announced, interval_over
from tests.certification.test_object import lodge_late

pytestmark = pytest.mark.django_db
CONTACT = {"contact": "0951-1（测试）", "disciplinary_contact": "0951-2（测试）"}


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def case(house):
    found = Application.objects.filter(state="province_review", tier="specialised").select_related("call").first()
    listable(found)
    return found


@pytest.fixture
def drafted(case):
    return draft_list.draft_list(case.call, [case], actor=who("sheng-chuzhang"))


@pytest.fixture
def ready(house):
    return Application.objects.filter(state="decided", tier="specialised").select_related("call").order_by("pk").first()


def state_of(thing):
    return type(thing).objects.get(pk=thing.pk).state


def test_whoever_drew_up_a_list_does_not_publish_it_and_reads_who_can(drafted, case, house):
    with pytest.raises(Refused) as told:
        posting.start(drafted, actor=who("sheng-chuzhang"))
    assert told.value.code == "forbidden"
    assert "严副处长（演示）" in told.value.sentence and "陈处长（演示）" not in told.value.sentence
    page = house.signed_in("sheng-chuzhang").get(f"/desk/postings/lists/{drafted.public_id}/").content.decode()
    assert told.value.sentence in page and "公布，开始公示" not in page
    answer = house.signed_in("sheng-chuzhang").post(f"/desk/postings/lists/{drafted.public_id}/publish/")
    assert answer.status_code == 403 and told.value.sentence in answer.content.decode()
    assert (state_of(drafted), state_of(case)) == ("draft", "province_review")


def test_another_leader_publishes_it_and_the_record_and_the_feed_say_so(drafted, case, house, client):
    address = f"/postings/{drafted.public_id}/"
    assert client.get(address).status_code == 404
    other = house.signed_in("sheng-fuchuzhang")
    assert "公布，开始公示" in other.get(f"/desk/postings/lists/{drafted.public_id}/").content.decode()
    answer = other.post(f"/desk/postings/lists/{drafted.public_id}/publish/")
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert (state_of(drafted), state_of(case)) == ("running", "posted")
    assert client.get(address).status_code == 200
    rows = AuditEvent.objects.filter(object_id=drafted.public_id).order_by("id").values_list("act", "actor_name")
    assert list(rows) == [("posting.create", "陈处长（演示）"), ("posting.start", "严副处长（演示）")]
    assert Change.objects.filter(type="posting", public_id=drafted.public_id, is_draft=False).count() == 1


def test_a_reviewer_draws_up_a_list_and_cannot_publish_even_a_colleagues(case, house):
    made = draft_list.draft_list(case.call, [case], actor=who("sheng-shenhe"))
    page = house.signed_in("sheng-shenhe").get(f"/desk/postings/lists/{made.public_id}/").content.decode()
    assert "公布由另一位负责人办理" in page
    assert (
        "公布由负责人办理"
        in house.signed_in("sheng-heyi").get(f"/desk/postings/lists/{made.public_id}/").content.decode()
    )
    for username in ("sheng-shenhe", "sheng-heyi"):
        assert house.signed_in(username).post(f"/desk/postings/lists/{made.public_id}/publish/").status_code == 404
        with pytest.raises(Missing):
            posting.start(made, actor=who(username))
    assert posting.start(made, actor=who("sheng-chuzhang")).state == "running"


def test_who_has_no_part_in_a_list_of_the_province_neither_sees_nor_touches_it(drafted, house, client):
    url = f"/desk/postings/lists/{drafted.public_id}/"
    for username in ("yinchuan", "xingqing", "sheng-fabu", "sheng-shenji", "qiye-wang"):
        person = house.signed_in(username)
        answers = [person.get(url), person.post(f"{url}publish/"), person.post(f"{url}discard/", {"reason": "试一试"})]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        with pytest.raises(Missing):
            draft_list.discard(drafted, actor=who(username), reason="试一试")
    assert client.get(url).status_code in (302, 404) and state_of(drafted) == "draft"


def test_the_others_who_can_publish_are_told_that_a_list_waits(drafted):
    told = Message.objects.filter(about_type="certification.posting", about_id=drafted.public_id)
    names = set(told.values_list("recipient__username", flat=True))
    assert names == {"sheng-fuchuzhang", "sheng-fuzeren"}
    assert {row.url for row in told} == {f"/desk/postings/lists/{drafted.public_id}/"}


def test_a_draft_is_discarded_with_a_reason_by_either_and_its_firms_can_be_listed_again(drafted, case, house, client):
    url = f"/desk/postings/lists/{drafted.public_id}/discard/"
    answer = house.signed_in("sheng-fuchuzhang").post(url, {"reason": " "})
    assert answer.status_code == 422 and "请写理由" in answer.content.decode() and state_of(drafted) == "draft"
    with pytest.raises(Refused, match="已在另一份待公布的名单里"):
        draft_list.draft_list(case.call, [case], actor=who("sheng-fuchuzhang"))
    assert house.signed_in("sheng-chuzhang").post(url, {"reason": "名称有误（测试）"}).status_code == 302
    assert (state_of(drafted), state_of(case)) == ("cancelled", "province_review")
    assert client.get(f"/postings/{drafted.public_id}/").status_code == 404
    assert AuditEvent.objects.get(object_id=drafted.public_id, act="posting.discard").reason == "名称有误（测试）"
    again = draft_list.draft_list(case.call, [case], actor=who("sheng-fuchuzhang"))
    again = draft_list.discard(again, actor=who("sheng-heyi"), reason="再核一遍（测试）")
    with pytest.raises(Refused) as told:
        posting.start(again, actor=who("sheng-chuzhang"))
    assert told.value.code == "already_moved"


def test_a_list_whose_firm_has_left_meanwhile_is_not_published_and_the_page_names_it(drafted, case, house):
    Application.objects.filter(pk=case.pk).update(state="withdrawn")
    answer = house.signed_in("sheng-fuchuzhang").post(f"/desk/postings/lists/{drafted.public_id}/publish/")
    assert answer.status_code == 409 and f"{case.enterprise_name}已不在自治区审核环节" in answer.content.decode()
    assert state_of(drafted) == "draft"


def at_city():
    found = Application.objects.filter(state="city_review", region_path__startswith="64/6401/").order_by("id").first()
    Call.objects.filter(pk=found.call_id).update(has_city_posting=True)
    return Application.objects.select_related("call").get(pk=found.pk)


def test_a_city_publishes_its_own_list_by_two_people_and_the_province_does_not_do_it_for_it(house):
    case, url = at_city(), "/desk/postings/post/"
    form = {"call": case.call.public_id, "application": case.public_id, **CONTACT}
    made = house.signed_in("yinchuan").post(url, form)
    drafted = Posting.objects.get(call=case.call, level="city")
    assert made.headers["Location"] == f"/desk/postings/lists/{drafted.public_id}/"
    assert (drafted.state, drafted.drafted_by_name) == ("draft", "周科长（演示）")
    with pytest.raises(Refused, match="已在另一份待公布的名单里"):
        draft_list.draft_city_list(case.call, [case], actor=who("yinchuan-fuze"), **CONTACT)
    publish = f"/desk/postings/lists/{drafted.public_id}/publish/"
    assert house.signed_in("sheng-chuzhang").post(publish).status_code == 404
    answer = house.signed_in("yinchuan").post(publish)
    assert answer.status_code == 403 and "孔副局长（演示）" in answer.content.decode()
    assert house.signed_in("yinchuan-fuze").post(publish).status_code == 302
    assert (state_of(drafted), state_of(case)) == ("running", "city_review")


def test_a_small_city_with_one_leader_is_told_the_way_and_is_not_stuck(house):
    case = at_city()
    Post.objects.filter(user__username="yinchuan-fuze", role="leader").delete()
    leader, reviewer = who("yinchuan"), who("yinchuan-fuze")
    alone = draft_list.draft_city_list(case.call, [case], actor=leader, **CONTACT)
    with pytest.raises(Refused) as told:
        posting.start(alone, actor=leader)
    assert "本单位没有另一位负责人" in told.value.sentence and "由审核岗的同事重新拟稿" in told.value.sentence
    draft_list.discard(alone, actor=leader, reason="由同事拟稿")
    made = draft_list.draft_city_list(case.call, [case], actor=reviewer, **CONTACT)
    assert posting.start(made, actor=leader).state == "running"


def test_where_nobody_can_publish_the_page_says_whom_to_ask(house):
    case = at_city()
    Post.objects.filter(user__username="yinchuan-fuze", role="leader").delete()
    made = draft_list.draft_city_list(case.call, [case], actor=who("yinchuan"), **CONTACT)
    words = second_person.waits_for(made, who("yinchuan-fuze"))
    assert "现在没有人可以公布" in words and "单位管理员" in words


def test_a_list_that_nobody_is_known_to_have_drafted_is_nobodys_to_publish(drafted):
    drafted.drafted_by_id = None
    assert not any(POSTING.can(who(name), "start", drafted) for name in ("sheng-chuzhang", "sheng-fuchuzhang"))


def test_an_announcement_needs_two_people_and_before_that_there_is_no_certificate(ready, house, settings):
    made = announce.draft(ready.call, [ready], actor=who("sheng-chuzhang"), document_number="（测试）51号")
    assert (state_of(ready), Announcement.objects.filter(document_number="（测试）51号").count()) == ("decided", 0)
    url = f"/desk/postings/announcements/{made.public_id}/"
    page = house.signed_in("sheng-chuzhang").get(url).content.decode()
    assert "严副处长（演示）" in page and "公告并生成证书</button>" not in page
    answer = house.signed_in("sheng-chuzhang").post(f"{url}publish/")
    assert answer.status_code == 403 and "由另一位负责人办理" in answer.content.decode()
    assert not Certificate.objects.filter(application=ready).exists()
    assert house.signed_in("sheng-fuchuzhang").post(f"{url}publish/").status_code == 302
    assert (state_of(made), state_of(ready)) == ("signed", "decided")
    interval_over()
    assert state_of(ready) == "granted"
    done = AnnouncementDraft.objects.get(pk=made.pk)
    assert done.state == "announced"
    assert done.announcement == Certificate.objects.get(application=ready).announcement
    assert "已公告" in house.signed_in("sheng-heyi").get(url).content.decode()
    rows = AuditEvent.objects.filter(object_id=made.public_id).order_by("id").values_list("act", "actor_name")
    assert list(rows) == [
        ("announcement_draft.create", "陈处长（演示）"), ("announcement_draft.sign", "严副处长（演示）"),
        ("announcement_draft.announce", "严副处长（演示）"),
    ]  # fmt: skip
    assert not Change.objects.filter(type="announcement_draft", is_draft=False).exists()


def test_who_has_no_part_in_an_announcement_neither_sees_nor_touches_its_draft(ready, house):
    made = announce.draft(ready.call, [ready], actor=who("sheng-shenhe"), document_number="（测试）52号")
    url = f"/desk/postings/announcements/{made.public_id}/"
    for username in ("yinchuan", "xingqing", "sheng-fabu", "qiye-wang"):
        person = house.signed_in(username)
        answers = [person.get(url), person.post(f"{url}publish/"), person.post(f"{url}discard/", {"reason": "试一试"})]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    for username in ("yinchuan", "xingqing", "qiye-wang"):  # and behind the door stands a wall
        with scoped(who(username)):
            assert not AnnouncementDraft.objects.exists()
    with pytest.raises(Missing):
        announce.publish(made, actor=who("sheng-shenhe"))


def test_a_draft_of_an_announcement_is_void_with_a_reason_and_the_firm_can_be_announced_after_all(ready, house):
    made = announce.draft(ready.call, [ready], actor=who("sheng-chuzhang"), document_number="（测试）53号")
    page = house.signed_in("sheng-shenhe").get("/desk/postings/").content.decode()
    assert "已列入公告稿" in page and f"/desk/postings/announcements/{made.public_id}/" in page
    with pytest.raises(Refused, match="已在另一份待公告的名单里"):
        announce.draft(ready.call, [ready], actor=who("sheng-fuchuzhang"), document_number="（测试）54号")
    url = f"/desk/postings/announcements/{made.public_id}/discard/"
    assert house.signed_in("sheng-shenhe").post(url, {"reason": ""}).status_code == 422
    assert house.signed_in("sheng-shenhe").post(url, {"reason": "文号有误（测试）"}).status_code == 302
    assert (state_of(made), state_of(ready)) == ("discarded", "decided")
    with pytest.raises(Refused):
        announce.publish(made, actor=who("sheng-fuchuzhang"))
    announced(ready.call, [ready], actor=who("sheng-chuzhang"), document_number="（测试）53号")
    assert state_of(ready) == "granted"


def test_a_firm_objected_to_after_the_draft_stays_behind_and_the_page_says_so(house, settings):
    first, second = (
        Application.objects.filter(state="decided", tier="specialised").select_related("call").order_by("pk")[:2]
    )
    made = announce.draft(first.call, [first, second], actor=who("sheng-chuzhang"), document_number="（测试）55号")
    lodge_late(Posting.objects.get(items__application=first), first)
    page = house.signed_in("sheng-fuchuzhang").post(
        f"/desk/postings/announcements/{made.public_id}/publish/", follow=True
    )
    assert f"{first.enterprise_name}有公示异议没有办结；到点时还没有办结的，这次不公告。" in page.content.decode()
    interval_over()
    told = Message.objects.filter(about_id=made.public_id, body__contains="这次没有公告")
    assert set(told.values_list("recipient__username", flat=True)) == {"sheng-chuzhang", "sheng-fuchuzhang"}
    assert all(f"{first.enterprise_name}有公示异议没有办结" in body for body in told.values_list("body", flat=True))
    assert (state_of(first), state_of(second)) == ("decided", "granted")


def test_the_demo_shows_a_list_that_waits_for_a_second_person(house):
    waiting = Posting.objects.get(state="draft", level="province")
    page = house.signed_in("sheng-fuchuzhang").get("/desk/postings/").content.decode()
    assert waiting.title in page and f"/desk/postings/lists/{waiting.public_id}/" in page
    assert POSTING.can(who("sheng-fuchuzhang"), "start", waiting)
    assert posting.start(waiting, actor=who("sheng-fuchuzhang")).state == "running"


def test_from_a_firm_that_stands_on_a_draft_the_desk_leads_to_the_draft(drafted, case, house):
    page = house.signed_in("sheng-fuchuzhang").get("/desk/postings/").content.decode()
    row = page.partition(f"/desk/cases/{case.public_id}/")[2].partition("</tr>")[0]
    assert f'href="/desk/postings/lists/{drafted.public_id}/"' in row and "已列入待公布名单" in row
    assert page.count("已列入待公布名单") == Application.objects.filter(posting_items__posting__state="draft").count()


def test_a_case_that_has_moved_on_is_refused_when_the_list_is_drafted_and_not_when_it_is_published(case, house):
    Application.objects.filter(pk=case.pk).update(state="returned")
    with pytest.raises(Refused, match=f"{case.enterprise_name}已不在自治区审核环节"):
        draft_list.draft_list(case.call, [case], actor=who("sheng-chuzhang"))


@pytest.mark.parametrize("kind", ["posting", "announcement", "recommendation"])
def test_drafting_holds_its_cases_before_it_asks_whether_another_draft_names_them(kind, case, ready, house):
    """The one who drafts a moment later waits for the first and is told at once; drill R3 has eight people try it."""
    national = Application.objects.filter(state="province_review", tier="champion").select_related("call").first()
    lines, act = {
        "posting": (
            "certification_postingitem",
            lambda: draft_list.draft_list(case.call, [case], actor=who("sheng-heyi")),
        ),
        "announcement": (
            "certification_announcementline",
            lambda: announce.draft(ready.call, [ready], actor=who("sheng-heyi"), document_number="（测试）58号"),
        ),
        "recommendation": (
            "certification_recommendationline",
            lambda: put_forward.draft(national.call, [national], actor=who("sheng-heyi"), letter_number="（测试）59号"),
        ),
    }[kind]
    with CaptureQueriesContext(connection) as seen, suppress(Refused):
        act()
    said = [query["sql"] for query in seen]
    held = [n for n, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql and 'FROM "certification_application"' in sql]
    asked = [n for n, sql in enumerate(said) if sql.startswith("SELECT") and f'FROM "{lines}"' in sql]
    assert held[0] < asked[0]

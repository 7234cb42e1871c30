"""An announcement is signed by the second person and made when the interval is over; until then it is taken back with a reason."""

import pytest

from certification import announce, sign_announcement
from certification.models import Announcement, AnnouncementDraft, Application, Certificate, Posting
from certification.permissions import ANNOUNCEMENT_DRAFT
from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.ledger.work import drain
from foundation.mailroom.models import Message
from tests.certification.test_object import lodge_late

pytestmark = pytest.mark.django_db
NUMBER = "（测试）61号"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture(autouse=True)
def half_an_hour(settings):
    settings.ANNOUNCEMENT_QUIET_MINUTES = 30


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def ready(house):
    return Application.objects.filter(state="decided", tier="specialised").select_related("call").order_by("pk").first()


@pytest.fixture
def made(ready):
    return announce.draft(ready.call, [ready], actor=who("sheng-shenhe"), document_number=NUMBER)


@pytest.fixture
def url(made):
    return f"/desk/postings/announcements/{made.public_id}/"


def later(settings, minutes):
    settings.CLOCK_OFFSET_SECONDS += minutes * 60
    drain([sign_announcement.MAKE])


def state_of(thing):
    return type(thing).objects.get(pk=thing.pk).state


def heard(made, username):
    rows = Message.objects.filter(about_id=made.public_id, recipient__username=username).order_by("id")
    return [body.partition("：")[2] for body in rows.values_list("body", flat=True)]


def test_it_is_made_in_the_name_of_who_signed_when_the_interval_is_over_and_not_before(
    made, ready, url, house, settings
):
    leader = house.signed_in("sheng-chuzhang")
    assert "30 分钟后公告" in leader.get(url).content.decode()
    assert leader.post(f"{url}publish/").headers["Location"] == url
    page = leader.get(url).content.decode()
    assert "陈处长（演示）已定稿" in page and "收回公告" in page
    later(settings, 29)
    assert (state_of(made), state_of(ready)) == ("signed", "decided")
    assert not Announcement.objects.filter(document_number=NUMBER).exists()
    later(settings, 1)
    assert (state_of(made), state_of(ready)) == ("announced", "granted")
    title = Certificate.objects.get(application=ready)
    assert title.announcement.by_id == who("sheng-chuzhang").user_id
    rows = AuditEvent.objects.filter(object_id=made.public_id).order_by("id").values_list("act", "actor_name")
    assert list(rows) == [
        ("announcement_draft.create", "郑审核（演示）"), ("announcement_draft.sign", "陈处长（演示）"),
        ("announcement_draft.announce", "陈处长（演示）"),
    ]  # fmt: skip
    drain([sign_announcement.MAKE])
    assert Certificate.objects.filter(application=ready).count() == 1


def test_taken_back_with_a_reason_it_is_never_made_and_its_two_people_hear_of_it(made, ready, url, house, settings):
    sign_announcement.sign(made, actor=who("sheng-chuzhang"))
    colleague = house.signed_in("sheng-heyi")
    answer = colleague.post(f"{url}take-back/", {"reason": " "})
    assert answer.status_code == 422 and "请写理由" in answer.content.decode() and state_of(made) == "signed"
    assert colleague.post(f"{url}take-back/", {"reason": "第3户名称有误（测试）"}).status_code == 302
    assert state_of(made) == "draft"
    later(settings, 31)
    assert (state_of(made), state_of(ready)) == ("draft", "decided")
    assert (
        AuditEvent.objects.get(object_id=made.public_id, act="announcement_draft.take_back").reason
        == "第3户名称有误（测试）"
    )
    assert [heard(made, name)[-1] for name in ("sheng-shenhe", "sheng-chuzhang")] == [
        "何合议（演示）收回了公告：第3户名称有误（测试）"
    ] * 2
    again = AnnouncementDraft.objects.get(pk=made.pk)
    sign_announcement.sign(again, actor=who("sheng-fuchuzhang"))
    later(settings, 30)
    assert (state_of(made), state_of(ready)) == ("announced", "granted")


def test_what_comes_up_in_the_interval_makes_it_a_draft_again_and_says_why(made, ready, house, settings):
    sign_announcement.sign(made, actor=who("sheng-chuzhang"))
    lodge_late(Posting.objects.get(items__application=ready), ready)
    later(settings, 30)
    assert (state_of(made), state_of(ready)) == ("draft", "decided")
    told = "到点没有公告：这份公告稿上的企业都有公示异议没有办结，核查完毕之前不能公告。"
    assert [heard(made, name)[-1] for name in ("sheng-shenhe", "sheng-chuzhang")] == [told] * 2


def test_who_has_left_the_post_meanwhile_announces_nothing(made, ready, house, settings):
    sign_announcement.sign(made, actor=who("sheng-chuzhang"))
    Post.objects.filter(user__username="sheng-chuzhang", role="leader").delete()
    later(settings, 30)
    assert (state_of(made), state_of(ready)) == ("draft", "decided")
    assert heard(made, "sheng-shenhe")[-1] == "到点没有公告：签发人现在不是自治区的负责人。"


def test_whoever_drafted_it_does_not_sign_and_nobody_skips_the_interval(made, ready, url, house):
    own = announce.draft(
        ready.call, [Application.objects.filter(state="decided", tier="specialised").order_by("pk")[1]],
        actor=who("sheng-chuzhang"), document_number="（测试）62号",
    )  # fmt: skip
    assert not ANNOUNCEMENT_DRAFT.can(who("sheng-chuzhang"), "sign", own)
    assert (
        house.signed_in("sheng-chuzhang").post(f"/desk/postings/announcements/{own.public_id}/publish/").status_code
        == 403
    )
    sign_announcement.sign(made, actor=who("sheng-chuzhang"))
    assert house.signed_in("sheng-fuchuzhang").post(f"{url}publish/").status_code == 409
    assert (state_of(made), state_of(ready)) == ("signed", "decided")


def test_who_has_no_part_in_it_does_not_take_it_back(made, url, house):
    sign_announcement.sign(made, actor=who("sheng-chuzhang"))
    for username in ("yinchuan", "xingqing", "sheng-fabu", "qiye-wang"):
        assert house.signed_in(username).post(f"{url}take-back/", {"reason": "试一试"}).status_code == 404
    assert state_of(made) == "signed"


def test_a_firm_on_a_signed_announcement_is_not_announced_twice(made, ready, house):
    sign_announcement.sign(made, actor=who("sheng-chuzhang"))
    page = house.signed_in("sheng-shenhe").get("/desk/postings/").content.decode()
    assert "已列入公告稿" in page and "已定稿" in page
    again = house.signed_in("sheng-shenhe").post(
        "/desk/postings/announce/", {"call": ready.call.public_id, "application": ready.public_id, "document_number": "（测试）63号"}
    )  # fmt: skip
    assert again.status_code == 409 and "已在另一份待公告的名单里" in again.content.decode()

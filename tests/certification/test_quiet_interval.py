"""The firms of a published list hear of it when the quiet interval is over, and never of a list taken down within."""

import pytest

from certification import posting, review, tell_list
from certification.models import Application, Posting
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.ledger.models import WorkItem
from foundation.ledger.work import drain
from foundation.mailroom.models import Message
from foundation.refusals import Missing
from tests.certification.listable import listable
from tests.certification.lists import published

pytestmark = pytest.mark.django_db


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
def running(case):
    return published(case.call, [case], actor=who("sheng-chuzhang"))


def said(case):
    rows = Message.objects.filter(about_type="certification.application", about_id=case.public_id).order_by("id")
    return [subject.partition("：")[2] for subject in rows.values_list("subject", flat=True)]


def later(settings, minutes):
    settings.CLOCK_OFFSET_SECONDS += minutes * 60
    drain([tell_list.TELL])


def news_of(listed):
    """The row that carries the news: its state and what came of it."""
    item = WorkItem.objects.get(kind=tell_list.TELL, key=listed.public_id)
    return item.state, item.result


def test_a_firm_hears_of_the_list_when_the_interval_is_over_and_once(running, case, settings):
    before = said(case)
    later(settings, 29)
    assert (news_of(running)[0], said(case)) == ("todo", before)
    later(settings, 1)
    assert news_of(running) == ("done", {"told": 1})
    ends = running.ends_on
    told = [f"列入公示，至{ends.year}年{ends.month}月{ends.day}日"]
    assert said(case) == before + told
    assert tell_list.tell(Posting.objects.get(pk=running.pk), actor=Principal.system("test")) == 0
    assert said(case) == before + told
    assert AuditEvent.objects.get(object_id=running.public_id, act="posting.tell").detail == {"count": 1}
    assert Change.objects.filter(public_id=running.public_id, changed_fields=["told_at"]).count() == 1


def test_the_list_itself_is_public_at_once_and_the_page_says_that_firms_are_not_told_yet(running, house, client):
    assert client.get(f"/postings/{running.public_id}/").status_code == 200
    page = house.signed_in("sheng-chuzhang").get("/desk/postings/").content.decode()
    assert page.count("还没有通知企业，现在撤下的不再通知") == 1


def test_a_list_taken_down_within_the_interval_reaches_nobody_neither_first_nor_last(running, case, settings):
    before = said(case)
    posting.take_down(running, actor=who("sheng-chuzhang"), reason="名称有误（测试）")
    later(settings, 60)
    assert (news_of(running), said(case)) == (("done", {"told": 0}), before)
    assert Posting.objects.get(pk=running.pk).told_at is None


def test_a_list_taken_down_after_it_was_told_is_told_to_be_gone(running, case, settings):
    later(settings, 30)
    before = said(case)
    posting.take_down(Posting.objects.get(pk=running.pk), actor=who("sheng-chuzhang"), reason="名称有误（测试）")
    assert said(case) == [*before, "公示名单已撤下，回到自治区审核"]


def test_taking_down_sees_what_the_house_told_a_moment_ago(running, case, settings):
    seen = Posting.objects.get(pk=running.pk)  # the page was open before the firms were told
    later(settings, 30)
    posting.take_down(seen, actor=who("sheng-chuzhang"), reason="名称有误（测试）")
    assert said(case)[-1] == "公示名单已撤下，回到自治区审核"


def test_nobody_but_the_house_sends_the_news_of_a_list(running):
    for username in ("sheng-chuzhang", "sheng-shenhe", "yinchuan"):
        with pytest.raises(Missing):
            tell_list.tell(running, actor=who(username))
    assert Posting.objects.get(pk=running.pk).told_at is None


def test_a_list_that_ended_while_the_house_stood_still_is_told_all_the_same(running, case, settings):
    before = len(said(case))
    settings.CLOCK_OFFSET_SECONDS += (running.ends_on - clock.today()).days * 86_400 + 86_400
    posting.end_due(actor=Principal.system("test"))
    later(settings, 0)
    assert news_of(running) == ("done", {"told": 1})
    assert len(said(case)) == before + 2


def test_a_firm_that_was_refused_quietly_meanwhile_reads_nothing_of_it_in_the_message(running, case, settings):
    fresh = Application.objects.get(pk=case.pk)
    review.refuse(fresh, actor=who("sheng-chuzhang"), reason="公示异议经核查成立（测试）", reason_code="evidence")
    assert Application.objects.get(pk=case.pk).state == "to_refuse"
    later(settings, 30)
    row = Message.objects.filter(about_id=case.public_id, subject__contains="列入公示").order_by("id").last()
    assert "不予" not in row.subject + row.body + row.what_to_do and row.what_to_do

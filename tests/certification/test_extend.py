"""Our failure near the end drafts an extension; an official signs; whoever has begun is told once; national windows stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification import extend
from certification.models import Application, Call, CohortTitle, Extension
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.ledger import work
from foundation.mailroom.models import Fallback, Message
from foundation.outages.models import Outage
from foundation.refusals import Missing, Refused

pytestmark = pytest.mark.django_db
SUBJECT = "申报截止时间延长至"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        Outage.objects.all().delete()
        Extension.objects.all().delete()
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def call(house):
    """A provincial window that ends in ten hours, with drafts in it."""
    Call.objects.filter(state="published").update(closes_at=clock.now() + timedelta(days=90))
    begun = Application.objects.filter(state="draft", call__state="published").values("call_id")
    found = Call.objects.filter(pk__in=begun, tier__in=["innovative", "specialised"]).order_by("id")[0]
    Call.objects.filter(pk=found.pk).update(closes_at=clock.now() + timedelta(hours=10))
    found.refresh_from_db()
    return found


def fail(minutes, ago=timedelta(hours=2)):
    began = clock.now() - ago
    return Outage.objects.create(
        began_at=began,
        ended_at=began + timedelta(minutes=minutes),
        what="材料不能上传",
        source="manual",
        noted_at=clock.now(),
    )


@pytest.mark.parametrize(("minutes", "drafts"), [(30, 0), (31, 1)])
def test_more_than_thirty_minutes_draft_and_thirty_do_not(call, minutes, drafts):
    fail(minutes)
    assert extend.draft_due() == drafts == Extension.objects.count()


def test_a_failure_before_the_last_48_hours_does_not_count(call):
    fail(300, ago=timedelta(hours=47))
    assert extend.draft_due() == 0
    fail(40, ago=timedelta(hours=37))
    assert extend.draft_due() == 1
    assert Extension.objects.get().minutes == 40


def test_it_is_drafted_once_however_often_the_clock_rings_and_follows_what_is_still_found(call):
    fail(40)
    assert [extend.draft_due() for _ in range(5)] == [1, 0, 0, 0, 0]
    fail(50, ago=timedelta(hours=1))
    extend.draft_due()
    row = Extension.objects.get()
    assert (row.minutes, len(row.evidence), row.old_closes_at) == (90, 2, call.closes_at)
    assert row.new_closes_at == call.closes_at + timedelta(hours=24)
    call.refresh_from_db()
    assert call.closes_at == row.old_closes_at


def test_a_national_window_is_never_touched(call):
    Call.objects.filter(pk=call.pk).update(tier="little_giant", batch="测试国家窗口")
    fail(600)
    assert extend.draft_due() == 0


def test_the_leader_signs_the_window_moves_and_everybody_who_began_is_told_once(call):
    fail(45)
    extend.draft_due()
    row = Extension.objects.get()
    with pytest.raises(Refused) as told:
        extend.sign(row, "", "系统故障", actor=who("sheng-shenhe"))
    assert told.value.code == "forbidden"
    with pytest.raises(Refused) as told:
        extend.sign(row, "2020-01-01T00:00", "", actor=who("sheng-chuzhang"))
    assert [p.field for p in told.value.problems] == ["reason", "until"]
    extend.sign(row, "", "因本系统故障45分钟，顺延一日", actor=who("sheng-chuzhang"))
    call.refresh_from_db()
    assert call.closes_at == row.new_closes_at
    for _ in range(3):
        work.drain([extend.TELL])
    firms = Application.objects.filter(call=call, state__in=["draft", "returned"]).values("enterprise_id")
    people = Membership.objects.filter(enterprise_id__in=firms, state__in=["pending", "verified"]).values_list(
        "user_id", flat=True
    )
    sent = Message.objects.filter(subject__startswith=SUBJECT).values_list("recipient_id", flat=True)
    assert sorted(sent) == sorted(set(people)) and len(sent) > 0
    assert Extension.objects.get().told == firms.distinct().count()


def test_two_who_sign_at_once_move_the_window_once(call):
    fail(45)
    extend.draft_due()
    first, second = Extension.objects.get(), Extension.objects.get()
    extend.sign(first, "", "因本系统故障顺延", actor=who("sheng-chuzhang"))
    with pytest.raises(Refused) as told:
        extend.sign(second, "", "因本系统故障顺延", actor=who("sheng-chuzhang"))
    assert told.value.code == "already_moved"


def test_a_failure_in_the_lengthened_window_drafts_again(call):
    fail(45)
    extend.draft_due()
    extend.sign(Extension.objects.get(), "", "因本系统故障顺延", actor=who("sheng-chuzhang"))
    assert extend.draft_due() == 1
    assert Extension.objects.filter(state="drafted").get().old_closes_at > call.closes_at


def test_a_dismissed_draft_comes_back_only_when_more_has_failed_since_and_stays_on_record(call):
    director = who("sheng-chuzhang")
    fail(45)
    extend.draft_due()
    first = extend.dismiss(Extension.objects.get(), "当日已另行通知顺延", actor=director)
    assert [extend.draft_due() for _ in range(3)] == [0, 0, 0]
    fail(50, ago=timedelta(hours=1))
    assert [extend.draft_due() for _ in range(3)] == [1, 0, 0]
    again = Extension.objects.get(state="drafted")
    first.refresh_from_db()
    assert (first.state, first.minutes, again.minutes, again.old_closes_at) == ("dismissed", 45, 95, call.closes_at)
    assert extend.of_call(director, call) == again
    told = Message.objects.filter(recipient__username="sheng-chuzhang", subject__startswith="请签发或不予延长").latest(
        "id"
    )
    assert "45 分钟时不予延长，此后故障又有增加" in told.body
    extend.dismiss(again, "仍按原截止时间（测试）", actor=director)
    assert extend.draft_due() == 0


def test_what_was_dismissed_and_grew_may_be_signed_and_the_window_moves(call):
    fail(45)
    extend.draft_due()
    extend.dismiss(Extension.objects.get(), "当日已另行通知顺延", actor=who("sheng-chuzhang"))
    fail(300, ago=timedelta(hours=6))
    extend.draft_due()
    row = extend.sign(Extension.objects.get(state="drafted"), "", "故障增加，顺延", actor=who("sheng-chuzhang"))
    call.refresh_from_db()
    assert call.closes_at == row.new_closes_at


def test_a_firm_without_people_is_not_counted_as_told_and_its_office_has_the_task(house):
    call = Call.objects.get(pk=CohortTitle.objects.values("cohort__call")[:1])
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() + timedelta(hours=10))
    fail(45)
    extend.draft_due()
    row = Extension.objects.get(call=call)
    extend.sign(row, "", "因本系统故障45分钟，顺延一日", actor=who("sheng-chuzhang"))
    work.drain([extend.TELL])
    due = set(CohortTitle.objects.filter(cohort__call=call).values_list("enterprise_id", flat=True))
    here = Membership.objects.filter(enterprise_id__in=due, state__in=["pending", "verified"])
    reached = set(here.values_list("enterprise_id", flat=True))
    assert due - reached and Extension.objects.get(pk=row.pk).told == len(reached)
    tasks = Fallback.objects.filter(message__subject__startswith=SUBJECT)
    assert sorted(tasks.values_list("enterprise_id", flat=True)) == sorted(due - reached)
    assert not tasks.filter(region_path="64").exists()
    page = house.signed_in("sheng-chuzhang").get(f"/desk/calls/{call.public_id}/extension/").content.decode()
    assert f"{len(reached)} 家企业" in page and "电话或纸质告知，不计在内" in page


def test_only_the_province_sees_a_draft(call):
    fail(45)
    extend.draft_due()
    for stranger in ("xingqing", "qiye-zhang", "zhuanjia-1"):
        assert extend.visible(who(stranger)).count() == 0
        with pytest.raises(Missing):
            extend.of_call(who(stranger), call)


def test_the_pages_show_the_evidence_the_signature_and_the_public_reason(house, call):
    fail(45)
    extend.draft_due()
    address = f"/desk/calls/{call.public_id}/extension/"
    for stranger in ("xingqing", "qiye-zhang"):
        assert house.signed_in(stranger).get(address).status_code in (403, 404)
    desk = house.signed_in("sheng-chuzhang")
    assert "材料不能上传" in desk.get(address).content.decode()
    assert address in desk.get("/desk/calls/").content.decode()
    refused = desk.post(address, {"act": "sign", "reason": ""})
    assert refused.status_code == 422
    assert desk.post(address, {"act": "sign", "reason": "因本系统故障，顺延一日"}).status_code == 302
    public = house.signed_in("").get(f"/calls/{call.public_id}/").content.decode()
    assert "因本系统故障，顺延一日" in public
    status = house.signed_in("").get("/status/").content.decode()
    assert "运行正常" in status and "材料不能上传" in status and "因本系统故障，顺延一日" in status


def test_the_log_is_kept_by_the_system_administrator_alone(house):
    client = house.signed_in("sheng-xitong")
    refused = client.post("/oversight/outages/", {"what": "网站打不开"})
    assert refused.status_code == 422 and 'value="网站打不开"' in refused.content.decode()
    began, ended = (timezone.localtime(clock.now() - timedelta(hours=n)) for n in (3, 2))
    form = {
        "began_at": f"{began:%Y-%m-%dT%H:%M}",
        "ended_at": f"{ended:%Y-%m-%dT%H:%M}",
        "what": "网站打不开",
        "evidence": "运营商通报（测试）",
    }
    assert client.post("/oversight/outages/", form).status_code == 302
    row = Outage.objects.get(what="网站打不开")
    assert client.post(f"/oversight/outages/{row.public_id}/strike/", {"reason": "测试登记有误"}).status_code == 302
    assert house.signed_in("sheng-chuzhang").get("/oversight/outages/").status_code == 404

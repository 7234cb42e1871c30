"""A firm's own term in which our portal failed: days are drafted with the evidence, signed by an official, told to everyone."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from certification import assist, exit, extend_terms, incident, terms
from certification.models import Assistance, Certificate, Correction, Exit, Incident, TermExtension
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Fallback, Message
from foundation.outages.models import Outage
from foundation.refusals import Refused
from foundation.workdays.counting import add_workdays
from tests.certification.test_exit import FACTS
from tests.certification.test_incident import GIVEN
from tests.certification.titled import titled

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        for rows in (Exit.objects.filter(state="noticed"), Incident.objects.filter(state="reported")):
            rows.update(notices=[], paper_served_on=None)
        Correction.objects.filter(answered_at=None).update(due_on=None)
        Assistance.objects.filter(state="open").update(due_on=clock.today() + timedelta(days=90))
        Outage.objects.all().delete()
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def until(settings):
    """Go to so many hours before (or, below nought, after) a last day is over."""

    def go(day, hours):
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        settings.CLOCK_OFFSET_SECONDS += int((end - timedelta(hours=hours) - clock.now()).total_seconds())

    return go


@pytest.fixture
def noticed(house):
    title = Certificate.objects.get(
        enterprise__memberships__user__username="qiye-zhang", tier="specialised", state="valid"
    )
    row = exit.open_exit(title, FACTS, actor=who("sheng-shenhe"))
    row = exit.serve_notice(row, actor=who("sheng-shenhe"), hearing_workdays=5)
    return exit.serve_on_paper(row, clock.today(), "EMS（测试）", actor=who("sheng-shenhe"))


def fail(minutes, ago=timedelta(hours=2)):
    began = clock.now() - ago
    return Outage.objects.create(
        began_at=began,
        ended_at=began + timedelta(minutes=minutes),
        what="不能登录",
        source="manual",
        noted_at=clock.now(),
    )


SIGNED = {"workdays": "", "reason": "因本系统故障，顺延（测试）"}


def drafted():
    return TermExtension.objects.get(state="drafted")


@pytest.mark.parametrize(("minutes", "drafts"), [(30, 0), (31, 1)])
def test_more_than_thirty_minutes_in_the_last_48_hours_draft_days_and_thirty_do_not(noticed, until, minutes, drafts):
    until(exit.hearing_until(noticed), 10)
    fail(minutes)
    assert [extend_terms.draft_due() for _ in range(3)] == [drafts, 0, 0]
    assert TermExtension.objects.filter(kind="hearing").count() == drafts


def test_a_failure_before_the_last_48_hours_gives_nothing(noticed, until):
    last = exit.hearing_until(noticed)
    until(last, 60)
    fail(300, ago=timedelta(hours=5))
    until(last, 10)
    assert extend_terms.draft_due() == 0


def test_signing_moves_the_last_day_of_everyone_who_is_due_that_day_and_tells_them_once(noticed, until):
    last = exit.hearing_until(noticed)
    until(last, 10)
    fail(45)
    extend_terms.draft_due()
    with pytest.raises(Refused) as told:
        extend_terms.sign(drafted(), SIGNED, actor=who("sheng-shenhe"))
    assert told.value.code == "forbidden"
    row = extend_terms.sign(drafted(), SIGNED, actor=who("sheng-chuzhang"))
    noticed.refresh_from_db()
    after = exit.hearing_until(noticed)
    assert (after, row.state, row.workdays, row.given, row.told) == (add_workdays(last, 1), "signed", 1, 1, 1)
    sent = Message.objects.get(subject__startswith="陈述申辩的期限延长至", recipient__username="qiye-zhang")
    assert "因本系统故障" in sent.body and sent.due_on == after and sent.url == f"/my/exits/{noticed.public_id}/"
    assert AuditEvent.objects.filter(act="term.extend", object_id=noticed.public_id).count() == 1
    assert extend_terms.draft_due() == 0


def test_while_a_draft_waits_the_hearing_is_not_closed_and_afterwards_it_is_on_the_new_day(noticed, until):
    last = exit.hearing_until(noticed)
    until(last, 3)
    fail(45)
    extend_terms.draft_due()
    until(last, -1)
    with pytest.raises(Refused) as told:
        exit.close_hearing(noticed, actor=who("sheng-shenhe"))
    assert told.value.code == "conflict" and "系统发生过故障" in told.value.sentence
    extend_terms.sign(drafted(), SIGNED, actor=who("sheng-chuzhang"))
    noticed.refresh_from_db()
    exit.reply(noticed, "昨天系统打不开，今天补交陈述。", actor=who("qiye-zhang"))
    until(exit.hearing_until(noticed), -1)
    assert exit.close_hearing(noticed, actor=who("sheng-shenhe")).state == "heard"


def test_dismissed_is_on_record_and_drafted_again_only_when_more_has_failed(noticed, until):
    until(exit.hearing_until(noticed), 10)
    fail(40)
    extend_terms.draft_due()
    with pytest.raises(Refused):
        extend_terms.dismiss(drafted(), "", actor=who("sheng-chuzhang"))
    extend_terms.dismiss(drafted(), "故障在夜间，不影响（测试）", actor=who("sheng-chuzhang"))
    assert extend_terms.draft_due() == 0
    fail(20, ago=timedelta(minutes=30))
    assert extend_terms.draft_due() == 1 and drafted().minutes == 60


def test_a_report_is_not_called_true_on_the_silence_of_a_day_on_which_nobody_could_answer(house, until):
    title = Certificate.objects.get(
        enterprise__memberships__user__username="qiye-zhang", tier="specialised", state="valid"
    )
    row = incident.report(title.enterprise, GIVEN, actor=who("xingqing"))
    row = incident.serve_on_paper(row, clock.today(), "EMS（测试）", actor=who("xingqing"))
    last = incident.reply_until(row)
    until(last, 5)
    fail(45)
    assert extend_terms.draft_due() == 1
    until(last, -1)
    with pytest.raises(Refused) as told:
        incident.judge(row, "confirm", "查询属实（测试）", actor=who("sheng-shenhe"))
    assert "系统发生过故障" in told.value.sentence
    extend_terms.sign(drafted(), {"workdays": "2", "reason": "系统故障（测试）"}, actor=who("sheng-chuzhang"))
    row.refresh_from_db()
    assert incident.reply_until(row) == add_workdays(last, 2)


def test_help_and_corrections_get_their_days_and_a_firm_without_people_is_a_task_of_its_office(house, until):
    firm = titled()
    firm.memberships.update(state="ended")
    title = Certificate.objects.get(enterprise=firm)
    help_ = assist.open_help(title, ["补一项（测试）"], actor=Principal.system("test"), ground="tax")
    open_one = Correction.objects.filter(answered_at=None, application__state="returned").exclude(
        application__tier__in=["little_giant", "champion"]
    )
    asked = open_one.order_by("id")[0]
    Correction.objects.filter(pk=asked.pk).update(due_on=help_.due_on)
    until(help_.due_on, 5)
    fail(90)
    assert extend_terms.draft_due() == 2
    for row in TermExtension.objects.filter(state="drafted"):
        extend_terms.sign(row, SIGNED, actor=who("sheng-chuzhang"))
    last = help_.due_on
    for thing in (help_, asked):
        thing.refresh_from_db()
        assert thing.due_on == add_workdays(last, 1)
    assert TermExtension.objects.get(kind="help").told == 0
    assert Fallback.objects.filter(enterprise_id=firm.pk, message__subject__startswith="帮扶的期限延长至").count() == 1


def test_a_correction_of_a_national_call_is_not_ours_to_lengthen(house, until):
    asked = Correction.objects.filter(answered_at=None, application__state="returned").order_by("id")[0]
    asked.application.__class__.objects.filter(pk=asked.application_id).update(tier="little_giant")
    Correction.objects.filter(pk=asked.pk).update(due_on=clock.today())
    assert [term for term in terms.running("correction") if term.thing.pk == asked.pk] == []


def test_the_pages_are_the_provinces_and_keep_what_was_typed(noticed, until, house):
    until(exit.hearing_until(noticed), 10)
    fail(45)
    extend_terms.draft_due()
    row = drafted()
    address = f"/desk/rereviews/terms/{row.public_id}/"
    assert house.signed_in("xingqing").get(address).status_code == 404
    assert house.signed_in("qiye-zhang").get(address).status_code == 404
    leader = house.signed_in("sheng-chuzhang")
    assert address in leader.get("/desk/rereviews/terms/").content.decode()
    page = leader.get(address).content.decode()
    assert "不能登录" in page and "现在涉及 1 件" in page
    refused = leader.post(address, {"act": "sign", "workdays": "99", "reason": "短"})
    assert refused.status_code == 422 and 'value="99"' in refused.content.decode()
    assert leader.post(address, {"act": "sign", "workdays": "", "reason": "因故障顺延"}).status_code == 302
    assert "已延长 1 件" in leader.get(address).content.decode()

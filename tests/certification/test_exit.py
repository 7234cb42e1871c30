"""The way out: no step before its proof, two people, the firm heard, and the day after the bar known from the start."""

from datetime import date, timedelta

import pytest

from certification import apply, bar, exit
from certification.grounds import grounds
from certification.models import Application, Certificate, Exit, ExitReply
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.mailroom.serve import open_letter
from foundation.refusals import Missing, Refused
from foundation.workdays.counting import add_workdays
from incentives.models import Entitlement
from tests.conftest import make_official

FACTS = {"ground": "accident", "facts": "应急部门已认定2025年发生较大事故", "source": "事故调查报告批复（测试）"}
DELIBERATED = {
    "deliberation": "事实清楚，证据充分，建议取消称号",
    "panel": "甲、乙、丙",
    "answer_to_reply": "补缴不改变已认定的事实",
}
DECIDED = {"decision": "依据第十六条，决定取消称号", "document_number": "宁示例函〔2026〕9号"}


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def later(settings):
    def move_on(days):
        settings.CLOCK_OFFSET_SECONDS += days * 86_400

    return move_on


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def people(house):
    """The reviewer opens, the director deliberates, a second leader decides; the firm's own bookkeeper answers."""
    make_official("fuzhuren", "64", "leader", second_factor=False)
    return {
        "opens": who("sheng-shenhe"),
        "panel": who("sheng-chuzhang"),
        "decides": who("fuzhuren"),
        "firm": who("qiye-zhang"),
    }


@pytest.fixture
def title(house):
    return Certificate.objects.get(
        enterprise__memberships__user__username="qiye-zhang", tier="specialised", state="valid"
    )


@pytest.fixture
def noticed(people, title):
    row = exit.open_exit(title, FACTS, actor=people["opens"])
    return exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)


def read(row, ids):
    for message in Message.objects.filter(public_id__in=ids):
        open_letter(message, actor=Principal.of_user(message.recipient))


def walked_to_decision(row, people, later):
    read(row, row.notices)
    exit.reply(row, "已于2026年补缴并缴纳滞纳金。", actor=people["firm"], is_final=True)
    exit.close_hearing(row, actor=people["opens"])
    exit.deliberate(row, DELIBERATED, actor=people["panel"])
    return exit.decide(row, DECIDED, actor=people["decides"])


def test_the_whole_way_with_the_reply_heard(noticed, people, title, later):
    row = walked_to_decision(noticed, people, later)
    with pytest.raises(Refused) as told:
        exit.announce(row, actor=people["decides"])
    assert told.value.code == "conflict" and "送达证明" in told.value.sentence
    read(row, row.decision_notices)
    exit.announce(row, actor=people["decides"])
    title.refresh_from_db()
    assert (row.state, title.state, title.ended_on) == ("announced", "revoked", clock.today())
    assert row.barred_until == row.decided_on.replace(year=row.decided_on.year + 3) - timedelta(days=1)
    assert not Entitlement.objects.filter(certificate=title, state="open").exists()


def test_the_days_to_answer_count_from_the_proof_and_not_from_the_sending(noticed, people, later):
    with pytest.raises(Refused) as told:
        exit.close_hearing(noticed, actor=people["opens"])
    assert "期限没有开始" in told.value.sentence
    later(30)
    with pytest.raises(Refused):
        exit.close_hearing(noticed, actor=people["opens"])
    read(noticed, noticed.notices)
    assert exit.hearing_until(noticed) == add_workdays(clock.today(), 5)
    with pytest.raises(Refused) as told:
        exit.close_hearing(noticed, actor=people["opens"])
    assert "还不能结束" in told.value.sentence
    later(15)
    assert exit.close_hearing(noticed, actor=people["opens"]).state == "heard"


def test_a_letter_handed_over_on_paper_starts_the_days_as_well(noticed, people):
    exit.serve_on_paper(noticed, clock.today() - timedelta(days=1), "EMS123（测试）", actor=people["opens"])
    assert exit.notice_served_on(noticed) == clock.today() - timedelta(days=1)


def test_what_the_firm_says_is_kept_word_for_word_and_must_be_answered(noticed, people):
    read(noticed, noticed.notices)
    said = exit.reply(noticed, "事实有误：处罚决定已被撤销。", actor=people["firm"], is_final=True)
    exit.close_hearing(noticed, actor=people["opens"])
    with pytest.raises(Refused) as told:
        exit.deliberate(noticed, DELIBERATED | {"answer_to_reply": ""}, actor=people["panel"])
    assert [p.field for p in told.value.problems] == ["answer_to_reply"]
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        ExitReply.objects.filter(pk=said.pk).update(text="改过的话")
    with pytest.raises(Refused) as told:
        exit.reply(noticed, "还有一点", actor=people["firm"])
    assert told.value.code == "already_moved"


def test_who_opened_or_deliberated_does_not_decide(noticed, people, later):
    read(noticed, noticed.notices)
    exit.reply(noticed, "没有意见。", actor=people["firm"], is_final=True)
    exit.close_hearing(noticed, actor=people["opens"])
    exit.deliberate(noticed, DELIBERATED, actor=people["panel"])
    for name in ("opens", "panel"):
        with pytest.raises(Refused) as told:
            exit.decide(noticed, DECIDED, actor=people[name])
        assert told.value.code == "forbidden", name


def test_no_step_is_skipped(noticed, people):
    for act in (
        lambda: exit.deliberate(noticed, DELIBERATED, actor=people["panel"]),
        lambda: exit.decide(noticed, DECIDED, actor=people["decides"]),
        lambda: exit.announce(noticed, actor=people["decides"]),
    ):
        with pytest.raises(Refused) as told:
            act()
        assert told.value.code == "already_moved"


def test_during_the_bar_nothing_is_filed_and_the_first_day_after_is_named_and_true(noticed, people, title, later):
    row = walked_to_decision(noticed, people, later)
    read(row, row.decision_notices)
    exit.announce(row, actor=people["decides"])
    call = Application.objects.filter(tier="little_giant").first().call
    with pytest.raises(Refused) as told:
        apply.start(call, title.enterprise, actor=people["firm"])
    first = row.barred_until + timedelta(days=1)
    assert told.value.detail["first_day"] == first.isoformat() and "可以重新申请" in told.value.sentence
    later((row.barred_until - clock.today()).days)
    assert bar.barred(title.enterprise, clock.today()) is not None
    later(1)
    assert (clock.today(), bar.barred(title.enterprise, clock.today())) == (first, None)


def test_fraud_reaches_every_provincial_title_and_the_preview_says_so_before_anybody_signs(people, title, later):
    row = exit.open_exit(title, FACTS | {"ground": "fraud"}, actor=people["opens"])
    preview = exit.consequences(row)
    others = Certificate.objects.filter(enterprise=title.enterprise, state="valid", tier="innovative")
    assert [c.pk for c in preview.titles] == [c.pk for c in others] and others.exists()
    assert [words for words in preview.others if words.startswith("权益：")]
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)
    row = walked_to_decision(row, people, later)
    read(row, row.decision_notices)
    exit.announce(row, actor=people["decides"])
    assert not Certificate.objects.filter(
        enterprise=title.enterprise, state="valid", tier__in=["innovative", "specialised"]
    ).exists()


def test_a_suspension_is_a_leaders_act_and_stops_every_other(noticed, people):
    with pytest.raises(Missing):
        exit.suspend(noticed, "企业已提起诉讼", actor=people["opens"])
    exit.suspend(noticed, "负责人认为需要中止", actor=people["decides"])
    read(noticed, noticed.notices)
    exit.reply(noticed, "已说完。", actor=people["firm"], is_final=True)
    with pytest.raises(Refused) as told:
        exit.close_hearing(noticed, actor=people["opens"])
    assert told.value.code == "forbidden"
    exit.suspend(noticed, "", actor=people["decides"])
    assert exit.close_hearing(noticed, actor=people["opens"]).state == "heard"


def test_a_title_that_stays_is_told_to_the_firm_and_a_draft_that_goes_is_not(people, title):
    row = exit.open_exit(title, FACTS, actor=people["opens"])
    before = Message.objects.count()
    exit.drop(row, "来源撤回了认定", actor=people["decides"])
    title.refresh_from_db()
    assert (row.state, title.state, Message.objects.count()) == ("dropped", "valid", before)


def test_a_national_title_is_only_proposed_and_its_result_recorded(house, people):
    title = Certificate.objects.filter(tier="little_giant", state="valid").first()
    row = exit.open_exit(title, FACTS, actor=people["opens"])
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=3)
    exit.serve_on_paper(row, clock.today() - timedelta(days=20), "EMS（测试）", actor=people["opens"])
    exit.close_hearing(row, actor=people["opens"])
    exit.deliberate(row, DELIBERATED, actor=people["panel"])
    with pytest.raises(Refused):
        exit.decide(row, DECIDED, actor=people["decides"])
    exit.national_step(row, "propose", "建议取消", actor=people["decides"])
    exit.national_step(row, "report", "宁示例函〔2026〕10号", actor=people["decides"])
    title.refresh_from_db()
    assert title.state == "valid"
    exit.national_step(row, "record_national_end", "国家公告（测试）", actor=people["decides"])
    title.refresh_from_db()
    assert (row.state, title.state) == ("ended_nationally", "revoked")


def test_strangers_find_nothing_and_the_firm_sees_nothing_before_the_notice(world, people, title):
    row = exit.open_exit(title, FACTS, actor=people["opens"])
    url, own = f"/desk/exits/{row.public_id}/", f"/my/exits/{row.public_id}/"
    assert world.signed_in("qiye-zhang").get(own).status_code == 404
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)
    assert world.signed_in("qiye-zhang").get(own).status_code == 200
    assert [world.signed_in(n).get(own).status_code for n in ("qiye-wang", "qiye-xin")] == [404, 404]
    assert [world.signed_in(n).get(url).status_code for n in ("dawukou", "sheng-guize", "qiye-zhang")] == [404] * 3
    assert world.signed_in("xingqing").get(url).status_code == 200


def test_the_pages_carry_the_firms_answer_and_keep_what_was_typed(world, noticed, people):
    client = world.signed_in("qiye-zhang")
    url = f"/my/exits/{noticed.public_id}/"
    assert client.post(url, {"text": " "}).status_code == 422
    assert client.post(url, {"text": "我们不同意，理由如下。"}).status_code == 302
    desk = world.signed_in("sheng-shenhe").get(f"/desk/exits/{noticed.public_id}/").content.decode()
    assert "我们不同意，理由如下。" in desk
    refused = world.signed_in("sheng-shenhe").post(
        f"/desk/exits/{noticed.public_id}/", {"act": "serve_on_paper", "served_on": "2026-13-99", "number": "EMS1"}
    )
    assert refused.status_code == 422 and "EMS1" in refused.content.decode()


def test_only_a_leap_day_decision_ends_its_bar_on_the_last_of_february():
    ground = grounds()["tax"]
    assert ground.barred_until(date(2028, 2, 29)) == date(2031, 2, 28)
    assert ground.barred_until(date(2026, 11, 23)) == date(2029, 11, 22)


def test_one_title_has_one_open_procedure(people, title):
    exit.open_exit(title, FACTS, actor=people["opens"])
    with pytest.raises(Refused) as told:
        exit.open_exit(title, FACTS, actor=people["opens"])
    assert (told.value.code, Exit.objects.filter(certificate=title).count()) == ("duplicate", 1)


def test_a_firm_without_people_is_served_on_paper(people, house):
    title = (
        Certificate.objects.filter(tier="innovative", state="valid")
        .exclude(enterprise_id__in=Membership.objects.values("enterprise_id"))
        .first()
    )
    row = exit.open_exit(title, FACTS, actor=people["opens"])
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)
    assert (row.notices, exit.notice_served_on(row)) == ([], None)

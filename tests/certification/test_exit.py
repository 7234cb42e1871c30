"""The way out: no step before its proof, two people, the firm heard, and the day after the bar known from the start."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from certification import apply, assist, bar, certify, exit, exit_letters, incident, leave, reach, served
from certification.grounds import grounds
from certification.models import Application, Assistance, Certificate, Exit, ExitReply, Finding, Leaving
from certification.national_exit import national_step
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.mailroom.serve import open_letter
from foundation.refusals import Missing, Refused
from foundation.workdays.counting import add_workdays, workdays_between
from incentives.models import Entitlement
from tests.certification.titled import owner, titled
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
    exit.serve_on_paper(noticed, clock.today(), "EMS123（测试）", actor=people["opens"])
    assert served.notice_served_on(noticed) == clock.today()


def test_nobody_has_a_letter_on_paper_before_it_was_written_and_each_letter_keeps_its_own_receipt(
    noticed, people, later
):
    with pytest.raises(Refused) as told:
        exit.serve_on_paper(noticed, clock.today() - timedelta(days=1), "EMS1（测试）", actor=people["opens"])
    assert [p.field for p in told.value.problems] == ["served_on"] and "不能早于" in told.value.problems[0].message
    later(2)
    exit.serve_on_paper(noticed, clock.today() - timedelta(days=1), "EMS1（测试）", actor=people["opens"])
    row = walked_to_decision(noticed, people, later)
    with pytest.raises(Refused):
        exit.serve_on_paper(row, clock.today() - timedelta(days=1), "EMS2（测试）", actor=people["opens"])
    exit.serve_on_paper(row, clock.today(), "EMS2（测试）", actor=people["opens"])
    assert (row.paper_number, row.decision_paper_number) == ("EMS1（测试）", "EMS2（测试）")


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


def ministry(row, people):
    told = {"document_number": "国家公告（测试）1号", "dated_on": clock.today()}
    return national_step(row, "record_national_end", "", actor=people["decides"], announced=told)


def test_a_national_title_is_only_proposed_and_its_result_recorded(house, people, later):
    title = Certificate.objects.filter(tier="little_giant", state="valid").first()
    row = exit.open_exit(title, FACTS, actor=people["opens"])
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=3)
    exit.serve_on_paper(row, clock.today(), "EMS（测试）", actor=people["opens"])
    later(20)
    exit.close_hearing(row, actor=people["opens"])
    exit.deliberate(row, DELIBERATED, actor=people["panel"])
    with pytest.raises(Refused):
        exit.decide(row, DECIDED, actor=people["decides"])
    national_step(row, "propose", "建议取消", actor=people["decides"])
    national_step(row, "report", "宁示例函〔2026〕10号", actor=people["decides"])
    title.refresh_from_db()
    assert title.state == "valid"
    ministry(row, people)
    title.refresh_from_db()
    assert (row.state, title.state) == ("ended_nationally", "revoked")
    assert bar.barred(title.enterprise, clock.today()) == row and row.barred_until == grounds()[
        "accident"
    ].barred_until(clock.today())


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
    assert (row.notices, served.notice_served_on(row)) == ([], None)


def fraud(title, people, workdays=5):
    row = exit.open_exit(title, FACTS | {"ground": "fraud"}, actor=people["opens"])
    return exit.serve_notice(row, actor=people["opens"], hearing_workdays=workdays)


def granted(title, tier):
    """A title that the firm gets today, by the house."""
    today = clock.today()
    return certify.issue(
        title.enterprise, tier=tier, first=today, last=certify.last_valid_day(today), actor=Principal.system("test"), origin="imported",
        number=f"TEST-{tier}-{today:%Y%m%d}",
    )  # fmt: skip


@pytest.fixture
def lonely(house):
    """A firm with one provincial title and one person of its own."""
    return Certificate.objects.get(enterprise=titled())


@pytest.fixture
def fraud_case(people, lonely):
    return fraud(lonely, people)


def heard_and_deliberated(row, people, firm):
    read(row, row.notices)
    exit.reply(row, "请看我们的说明（测试）。", actor=firm, is_final=True)
    exit.close_hearing(row, actor=people["opens"])
    return exit.deliberate(row, DELIBERATED, actor=people["panel"])


def test_the_notice_and_the_decision_name_every_title_that_falls(people, title, later):
    row = fraud(title, people)
    others = Certificate.objects.filter(enterprise=title.enterprise, state="valid", tier="innovative")
    assert row.titles == [c.number for c in others] and others.exists()
    notice = Message.objects.filter(public_id__in=row.notices)[0]
    assert all(c.number in notice.body for c in [title, *others])
    row = walked_to_decision(row, people, later)
    letter = Message.objects.filter(public_id__in=row.decision_notices)[0]
    assert all(c.number in letter.body for c in [title, *others])


def test_a_title_granted_after_the_notice_is_not_decided_on_before_the_firm_was_told_anew(people, lonely, fraud_case):
    firm = owner(lonely.enterprise)
    row = heard_and_deliberated(fraud_case, people, firm)
    new = granted(lonely, "innovative")
    with pytest.raises(Refused) as told:
        exit.decide(row, DECIDED, actor=people["decides"])
    assert told.value.code == "conflict" and new.number in told.value.sentence
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)
    assert (row.state, row.titles, row.deliberation) == ("noticed", [new.number], "")
    read(row, row.notices)
    with pytest.raises(Refused, match="还不能结束"):
        exit.close_hearing(row, actor=people["opens"])
    row = exit.decide(heard_and_deliberated(row, people, firm), DECIDED, actor=people["decides"])
    read(row, row.decision_notices)
    exit.announce(row, actor=people["decides"])
    assert set(Certificate.objects.filter(enterprise=lonely.enterprise).values_list("state", flat=True)) == {"revoked"}


def test_what_the_notice_does_not_name_is_not_ended_by_the_announcement(people, lonely, fraud_case):
    row = exit.decide(
        heard_and_deliberated(fraud_case, people, owner(lonely.enterprise)), DECIDED, actor=people["decides"]
    )
    new = granted(lonely, "innovative")
    read(row, row.decision_notices)
    exit.announce(row, actor=people["decides"])
    new.refresh_from_db()
    lonely.refresh_from_db()
    assert (lonely.state, new.state) == ("revoked", "valid")


def test_an_exit_goes_to_its_end_when_the_title_has_run_out_meanwhile_and_the_bar_counts(
    people, lonely, fraud_case, later
):
    row = exit.decide(
        heard_and_deliberated(fraud_case, people, owner(lonely.enterprise)), DECIDED, actor=people["decides"]
    )
    certify.run_out(Certificate.objects.get(pk=lonely.pk), actor=Principal.system("calendar"))
    letter = Message.objects.filter(subject__contains="有效期满", recipient__memberships__enterprise=lonely.enterprise)
    assert "退出程序不因称号期满而结束" in letter.latest("id").body
    read(row, row.decision_notices)
    row.refresh_from_db()
    exit.announce(row, actor=people["decides"])
    lonely.refresh_from_db()
    assert (row.state, lonely.state) == ("announced", "expired")
    assert bar.barred(lonely.enterprise, clock.today()) == row


def test_a_renewed_title_goes_on_in_its_successor_and_so_does_the_exit(people, lonely, fraud_case, later):
    later(5)
    today = clock.today()
    successor = certify.issue(
        lonely.enterprise, tier=lonely.tier, first=today, last=certify.last_valid_day(today), actor=Principal.system("test"),
        origin="imported", number="TEST-RENEWED",
    )  # fmt: skip
    row = Exit.objects.get(pk=fraud_case.pk)
    assert row.certificate.state == "renewed" and reach.heir(row.certificate) == successor
    row = exit.decide(heard_and_deliberated(row, people, owner(lonely.enterprise)), DECIDED, actor=people["decides"])
    read(row, row.decision_notices)
    exit.announce(row, actor=people["decides"])
    successor.refresh_from_db()
    assert successor.state == "revoked"


def test_the_bar_stands_from_the_served_decision_and_not_only_from_the_announcement(noticed, people, title, later):
    row = walked_to_decision(noticed, people, later)
    assert bar.barred(title.enterprise, clock.today()) is None
    read(row, row.decision_notices)
    assert bar.barred(title.enterprise, clock.today()) == row
    letter = Message.objects.filter(public_id__in=row.decision_notices)[0].body
    first = bar.first_day(row.barred_until)
    assert f"{first:%Y年%-m月%-d日}起可以重新申请" in letter and f"到{row.barred_until:%Y年%-m月%-d日}" in letter


def test_fraud_on_one_side_drafts_the_procedure_for_the_other(people, lonely):
    giant = granted(lonely, "little_giant")
    row = exit.open_exit(lonely, FACTS | {"ground": "fraud"}, actor=people["opens"])
    (sister,) = reach.sisters(row)
    assert (sister.certificate, sister.state, sister.facts) == (giant, "drafted", row.facts)
    preview = exit.consequences(sister)
    assert (preview.titles, preview.apart) == ([], [lonely])
    assert [c.pk for c in exit.consequences(row).national] == [giant.pk]


def test_fraud_on_a_national_title_leaves_the_provincial_ones_to_a_procedure_that_names_them_all(people, lonely):
    giant, low = granted(lonely, "little_giant"), granted(lonely, "innovative")
    row = exit.open_exit(giant, FACTS | {"ground": "fraud"}, actor=people["opens"])
    (sister,) = reach.sisters(row)
    assert sister.certificate == lonely
    exit.serve_notice(sister, actor=people["opens"], hearing_workdays=5)
    assert sister.titles == [low.number]


def test_the_letters_on_a_national_title_speak_of_a_proposal_and_each_step_is_told(people, lonely):
    firm, giant = owner(lonely.enterprise), granted(lonely, "little_giant")
    row = exit.open_exit(giant, FACTS, actor=people["opens"])
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)
    notice = Message.objects.filter(public_id__in=row.notices)[0].body
    assert "建议取消" in notice and "拟取消贵公司" not in notice and "以国家公告为准" in notice
    row = heard_and_deliberated(row, people, firm)
    told = Message.objects.filter(recipient__memberships__enterprise=lonely.enterprise)
    before = told.count()
    national_step(row, "propose", "事实清楚，建议取消（测试）", actor=people["decides"])
    letter = told.latest("id")
    assert letter.is_legal and "救济" in letter.body and row.decision_notices == [letter.public_id]
    national_step(row, "report", "（测试）10号", actor=people["decides"])
    assert not told.latest("id").is_legal and row.barred_until is None
    ministry(row, people)
    assert told.count() == before + 3
    assert bar.words(row.barred_until) in told.latest("id").body


def test_days_of_a_suspension_do_not_count_for_the_hearing(noticed, people, later):
    read(noticed, noticed.notices)
    served_day = served.notice_served_on(noticed)
    later(1)
    exit.suspend(noticed, "等待复议机关意见（测试）", actor=people["decides"])
    later(10)
    exit.suspend(noticed, "", actor=people["decides"])
    lost = workdays_between(clock.today() - timedelta(days=10), clock.today())
    assert lost >= 6 and exit.hearing_until(noticed) == add_workdays(served_day, 5 + lost)


def test_only_verified_people_answer_and_only_one_who_answers_for_all_says_the_last_word(noticed, people, title):
    mine = Membership.objects.filter(user__username="qiye-zhang", enterprise=title.enterprise)
    mine.update(role="viewer")
    with pytest.raises(Refused) as told:
        exit.reply(noticed, "我们不同意", actor=who("qiye-zhang"))
    assert told.value.code == "unverified" and exit.visible(who("qiye-zhang")).filter(pk=noticed.pk).exists()
    mine.update(role="editor", parts=["products"])
    with pytest.raises(Refused) as told:
        exit.reply(noticed, "我们不同意", actor=who("qiye-zhang"), is_final=True)
    assert told.value.code == "forbidden"
    assert exit.reply(noticed, "我们不同意", actor=who("qiye-zhang"))
    mine.update(state="pending", parts=[])
    assert not exit.visible(who("qiye-zhang")).exists() and not incident.visible(who("qiye-zhang")).exists()
    assert not assist.visible(who("qiye-zhang")).exists()


def test_what_hangs_on_a_title_ends_with_it(people, lonely, house):
    firm = owner(lonely.enterprise)
    Membership.objects.filter(enterprise=lonely.enterprise).update(role="owner")
    asked = leave.ask(lonely, {"reason": "业务调整（测试）"}, actor=firm)
    help_ = assist.open_by_hand(lonely, "tax", "补缴税款并提交凭证（测试）", actor=people["opens"])
    finding = Finding.objects.create(
        certificate=lonely, region_path=lonely.region_path, kind="due", rule_set_code="T2-2022", sentences=["到期"],
        on=clock.today(), first_seen=clock.today(),
    )  # fmt: skip
    certify.run_out(lonely, actor=Principal.system("calendar"))
    finding.refresh_from_db()
    assert (Leaving.objects.get(pk=asked.pk).state, Assistance.objects.get(pk=help_.pk).state) == ("lapsed", "dropped")
    assert finding.closed_on == lonely.valid_until


def test_outside_the_demo_no_title_is_ended_before_the_legal_office_has_worded_the_remedies(
    people, lonely, fraud_case, settings, world
):
    row = heard_and_deliberated(fraud_case, people, owner(lonely.enterprise))
    giant = granted(lonely, "little_giant")
    second = exit.serve_notice(
        exit.open_exit(giant, FACTS, actor=people["opens"]), actor=people["opens"], hearing_workdays=5
    )
    second = heard_and_deliberated(second, people, owner(lonely.enterprise))
    before = Message.objects.count()
    settings.LETTER_REMEDY, settings.DEMO = "", False
    for act in (
        lambda: exit.decide(row, DECIDED, actor=people["decides"]),
        lambda: national_step(second, "propose", "建议取消（测试）", actor=people["decides"]),
    ):
        with pytest.raises(Refused) as told:
            act()
        assert told.value.code == "conflict"
        assert all(words in told.value.sentence for words in ("法制机构", "LETTER_REMEDY", "再办理"))
    assert {Exit.objects.get(pk=case.pk).state for case in (row, second)} == {"deliberated"}
    assert Message.objects.count() == before
    settings.LETTER_REMEDY = "可以自收到之日起依法申请行政复议或提起行政诉讼（测试）。"
    decided = exit.decide(row, DECIDED, actor=people["decides"])
    assert settings.LETTER_REMEDY in Message.objects.filter(public_id__in=decided.decision_notices)[0].body


def test_a_clause_that_nobody_has_compared_with_its_text_says_so_in_every_letter_to_the_firm(
    world, noticed, people, title, later, monkeypatch
):
    mark = "条文待核对原文"
    assert not grounds()["accident"].is_confirmed
    row = walked_to_decision(noticed, people, later)
    notice, decision = (
        Message.objects.filter(public_id__in=ids)[0].body for ids in (row.notices, row.decision_notices)
    )
    assert mark in notice and mark in decision
    own = f"/my/exits/{row.public_id}/"
    assert mark in world.signed_in("qiye-zhang").get(own).content.decode()
    read(row, row.decision_notices)
    with pytest.raises(Refused) as told:
        bar.refuse_when_barred(title.enterprise)
    assert mark in told.value.problems[0].clause
    compared = {code: replace(ground, mark="V") for code, ground in grounds().items()}
    monkeypatch.setattr("certification.grounds.grounds", lambda: compared)
    assert mark not in exit_letters.decision(row, "决定取消", [])
    assert exit_letters.cited("一条已经不在依据表里的条款").endswith(f"（{mark}）") and exit_letters.cited("") == ""


def test_the_list_shows_first_what_waits_for_the_office_then_for_others_and_last_what_is_over(people, world):
    held = Certificate.objects.filter(state="valid", tier="specialised").order_by("id")
    free = [t for t in held if not Exit.objects.filter(certificate=t).exists()][:4]
    over, told, old, young = (exit.open_exit(t, FACTS, actor=people["opens"]) for t in free)
    exit.serve_notice(told, actor=people["opens"], hearing_workdays=5)
    exit.drop(over, "材料不足以认定（测试）", actor=people["decides"])
    page = world.signed_in("sheng-shenhe").get("/desk/exits/").content.decode()
    places = [page.index(f"/desk/exits/{row.public_id}/") for row in (old, young, told, over)]
    assert places == sorted(places)
    assert world.signed_in("zhuanjia-1").get("/desk/exits/").status_code in (403, 404)

"""The way back from an exit: another leader, a document, the title and what it gave again, and both days in the ledger."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certification import bar, certify, exit, incident, movements, served, set_aside
from certification.models import Certificate, Exit, Finding, Judgement, Restoration
from certification.national_exit import national_step
from enterprises.attach import cells_of
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.mailroom.models import Message
from foundation.mailroom.serve import open_letter
from foundation.refusals import Missing, Refused
from incentives.models import Entitlement
from tests.certification.titled import owner, titled
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
FACTS = {"ground": "accident", "facts": "应急部门已认定2025年发生较大事故", "source": "事故调查报告批复（测试）"}
DELIBERATED = {
    "deliberation": "事实清楚，证据充分，建议取消称号",
    "panel": "甲、乙、丙",
    "answer_to_reply": "补缴不改变已认定的事实",
}
DECIDED = {"decision": "依据第十六条，决定取消称号", "document_number": "宁示例函〔2026〕9号"}


@pytest.fixture
def house(world):
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
    """The reviewer opens, the director deliberates, a second leader decides; so the director may set aside."""
    make_official("fuzhuren", "64", "leader", second_factor=False)
    return {"opens": who("sheng-shenhe"), "panel": who("sheng-chuzhang"), "decides": who("fuzhuren")}


@pytest.fixture
def title(house):
    return Certificate.objects.get(
        enterprise__memberships__user__username="qiye-zhang", tier="specialised", state="valid"
    )


def said(**changed):
    return {
        "basis": "review", "document_number": "宁政复决〔测试〕12号", "dated_on": clock.today(),
        "reason": "复议机关认为事故与企业无关，撤销原决定（测试）",
    } | changed  # fmt: skip


def read(row, ids):
    for message in Message.objects.filter(public_id__in=ids):
        open_letter(message, actor=Principal.of_user(message.recipient))


def deliberated(title, people, **facts):
    row = exit.open_exit(title, FACTS | facts, actor=people["opens"])
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)
    exit.serve_on_paper(row, clock.today(), "EMS（测试）", actor=people["opens"])
    exit.reply(row, "请看我们的说明（测试）。", actor=owner_of(title), is_final=True)
    exit.close_hearing(row, actor=people["opens"])
    return exit.deliberate(row, DELIBERATED, actor=people["panel"])


def owner_of(title):
    return owner(title.enterprise) if title.enterprise.memberships.count() == 1 else who("qiye-zhang")


def decided(title, people, **facts):
    row = exit.decide(deliberated(title, people, **facts), DECIDED, actor=people["decides"])
    read(row, row.decision_notices)
    return Exit.objects.get(pk=row.pk)


@pytest.fixture
def announced(people, title):
    return exit.announce(decided(title, people), actor=people["decides"])


@pytest.fixture
def lonely(house):
    return Certificate.objects.get(enterprise=titled())


def test_a_successful_reconsideration_gives_the_title_back_with_what_it_opened_and_ends_the_bar(
    announced, people, title
):
    assert bar.barred(title.enterprise, clock.today()) == announced
    closed = set(Entitlement.objects.filter(certificate=title, state="ended").values_list("pk", flat=True))
    row = set_aside.set_aside(announced, said(), actor=people["panel"])
    title.refresh_from_db()
    assert (row.state, title.state, title.ended_on, title.end_reason) == ("set_aside", "valid", None, "")
    assert bar.barred(title.enterprise, clock.today()) is None and row.barred_until is None
    assert (
        closed
        and set(Entitlement.objects.filter(certificate=title, state="open").values_list("pk", flat=True)) == closed
    )
    assert Judgement.objects.get(certificate=title).flips_on <= clock.today()


def test_a_title_that_stands_again_joins_its_firm_which_has_gone_to_another_county(announced, people, title):
    away = "64/6401/JK"
    Enterprise.objects.filter(pk=title.enterprise_id).update(region_path=away)
    assert title.region_path != away
    set_aside.set_aside(announced, said(), actor=people["panel"])
    again = Certificate.objects.get(pk=title.pk)
    assert (again.state, again.region_path) == ("valid", away)
    rows = Entitlement.objects.filter(certificate=title)
    assert rows.filter(state="open").exists() and {row.region_path for row in rows.filter(state="open")} == {away}
    assert set(Judgement.objects.filter(certificate=title).values_list("region_path", flat=True)) <= {away}
    told = Change.objects.filter(public_id=title.public_id, changed_fields=["region_path"]).order_by("seq")
    assert [(row.op, row.region_path == away) for row in told] == [("delete", False), ("create", True)]


def test_the_firm_is_served_a_letter_with_basis_number_reason_and_what_stands_again(announced, people, title):
    row = set_aside.set_aside(announced, said(), actor=people["panel"])
    letter = Message.objects.filter(public_id__in=row.set_aside_notices)[0]
    assert letter.is_legal and letter.subject.startswith("撤销取消称号决定书")
    for words in (
        "行政复议决定",
        "宁政复决〔测试〕12号",
        "事故与企业无关",
        title.number,
        DECIDED["document_number"],
        "禁报自今日起解除",
    ):
        assert words in letter.body, words
    assert served.set_aside_served_on(row) is None
    read(row, row.set_aside_notices)
    assert served.set_aside_served_on(row) == clock.today()


def test_it_is_on_record_in_a_sentence_and_told_to_the_systems(announced, people, title):
    row = set_aside.set_aside(announced, said(), actor=people["panel"])
    event = AuditEvent.objects.get(act="exit.set_aside", object_id=row.public_id)
    assert "行政复议决定（宁政复决〔测试〕12号）" in event.sentence and event.audience == "public"
    assert AuditEvent.objects.filter(act="certificate.reinstate", object_id=title.public_id).exists()
    told = Change.objects.order_by("-seq")
    assert [told.filter(type=kind, public_id=key).first().op for kind, key in (("exit", row.public_id), ("certificate", title.public_id))] == ["update"] * 2  # fmt: skip


def test_who_decided_does_not_set_it_aside_nor_does_a_reviewer_or_a_city(announced, people, title):
    for actor in (people["decides"], people["opens"], who("yinchuan"), who("qiye-zhang")):
        with pytest.raises(Refused) as told:
            set_aside.set_aside(announced, said(), actor=actor)
        assert told.value.code == "forbidden", actor.name
    title.refresh_from_db()
    assert title.state == "revoked"


def test_every_gap_is_named_with_how_to_mend_it_and_nothing_has_changed(announced, people, title):
    with pytest.raises(Refused) as told:
        set_aside.set_aside(announced, {"basis": "ministry", "reason": "错了"}, actor=people["panel"])
    assert [p.field for p in told.value.problems] == ["basis", "document_number", "dated_on", "reason"]
    assert all(p.hint for p in told.value.problems)
    for day, words in (
        (clock.today() + timedelta(days=1), "不能晚于今天"),
        (clock.today() - timedelta(days=1), "早于原决定"),
    ):
        with pytest.raises(Refused) as told:
            set_aside.set_aside(announced, said(dated_on=day), actor=people["panel"])
        assert [p.field for p in told.value.problems] == ["dated_on"] and words in told.value.problems[0].message
    title.refresh_from_db()
    assert title.state == "revoked"


def test_nothing_is_set_aside_before_it_is_decided_or_twice(people, title):
    row = deliberated(title, people)
    with pytest.raises(Refused) as told:
        set_aside.set_aside(row, said(), actor=people["panel"])
    assert told.value.code == "already_moved"
    exit.decide(row, DECIDED, actor=people["decides"])
    done = set_aside.set_aside(row, said(basis="own"), actor=people["panel"])
    with pytest.raises(Refused) as told:
        set_aside.set_aside(done, said(), actor=people["panel"])
    assert told.value.code == "already_moved"
    assert Message.objects.filter(public_id__in=done.set_aside_notices).count() > 0
    assert exit.open_exit(title, FACTS, actor=people["opens"]).state == "drafted"


def test_a_decision_whose_report_was_a_false_alarm_bars_nobody_and_is_set_aside(people, title, house):
    given = {
        "kind": "falsified", "happened_on": "2026-03-02", "source": "某市信用平台（测试）", "document": "查询记录（测试）",
        "facts": "申报材料系伪造（测试）",
    }  # fmt: skip
    report = incident.report(title.enterprise, given, actor=who("xingqing"))
    incident.reply(report, "不属实。", actor=who("qiye-zhang"))
    incident.judge(report, "confirm", "核查报告认定", actor=people["opens"])
    row = decided(title, people, ground="fraud", incident=report.public_id)
    assert bar.barred(title.enterprise, clock.today()) == row
    incident.judge(report, "call_false", "核查报告撤回", actor=people["panel"])
    row.refresh_from_db()
    assert bar.barred(title.enterprise, clock.today()) is None
    for stuck in (
        lambda: exit.announce(row, actor=people["decides"]),
        lambda: exit.drop(row, "误报", actor=people["decides"]),
    ):
        with pytest.raises(Refused):
            stuck()
    done = set_aside.set_aside(row, said(basis="own"), actor=people["panel"])
    title.refresh_from_db()
    assert (done.state, title.state) == ("set_aside", "valid") and not Restoration.objects.exists()
    letter = Message.objects.filter(public_id__in=done.set_aside_notices)[0]
    assert "称号没有取消过" in letter.body and "本机关自行纠正" in letter.body


def test_a_false_alarm_after_the_announcement_lifts_the_bar_until_a_leader_names_another_ground(
    announced, people, title
):
    Exit.objects.filter(pk=announced.pk).update(source_fell_on=clock.today())
    announced.refresh_from_db()
    assert bar.barred(title.enterprise, clock.today()) is None
    title.refresh_from_db()
    assert title.state == "revoked"
    with pytest.raises(Missing):
        exit.go_on(announced, "另有依据，见检察机关的函（测试）", actor=people["opens"])
    exit.go_on(announced, "另有依据，见检察机关的函（测试）", actor=people["decides"])
    assert bar.barred(title.enterprise, clock.today()) == announced


def test_a_suspended_decision_can_be_set_aside_and_is_suspended_no_more(people, title):
    row = decided(title, people)
    exit.suspend(row, "等复议机关的决定（测试）", actor=people["panel"])
    done = set_aside.set_aside(row, said(), actor=people["panel"])
    assert (done.suspended_since, len(done.suspensions)) == (None, 1)


def test_a_title_whose_days_are_over_meanwhile_has_run_out_and_was_not_cancelled(people, lonely, later):
    row = exit.announce(decided(lonely, people), actor=people["decides"])
    later((lonely.valid_until - clock.today()).days + 3)
    done = set_aside.set_aside(row, said(), actor=people["panel"])
    lonely.refresh_from_db()
    assert (lonely.state, lonely.ended_on) == ("expired", lonely.valid_until)
    assert not Entitlement.objects.filter(certificate=lonely, state="open").exists()
    assert "按有效期届满记载" in Message.objects.filter(public_id__in=done.set_aside_notices)[0].body


def test_a_title_that_would_stand_beside_another_of_the_same_day_is_not_given_back_unseen(people, lonely):
    today, firm = clock.today(), lonely.enterprise
    given = {"first": today, "last": certify.last_valid_day(today), "actor": Principal.system("test"), "origin": "imported"}
    short = certify.issue(firm, tier="innovative", **given)
    row = exit.announce(decided(short, people), actor=people["decides"])
    other = certify.issue(firm, tier="innovative", **given)
    with pytest.raises(Refused) as told:
        set_aside.set_aside(row, said(), actor=people["panel"])
    assert told.value.code == "conflict" and other.number in told.value.sentence
    assert Exit.objects.get(pk=row.pk).state == "announced"


def test_a_title_that_another_standing_decision_names_stays_ended_by_that_one(people, lonely, house):
    today = clock.today()
    low = certify.issue(
        lonely.enterprise, tier="innovative", first=today, last=certify.last_valid_day(today), actor=Principal.system("test"),
        origin="imported",
    )  # fmt: skip
    first = decided(low, people)
    second = exit.decide(
        deliberated(lonely, people, ground="fraud"),
        DECIDED | {"document_number": "宁示例函〔2026〕10号"},
        actor=people["decides"],
    )
    read(second, second.decision_notices)
    assert second.titles == [low.number]
    exit.announce(first, actor=people["decides"])
    second = exit.announce(Exit.objects.get(pk=second.pk), actor=people["decides"])
    first = set_aside.set_aside(Exit.objects.get(pk=first.pk), said(), actor=people["panel"])
    low.refresh_from_db()
    assert low.state == "revoked" and "10号" in low.end_reason and not Restoration.objects.exists()
    letter = Message.objects.filter(public_id__in=first.set_aside_notices)[0].body
    assert "另由宁示例函〔2026〕10号取消" in letter and "另因宁示例函〔2026〕10号" in letter
    set_aside.set_aside(second, said(document_number="（测试）13号"), actor=people["panel"])
    states = set(Certificate.objects.filter(enterprise=lonely.enterprise).values_list("state", flat=True))
    assert states == {"valid"} and bar.barred(lonely.enterprise, today) is None


def test_what_the_ministry_ended_only_the_ministry_gives_back(people, house, later):
    giant = Certificate.objects.filter(tier="little_giant", state="valid").first()
    row = exit.open_exit(giant, FACTS, actor=people["opens"])
    exit.serve_notice(row, actor=people["opens"], hearing_workdays=3)
    exit.serve_on_paper(row, clock.today(), "EMS（测试）", actor=people["opens"])
    later(20)
    exit.close_hearing(row, actor=people["opens"])
    exit.deliberate(row, DELIBERATED, actor=people["panel"])
    announced = {"document_number": "国家公告（测试）1号", "dated_on": clock.today()}
    for act in ("propose", "report", "record_national_end"):
        national_step(row, act, "（测试）10号", actor=people["decides"], announced=announced)
    with pytest.raises(Refused) as told:
        set_aside.set_aside(row, said(), actor=people["panel"])
    assert [p.field for p in told.value.problems] == ["basis"]
    done = set_aside.set_aside(
        row, said(basis="ministry", document_number="国家公告（测试）2号"), actor=people["panel"]
    )
    giant.refresh_from_db()
    assert (done.state, giant.state) == ("set_aside", "valid") and bar.barred(giant.enterprise, clock.today()) is None


def test_a_proposal_that_was_not_yet_reported_is_set_aside_and_the_title_was_never_touched(people, lonely, house):
    today = clock.today()
    giant = certify.issue(
        lonely.enterprise, tier="little_giant", first=today, last=certify.last_valid_day(today), actor=Principal.system("test"),
        origin="imported",
    )  # fmt: skip
    row = deliberated(giant, people)
    national_step(row, "propose", "建议取消", actor=people["decides"])
    done = set_aside.set_aside(row, said(basis="court"), actor=people["panel"])
    letter = Message.objects.filter(public_id__in=done.set_aside_notices)[0]
    assert letter.subject.startswith("撤销报建议取消决定书") and "称号不变" in letter.body


def test_what_the_ministry_kept_is_recorded_even_where_our_own_source_has_fallen(people, lonely, house):
    today = clock.today()
    giant = certify.issue(
        lonely.enterprise, tier="little_giant", first=today, last=certify.last_valid_day(today), actor=Principal.system("test"),
        origin="imported",
    )  # fmt: skip
    row = deliberated(giant, people)
    national_step(row, "propose", "建议取消", actor=people["decides"])
    national_step(row, "report", "（测试）10号", actor=people["decides"])
    Exit.objects.filter(pk=row.pk).update(source_fell_on=today)
    row.refresh_from_db()
    announced = {"document_number": "国家公告（测试）3号", "dated_on": today}
    done = national_step(
        row, "record_national_keep", "国家没有取消（测试）", actor=people["decides"], announced=announced
    )
    assert (done.state, done.document_number, done.kept_on) == ("dropped", "国家公告（测试）3号", today)


def test_the_ledger_shows_the_exit_on_its_day_and_the_return_on_its_own_and_a_told_month_stays(
    announced, people, title, later
):
    ended = clock.today()
    before = movements.totals(movements.movements(["64"], ended, ended))
    later(40)
    set_aside.set_aside(announced, said(), actor=people["panel"])
    rows = movements.movements(["64"], ended, clock.today())
    mine = [
        (row.kind, row.on, row.state) for row in rows if row.number == title.number and row.kind in ("left", "restored")
    ]
    assert mine == [("restored", clock.today(), "valid"), ("left", ended, "revoked")]
    assert movements.totals(movements.movements(["64"], ended, ended)) == before
    assert movements.totals(rows).restored == 1
    assert clock.today().replace(day=1) in movements.months_with_titles()


def test_what_was_given_back_is_never_rewritten(announced, people):
    set_aside.set_aside(announced, said(), actor=people["panel"])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Restoration.objects.update(document_number="改过的文号")


def test_lines_that_were_closed_with_the_title_are_looked_at_again_the_same_night(announced, people, title, later):
    from certification import rereview, sweep
    from foundation.ledger import work

    assert not Finding.objects.filter(certificate=title, closed_on=None).exists()
    set_aside.set_aside(announced, said(), actor=people["panel"])
    assert title.pk in sweep.changed_titles(clock.today() + timedelta(days=1))
    sweep.open_cycle(clock.today() + timedelta(days=1), "changed")
    assert work.drain([rereview.KIND])


def test_the_page_is_for_a_leader_who_did_not_decide_and_keeps_what_was_typed(world, announced, people, title):
    url, case = f"/desk/exits/{announced.public_id}/set-aside/", f"/desk/exits/{announced.public_id}/"
    assert [
        world.signed_in(n).get(url).status_code for n in ("fuzhuren", "sheng-shenhe", "xingqing", "qiye-zhang")
    ] == [404] * 4
    assert world.signed_in("sheng-chuzhang").get("/desk/exits/never-existed/set-aside/").status_code == 404
    director = world.signed_in("sheng-chuzhang")
    assert url in director.get(case).content.decode() and title.number in director.get(url).content.decode()
    typed = {
        "basis": "court",
        "document_number": "（测试）行终7号",
        "dated_on": "",
        "reason": "判决撤销原决定，理由见判决书（测试）",
    }
    refused = director.post(url, typed)
    assert refused.status_code == 422 and all(
        words in refused.content.decode() for words in ("（测试）行终7号", "请填写撤销文书的日期")
    )
    assert director.post(url, typed | {"dated_on": clock.today().isoformat()}).status_code == 302
    assert "人民法院生效裁判" in director.get(case).content.decode()
    assert director.get(url).status_code == 404
    own = world.signed_in("qiye-zhang").get(f"/my/exits/{announced.public_id}/").content.decode()
    assert "原决定已撤销" in own and "为止不能申请" not in own
    public = world.signed_in("").get("/exits/").content.decode()
    assert "已撤销的取消决定" in public and "（测试）行终7号" in public and "判决撤销原决定" not in public


def test_a_letter_of_the_way_back_may_be_handed_over_on_paper(announced, people):
    row = set_aside.set_aside(announced, said(), actor=people["panel"])
    exit.serve_on_paper(row, clock.today(), "EMS9（测试）", actor=people["opens"])
    assert (row.set_aside_paper_number, served.set_aside_served_on(row)) == ("EMS9（测试）", clock.today())


def test_the_ledger_names_the_clause_of_an_exit_and_not_the_rules_by_which_the_firm_came_in(
    world, announced, people, title
):
    def rule_of(state):
        rows = movements.movements(["64"], clock.today(), clock.today())
        return next(row.rule for row in rows if row.number == title.number and row.state == state)

    clause = announced.clause
    assert (
        title.rule_set_code != clause and rule_of("revoked").startswith(clause) and "待核对原文" in rule_of("revoked")
    )
    month = f"{clock.today():%Y-%m}"
    page = world.signed_in("sheng-shenhe").get(f"/desk/movements/?period={month}&kind=left").content.decode()
    assert clause in page
    sheet = world.signed_in("sheng-shenhe").get(f"/desk/movements/list.xlsx?period={month}&kind=left").content
    lines = cells_of(sheet)["进出台账"]
    assert [line[8] for line in lines if line[9] == title.number] == [rule_of("revoked")]
    set_aside.set_aside(announced, said(), actor=people["panel"])
    assert rule_of("revoked").startswith(clause)

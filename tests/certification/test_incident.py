"""What is reported of a firm is checked, the firm is heard first, and nobody loses a title by a report."""

from datetime import date, timedelta

import pytest

from certification import assist, exit, incident
from certification.grounds import grounds
from certification.incident_kinds import incident_kinds
from certification.models import Assistance, Certificate, Cycle, Finding, Incident
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.ledger import work
from foundation.ledger.models import WorkItem
from foundation.mailroom.models import Message
from foundation.mailroom.serve import open_letter
from foundation.refusals import Missing, Refused
from foundation.workdays.counting import add_workdays
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
GIVEN = {
    "kind": "dishonest", "happened_on": "2026-03-02", "source": "某市信用平台（测试）", "document": "查询记录 2026-03-02",
    "facts": "被列入严重失信主体名单（测试）",
}  # fmt: skip


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
def firm(house):
    return Enterprise.objects.get(memberships__user__username="qiye-zhang", memberships__state="verified")


@pytest.fixture
def reported(firm):
    return incident.report(firm, GIVEN, actor=who("xingqing"))


def read(row):
    for message in Message.objects.filter(public_id__in=row.notices, recipient__username="qiye-zhang"):
        open_letter(message, actor=Principal.of_user(message.recipient))


def heard_and_confirmed(row):
    incident.reply(row, "情况属实，正在申请信用修复。", actor=who("qiye-zhang"))
    return incident.judge(row, "confirm", "信用平台查询属实", actor=who("sheng-shenhe"))


def test_a_report_tells_the_firm_and_opens_a_check_of_its_titles_but_moves_none(firm, reported):
    titles = Certificate.objects.filter(enterprise=firm, state="valid")
    assert titles.count() > 0
    assert work.drain(["rereview.open", "rereview.slice"])
    cycle = Cycle.objects.get(kind="incident", key=reported.public_id)
    assert cycle.titles == titles.count()
    assert set(titles.values_list("state", flat=True)) == {"valid"}
    told = Message.objects.get(public_id__in=reported.notices, recipient__username="qiye-zhang")
    assert told.is_legal and "核实以前不影响称号" in told.body and "示例" in told.body


def test_the_same_event_is_reported_once_until_it_was_a_false_alarm(firm, reported):
    with pytest.raises(Refused) as told:
        incident.report(firm, GIVEN, actor=who("sheng-shenhe"))
    assert told.value.code == "duplicate"
    incident.judge(reported, "call_false", "查询的是同名企业", actor=who("xingqing"))
    assert incident.report(firm, GIVEN, actor=who("sheng-shenhe")).state == "reported"


def test_every_gap_of_a_report_is_named(firm):
    with pytest.raises(Refused) as told:
        incident.report(firm, {"kind": "rumour", "happened_on": "2099-01-01"}, actor=who("xingqing"))
    assert [p.field for p in told.value.problems] == ["kind", "happened_on", "source", "document", "facts"]
    assert not Incident.objects.filter(enterprise=firm, way="desk", kind="rumour").exists()


def test_nothing_is_true_before_the_firm_was_heard_or_its_days_are_over(reported, later):
    judge = who("sheng-shenhe")
    with pytest.raises(Refused) as told:
        incident.judge(reported, "confirm", "查询属实", actor=judge)
    assert "还没有送达证明" in told.value.sentence
    read(reported)
    assert incident.reply_until(reported) == add_workdays(clock.today(), 10)
    with pytest.raises(Refused) as told:
        incident.judge(reported, "confirm", "查询属实", actor=judge)
    assert "还不能认定属实" in told.value.sentence
    later((incident.reply_until(reported) - clock.today()).days + 1)
    assert incident.judge(reported, "confirm", "查询属实", actor=judge).state == "confirmed"


def test_who_reported_it_cannot_be_the_one_who_confirms_it(reported):
    incident.reply(reported, "属实，已整改。", actor=who("qiye-zhang"))
    with pytest.raises(Refused) as told:
        incident.judge(reported, "confirm", "属实", actor=who("xingqing"))
    assert told.value.code == "forbidden"
    assert incident.judge(reported, "confirm", "属实", actor=who("sheng-shenhe")).state == "confirmed"


def test_another_county_does_not_see_it_and_another_firm_cannot_answer(reported):
    assert incident.visible(who("dawukou")).filter(pk=reported.pk).count() == 0
    assert incident.visible(who("xingqing")).filter(pk=reported.pk).count() == 1
    assert incident.visible(who("zhuanjia-1")).count() == 0
    with pytest.raises(Missing):
        incident.reply(reported, "不是我们的事", actor=who("qiye-wang"))
    with pytest.raises(Missing):
        incident.report(reported.enterprise, GIVEN | {"document": "另一件"}, actor=who("dawukou"))


def test_a_true_one_opens_help_for_every_title_and_a_false_alarm_ends_it(reported, firm):
    row = heard_and_confirmed(reported)
    rows = Assistance.objects.filter(incident=row)
    held = Certificate.objects.filter(enterprise=firm, state="valid").count()
    assert rows.count() == held > 0 and {r.ground for r in rows} == {"dishonesty"}
    incident.judge(row, "call_false", "信用平台更正：误列", actor=who("sheng-chuzhang"))
    assert set(rows.values_list("state", flat=True)) == {"dropped"}


def test_what_an_office_found_true_is_called_false_only_by_a_third_person_at_or_above_it(reported):
    row = heard_and_confirmed(reported)
    for other in ("xingqing", "sheng-shenhe"):
        with pytest.raises(Refused) as told:
            incident.judge(Incident.objects.get(pk=row.pk), "call_false", "误列", actor=who(other))
        assert told.value.code == "forbidden", other
    make_official("xingqing-2", "64/6401/640104", "reviewer", second_factor=False)
    with pytest.raises(Refused):
        incident.judge(Incident.objects.get(pk=row.pk), "call_false", "误列", actor=who("xingqing-2"))
    assert incident.judge(row, "call_false", "误列", actor=who("sheng-chuzhang")).state == "false_alarm"


def test_an_exit_whose_report_was_a_false_alarm_stops_until_an_official_says_that_it_goes_on(firm, house):
    row = heard_and_confirmed(incident.report(firm, GIVEN | {"kind": "falsified"}, actor=who("xingqing")))
    title = Certificate.objects.get(enterprise=firm, tier="specialised", state="valid")
    said = {
        "ground": "fraud",
        "facts": "申报材料系伪造，已经查实（测试）",
        "source": "核查报告（测试）",
        "incident": row.public_id,
    }
    opened = exit.open_exit(title, said, actor=who("sheng-shenhe"))
    incident.judge(row, "call_false", "核查报告撤回", actor=who("sheng-chuzhang"))
    opened.refresh_from_db()
    with pytest.raises(Refused) as told:
        exit.serve_notice(opened, actor=who("sheng-shenhe"), hearing_workdays=5)
    assert told.value.code == "forbidden"
    with pytest.raises(Missing):
        exit.go_on(opened, "另有检察机关的认定（测试）", actor=who("sheng-shenhe"))
    exit.go_on(opened, "另有检察机关的认定，见函（测试）", actor=who("sheng-chuzhang"))
    assert exit.serve_notice(opened, actor=who("sheng-shenhe"), hearing_workdays=5).state == "noticed"


def test_one_light_does_not_swallow_another(firm, house, reported):
    first = heard_and_confirmed(reported)
    second = heard_and_confirmed(incident.report(firm, GIVEN | {"document": "查询记录 二"}, actor=who("xingqing")))
    title = Certificate.objects.get(enterprise=firm, tier="specialised", state="valid")
    running = Assistance.objects.filter(certificate=title, state="open", incident__in=[first, second])
    assert running.count() == 2


def test_help_that_failed_years_ago_opens_no_procedure_today(quiet_title, later):
    row = assist.open_by_hand(quiet_title, "tax", "补缴税款并提交凭证（测试）", actor=who("sheng-shenhe"))
    later((row.due_on - clock.today()).days + 1)
    assist.note(row, "电话提醒补缴（测试）", actor=who("sheng-shenhe"))
    assist.end(row, "conclude", "没有补缴（测试）", actor=who("sheng-shenhe"))
    assert assist.comes_first(quiet_title, grounds()["tax"]) is False
    later(800)
    assert assist.comes_first(quiet_title, grounds()["tax"]) is True


def test_fraud_and_serious_accidents_get_no_help_first(firm):
    assert {code for code, kind in incident_kinds().items() if not kind.help_first} == {
        "safety", "data_security", "quality", "pollution", "falsified",
    }  # fmt: skip
    row = incident.report(firm, GIVEN | {"kind": "falsified"}, actor=who("xingqing"))
    heard_and_confirmed(row)
    assert not Assistance.objects.filter(incident=row).exists()


def test_no_procedure_before_help_is_over_and_the_report_is_its_source(reported, firm, later):
    row = heard_and_confirmed(reported)
    title = Certificate.objects.get(enterprise=firm, tier="specialised", state="valid")
    said = {
        "ground": "dishonesty",
        "facts": "列入严重失信主体名单，帮扶期内没有移出",
        "source": "信用平台（测试）",
        "incident": row.public_id,
    }
    with pytest.raises(Refused) as told:
        exit.open_exit(title, said, actor=who("sheng-shenhe"))
    assert told.value.code == "conflict" and "先帮扶后退出" in told.value.sentence
    task = Assistance.objects.get(incident=row, certificate=title)
    with pytest.raises(Refused):
        assist.end(task, "conclude", "没有移出", actor=who("xingqing"))
    later((task.due_on - clock.today()).days + 1)
    with pytest.raises(Refused) as told:
        assist.end(task, "conclude", "没有移出", actor=who("xingqing"))
    assert "没有帮扶记录" in told.value.sentence
    assist.note(task, "上门说明信用修复的办法", actor=who("xingqing"))
    assist.end(task, "conclude", "仍在名单上", actor=who("xingqing"))
    opened = exit.open_exit(title, said, actor=who("sheng-shenhe"))
    assert (opened.state, opened.incident_id) == ("drafted", row.pk)


def test_a_report_not_yet_confirmed_is_no_source_of_a_procedure(firm, reported):
    title = Certificate.objects.get(enterprise=firm, tier="specialised", state="valid")
    said = {
        "ground": "accident",
        "facts": "发生较大事故（测试），已认定",
        "source": "应急部门（测试）",
        "incident": reported.public_id,
    }
    with pytest.raises(Refused) as told:
        exit.open_exit(title, said, actor=who("sheng-shenhe"))
    assert [p.field for p in told.value.problems] == ["source"]


def test_both_sides_write_into_the_help_and_nobody_else(reported, firm):
    row = heard_and_confirmed(reported)
    task = Assistance.objects.filter(incident=row).order_by("id")[0]
    assist.note(task, "电话告知修复流程", actor=who("xingqing"))
    assist.note(task, "已向法院履行完毕，附证明", actor=who("qiye-zhang"))
    assert list(task.notes.values_list("is_firm", flat=True)) == [False, True]
    for stranger in ("qiye-wang", "dawukou"):
        with pytest.raises(Missing):
            assist.note(task, "与我无关", actor=who(stranger))
    assist.end(task, "mend", "已移出名单", actor=who("xingqing"))
    with pytest.raises(Refused):
        assist.note(task, "结束以后", actor=who("qiye-zhang"))


@pytest.fixture
def quiet_title(house):
    """A title of which the demo's sums said nothing."""
    return Certificate.objects.filter(state="valid", findings=None, assistances=None).order_by("id")[0]


def unsupported(title):
    return Finding.objects.create(
        certificate=title, region_path=title.region_path, kind="unsupported", rule_set_code="T2-2022",
        sentences=["研发费用占比（第四条）不满足"], on=clock.today(), first_seen=clock.today(),
    )  # fmt: skip


def test_a_yellow_light_opens_help_once_however_often_the_night_is_asked(quiet_title):
    finding = unsupported(quiet_title)
    for _ in range(3):
        assist.look_at("片一", [quiet_title.pk])
        work.drain([assist.KIND])
    assist.look_at("片二", [quiet_title.pk])
    work.drain([assist.KIND])
    task = Assistance.objects.get(finding=finding)
    assert (task.state, task.missing, task.ground) == ("open", ["研发费用占比（第四条）不满足"], "")
    assert AuditEvent.objects.filter(object_id=task.public_id, act="assistance.create").count() == 1


def test_when_the_facts_carry_the_title_again_the_help_ends_by_itself(quiet_title):
    finding = unsupported(quiet_title)
    assist.look_at("一", [quiet_title.pk])
    work.drain([assist.KIND])
    Finding.objects.filter(pk=finding.pk).update(closed_on=clock.today())
    assist.look_at("二", [quiet_title.pk])
    work.drain([assist.KIND])
    assert Assistance.objects.get(finding=finding).state == "mended"
    assert not WorkItem.objects.filter(kind=assist.KIND).exclude(state="done").exists()


def test_help_by_hand_wants_a_ground_that_asks_for_it_and_says_what_is_missing(firm):
    title = Certificate.objects.get(enterprise=firm, tier="specialised", state="valid")
    with pytest.raises(Refused) as told:
        assist.open_by_hand(title, "fraud", "", actor=who("sheng-shenhe"))
    assert [p.field for p in told.value.problems] == ["ground", "facts"]
    row = assist.open_by_hand(title, "change_not_reported", "补报2026年的股权变更", actor=who("sheng-shenhe"))
    assert row.due_on == add_workdays(clock.today(), 30)
    with pytest.raises(Refused):
        assist.open_by_hand(title, "change_not_reported", "补报2026年的股权变更", actor=who("sheng-shenhe"))


def test_the_rate_of_false_alarms_is_counted_over_what_was_judged(firm, house):
    make_official("ping", "64", "reviewer", second_factor=False)
    source = "测试来源单位甲"
    rows = [
        incident.report(firm, GIVEN | {"source": source, "document": f"测试文号{n}"}, actor=who("xingqing"))
        for n in range(3)
    ]
    incident.judge(rows[0], "call_false", "同名企业", actor=who("ping"))
    told = next(line for line in incident.tally(who("ping")) if line["source"] == source)
    assert told == {"source": source, "reported": 3, "judged": 1, "wrong": 1}


def test_a_paper_starts_the_days_of_a_firm_that_has_nobody_here(reported):
    day = clock.today()
    with pytest.raises(Refused) as told:
        incident.serve_on_paper(reported, day - timedelta(days=1), "EMS1（测试）", actor=who("xingqing"))
    assert [p.field for p in told.value.problems] == ["served_on"]
    incident.serve_on_paper(reported, day, "EMS1（测试）", actor=who("xingqing"))
    assert incident.reply_until(reported) == add_workdays(day, 10)
    with pytest.raises(Refused):
        incident.serve_on_paper(reported, date(2099, 1, 1), "", actor=who("xingqing"))

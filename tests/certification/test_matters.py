"""What is open about a firm is in sight where its case is decided, and keeps it from the title until two people have ruled."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps as django_apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import bulk, exit, incident, matters, obstacles, override
from certification.grounds import grounds
from certification.incident_kinds import incident_kinds
from certification.models import Application, Certificate, Consultation, Incident, Override
from certification.permissions import INCIDENT
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.refusals import Missing, Refused
from tests.certification.listable import listable
from tests.certification.lists import announced, published
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
ACCIDENT = {
    "kind": "safety", "source": "某市应急管理局（测试）", "document": "事故批复 测试1号", "facts": "较大事故，已批复结案（测试）",
}  # fmt: skip
RULING = {"ruling_code": "below", "ruling_text": "批复认定为一般事故，未达到规定的程度（测试）"}
FRAUD = {"ground": "fraud", "facts": "申报材料系伪造，已经查实（测试）", "source": "核查报告（测试）"}


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        Incident.objects.filter(state__in=["reported", "confirmed"]).update(state="false_alarm")
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def case(house):
    """A provincial case before the province, ready to be listed but for what the tests put in its way."""
    Consultation.objects.all().delete()
    rows = Application.objects.filter(state="province_review", tier="specialised").exclude(outcome="unmet")
    found = rows.filter(enterprise__memberships__state="verified").order_by("id")[0]
    listable(found)
    assert obstacles.obstacles([found]) == {}
    return found


def reported(case, days=40, **told):
    day = (clock.today() - timedelta(days=days)).isoformat()
    return incident.report(case.enterprise, ACCIDENT | {"happened_on": day} | told, actor=who("sheng-shenhe"))


def confirmed(case, **told):
    row = reported(case, **told)
    member = case.enterprise.memberships.filter(state="verified").first().user
    incident.reply(row, "情况属实，已整改。", actor=Principal.of_user(member))
    return incident.judge(row, "confirm", "批复属实", actor=who("sheng-chuzhang"))


def noticed(case):
    title = Certificate.objects.filter(enterprise=case.enterprise, state="valid").order_by("id")[0]
    row = exit.open_exit(title, FRAUD, actor=who("sheng-shenhe"))
    return exit.serve_notice(row, actor=who("sheng-shenhe"), hearing_workdays=5)


def post(case):
    return published(case.call, [case], actor=who("sheng-chuzhang"))


def ruled(case):
    return override.sign(matters.ask(case, RULING, actor=who("sheng-shenhe")), actor=who("sheng-chuzhang"))


def test_a_firm_with_a_confirmed_accident_is_not_listed_before_two_people_have_ruled(case):
    confirmed(case)
    with pytest.raises(Refused) as told:
        post(case)
    assert case.enterprise_name in told.value.sentence and "较大以上生产安全事故" in told.value.sentence
    row = matters.ask(case, RULING, actor=who("sheng-shenhe"))
    with pytest.raises(Refused):
        post(case)
    override.sign(row, actor=who("sheng-chuzhang"))
    assert post(case).state == "running"
    said = AuditEvent.objects.filter(object_id=case.public_id, act__startswith="override.").order_by("id")
    assert list(said.values_list("act", "audience")) == [
        ("override.rule", "office"),
        ("override.sign_ruling", "office"),
    ]
    assert "判断较大以上生产安全事故" in said[0].sentence and "未达到规定的程度" in said[0].sentence
    assert Change.objects.filter(public_id=case.public_id, changed_fields=["overrides"]).count() == 2


def test_a_noticed_fraud_exit_holds_the_case_and_asks_for_a_new_ruling_when_it_was_decided(case):
    row = noticed(case)
    with pytest.raises(Refused, match="退出程序：申报材料弄虚作假"):
        post(case)
    ruled(case)
    assert matters.unruled([case]) == {}
    for state in ("heard", "deliberated"):
        exit.Exit.objects.filter(pk=row.pk).update(state=state)
    assert matters.unruled([case]) == {}
    exit.Exit.objects.filter(pk=row.pk).update(state="decided")
    assert "已决定" in matters.unruled([case])[case.pk][0]


def test_what_two_people_have_ruled_outlives_a_new_wording_of_kind_state_and_ground(case, monkeypatch):
    confirmed(case)
    noticed(case)
    row = ruled(case)
    assert all(code.split(":")[0] in ("incident", "exit") for code in row.codes) and len(row.codes) == 2
    kinds = {code: replace(kind, label=f"{kind.label}（新说法）") for code, kind in incident_kinds().items()}
    monkeypatch.setattr("certification.models.incident.incident_kinds", lambda: kinds)
    named = {code: replace(ground, label=f"{ground.label}（新说法）") for code, ground in grounds().items()}
    monkeypatch.setattr(matters, "grounds", lambda: named)
    monkeypatch.setitem(INCIDENT.states.labels, "confirmed", replace(INCIDENT.states.labels["confirmed"], officer="属实（新说法）"))  # fmt: skip
    assert any("新说法" in matter.what for matter in matters.matters([case.enterprise_id], who("sheng-shenhe"))[case.enterprise_id])  # fmt: skip
    assert matters.unruled([case]) == {} and not any("新说法" in words for words in row.named)


def test_a_ruling_kept_under_its_old_words_is_found_by_key_and_one_that_names_nothing_is_asked_again(case):
    confirmed(case)
    noticed(case)
    row = ruled(case)
    codes, words = row.codes, row.named
    Override.objects.filter(pk=row.pk).update(codes=[*words, "另一件（已不在）"], named=[])
    moved = import_module("certification.migrations.0049_matters_by_key")
    moved.by_key(django_apps)
    row.refresh_from_db()
    assert (row.codes, row.named) == ([*codes, "另一件（已不在）"], [*words, "另一件（已不在）"])
    assert matters.unruled([case]) == {}


def test_what_comes_up_while_the_list_runs_keeps_the_case_from_the_announcement(case):
    post(case)
    for state in ("posted", "decided"):
        Application.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    confirmed(case)
    director = who("sheng-chuzhang")
    (line,) = bulk.preview("announce", case.call, [case], actor=director)
    assert "还没有在案件里写明判断" in line.problem
    with pytest.raises(Refused, match="还没有在案件里写明判断"):
        announced(case.call, [case], actor=director, document_number="（测试）11号")
    ruled(case)
    made = announced(case.call, [case], actor=director, document_number="（测试）11号")
    assert Certificate.objects.filter(announcement=made, application=case).exists()


def test_a_report_that_nobody_has_confirmed_and_a_false_alarm_cost_the_firm_nothing(case):
    row = reported(case)
    (shown,) = matters.panel(case, who("sheng-shenhe"))["matters"]
    assert (shown.stands, shown.holds) == ("待核实", False) and matters.unruled([case]) == {}
    incident.judge(
        row,
        "call_false",
        "同名企业",
        actor=who("xingqing") if who("xingqing").reaches(row.region_path) else who("sheng-chuzhang"),
    )
    assert matters.panel(case, who("sheng-shenhe"))["matters"] == []


def test_closing_an_accident_removes_no_question_for_three_years_and_what_was_mended_is_over(case):
    accident = confirmed(case)
    incident.judge(accident, "close", "已处理完毕", actor=who("sheng-chuzhang"))
    assert "已办结" in matters.unruled([case])[case.pk][0]
    old = confirmed(case, days=3 * 366 + 5, document="事故批复 测试2号")
    incident.judge(old, "close", "已处理完毕", actor=who("sheng-chuzhang"))
    listed = confirmed(case, kind="abnormal", document="查询记录 测试3号")
    assert len(matters.unruled([case])[case.pk]) == 2
    incident.judge(listed, "close", "已移出名录", actor=who("sheng-chuzhang"))
    assert len(matters.unruled([case])[case.pk]) == 1


def test_a_new_matter_after_the_signature_asks_for_a_new_ruling(case):
    confirmed(case)
    ruled(case)
    with pytest.raises(Refused) as told:
        matters.ask(case, RULING, actor=who("sheng-shenhe"))
    assert told.value.code == "duplicate"
    confirmed(case, kind="quality", document="质量通报 测试4号")
    assert [code for code in matters.unruled([case])[case.pk] if "严重质量问题" in code]
    ruled(case)
    assert matters.unruled([case]) == {}
    assert Override.objects.filter(application=case, against="matters").count() == 2


def test_a_ruling_is_not_signed_once_more_has_come_up_nor_when_the_case_is_over(case):
    confirmed(case)
    matters.ask(case, RULING, actor=who("sheng-shenhe"))
    confirmed(case, document="事故批复 测试2号")
    with pytest.raises(Refused, match="重新写明"):
        matters.sign(case, actor=who("sheng-chuzhang"))
    matters.ask(case, RULING, actor=who("sheng-shenhe"))
    for state in ("to_refuse", "refused"):
        Application.objects.filter(pk=case.pk).update(state=state)
    with pytest.raises(Refused, match="已经办结"):
        matters.sign(Application.objects.get(pk=case.pk), actor=who("sheng-chuzhang"))
    assert not Override.objects.filter(application=case, against="matters", signed_at__isnull=False).exists()


def test_what_holds_cases_is_asked_in_as_many_queries_for_three_as_for_one(case):
    counts = []
    for many in (1, 3):
        rows = list(Application.objects.filter(state="province_review", tier="specialised").order_by("id")[:many])
        assert len(rows) == many
        with CaptureQueriesContext(connection) as asked:
            obstacles.obstacles(rows)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_only_the_province_rules_and_never_one_person_alone(case):
    confirmed(case)
    for stranger in ("xingqing", "yinchuan", "qiye-zhang", "zhuanjia-1"):
        with pytest.raises(Missing):
            matters.ask(case, RULING, actor=who(stranger))
    row = matters.ask(case, RULING, actor=who("sheng-chuzhang"))
    with pytest.raises(Refused, match="不能自己签字"):
        override.sign(row, actor=who("sheng-chuzhang"))
    with pytest.raises(Missing):
        override.sign(row, actor=who("sheng-shenhe"))
    make_official("fuzhuren", "64", "leader", second_factor=False)
    assert override.sign(row, actor=who("fuzhuren")).signed_at


def test_a_ruling_without_a_reason_of_the_list_or_without_words_says_what_why_and_how(case):
    confirmed(case)
    with pytest.raises(Refused) as told:
        matters.ask(case, {"ruling_code": "committee", "ruling_text": "短"}, actor=who("sheng-shenhe"))
    assert [p.field for p in told.value.problems] == ["ruling_code", "ruling_text"]
    assert all(p.clause and p.hint for p in told.value.problems)
    with pytest.raises(Refused) as told:
        matters.ask(case, RULING | {"ruling_text": "长" * 4001}, actor=who("sheng-shenhe"))
    assert "最多4000字，现在有4001字" in told.value.problems[0].message
    clean = Application.objects.filter(state="province_review").exclude(enterprise=case.enterprise).order_by("-id")[0]
    with pytest.raises(Refused) as told:
        matters.ask(clean, RULING, actor=who("sheng-shenhe"))
    assert told.value.code == "conflict"


def test_a_vote_of_a_meeting_is_no_ruling(case):
    confirmed(case)
    assert case.pk in obstacles.obstacles([case], voted=True)


def test_the_case_the_worklist_and_the_enterprise_page_name_it_to_those_who_work_on_cases(house, case):
    confirmed(case)
    reviewer = house.signed_in("sheng-shenhe")
    page = reviewer.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "情况、帮扶和退出程序" in page and "事故批复 测试1号" in page and "写明判断：为什么不影响本次办理" in page
    assert (
        f'/desk/cases/{case.public_id}/#matters">情况或程序'
        in reviewer.get("/desk/cases/?view=all&q=" + case.credit_code).content.decode()
    )
    assert "事故批复 测试1号" in reviewer.get(f"/desk/enterprises/{case.enterprise.public_id}/").content.decode()
    member = case.enterprise.memberships.filter(state="verified").first().user
    for address in (f"/my/applications/{case.public_id}/", "/my/facts/"):
        assert "写明判断" not in house.signed_in(member.username).get(address).content.decode()
    for foreign in ("dawukou", "zhuanjia-1"):
        assert house.signed_in(foreign).get(f"/desk/cases/{case.public_id}/").status_code in (403, 404)


def test_the_page_asks_keeps_what_was_typed_and_lets_another_sign(house, case):
    confirmed(case)
    address = f"/desk/cases/{case.public_id}/override/"
    reviewer, leader = house.signed_in("sheng-shenhe"), house.signed_in("sheng-chuzhang")
    refused = reviewer.post(address, {"act": "ask", "against": "matters", "ruling_code": "", "ruling_text": "一般事故"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "一般事故</textarea>" in page and "请选择理由" in page and "依据：" in page
    assert reviewer.post(address, {"act": "ask", "against": "matters"} | RULING).status_code == 302
    assert "待第二人签字" in leader.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert house.signed_in("xingqing").post(address, {"act": "sign", "against": "matters"}).status_code == 404
    assert leader.post(address, {"act": "sign", "against": "matters"}).status_code == 302
    assert obstacles.obstacles([case]) == {}


def test_a_county_sees_what_is_open_about_its_firms_and_not_about_others(case):
    confirmed(case)
    here = next(n for n in ("xingqing", "dawukou", "yinchuan", "shizuishan") if who(n).reaches(case.region_path))
    away = next(n for n in ("xingqing", "dawukou") if not who(n).reaches(case.region_path))
    assert case.enterprise_id in matters.matters([case.enterprise_id], who(here))
    assert matters.matters([case.enterprise_id], who(away)) == {}
    assert matters.matters([case.enterprise_id], who("zhuanjia-1")) == {}


def test_many_firms_are_asked_about_in_as_many_queries_as_one(case, django_assert_num_queries):
    firms = list(Application.objects.values_list("enterprise_id", flat=True).distinct()[:40])
    for ids in (firms[:1], firms):
        with django_assert_num_queries(3):
            matters.matters(ids, who_reads)


who_reads = Principal(
    kind="official", name="审核", level="province", roles=frozenset({"reviewer"}), reach=("64",), office_path="64"
)

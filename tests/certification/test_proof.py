"""A report that was found true is a fact of the firm, said by the offices, for as long as it counts and not a day longer."""

from datetime import date

import pytest

from certification import incident, proof, sweep
from certification.incident_kinds import incident_kinds
from certification.models import Certificate, Finding, Incident
from certification.standing import standing_of
from enterprises import report
from enterprises.models import Source, Statement, Touched
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.ledger.models import WorkItem
from foundation.refusals import Refused
from tests.certification.titled import owner, titled
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
HOUSE = Principal.system("calendar")
ACCIDENT = {
    "kind": "safety", "happened_on": "2026-02-10", "source": "某市应急管理局（测试）", "document": "事故批复 测试1号",
    "facts": "较大事故，已批复结案（测试）",
}  # fmt: skip
LISTED = ACCIDENT | {"kind": "abnormal", "document": "查询记录 测试2号", "facts": "列入经营异常名录（测试）"}


@pytest.fixture
def people(county, province, director):
    """The county reports, the province finds it true, the director may call it false."""
    return {name: Principal.of_user(user) for name, user in (("reports", county), ("confirms", province), ("third", director))}  # fmt: skip


def confirmed(firm, people, **told):
    row = incident.report(firm, ACCIDENT | told, actor=people["reports"])
    incident.reply(row, "情况属实，已整改。", actor=owner(firm))
    return incident.judge(row, "confirm", "批复属实", actor=people["confirms"])


def known(firm, name="major_incident_3y"):
    fact = standing_of(firm, clock.today()).get(name)
    return (fact.value, str(fact.source)) if fact else None


def say(firm, value):
    report.report(firm, {"major_incident_3y": value}, actor=owner(firm), on=clock.today())


def test_a_confirmed_accident_is_government_data_that_the_next_sweep_reads_beside_what_the_firm_says(firm, people):
    say(firm, False)
    Touched.objects.all().delete()
    row = confirmed(firm, people)
    assert known(firm) == (True, "government")
    fact = standing_of(firm, clock.today())["major_incident_3y"]
    assert fact.conflicting == ((str(Source.SELF), False),)
    assert Touched.objects.filter(enterprise=firm, names__contains=["major_incident_3y"]).exists()
    assert (row.proved, row.proved_words) == ("major_incident_3y", fact_label())
    assert WorkItem.objects.filter(kind=sweep.OPEN, key__contains=f"{row.public_id} found").count() == 1
    said = AuditEvent.objects.get(act="enterprise.found", object_id=firm.public_id)
    assert (
        "某市应急管理局（测试）" in said.sentence
        and "事故批复 测试1号" in said.sentence
        and said.audience == "applicant"
    )
    assert Change.objects.filter(public_id=firm.public_id, changed_fields=["major_incident_3y"]).exists()


def fact_label():
    return incident_kinds()["safety"].fact_words


def test_before_it_was_found_true_nothing_is_written(firm, people):
    incident.report(firm, ACCIDENT, actor=people["reports"])
    assert known(firm) is None and not Statement.objects.filter(source=Source.GOVERNMENT, enterprise=firm).exists()


def test_a_false_alarm_takes_it_back_and_what_the_firm_said_counts_again(firm, people):
    say(firm, False)
    row = confirmed(firm, people)
    incident.judge(row, "call_false", "批复更正：不是这家企业", actor=people["third"])
    row.refresh_from_db()
    assert (known(firm), row.proved) == ((False, "self"), "")
    assert AuditEvent.objects.filter(act="enterprise.found_no_more", object_id=firm.public_id).count() == 1


def test_what_offices_had_said_before_is_said_again_and_what_they_say_since_is_left_alone(house, people):
    first, second = titled(), titled()
    for firm in (first, second):
        Statement.objects.create(enterprise=firm, name="major_incident_3y", value=False, source=Source.GOVERNMENT, seen_at=clock.now())  # fmt: skip
    rows = {firm: confirmed(firm, people) for firm in (first, second)}
    Statement.objects.create(enterprise=second, name="major_incident_3y", value=False, source=Source.GOVERNMENT, seen_at=clock.now())  # fmt: skip
    for firm, row in rows.items():
        incident.judge(row, "call_false", "批复更正：不是这家企业", actor=people["third"])
        assert known(firm) == (False, "government")
    assert Statement.objects.filter(enterprise=second, source=Source.GOVERNMENT).count() == 3


def test_of_two_that_prove_the_same_one_false_alarm_leaves_the_other_standing(firm, people):
    first, second = confirmed(firm, people), confirmed(firm, people, kind="quality", document="通报 测试3号")
    incident.judge(first, "call_false", "批复更正", actor=people["third"])
    assert known(firm) == (True, "government")
    second.refresh_from_db()
    incident.judge(second, "call_false", "通报更正", actor=people["third"])
    assert known(firm) is None


def test_the_second_of_two_may_fall_first_and_the_fact_goes_with_the_last(firm, people):
    first, second = confirmed(firm, people), confirmed(firm, people, kind="quality", document="通报 测试3号")
    incident.judge(second, "call_false", "通报更正", actor=people["third"])
    assert known(firm) == (True, "government")
    first.refresh_from_db()
    incident.judge(first, "call_false", "批复更正", actor=people["third"])
    assert known(firm) is None


def test_an_accident_counts_for_three_years_whether_the_case_is_closed_or_not(firm, people, on):
    row = confirmed(firm, people)
    incident.judge(row, "close", "整改完成", actor=people["reports"])
    on(date(2029, 2, 9))
    assert proof.keep_up(actor=HOUSE) == 0 and known(firm) == (True, "government")
    on(date(2029, 2, 10))
    assert proof.keep_up(actor=HOUSE) == 1 and known(firm) is None
    assert proof.keep_up(actor=HOUSE) == 0


def test_an_entry_on_a_list_counts_until_the_office_closes_the_case(firm, people):
    row = confirmed(firm, people, **LISTED)
    assert known(firm, "on_abnormal_list") == (True, "government")
    incident.judge(row, "close", "已移出名录", actor=people["reports"])
    assert known(firm, "on_abnormal_list") is None


def test_what_happened_more_than_three_years_ago_and_what_a_person_must_judge_prove_nothing(firm, people):
    old = confirmed(firm, people, happened_on="2021-02-10")
    fined = confirmed(firm, people, kind="penalty", document="罚字 测试4号")
    assert (old.proved, fined.proved) == ("", "")
    assert not Statement.objects.filter(enterprise=firm, source=Source.GOVERNMENT).exists()


def test_a_report_found_true_before_its_proof_was_kept_is_caught_up_with_once(firm, people):
    row = confirmed(firm, people)
    Statement.objects.filter(enterprise=firm, source=Source.GOVERNMENT).delete()
    Incident.objects.filter(pk=row.pk).update(proved="")
    assert proof.keep_up(actor=HOUSE) == 1 and known(firm) == (True, "government")
    assert proof.keep_up(actor=HOUSE) == 0


def test_the_fact_changes_no_title_and_another_county_reads_nothing_of_it(firm, people, signed_in):
    row = confirmed(firm, people)
    assert set(Certificate.objects.filter(enterprise=firm).values_list("state", flat=True)) == {"valid"}
    assert not Finding.objects.filter(certificate__enterprise=firm, kind="unsupported").exists()
    stranger = make_official("dawukou-shenhe", "64/6402/640202", "reviewer", "leader")
    assert signed_in(stranger).get(f"/desk/rereviews/incidents/{row.public_id}/").status_code == 404
    with pytest.raises(Refused):
        incident.judge(row, "call_false", "我们认为不实", actor=Principal.of_user(stranger))
    assert known(firm) == (True, "government")

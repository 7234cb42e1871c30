"""A firm is heard by whichever way it speaks: the day of receipt counts, and what came in time is never lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certification import exit, hear, incident
from certification.models import Certificate, ExitReply, IncidentReply
from enterprises.models import Evidence
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.certification.test_exit import DECIDED, DELIBERATED, FACTS
from tests.certification.test_incident import GIVEN
from tests.conftest import make_official

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def later(settings):
    def move_on(days):
        settings.CLOCK_OFFSET_SECONDS += days * 86_400

    return move_on


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def people(house):
    make_official("fuzhuren", "64", "leader", second_factor=False)
    return {"opens": who("sheng-shenhe"), "panel": who("sheng-chuzhang"), "decides": who("fuzhuren")}


@pytest.fixture
def noticed(people):
    title = Certificate.objects.get(
        enterprise__memberships__user__username="qiye-zhang", tier="specialised", state="valid"
    )
    row = exit.open_exit(title, FACTS, actor=people["opens"])
    row = exit.serve_notice(row, actor=people["opens"], hearing_workdays=5)
    return exit.serve_on_paper(row, clock.today(), "EMS（测试）", actor=people["opens"])


@pytest.fixture
def reported(house):
    title = Certificate.objects.get(
        enterprise__memberships__user__username="qiye-zhang", tier="specialised", state="valid"
    )
    row = incident.report(title.enterprise, GIVEN, actor=who("xingqing"))
    return incident.serve_on_paper(row, clock.today(), "EMS（测试）", actor=who("xingqing"))


def paper(name="陈述书.png"):
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def said(**changed):
    return {
        "way": "paper", "said_by": "王某，法定代表人", "received_on": clock.today().isoformat(), "text": "已于期限内整改，附验收单。",
    } | changed  # fmt: skip


def test_a_letter_on_paper_is_kept_with_its_scan_its_day_and_who_spoke_and_the_firm_reads_it(noticed, house):
    made = hear.hear_exit(noticed, said(), actor=who("xingqing"), upload=paper())
    kept = ExitReply.objects.get(exit=noticed)
    assert (kept.way, kept.said_by, kept.received_on, kept.evidence.title) == (
        "paper", "王某，法定代表人", clock.today(), "陈述材料（书面）",
    )  # fmt: skip
    assert kept.evidence == Evidence.objects.get(pk=made.evidence_id) and kept.evidence.enterprise == noticed.enterprise
    assert kept.came.startswith("王某，法定代表人，书面，") and kept.came.endswith("登记")
    told = Message.objects.get(subject="已登记贵公司的陈述申辩", recipient__username="qiye-zhang")
    assert "已于期限内整改" in told.body and told.url == f"/my/exits/{noticed.public_id}/"
    page = house.signed_in("qiye-zhang").get(told.url).content.decode()
    assert "已于期限内整改" in page and "陈述书.png" in page and "兴庆" in page
    assert who("xingqing").name not in page.split("您的陈述申辩")[1].split("</section>")[0]


def test_what_was_said_by_phone_must_be_answered_like_everything_else(noticed, people, later):
    call = said(way="phone", text="法定代表人来电：处罚已撤销，稍后寄材料。来电 0951-0000000，接听人甲。")
    hear.hear_exit(noticed, call, actor=people["opens"])
    later(30)
    row = exit.close_hearing(noticed, actor=people["opens"])
    with pytest.raises(Refused) as told:
        exit.deliberate(row, DELIBERATED | {"answer_to_reply": ""}, actor=people["panel"])
    assert [p.field for p in told.value.problems] == ["answer_to_reply"]
    assert exit.deliberate(row, DELIBERATED, actor=people["panel"]).state == "deliberated"


def test_a_letter_received_in_time_and_written_down_after_the_deliberation_takes_the_case_back_to_the_panel(
    noticed, people, later
):
    in_time = clock.today().isoformat()
    later(30)
    row = exit.close_hearing(noticed, actor=people["opens"])
    row = exit.deliberate(row, DELIBERATED | {"answer_to_reply": ""}, actor=people["panel"])
    hear.hear_exit(row, said(received_on=in_time), actor=people["opens"], upload=paper())
    row.refresh_from_db()
    assert (row.state, row.deliberation, row.panel, row.deliberated_by_id) == ("heard", "", [], None)
    with pytest.raises(Refused):
        exit.deliberate(row, DELIBERATED | {"answer_to_reply": ""}, actor=people["panel"])
    row = exit.deliberate(row, DELIBERATED, actor=people["panel"])
    assert exit.decide(row, DECIDED, actor=people["decides"]).state == "decided"


def test_a_letter_received_after_the_closing_is_not_passed_off_as_one_in_time(noticed, people, later):
    later(30)
    row = exit.close_hearing(noticed, actor=people["opens"])
    with pytest.raises(Refused) as told:
        hear.hear_exit(row, said(), actor=people["opens"], upload=paper())
    assert told.value.code == "conflict" and "陈述申辩到" in told.value.sentence
    assert ExitReply.objects.filter(exit=row).count() == 0


def test_after_the_decision_the_office_is_told_what_is_left_to_do(noticed, people, later):
    in_time = clock.today().isoformat()
    later(30)
    row = exit.close_hearing(noticed, actor=people["opens"])
    row = exit.deliberate(row, DELIBERATED, actor=people["panel"])
    row = exit.decide(row, DECIDED, actor=people["decides"])
    with pytest.raises(Refused) as told:
        hear.hear_exit(row, said(received_on=in_time), actor=people["opens"], upload=paper())
    assert told.value.code == "conflict" and "决定已经作出" in told.value.sentence


def test_every_gap_is_named_at_its_field_and_nothing_is_kept(noticed):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    given = said(way="paper", said_by="", received_on=tomorrow, text="无")
    with pytest.raises(Refused) as told:
        hear.hear_exit(noticed, given, actor=who("xingqing"))
    assert [p.field for p in told.value.problems] == ["said_by", "received_on", "text", "file"]
    with pytest.raises(Refused) as told:
        hear.hear_exit(noticed, said(said_by="王" * 81), actor=who("xingqing"), upload=paper())
    assert [p.message for p in told.value.problems] == ["陈述人和身份最多80字"]
    with pytest.raises(Refused) as told:
        hear.hear_exit(noticed, said(received_on="2020-01-01"), actor=who("xingqing"), upload=paper())
    assert [p.field for p in told.value.problems] == ["received_on"]
    assert not ExitReply.objects.filter(exit=noticed).exists()


@pytest.mark.parametrize("name", ["qiye-zhang", "dawukou", "zhuanjia-1", "sheng-guanli"])
def test_nobody_else_speaks_for_the_firm(noticed, reported, name):
    for verb, row in ((hear.hear_exit, noticed), (hear.hear_incident, reported)):
        with pytest.raises(Missing):
            verb(row, said(), actor=who(name), upload=paper())


def test_a_suspended_procedure_still_hears_the_firm(noticed, people):
    row = exit.suspend(noticed, "已申请复议，负责人决定中止", actor=people["panel"])
    assert hear.hear_exit(row, said(), actor=people["opens"], upload=paper()).way == "paper"


def test_an_answer_at_the_counter_counts_as_having_been_heard_before_a_report_is_called_true(reported):
    with pytest.raises(Refused):
        incident.judge(reported, "confirm", "信用平台查询属实", actor=who("sheng-shenhe"))
    hear.hear_incident(reported, said(way="counter"), actor=who("xingqing"), upload=paper("笔录.png"))
    kept = IncidentReply.objects.get(incident=reported)
    assert (kept.way, kept.evidence.title) == ("counter", "陈述材料（当面陈述）")
    assert incident.judge(reported, "confirm", "信用平台查询属实", actor=who("sheng-shenhe")).state == "confirmed"


def test_a_closed_report_takes_nothing_more(reported):
    row = incident.judge(reported, "call_false", "查询有误", actor=who("sheng-shenhe"))
    with pytest.raises(Refused) as told:
        hear.hear_incident(row, said(), actor=who("xingqing"), upload=paper())
    assert told.value.code == "conflict"


def test_the_pages_take_it_in_and_keep_what_was_typed(noticed, reported, house):
    client = house.signed_in("xingqing")
    for address in (f"/desk/exits/{noticed.public_id}/", f"/desk/rereviews/incidents/{reported.public_id}/"):
        refused = client.post(address, said(act="hear", said_by="李某，经办人"))
        body = refused.content.decode()
        assert refused.status_code == 422 and "请附上书面材料或笔录的扫描件" in body
        assert 'value="李某，经办人"' in body and "已于期限内整改，附验收单。</textarea>" in body
        assert client.post(address, said(act="hear") | {"file": paper()}).status_code == 302
        assert "王某，法定代表人，书面，" in client.get(address).content.decode()


def test_what_a_firm_sends_online_may_have_a_file(noticed, house):
    client = house.signed_in("qiye-zhang")
    address = f"/my/exits/{noticed.public_id}/"
    assert client.post(address, {"text": "处罚已撤销，见附件。", "file": paper("撤销决定.png")}).status_code == 302
    kept = ExitReply.objects.get(exit=noticed)
    assert (kept.way, kept.came, kept.evidence.original_name) == ("online", "", "撤销决定.png")

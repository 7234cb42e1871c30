"""Other departments are asked by rule, see only what they are asked, and their silence is nobody's "none"."""

import pytest

from certification import consult
from certification.models import Application, Consultation
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from portal.demo.consultations import settle
from tests.certification.listable import judge
from tests.certification.lists import published

pytestmark = pytest.mark.django_db
HOUSE = Principal.system("calendar")


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
def case(house):
    """A case before the province that nobody was asked about yet."""
    Consultation.objects.all().delete()
    found = Application.objects.filter(state="province_review", tier="specialised").order_by("id")[0]
    judge(found, who("sheng-shenhe"))
    return found


@pytest.fixture
def asked(case):
    consult.ask_by_rule(case, actor=who("sheng-shenhe"))
    return Consultation.objects.get(application=case, department="emergency")


def test_the_list_says_who_is_asked_about_which_tier_and_each_once(case):
    for _ in range(3):
        consult.keep_up(actor=HOUSE)
    assert sorted(case.consultations.values_list("department", flat=True)) == [
        "credit",
        "emergency",
        "environment",
        "tax",
    ]
    innovative = Application.objects.filter(tier="innovative", state="province_review")
    assert innovative.exists() and not Consultation.objects.filter(application__in=innovative).exists()


def test_the_department_is_told_and_answers_by_its_own_account(asked):
    letter = Message.objects.get(about_id=asked.public_id, recipient__username="bumen-yingji")
    assert "不视为“没有”" in letter.body
    done = consult.answer(
        consult.find(who("bumen-yingji"), asked.public_id), {"finding": "none"}, actor=who("bumen-yingji")
    )
    assert (done.state, done.way, done.needs_ruling) == ("answered", "account", False)


def test_a_finding_names_its_clause_and_what_happened(asked):
    with pytest.raises(Refused) as told:
        consult.answer(asked, {"finding": "found"}, actor=who("bumen-yingji"))
    assert [p.field for p in told.value.problems] == ["details", "clause"]
    with pytest.raises(Refused) as told:
        consult.answer(asked, {}, actor=who("sheng-shenhe"))
    assert [p.field for p in told.value.problems] == ["finding", "document"]


def test_a_department_sees_its_own_questions_and_nothing_of_any_case(house, asked):
    yingji = who("bumen-yingji")
    assert yingji.reach == () and yingji.roles == {"department"}
    assert {row.department for row in consult.asked_of(yingji)} == {"emergency"}
    tax = Consultation.objects.get(application=asked.application, department="tax")
    with pytest.raises(Missing):
        consult.find(yingji, tax.public_id)
    client = house.signed_in("bumen-yingji")
    page = client.get(f"/consultations/{asked.public_id}/").content.decode()
    assert asked.enterprise_name in page and asked.application.receipt_number not in page
    for closed in (
        "/desk/",
        f"/desk/cases/{asked.application.public_id}/",
        "/desk/cases/",
        "/desk/titles/",
        "/desk/movements/",
    ):
        assert client.get(closed).status_code == 404, closed


def test_silence_becomes_a_persons_task_and_stops_the_case_until_then(asked, later):
    later((asked.due_on - clock.today()).days)
    assert consult.keep_up(actor=HOUSE)["silent"] == 0
    later(1)
    assert consult.keep_up(actor=HOUSE)["silent"] == 4
    asked.refresh_from_db()
    assert (asked.state, asked.finding, asked.needs_ruling) == ("silent", "", True)
    case = asked.application
    with pytest.raises(Refused) as told:
        published(case.call, [case], actor=who("sheng-chuzhang"))
    assert told.value.code == "conflict" and "人工判断" in told.value.sentence
    with pytest.raises(Refused) as told:
        consult.rule(asked, "电话核实没有事故记录", actor=who("sheng-shenhe"))
    assert told.value.code == "forbidden"
    for row in Consultation.objects.filter(application=case):
        consult.rule(row, "电话核实没有有关记录，通话记录存档", actor=who("sheng-chuzhang"))
    assert published(case.call, [case], actor=who("sheng-chuzhang")).state == "running"


def test_a_question_that_waits_or_was_never_asked_is_no_answer_either(case):
    director = who("sheng-chuzhang")
    with pytest.raises(Refused) as told:
        published(case.call, [case], actor=director)
    assert "应急管理部门（还没有征求）" in told.value.sentence and told.value.code == "conflict"
    consult.ask_by_rule(case, actor=who("sheng-shenhe"))
    asked = Consultation.objects.get(application=case, department="emergency")
    with pytest.raises(Refused) as told:
        published(case.call, [case], actor=director)
    assert f"应急管理部门（等答复，期限{asked.due_on:%Y年%-m月%-d日}）" in told.value.sentence
    with pytest.raises(Refused) as refusal:
        consult.rule(asked, "  ", actor=director)
    assert refusal.value.code == "invalid"
    for row in Consultation.objects.filter(application=case):
        assert consult.rule(row, "电话核实没有有关记录，不再等书面答复", actor=director).state == "asked"
    assert published(case.call, [case], actor=director).state == "running"


def test_what_was_ruled_without_waiting_falls_when_the_department_finds_something(case):
    consult.ask_by_rule(case, actor=who("sheng-shenhe"))
    asked = Consultation.objects.get(application=case, department="emergency")
    consult.rule(asked, "电话核实没有有关记录", actor=who("sheng-chuzhang"))
    given = {"finding": "found", "details": "2025年发生一起较大事故（测试）", "clause": "批复（测试）"}
    assert consult.answer(asked, given, actor=who("bumen-yingji")).needs_ruling


def test_the_hour_reads_no_tier_that_nobody_is_asked_about(case):
    assert {row.tier for row in consult.not_asked()} == {"specialised", "little_giant", "champion"}
    consult.ask(case, ["tax"], actor=HOUSE)
    assert case in consult.not_asked()
    consult.keep_up(actor=HOUSE)
    assert consult.not_asked() == []


def test_a_late_answer_is_still_taken_in(asked, later):
    later((asked.due_on - clock.today()).days + 1)
    consult.keep_up(actor=HOUSE)
    asked.refresh_from_db()
    done = consult.answer(asked, {"finding": "none"}, actor=who("bumen-yingji"))
    assert (done.state, done.needs_ruling) == ("answered", False)


def test_an_answer_that_finds_something_waits_for_a_ruling_too(asked):
    given = {"finding": "found", "details": "2025年发生一起较大事故（测试）", "clause": "事故调查报告批复（测试）"}
    settle(asked.application, who("sheng-shenhe"), but="emergency")
    row = consult.answer(asked, given, actor=who("bumen-yingji"))
    assert row.needs_ruling
    with pytest.raises(Refused):
        published(row.application.call, [row.application], actor=who("sheng-chuzhang"))
    ruled = consult.rule(row, "该事故发生在三年以前", actor=who("sheng-chuzhang"))
    assert (ruled.state, ruled.needs_ruling) == ("answered", False)


def test_a_letter_on_paper_is_written_down_by_the_province_with_its_number(asked):
    tax = Consultation.objects.get(application=asked.application, department="tax")
    assert tax.office is None
    row = consult.answer(tax, {"finding": "none", "document": "税函〔2026〕1号（测试）"}, actor=who("sheng-shenhe"))
    assert (row.way, row.answered_by_name) == ("paper", str(User.objects.get(username="sheng-shenhe")))
    with pytest.raises(Missing):
        consult.ask_by_rule(asked.application, actor=who("xingqing"))


def test_the_pages_of_both_sides(house, asked):
    client = house.signed_in("bumen-yingji")
    assert asked.enterprise_name in client.get("/consultations/").content.decode()
    address = f"/consultations/{asked.public_id}/"
    refused = client.post(address, {"finding": "unclear", "details": "", "clause": "待核"})
    assert refused.status_code == 422 and 'value="待核"' in refused.content.decode()
    assert client.post(address, {"finding": "none"}).status_code == 302
    desk = house.signed_in("sheng-shenhe").get(f"/desk/cases/{asked.application.public_id}/").content.decode()
    assert "部门意见" in desk and "应急管理部门" in desk
    assert house.signed_in("qiye-zhang").get(address).status_code == 404
    assert house.signed_in("dawukou").get(address).status_code == 404

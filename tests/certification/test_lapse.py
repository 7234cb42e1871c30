"""A title comes to its last day: with a re-review in time it goes on, after a lapse a new title is a new entry."""

from datetime import date, timedelta

import pytest

from certification import certify, escalate, rule_continuation
from certification.models import Application, Certificate, running
from certification.movements import movements
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.certification.lists import announced
from tests.certification.titled import filed, titled

pytestmark = pytest.mark.django_db
HOUSE = Principal.system("calendar")
RULING = {
    "tier": "specialised", "ends_from": "2029-01-01", "ends_until": "2029-02-28", "keeps": "yes",
    "reason": "复核期间原称号衔接（测试）", "document_number": "宁示例〔测试〕7号",
}  # fmt: skip


@pytest.fixture
def boss(director):
    return Principal.of_user(director)


def title_of(firm):
    return Certificate.objects.filter(enterprise=firm).order_by("valid_from").first()


def announce(application, boss):
    announced(application.call, [application], actor=boss, document_number=f"（测试）{application.pk}号")


def kinds(firm, year):
    rows = movements([firm.region_path], date(year, 1, 1), date(year, 12, 31))
    return sorted((row.kind, row.state) for row in rows if row.credit_code == firm.credit_code)


def test_after_a_lapse_a_new_title_is_an_entry_and_the_exit_stays_in_the_ledger(house, on, boss):
    firm = titled()
    on(date(2029, 2, 1))
    certify.expire_due(actor=HOUSE)
    on(date(2029, 9, 1))
    announce(filed(firm, "decided", case_type="new"), boss)
    old = title_of(firm)
    assert (old.state, old.ended_on) == ("expired", date(2029, 1, 19))
    assert kinds(firm, 2029) == [("entered", "valid"), ("left", "expired")]


def test_a_re_review_that_was_filed_late_is_not_announced_and_one_in_time_goes_on(house, on, boss):
    late, timely = titled(), titled()
    on(date(2029, 1, 19))
    waits = filed(timely, "decided")
    on(date(2029, 1, 20))
    assert certify.expire_due(actor=HOUSE) == 2
    after = filed(late, "decided")
    with pytest.raises(Refused, match="期满以前没有提交"):
        announce(after, boss)
    announce(waits, boss)
    assert [title_of(firm).state for firm in (late, timely)] == ["expired", "renewed"]
    assert kinds(timely, 2029) == [("stayed", "valid")]


def test_without_a_ruling_the_title_ends_and_the_letter_says_that_the_re_review_goes_on(house, on, boss):
    firm = titled()
    on(date(2029, 1, 10))
    filed(firm, "screening")
    on(date(2029, 1, 20))
    certify.expire_due(actor=HOUSE)
    assert title_of(firm).state == "expired"
    letter = Message.objects.filter(enterprise_id=firm.pk, about_type="certification.certificate").latest("id")
    assert "期满，复核正在办理" in letter.subject and "办结后另行告知" in letter.body
    assert "可以按当年通知重新申请" not in letter.body


def test_when_the_re_review_is_refused_after_the_last_day_the_ledger_reads_not_renewed(house, on, boss):
    firm = titled()
    on(date(2029, 1, 10))
    application = filed(firm, "screening")
    on(date(2029, 1, 20))
    certify.expire_due(actor=HOUSE)
    assert kinds(firm, 2029) == [("left", "expired")]
    for state in ("to_refuse", "refused"):
        Application.objects.filter(pk=application.pk).update(state=state)
    certify.expire_due(actor=HOUSE)
    old = title_of(firm)
    assert (old.state, old.ended_on) == ("not_renewed", date(2029, 1, 19))
    assert kinds(firm, 2029) == [("left", "not_renewed")]


def test_by_a_ruling_the_title_goes_on_until_the_re_review_is_decided(house, on, boss, client):
    kept, idle = titled(), titled()
    on(date(2029, 1, 10))
    application = filed(kept, "screening")
    rule_continuation.rule_continuation(RULING, actor=boss)
    on(date(2029, 1, 25))
    certify.expire_due(actor=HOUSE)
    certify.expire_due(actor=HOUSE)
    title = title_of(kept)
    assert (title.state, title.kept_open_by.document_number, title.runs_on(clock.today())) == (
        "valid", "宁示例〔测试〕7号", True,
    )  # fmt: skip
    assert title_of(idle).state == "expired"
    assert Certificate.objects.filter(running(clock.today()), enterprise=kept).exists()
    told = Message.objects.filter(enterprise_id=kept.pk, subject__contains="依裁定继续有效")
    assert told.count() == 1
    assert "依裁定继续有效" in client.get(f"/titles/{title.number}/").content.decode()
    for state in ("to_refuse", "refused"):
        Application.objects.filter(pk=application.pk).update(state=state)
    certify.expire_due(actor=HOUSE)
    title.refresh_from_db()
    assert (title.state, title.ended_on) == ("not_renewed", date(2029, 1, 25))


def test_a_later_ruling_may_end_what_an_earlier_one_kept_open(house, on, boss):
    firm = titled()
    on(date(2029, 1, 10))
    filed(firm, "screening")
    rule_continuation.rule_continuation(RULING, actor=boss)
    on(date(2029, 1, 25))
    certify.expire_due(actor=HOUSE)
    rule_continuation.rule_continuation(RULING | {"keeps": "no"}, actor=boss)
    certify.expire_due(actor=HOUSE)
    assert (title_of(firm).state, title_of(firm).ended_on) == ("expired", date(2029, 1, 25))


def test_only_the_leader_rules_with_a_paper_and_not_on_titles_that_are_over(house, on, boss, province):
    with pytest.raises(Missing):
        rule_continuation.rule_continuation(RULING, actor=Principal.of_user(province))
    with pytest.raises(Refused) as told:
        rule_continuation.rule_continuation({"tier": "x"}, actor=boss)
    assert {p.field for p in told.value.problems} == {
        "tier", "ends_from", "ends_until", "keeps", "reason", "document_number",
    }  # fmt: skip
    on(date(2029, 3, 1))
    with pytest.raises(Refused) as told:
        rule_continuation.rule_continuation(RULING, actor=boss)
    assert [p.field for p in told.value.problems] == ["ends_until"]


def test_the_desk_is_told_once_before_the_last_day(house, on, county):
    firm = titled()
    on(date(2029, 1, 4))
    filed(firm, "screening")
    assert escalate.ask_for_titles_that_end() == 0
    on(date(2029, 1, 19) - timedelta(days=14))
    assert escalate.ask_for_titles_that_end() == escalate.ask_for_titles_that_end() == 1
    assert escalate.tell_the_desk_it_ends(title_of(firm).pk, actor=HOUSE) == 1
    letter = Message.objects.filter(subject__startswith="复核未办结，称号即将期满").latest("id")
    assert firm.name in letter.subject and "2029年1月19日" in letter.body and "期满衔接裁定" in letter.body


def test_the_page_shows_what_ends_undecided_and_lets_only_the_leader_rule(house, signed_in, province, director):
    firm = titled()
    title = title_of(firm)
    Certificate.objects.filter(pk=title.pk).update(valid_until=clock.today() + timedelta(days=10))
    filed(firm, "screening")
    page = signed_in(province).get("/desk/rereviews/continuations/").content.decode()
    assert firm.name in page and "没有裁定，期满即止" in page and "作出裁定" not in page
    leader = signed_in(director)
    assert leader.post("/desk/rereviews/continuations/", {}).status_code == 422
    day = (clock.today() + timedelta(days=10)).isoformat()
    made = leader.post("/desk/rereviews/continuations/", RULING | {"ends_from": day, "ends_until": day})
    assert made.status_code == 302
    assert "办结以前继续有效" in leader.get("/desk/rereviews/continuations/").content.decode()

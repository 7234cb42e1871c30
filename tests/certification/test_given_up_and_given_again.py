"""A tier is free from the day on which a title of it ended before its time; what was told of that end is told for good."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certification import apply, certify, leave, set_aside, survival
from certification.models import Application, Certificate, Exit, Restoration
from certification.movements import month_of, months_with_titles, movements, totals
from certification.permissions import CERTIFICATE
from certification.reach import end_titles
from certification.rule_continuation import failed
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Refused
from foundation.transitions import move
from tests.certification.lists import announced
from tests.certification.test_who_may_renew import set_aside as refusal_set_aside
from tests.certification.titled import filed, owner, titled

pytestmark = pytest.mark.django_db
HOUSE = Principal.system("calendar")


@pytest.fixture
def boss(director):
    return Principal.of_user(director)


def titles_of(firm):
    return list(Certificate.objects.filter(enterprise=firm).order_by("valid_from"))


def announce(case, boss):
    announced(case.call, [case], actor=boss, document_number=f"（测试）{case.pk}号")


def told(firm, first, last):
    rows = movements([firm.region_path], first, last)
    return sorted((row.kind, row.state, row.on) for row in rows if row.credit_code == firm.credit_code)


def give_up(firm, boss):
    asked = leave.ask(titles_of(firm)[-1], {"reason": "业务调整（测试）"}, actor=owner(firm))
    leave.answer(asked, "accept", "企业自愿", actor=boss)


def cancelled(title, number, on, boss):
    """A decision that was announced and ended the title, as exit.announce() leaves it."""
    row = Exit.objects.create(
        certificate=title, enterprise=title.enterprise, enterprise_name=title.enterprise_name, region_path=title.region_path,
        tier=title.tier, ground="accident", clause="（测试）第一条", facts="测试", source="测试", opened_by_name="测试", office_name="测试",
        state="drafted",
    )  # fmt: skip
    for state in ("noticed", "heard", "deliberated", "decided", "announced"):
        Exit.objects.filter(pk=row.pk).update(state=state)
    Exit.objects.filter(pk=row.pk).update(document_number=number, decided_on=on, ended_on=on)
    row.refresh_from_db()
    if title.state == "valid":
        end_titles([title], f"{number}　事故", on, actor=boss)
    return row


def undo(row, boss):
    given = {
        "basis": "own", "document_number": "（测试）撤1号", "dated_on": clock.today(), "reason": "原认定有误，予以撤销（测试）"
    }  # fmt: skip
    return set_aside.set_aside(row, given, actor=boss)


def test_a_title_given_up_in_one_year_is_given_again_in_the_next(firm, on, boss):
    on(date(2027, 3, 10))
    give_up(firm, boss)
    before = told(firm, date(2027, 1, 1), date(2027, 12, 31))
    on(date(2028, 5, 1))
    announce(filed(firm, "decided", case_type="new"), boss)
    old, new = titles_of(firm)
    assert (old.state, old.ended_on, old.valid_until) == ("withdrawn", date(2027, 3, 10), date(2029, 1, 19))
    assert (new.state, new.valid_from, new.valid_until) == ("valid", date(2028, 5, 1), date(2031, 4, 30))
    assert told(firm, date(2027, 1, 1), date(2027, 12, 31)) == before == [("left", "withdrawn", date(2027, 3, 10))]
    assert told(firm, date(2028, 5, 1), date(2028, 5, 31)) == [("entered", "valid", date(2028, 5, 1))]


@pytest.mark.parametrize("state", ["withdrawn", "revoked", "migrated", "dissolved", "absorbed"])
def test_whatever_ended_it_before_its_time_the_days_held_are_no_one_elses_and_the_later_ones_are_free(firm, state, on):
    (title,) = titles_of(firm)
    on(date(2027, 3, 10))
    Certificate.objects.filter(pk=title.pk).update(state=state, ended_on=clock.today())
    given = {"tier": title.tier, "last": date(2030, 1, 1), "actor": HOUSE, "origin": "imported"}
    with pytest.raises(Refused, match="有效期不能重叠"):
        certify.issue(firm, first=date(2027, 3, 9), **given)
    assert certify.issue(firm, first=date(2027, 3, 10), **given).state == "valid"


def test_the_last_day_as_announced_holds_where_nothing_cut_it_short(firm, on):
    on(date(2029, 1, 20))
    certify.expire_due(actor=HOUSE)
    (title,) = titles_of(firm)
    assert title.state == "expired" and title.validity.upper == date(2029, 1, 20)
    move(title, "renew", actor=HOUSE, machine=CERTIFICATE, ended_on=date(2029, 2, 1))
    title.refresh_from_db()
    assert title.validity.upper == date(2029, 1, 20)


def test_the_wall_is_in_the_database_and_computes_the_days_itself(firm):
    with pytest.raises(IntegrityError, match="one_title_per_tier_at_a_time"), transaction.atomic():
        Certificate.objects.create(
            number="测试-1", enterprise=firm, enterprise_name=firm.name, credit_code=firm.credit_code, region_path=firm.region_path,
            tier="specialised", announced_on=date(2027, 1, 1), valid_from=date(2027, 1, 1), valid_until=date(2029, 12, 31),
            state="valid",
        )  # fmt: skip


def test_a_decision_set_aside_after_a_newer_title_was_given_lets_the_old_one_go_on_in_it(firm, on, boss):
    on(date(2027, 3, 10))
    row = cancelled(titles_of(firm)[0], "（测试）9号", clock.today(), boss)
    on(date(2028, 5, 1))
    announce(filed(firm, "decided", case_type="new"), boss)
    on(date(2028, 7, 2))
    years = (date(2026, 1, 1), date(2028, 6, 30))
    before = told(firm, *years)
    undo(row, boss)
    old, new = titles_of(firm)
    assert (old.state, old.valid_until, old.ended_on) == ("renewed", date(2028, 4, 30), date(2028, 5, 1))
    assert (new.state, new.valid_from) == ("valid", date(2028, 5, 1)) and new.number in old.end_reason
    assert [(kind, day) for kind, _, day in told(firm, *years)] == [(kind, day) for kind, _, day in before]
    assert told(firm, date(2028, 7, 1), date(2028, 7, 31)) == [("restored", "renewed", date(2028, 7, 2))]
    assert [life.left_on for life in survival.lives([firm.region_path], "specialised") if life.entered_on == old.valid_from][-1:] == [None]  # fmt: skip
    assert [life for life in survival.lives([firm.region_path], "specialised") if life.entered_on == new.valid_from] == []


def test_a_refusal_that_was_set_aside_costs_the_firm_neither_its_title_nor_its_day_up_to_the_announcement(
    firm, on, boss
):
    on(date(2029, 1, 10))
    first = filed(firm, "refused")
    Application.objects.filter(pk=first.pk).update(receipt_number="测试首次")
    on(date(2029, 2, 1))
    certify.expire_due(actor=HOUSE)
    (title,) = titles_of(firm)
    assert (title.state, title.ended_on) == ("not_renewed", date(2029, 1, 19))
    told_then = told(firm, date(2029, 1, 1), date(2029, 1, 31))
    on(date(2029, 3, 5))
    refusal_set_aside(first)
    again = filed(firm, "decided", call=first.call)
    Application.objects.filter(pk=again.pk).update(first_filed_at=apply.filed_before(again))
    again.refresh_from_db()
    assert (again.submitted_at.date() > title.valid_until, again.counts_from) == (True, date(2029, 1, 10))
    announce(again, boss)
    old, new = titles_of(firm)
    assert (old.state, old.ended_on, new.valid_from) == ("renewed", date(2029, 3, 5), date(2029, 3, 5))
    assert told(firm, date(2029, 1, 1), date(2029, 1, 31)) == told_then == [("left", "not_renewed", date(2029, 1, 19))]
    assert told(firm, date(2029, 3, 1), date(2029, 3, 31)) == [
        ("restored", "renewed", date(2029, 3, 5)),
        ("stayed", "valid", date(2029, 3, 5)),
    ]


def test_a_refusal_that_was_set_aside_before_the_last_day_does_not_make_the_title_not_renewed(firm, on):
    on(date(2029, 1, 10))
    first = filed(firm, "refused")
    assert failed(Certificate.objects.filter(enterprise=firm)).exists()
    refusal_set_aside(first)
    assert not failed(Certificate.objects.filter(enterprise=firm)).exists()
    on(date(2029, 1, 20))
    certify.expire_due(actor=HOUSE)
    assert titles_of(firm)[0].state == "expired"


def test_a_re_review_that_passes_after_the_month_of_the_last_day_was_told_leaves_that_month_as_it_was(firm, on, boss):
    on(date(2029, 1, 10))
    case = filed(firm, "decided")
    on(date(2029, 1, 20))
    certify.expire_due(actor=HOUSE)
    on(date(2029, 4, 2))
    announce(case, boss)
    assert titles_of(firm)[0].state == "renewed"
    assert told(firm, date(2029, 1, 1), date(2029, 1, 31)) == [("left", "expired", date(2029, 1, 19))]
    assert told(firm, date(2029, 4, 1), date(2029, 4, 30)) == [
        ("restored", "renewed", date(2029, 4, 2)),
        ("stayed", "valid", date(2029, 4, 2)),
    ]


def two_decisions(firm, on, boss, first_on, second_on):
    """Both name the same title: the first ends it, the second finds it ended and stands beside."""
    (title,) = titles_of(firm)
    on(first_on)
    first = cancelled(title, "（测试）9号", first_on, boss)
    on(second_on)
    title.refresh_from_db()
    return title, first, cancelled(title, "（测试）10号", second_on, boss)


def test_a_month_that_was_told_stays_when_the_other_decision_is_of_another_one(firm, on, boss):
    title, first, second = two_decisions(firm, on, boss, date(2027, 3, 10), date(2027, 5, 20))
    on(date(2027, 8, 4))
    before = {month: told(firm, month, month + timedelta(days=30)) for month in (date(2027, 3, 1), date(2027, 5, 1))}
    undo(first, boss)
    title.refresh_from_db()
    assert (title.state, title.ended_on, title.booked_on) == ("revoked", date(2027, 5, 20), date(2027, 8, 4))
    assert {month: told(firm, month, month + timedelta(days=30)) for month in before} == before
    corrected = movements([firm.region_path], date(2027, 8, 1), date(2027, 8, 31))
    assert [(row.kind, row.state) for row in corrected] == [("left", "revoked"), ("restored", "revoked")]
    assert "10号" in next(row.why for row in corrected if row.kind == "left")
    assert (totals(corrected).left, totals(corrected).restored) == (1, 1)
    assert month_of(date(2027, 8, 4)) in months_with_titles()
    on(date(2027, 10, 1))
    undo(second, boss)
    title.refresh_from_db()
    assert (title.state, title.ended_on, title.booked_on) == ("valid", None, None)
    assert told(firm, date(2027, 8, 1), date(2027, 8, 31)) == [
        ("left", "revoked", date(2027, 8, 4)),
        ("restored", "valid", date(2027, 8, 4)),
    ]
    assert told(firm, date(2027, 10, 1), date(2027, 10, 31)) == [("restored", "valid", date(2027, 10, 1))]


def test_two_decisions_of_one_month_need_no_correction(on, house, boss):
    firm = titled()
    title, first, _ = two_decisions(firm, on, boss, date(2027, 3, 10), date(2027, 3, 20))
    undo(first, boss)
    title.refresh_from_db()
    assert (title.ended_on, title.booked_on) == (date(2027, 3, 20), None)
    assert not Restoration.objects.filter(certificate=title).exists()

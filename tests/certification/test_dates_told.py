"""What is told when a window shut, when nobody of the firm is known, and which title owed which update."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from certification import agenda, certify, change, exit, remind, rereview, rule_day
from certification.models import Certificate, DayRuling, Reminder
from certification.obligation_rules import book
from certification.obligations import Held, Known, obligations
from enterprises.models import Enterprise, OutsideTitle
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.ledger.models import WorkItem
from foundation.mailroom.models import Fallback, Message
from foundation.mailroom.serve import open_letter, serve_by_hand
from foundation.refusals import Refused
from tests.certification.titled import call_of, filed, night, owner
from tests.factories import make_enterprise, make_member

HELD = Held("NX-1", "specialised", "专精特新中小企业", date(2026, 1, 20), date(2029, 1, 19))


def item_of(firm, code):
    return next(item for item in agenda.agenda(firm) if item.code == code)


def at(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 17))


def test_a_window_that_shut_is_told_as_shut_and_served_once(firm, on):
    on(date(2028, 9, 1))
    call_of(cohort=2026, opens_at=at(date(2028, 9, 1)), closes_at=at(date(2028, 10, 31)))
    on(date(2028, 10, 31))
    assert item_of(firm, "rereview").shut_on is None
    for day in range(1, 80):
        on(date(2028, 10, 31) + timedelta(days=day))
        night(firm)
    item = item_of(firm, "rereview")
    assert (item.shut_on, item.earliest, item.stage(clock.today())) == (date(2028, 10, 31), date(2028, 10, 31), "over")
    assert next(s.text for s in item.sentences if "窗口" in s.text).startswith("复核窗口已于2028年10月31日截止")
    rows = Reminder.objects.filter(enterprise=firm, key=item.key)
    assert [(row.step, row.is_legal) for row in rows] == [(remind.OVER, True)]
    letter = Message.objects.get(about_id=rows[0].public_id)
    assert letter.subject.startswith("复核窗口已截止") and "请在" not in letter.body


def test_who_applied_in_the_window_is_not_told_that_it_shut(firm, on):
    on(date(2028, 10, 1))
    filed(firm, "screening", call=call_of(cohort=2026))
    on(date(2028, 12, 20))
    night(firm)
    assert item_of(firm, "rereview").is_done
    assert not Reminder.objects.filter(enterprise=firm, key__startswith="rereview:").exists()


def test_a_firm_without_people_becomes_a_task_of_the_office_and_the_paper_is_the_proof(house, on, county):
    firm = make_enterprise("64/6401/640104")
    certify.issue(
        firm, tier="specialised", first=date(2026, 1, 20), last=date(2029, 1, 19), actor=Principal.system("test"), origin="imported"
    )  # fmt: skip
    on(date(2027, 5, 20))
    night(firm)
    on(date(2027, 5, 28))
    night(firm)
    task = Fallback.objects.get(enterprise_id=firm.pk)
    assert task.message.recipient is None and "没有已核实的人员" in task.why
    on(date(2027, 6, 2))
    night(firm)
    item = agenda.update_window(firm)
    assert not remind.may_lose(firm, item, clock.today())
    given = {"way": "paper", "served_on": clock.today(), "by": "张三", "number": "EMS 1"}
    serve_by_hand(task, given, actor=Principal.of_user(county))
    assert remind.may_lose(firm, item, clock.today())


def test_a_firm_with_nothing_but_another_departments_certificate_is_reminded_too(house, on):
    firm = make_enterprise("64/6401/640104")
    make_member(firm)
    on(date(2027, 3, 1))
    OutsideTitle.objects.create(
        enterprise=firm, kind="high_tech", number="G1", valid_until=date(2027, 3, 10), seen_at=clock.now()
    )
    remind.open_night()
    parts = WorkItem.objects.filter(kind=remind.KIND).values_list("payload", flat=True)
    assert firm.pk in [pk for payload in parts for pk in payload["ids"]]


def test_an_exit_for_a_change_not_reported_needs_the_proof_that_the_firm_was_told(firm, on, county, province):
    actor = Principal.of_user(province)
    title = Certificate.objects.get(enterprise=firm)
    facts = {"ground": "change_not_reported", "facts": "更名后三个月内没有报告（测试）", "source": "登记机关（测试）"}
    on(date(2027, 1, 10))
    change.note_change(
        firm,
        {"kind": "rename", "happened_on": "2026-06-01", "source": "公示系统（测试）"},
        actor=Principal.of_user(county),
    )
    night(firm)
    assert not remind.unreported(firm, title.number, clock.today())
    with pytest.raises(Refused, match="提醒已送达"):
        exit.open_exit(title, facts, actor=actor)
    letter = Message.objects.filter(kind="legal", enterprise_id=firm.pk).latest("id")
    open_letter(letter, actor=owner(firm))
    assert remind.unreported(firm, title.number, clock.today())
    with pytest.raises(Refused, match="先帮扶后退出"):
        exit.open_exit(title, facts, actor=actor)


def title_row(first, last=date(2029, 1, 1), tier="specialised"):
    return rereview.Title(1, 1, "64", tier, first.year, first, last, *[None] * 7)


def test_a_title_of_june_has_missed_nothing_and_a_missed_year_does_not_vanish_at_new_year(house):
    days = rule_day.update_days((2026, 2027))
    on = date(2027, 7, 1)
    assert rereview.missed(title_row(date(2027, 6, 10)), on, days) == {}
    assert rereview.missed(title_row(date(2026, 6, 10)), on, days) == {2027: date(2027, 5, 31)}
    early = rereview.missed(title_row(date(2025, 6, 10)), date(2027, 1, 2), days)
    assert early == {2026: date(2026, 5, 31)}
    assert rereview.still_owed(early, {2024}) == early
    assert rereview.still_owed(early, {2025}) == rereview.still_owed(early, {2026}) == {}


def test_a_ruling_for_one_tier_counts_for_that_tier_only(house):
    DayRuling.objects.create(
        code="annual_update", year=2027, tier="specialised", day=date(2027, 4, 30), reason="（测试）", by_name="x",
        office_name="x", at=clock.now(),
    )  # fmt: skip
    days = rule_day.update_days((2026, 2027))
    first = date(2026, 6, 10)
    assert rereview.missed(title_row(first), date(2027, 5, 2), days) == {2027: date(2027, 4, 30)}
    assert rereview.missed(title_row(first, tier="little_giant"), date(2027, 5, 2), days) == {}


def test_the_calendar_keeps_last_years_update_until_it_or_this_years_is_made():
    def years(known):
        return [o.key for o in obligations(known, book(), date(2028, 1, 2)) if o.code == "annual_update"]

    assert years(Known((HELD,))) == ["annual_update:2027", "annual_update:2028"]
    assert years(Known((HELD,), {2026: date(2027, 3, 1)})) == ["annual_update:2028"]
    assert "annual_update:2027" not in years(Known((HELD,), {2027: date(2028, 1, 2)}))


def test_a_settled_change_of_name_is_carried_into_the_data_sheet_and_the_former_one_is_kept(firm, on, county):
    on(date(2027, 2, 1))
    before, office = firm.name, Principal.of_user(county)
    told = {"kind": "rename", "happened_on": "2027-01-10", "before": before, "after": "示例新名称有限公司"}
    row = change.report_change(firm, told, actor=owner(firm))
    with pytest.raises(Refused) as refused:
        change.answer(row, "settle", "已核对变更登记通知书", actor=office)
    assert [p.field for p in refused.value.problems] == ["new_name"]
    change.answer(row, "settle", "已核对变更登记通知书", actor=office, new_name=" 示例新名称有限公司 ")
    firm = Enterprise.objects.get(pk=firm.pk)
    assert (firm.name, [old.name for old in firm.former_names.all()]) == ("示例新名称有限公司", [before])
    assert Certificate.objects.get(enterprise=firm).enterprise_name == before

"""What a title asks by when: from data, with both days where the texts disagree, over four years of one enterprise."""

from datetime import date, timedelta

import pytest

from certification import agenda, remind, rule_day, update
from certification.models import Reminder
from certification.obligation_rules import FILE, book, read
from certification.obligations import Changed, Held, Known, Outside, Ruled, months_after, obligations
from certification.rules.problems import PackError
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.ledger.models import WorkItem
from foundation.ledger.work import drain, perform
from foundation.mailroom.models import Delivery, Message
from foundation.mailroom.serve import open_letter
from foundation.refusals import Missing, Refused
from tests.certification.titled import night, owner, tell_turnover, titled

TEXT = FILE.read_text(encoding="utf-8")
HELD = Held("NX-1", "specialised", "专精特新中小企业", date(2025, 8, 29), date(2028, 8, 28))
CHAMPION = Held("NX-2", "champion", "制造业单项冠军企业", date(2025, 1, 10), date(2028, 1, 9))


def told(known, day):
    return {item.key: item for item in obligations(known, book(), day)}


def test_two_texts_two_days_remind_for_the_earlier_and_lose_nothing_before_the_later():
    item = told(Known((HELD,)), date(2026, 11, 23))["annual_update:2027"]
    assert (item.earliest, item.latest, item.is_arguable) == (date(2027, 4, 30), date(2027, 5, 31), True)
    assert [s.clause for s in item.sentences[:2]] == [
        "工信部企业〔2022〕63号 第十四条",
        "工信部企业〔2026〕2号 第十七条",
    ]
    assert all(s.is_open for s in item.sentences[:2])
    assert [item.stage(d) for d in (date(2027, 4, 30), date(2027, 5, 1), date(2027, 5, 31), date(2027, 6, 1))] == [
        "soon", "between", "between", "over",
    ]  # fmt: skip


def test_before_the_new_measures_there_was_one_day():
    held = Held("NX-1", "specialised", "专精特新中小企业", date(2023, 8, 29), date(2026, 8, 28))
    item = told(Known((held,)), date(2025, 1, 5))["annual_update:2025"]
    assert (item.earliest, item.latest) == (date(2025, 4, 30), date(2025, 4, 30))


def test_a_title_of_may_owes_nothing_in_april_and_one_of_june_nothing_that_year():
    may = Held("NX-1", "specialised", "专精特新中小企业", date(2026, 5, 20), date(2029, 5, 19))
    june = Held("NX-1", "specialised", "专精特新中小企业", date(2026, 6, 20), date(2029, 6, 19))
    assert told(Known((may,)), date(2026, 5, 21))["annual_update:2026"].earliest == date(2026, 5, 31)
    assert "annual_update:2026" not in told(Known((june,)), date(2026, 6, 21))


def test_one_update_a_year_over_all_titles_and_a_champion_alone_has_one_day():
    both = told(Known((HELD, CHAMPION)), date(2026, 11, 23))["annual_update:2027"]
    assert both.numbers == ("NX-1", "NX-2") and both.latest == date(2027, 5, 31)
    alone = told(Known((CHAMPION,)), date(2026, 11, 23))["annual_update:2027"]
    assert (alone.earliest, alone.is_arguable) == (date(2027, 5, 31), False)


def test_a_ruling_makes_one_day_of_two_and_says_why():
    ruling = Ruled(2027, "", date(2027, 5, 31), "以2027年5月31日为准：理由")
    item = told(Known((HELD,), rulings=(ruling,)), date(2026, 11, 23))["annual_update:2027"]
    assert (item.earliest, item.latest, item.is_ruled, item.is_arguable) == (
        date(2027, 5, 31),
        date(2027, 5, 31),
        True,
        False,
    )
    assert item.sentences[-1].text == ruling.sentence
    other = told(Known((HELD,), rulings=(ruling,)), date(2028, 1, 2))["annual_update:2028"]
    assert other.is_arguable


def test_three_months_from_the_change_to_the_day_and_a_report_stops_them():
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    open_, done = Changed("a", "rename", date(2026, 9, 1)), Changed("b", "merge", date(2026, 1, 31), date(2026, 5, 2))
    items = told(Known((HELD,), changes=(open_, done)), date(2026, 11, 23))
    assert items["major_change:a"].latest == date(2026, 12, 1) and not items["major_change:a"].is_done
    assert (
        items["major_change:b"].latest == date(2026, 4, 30)
        and "已超过期限" in items["major_change:b"].sentences[-1].text
    )
    before = Changed("c", "rename", date(2020, 1, 1))
    assert "major_change:c" not in told(Known((HELD,), changes=(before,)), date(2026, 11, 23))


def test_the_window_of_a_call_moves_the_day_and_other_departments_papers_are_only_told():
    held = Held(
        "NX-1",
        "specialised",
        "专精特新中小企业",
        date(2024, 8, 28),
        date(2027, 8, 27),
        None,
        (date(2027, 5, 1), date(2027, 6, 30)),
    )
    items = told(Known((held,), outside=(Outside("x", "高新技术企业", date(2027, 1, 28)),)), date(2026, 11, 23))
    assert (items["rereview:NX-1"].earliest, items["rereview:NX-1"].latest) == (date(2027, 6, 30), date(2027, 8, 27))
    assert items["outside:x"].loss is None and not items["rereview:NX-1"].is_arguable


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("month: 4, day: 30", "month: 4, day: 31", "obligations.annual_update.due[0].day: 没有这一天"),
        ("mark: C, from: 2026-04-01", "mark: X, from: 2026-04-01", "obligations.annual_update.due[1].mark"),
        ("tiers: [champion]", "tiers: [champions]", "obligations.annual_update.due[2].tiers: 没有层级 champions"),
        ("months: 3,", "", "obligations.major_change.due[0].months"),
        ("steps: [60, 30, 14, 7, 1]", "steps: [30, 60]", "plan.steps"),
        ("served_from: 14", "served_from: 15", "plan.served_from"),
        ("  outside:", "  outsid:", "obligations.outsid: 没有这个名称"),
    ],
)
def test_a_slip_in_the_file_is_told_with_file_and_path(old, new, path):
    assert old in TEXT
    with pytest.raises(PackError) as refused:
        read(TEXT.replace(old, new, 1), "obligations.yaml")
    assert str(refused.value).startswith("obligations.yaml: ") and path in str(refused.value)


def test_four_years_of_one_enterprise(firm, on):
    """2026 done in time, 2027 forgotten and late, 2028 done at once, 2029 the last day: nothing twice, nothing without proof."""
    day = date(2026, 1, 25)
    while day < date(2029, 6, 10):
        on(day)
        night(firm)
        if day in (date(2026, 3, 8), date(2028, 1, 2)):
            tell_turnover(firm, day.year - 1)
            update.confirm_all(firm, actor=owner(firm))
        if day == date(2027, 6, 5):
            item = agenda.update_window(firm)
            assert item.stage(day) == "over" and not remind.may_lose(firm, item, day)
            letter = Message.objects.filter(kind="legal").order_by("-id").first()
            open_letter(letter, actor=Principal.of_user(letter.recipient))
            assert remind.may_lose(firm, item, day)
            tell_turnover(firm, 2026)
            late = update.confirm_all(firm, actor=owner(firm))
            assert late.confirmed_at.date() == day and not remind.may_lose(firm, agenda.update_window(firm), day)
        day += timedelta(days=1)
    sent = [(r.key.partition(":")[0], r.due_on, r.step, r.is_legal) for r in Reminder.objects.order_by("id")]
    april, may, last = date(2027, 4, 30), date(2027, 5, 31), date(2029, 1, 19)
    assert [row[1:] for row in sent if row[0] == "annual_update"] == [
        (date(2026, 4, 30), 60, False),
        (april, 60, False), (april, 30, False), (april, 14, True), (april, 7, False), (april, 1, False),
        (may, 30, False), (may, 14, False), (may, 7, False), (may, 1, False), (may, -1, True),
    ]  # fmt: skip
    assert [row[1:] for row in sent if row[0] == "rereview"] == [
        (last, 60, False), (last, 30, False), (last, 14, True), (last, 7, False), (last, 1, False),
    ]  # fmt: skip
    assert len(sent) == 16 == Message.objects.filter(about_type="certification.reminder").count()


def test_a_night_that_is_repeated_or_missed_sends_each_step_once(firm, on):
    on(date(2027, 3, 31))
    with scoped(Principal.system("night")):
        assert (remind.open_night(), remind.open_night()) == (1, 1)
    assert drain([remind.KIND]) == 1
    assert (night(firm), night(firm)) == (0, 0)
    assert [r.step for r in Reminder.objects.all()] == [30]  # the step of sixty days was missed and is not made up for
    told = Message.objects.get(about_type="certification.reminder")
    assert (told.topic, told.due_on, told.what_to_do != "") == ("due", date(2027, 4, 30), True)
    assert {d.channel for d in Delivery.objects.filter(message=told)} == {"in_app", "email"}


def test_a_night_that_breaks_off_leaves_nothing_half_sent_and_is_made_up_for(firm, on, monkeypatch):
    other = titled()
    on(date(2027, 3, 31))
    with scoped(Principal.system("night")):
        remind.open_night()
    real, calls = remind.send, []

    def breaks(*args, **more):
        calls.append(more)
        if len(calls) == 2:
            raise RuntimeError("the worker is gone")
        return real(*args, **more)

    item = WorkItem.objects.get(kind=remind.KIND)
    monkeypatch.setattr(remind, "send", breaks)
    assert perform(item.pk) == "failed"
    assert (Reminder.objects.count(), Message.objects.count()) == (0, 0)
    monkeypatch.setattr(remind, "send", real)
    assert perform(item.pk) == "done"
    assert sorted(Reminder.objects.values_list("enterprise", "step")) == [(firm.pk, 30), (other.pk, 30)]
    assert Message.objects.count() == 2


def test_two_runs_at_once_send_one_message(firm, on, monkeypatch):
    on(date(2027, 3, 31))
    item = agenda.update_window(firm)
    people = remind.people_of([firm.pk])[firm.pk]
    both = [remind.send_one(firm, item, 30, people, clock.today(), is_legal=False) for _ in range(2)]
    assert both == [1, 0] and Message.objects.count() == 1


def test_a_late_first_reminder_is_a_served_notice(firm, on):
    on(date(2027, 4, 28))
    night(firm)
    assert [(r.step, r.is_legal) for r in Reminder.objects.all()] == [(7, True)]


def test_nobody_is_told_of_an_overdue_day_that_this_house_never_announced(firm, on):
    on(date(2027, 7, 1))
    assert night(firm) == 0


def test_a_ruling_needs_a_leader_a_reason_and_a_day_that_a_text_names(house, on, director, province, firm):
    on(date(2027, 1, 10))
    boss, reason = Principal.of_user(director), "按2026年办法第十七条执行（测试）"
    good = {"year": "2027", "tier": "", "day": "2027-05-31", "reason": reason}
    with pytest.raises(Missing):
        rule_day.rule_day(good, actor=Principal.of_user(province))
    for field, value in (("day", "2027-05-01"), ("reason", "短"), ("year", "2020"), ("tier", "champion")):
        with pytest.raises(Refused) as told:
            rule_day.rule_day(good | {field: value}, actor=boss)
        assert [p.field for p in told.value.problems] == [field]
    assert agenda.update_window(firm).is_arguable
    rule_day.rule_day(good, actor=boss)
    item = agenda.update_window(firm)
    assert (item.earliest, item.latest, item.is_ruled) == (date(2027, 5, 31), date(2027, 5, 31), True)
    days = rule_day.update_days((2027,))
    assert days.latest(2027, "specialised", date(2026, 1, 1), date(2029, 1, 1)) == date(2027, 5, 31)


def test_a_day_that_is_over_cannot_be_made_the_last_one(house, on, director):
    on(date(2027, 5, 10))
    with pytest.raises(Refused) as told:
        rule_day.rule_day(
            {"year": "2027", "tier": "", "day": "2027-04-30", "reason": "依据原办法执行（测试）"},
            actor=Principal.of_user(director),
        )
    assert told.value.code == "conflict"


def test_the_calendar_file_holds_every_open_day_once(firm, on):
    on(date(2026, 11, 23))
    text = agenda.calendar_file(agenda.agenda(firm))
    assert text.count("BEGIN:VEVENT") == 3 == text.count("UID:")  # this year's update, the next one, the re-review
    assert "DTSTART;VALUE=DATE:20270430" in text and text.count("BEGIN:VALARM") == 15
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))

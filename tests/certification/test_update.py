"""What the firm itself does about its dates: report a change, confirm the year."""

from datetime import date

import pytest

from certification import agenda, change, update
from certification.models import MajorChange, Reminder
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Refused
from tests.certification.titled import night, owner, tell_turnover
from tests.factories import make_enterprise, make_member

GIVEN = {"kind": "rename", "happened_on": "2027-01-05", "before": "甲示例公司", "after": "乙示例公司"}


def test_a_reported_change_stops_the_three_months_and_stays_stopped_when_sent_back(firm, on, county, other_county):
    on(date(2027, 2, 1))
    row = change.report_change(firm, GIVEN, actor=owner(firm))
    assert (row.due_on, row.reported_on, row.is_late) == (date(2027, 4, 5), date(2027, 2, 1), False)
    with pytest.raises(Refused) as told:
        change.answer(row, "send_back", "缺变更登记通知书", actor=Principal.of_user(other_county))
    assert told.value.code == "forbidden"
    change.answer(row, "send_back", "缺变更登记通知书", actor=Principal.of_user(county))
    on(date(2027, 6, 1))
    change.supplement(row, GIVEN | {"after": "乙示例公司（附通知书）"}, actor=owner(firm))
    done = change.answer(row, "settle", "已核对变更登记通知书", actor=Principal.of_user(county), new_name="乙示例公司")
    assert (done.state, done.reported_on, done.is_late) == ("settled", date(2027, 2, 1), False)
    item = next(o for o in agenda.agenda(firm) if o.code == "major_change")
    assert item.done_on == date(2027, 2, 1)


def test_a_change_that_an_office_has_noted_is_owed_and_reminded_of_until_it_is_reported(firm, on, county, other_county):
    on(date(2027, 2, 1))
    told = {"kind": "rename", "happened_on": "2027-01-05", "source": "企业信用信息公示系统（测试）"}
    with pytest.raises(Missing):
        change.note_change(firm, told, actor=Principal.of_user(other_county))
    row = change.note_change(firm, told, actor=Principal.of_user(county))
    with pytest.raises(Refused):
        change.note_change(firm, told, actor=Principal.of_user(county))
    item = next(o for o in agenda.agenda(firm) if o.code == "major_change")
    assert (item.latest, item.is_done) == (date(2027, 4, 5), False)
    on(date(2027, 3, 22))
    night(firm)
    reminded = Reminder.objects.get(key=f"major_change:{row.public_id}")
    assert (reminded.step, reminded.is_legal, reminded.due_on) == (14, True, date(2027, 4, 5))
    reported = change.supplement(row, GIVEN, actor=owner(firm))
    assert (reported.state, reported.reported_on, reported.is_late) == ("reported", date(2027, 3, 22), False)
    on(date(2027, 4, 4))
    night(firm)
    assert Reminder.objects.filter(key=f"major_change:{row.public_id}").count() == 1


def test_a_change_reported_late_is_taken_in_and_says_so(firm, on):
    on(date(2027, 5, 1))
    assert change.report_change(firm, GIVEN, actor=owner(firm)).is_late
    for field, value in (("kind", "party"), ("happened_on", "2028-01-01"), ("before", ""), ("happened_on", "soon")):
        with pytest.raises(Refused) as told:
            change.report_change(firm, GIVEN | {field: value}, actor=owner(firm))
        assert [p.field for p in told.value.problems] == [field]
    assert MajorChange.objects.count() == 1


def test_a_foreign_firm_and_one_that_is_not_there_are_the_same(firm, on, stranger):
    with pytest.raises(Missing):
        change.report_change(firm, GIVEN, actor=Principal.of_user(stranger))
    with pytest.raises(Missing):
        update.confirm_all(firm, actor=Principal.of_user(stranger))


def test_an_update_asks_what_was_given_last_year_and_keeps_what_was_confirmed(firm, on):
    on(date(2027, 2, 1))
    tell_turnover(firm, 2025)
    with pytest.raises(Refused) as told:
        update.confirm_all(firm, actor=owner(firm))
    assert [p.field for p in told.value.problems] == ["revenue_y0"]
    update.save(firm, {"revenue_y0": "5,200"}, seen="0-0", actor=owner(firm))
    row = update.confirm_all(firm, actor=owner(firm), platform_reference="ZJTX-1")
    line = next(x for x in row.told if x["name"] == "revenue_y0")
    assert (line["before"], line["now"], line["way"]) == ("5,000 万元", "5,200 万元", "changed")
    first = row.confirmed_at
    on(date(2027, 5, 30))
    update.save(firm, {"revenue_y0": "5210"}, seen="99999-0", actor=owner(firm))
    again = update.confirm_all(firm, actor=owner(firm))
    assert (again.confirmed_at, again.platform_reference, again.content_hash != row.content_hash) == (
        first,
        "ZJTX-1",
        True,
    )
    on(date(2027, 6, 1))
    with pytest.raises(Refused) as told:
        update.save(firm, {"revenue_y0": "1"}, seen="0-0", actor=owner(firm))
    assert told.value.code == "window_closed"


def test_an_update_of_a_firm_that_is_not_verified_waits(house, on):
    on(date(2027, 2, 1))
    made = make_enterprise()
    make_member(made, state="pending")
    with pytest.raises(Refused) as told:
        update.confirm_group(made, "profile", actor=owner(made))
    assert told.value.code == "unverified"

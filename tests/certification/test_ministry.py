"""The ministry's result has a day and a number of its own: they are recorded, and the title begins or ends on that day."""

from datetime import date

import pytest

from certification import bar, certify, movements, recommend
from certification.grounds import grounds
from certification.models import Application, Certificate, Exit
from certification.national_exit import national_step
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Refused
from tests.certification.titled import filed, titled
from tests.factories import make_member

pytestmark = pytest.mark.django_db
NUMBER = "国家公告（测试）7号"


@pytest.fixture
def boss(director):
    return Principal.of_user(director)


@pytest.fixture
def reported(house, on, settings):
    """A procedure about a little giant that was reported to the ministry on 5 March 2027."""
    settings.LETTER_REMEDY, settings.PASSWORD_DAYS = "救济告知（测试）", 9999
    firm = titled(tier="little_giant")
    on(date(2027, 3, 5))
    title = Certificate.objects.get(enterprise=firm)
    row = Exit.objects.create(
        certificate=title, enterprise=firm, enterprise_name=firm.name, region_path=firm.region_path, tier=title.tier, ground="accident",
        clause="（测试）第一条", facts="测试", source="测试", opened_by_name="测试", office_name="测试", state="drafted",
        decided_on=date(2027, 3, 5),
    )  # fmt: skip
    for state in ("noticed", "heard", "deliberated", "proposed", "reported"):
        Exit.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    return row


def ended(row, boss, on, number=NUMBER):
    told = {"document_number": number, "dated_on": on}
    return national_step(row, "record_national_end", "", actor=boss, announced=told)


def recommended(firm, on, day):
    on(day)
    case = filed(firm, "province_review", tier="champion", case_type="new")
    Application.objects.filter(pk=case.pk).update(state="recommended")
    case.refresh_from_db()
    return case


def test_the_title_ends_and_the_bar_begins_on_the_day_of_the_announcement_whenever_it_is_recorded(reported, on, boss):
    on(date(2027, 6, 9))
    row = ended(reported, boss, date(2027, 5, 20))
    title = Certificate.objects.get(pk=row.certificate_id)
    assert (title.state, title.ended_on, title.booked_on) == ("revoked", date(2027, 5, 20), date(2027, 6, 9))
    assert (row.ended_on, row.document_number) == (date(2027, 5, 20), NUMBER)
    assert row.barred_until == grounds()["accident"].barred_until(date(2027, 5, 20))
    assert bar.barred(row.enterprise, date(2027, 6, 9)) == row
    said = AuditEvent.objects.get(act="exit.record_national_end", object_id=row.public_id).sentence
    assert NUMBER in said and "2027年5月20日" in said
    assert "2027年5月20日" in Message.objects.filter(about_id=row.public_id).latest("id").body


def test_a_month_that_was_told_stays_and_the_exit_is_told_in_the_month_in_which_it_was_recorded(reported, on, boss):
    on(date(2027, 6, 9))
    ended(reported, boss, date(2027, 5, 20))
    here = [reported.region_path]
    assert not [row for row in movements.movements(here, date(2027, 5, 1), date(2027, 5, 31)) if row.kind == "left"]
    (row,) = [row for row in movements.movements(here, date(2027, 6, 1), date(2027, 6, 30)) if row.kind == "left"]
    assert (row.on, row.rules) == (date(2027, 6, 9), reported.clause)


def test_without_number_and_day_or_with_a_day_that_cannot_be_nothing_is_recorded(reported, on, boss):
    on(date(2027, 6, 9))
    for told, fields in (
        ({}, ["document_number", "dated_on"]),
        ({"document_number": NUMBER, "dated_on": date(2027, 6, 10)}, ["dated_on"]),
        ({"document_number": NUMBER, "dated_on": date(2027, 3, 4)}, ["dated_on"]),
    ):
        with pytest.raises(Refused) as refused:
            national_step(reported, "record_national_end", "", actor=boss, announced=told)
        assert [problem.field for problem in refused.value.problems] == fields
    assert Certificate.objects.get(pk=reported.certificate_id).state == "valid"


def test_the_page_asks_for_both_and_keeps_what_was_typed(reported, on, director, signed_in):
    on(date(2027, 6, 9))
    client, url = signed_in(director), f"/desk/exits/{reported.public_id}/"
    typed = {"act": "record_national_end", "document_number": NUMBER, "dated_on": "", "reason": "第三批（测试）"}
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "请填写国家公告的日期" in page
    assert f'value="{NUMBER}"' in page and 'value="第三批（测试）"' in page
    assert client.post(url, typed | {"dated_on": "2027-06-01"}).status_code == 302
    assert Certificate.objects.get(pk=reported.certificate_id).ended_on == date(2027, 6, 1)


def kept(row, boss, on, number=NUMBER, words=""):
    told = {"document_number": number, "dated_on": on}
    return national_step(row, "record_national_keep", words, actor=boss, announced=told)


def test_what_the_ministry_left_standing_is_recorded_by_number_and_day_and_the_firm_is_told_both(reported, on, boss):
    on(date(2027, 6, 9))
    row = kept(reported, boss, date(2027, 5, 20), words="复核意见附后（测试）")
    assert (row.state, row.document_number, row.kept_on, row.ended_on) == ("dropped", NUMBER, date(2027, 5, 20), None)
    assert row.barred_until is None and bar.barred(row.enterprise, date(2027, 6, 9)) is None
    assert Certificate.objects.get(pk=row.certificate_id).state == "valid"
    event = AuditEvent.objects.get(act="exit.record_national_keep", object_id=row.public_id)
    assert event.sentence.endswith(f"：{NUMBER}，2027年5月20日　复核意见附后（测试）")
    assert (event.detail["document_number"], event.detail["day"]) == (NUMBER, "2027年5月20日")
    letter = Message.objects.filter(about_id=row.public_id).latest("id").body
    assert f"（{NUMBER}，2027年5月20日），称号不变" in letter


def test_a_title_is_not_recorded_as_kept_without_number_and_day_or_on_a_day_that_cannot_be(reported, on, boss):
    on(date(2027, 6, 9))
    for told, fields in (
        ({}, ["document_number", "dated_on"]),
        ({"document_number": "  ", "dated_on": date(2027, 5, 20)}, ["document_number"]),
        ({"document_number": NUMBER, "dated_on": date(2027, 6, 10)}, ["dated_on"]),
        ({"document_number": NUMBER, "dated_on": date(2027, 3, 4)}, ["dated_on"]),
    ):
        with pytest.raises(Refused) as refused:
            national_step(reported, "record_national_keep", "国家保留（测试）", actor=boss, announced=told)
        assert [problem.field for problem in refused.value.problems] == fields
        assert not [problem for problem in refused.value.problems if "取消" in problem.hint]
    reported.refresh_from_db()
    assert (reported.state, reported.kept_on) == ("reported", None)
    assert not Message.objects.filter(about_id=reported.public_id).exists()


def test_the_page_asks_for_number_and_day_of_a_kept_title_too_and_shows_them_to_office_and_firm(
    reported, on, director, signed_in
):
    on(date(2027, 6, 9))
    client, url = signed_in(director), f"/desk/exits/{reported.public_id}/"
    typed = {"act": "record_national_keep", "document_number": NUMBER, "dated_on": "", "reason": "第三批（测试）"}
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "请填写国家公告的日期" in page
    assert page.count(f'value="{NUMBER}"') == 1 and page.count('value="第三批（测试）"') == 1
    assert client.post(url, typed | {"dated_on": "2027-06-01"}).status_code == 302
    reported.refresh_from_db()
    assert (reported.state, reported.kept_on) == ("dropped", date(2027, 6, 1))
    shown = f"{NUMBER}　2027年6月1日<br>没有取消，称号不变"
    assert shown in client.get(url).content.decode()
    assert shown in signed_in(make_member(reported.enterprise)).get(f"/my/exits/{reported.public_id}/").content.decode()


def test_whoever_opened_the_procedure_or_sits_in_a_county_does_not_record_what_the_ministry_kept(
    reported, boss, county
):
    with pytest.raises(Refused):
        kept(reported, Principal.of_user(county), date(2027, 3, 5))
    Exit.objects.filter(pk=reported.pk).update(opened_by_id=boss.user_id)
    reported.refresh_from_db()
    with pytest.raises(Refused):
        kept(reported, boss, date(2027, 3, 5))
    reported.refresh_from_db()
    assert reported.state == "reported"


def test_a_title_that_was_renewed_since_the_ministry_kept_it_is_no_contradiction(reported, on, boss):
    on(date(2027, 6, 9))
    Certificate.objects.filter(pk=reported.certificate_id).update(valid_from=date(2027, 6, 1))
    reported.refresh_from_db()
    assert kept(reported, boss, date(2027, 5, 20)).state == "dropped"


def test_three_years_begin_on_the_day_of_the_announcement_and_not_when_it_is_written_down(house, on, boss):
    case = recommended(titled(), on, date(2027, 3, 1))
    on(date(2027, 5, 1))
    recommend.record_national_grant(case, actor=boss, document_number=NUMBER, announced_on=date(2027, 4, 12))
    title = Certificate.objects.get(application=case)
    assert (title.valid_from, title.valid_until) == (date(2027, 4, 12), certify.last_valid_day(date(2027, 4, 12)))
    assert (case.national_number, case.national_on) == (NUMBER, date(2027, 4, 12))


def test_that_a_list_does_not_name_the_firm_is_recorded_by_the_number_and_the_day_of_the_list(house, on, boss):
    case = recommended(titled(), on, date(2027, 3, 1))
    for number, day, field in (("", date(2027, 2, 1), "document_number"), (NUMBER, date(2027, 3, 2), "announced_on")):
        with pytest.raises(Refused) as refused:
            recommend.record_national_refusal(case, actor=boss, document_number=number, announced_on=day)
        assert [problem.field for problem in refused.value.problems] == [field]
    recommend.record_national_refusal(case, actor=boss, document_number=NUMBER, announced_on=date(2027, 3, 1))
    case.refresh_from_db()
    assert (case.state, case.national_number, case.national_on) == ("national_refused", NUMBER, date(2027, 3, 1))
    said = AuditEvent.objects.get(act="application.record_national_refusal", object_id=case.public_id).sentence
    assert said == f"登记国家未认定：{NUMBER}（2027年3月1日）"

"""An update made on the national platform is done by that: recorded with its day, not asked twice, taken back with a reason."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from certification import agenda, platform_list, platform_update, rereview, update
from certification.last_time import record_of
from certification.models import Certificate, Reminder
from certification.rule_day import update_days
from enterprises.models import AnnualReport, Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.certification.titled import filed, night, owner, tell_turnover
from tests.factories import make_enterprise, make_member

SAID = {"platform_on": "2027-04-20", "platform_number": "ZJTX-2027-88"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def sheet(*rows):
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for line, cells in enumerate([platform_list.HEADINGS, *rows]):
        for column, cell in enumerate(cells):
            page.write_string(line, column, cell)
    book.close()
    return out.getvalue()


def line(firm, **changed):
    return list(
        (
            {"code": firm.credit_code, "name": firm.name, "year": "2026", "on": "2027-04-18", "number": "P-1"} | changed
        ).values()
    )


def test_what_a_firm_has_done_there_is_done_and_neither_asked_nor_reminded_of_again(firm, on):
    on(date(2027, 4, 25))
    tell_turnover(firm, 2025)  # last year's figure is known, this year's is not: here it would be asked for
    row = platform_update.note(firm, SAID, actor=owner(firm))
    assert (row.year, row.platform_on, row.platform_source, row.confirmed_at) == (2026, date(2027, 4, 20), "firm", None)
    item = agenda.update_window(firm)
    assert (item.is_done, item.done_on) == (True, date(2027, 4, 20))
    for day in (date(2027, 4, 29), date(2027, 5, 24), date(2027, 6, 2)):
        on(day)
        night(firm)
    assert not Reminder.objects.filter(key__startswith="annual_update:2027").exists()


def test_the_sweep_lists_nobody_as_late_who_has_updated_there(firm, on):
    on(date(2027, 6, 2))
    title = Certificate.objects.get(enterprise=firm)
    shown = rereview.Title(
        title.pk, firm.pk, firm.region_path, title.tier, 2026, title.valid_from, title.valid_until, None, None, False, None, None,
        None, None,
    )  # fmt: skip
    late = rereview.missed(shown, clock.today(), update_days((2026, 2027)))
    assert 2027 in late
    platform_update.note(firm, SAID, actor=owner(firm))
    done = set(AnnualReport.objects.filter(AnnualReport.DONE, enterprise=firm).values_list("year", flat=True))
    assert rereview.still_owed(late, done) == {}


def test_the_form_of_a_re_review_prints_where_it_was_made(firm, on):
    on(date(2027, 4, 25))
    platform_update.note(firm, SAID, actor=owner(firm))
    told = dict(record_of(filed(firm, "screening")))
    assert told["年度更新记录"] == "2026年度（国家平台2027年4月20日，编号ZJTX-2027-88）"


def test_what_is_wrong_is_said_at_its_field(firm, on):
    on(date(2027, 4, 25))
    with pytest.raises(Refused) as told:
        platform_update.note(firm, {"platform_on": "2026-04-20", "platform_number": ""}, actor=owner(firm))
    assert [p.field for p in told.value.problems] == ["platform_on", "platform_number"]
    with pytest.raises(Refused) as told:
        platform_update.note(firm, SAID | {"platform_on": "2027-04-26"}, actor=owner(firm))
    assert [p.message for p in told.value.problems] == ["更新日期不能晚于今天"]
    assert not AnnualReport.objects.filter(enterprise=firm).exists()


def test_nobody_else_says_so(firm, on):
    on(date(2027, 4, 25))
    with pytest.raises(Missing):
        platform_update.note(firm, SAID, actor=Principal.of_user(make_member(make_enterprise())))
    waiting = make_enterprise()
    make_member(waiting, state="pending")
    with pytest.raises(Refused) as told:
        platform_update.note(waiting, SAID, actor=owner(waiting))
    assert told.value.code == "unverified"


def test_a_list_of_the_platform_says_it_for_many_once_and_overrules_the_firms_own_word_in_sight(firm, on):
    on(date(2027, 4, 25))
    platform_update.note(firm, SAID, actor=owner(firm))
    other = make_enterprise()
    rows = platform_list.read(sheet(line(firm), line(other, number="")), actor=who("xingqing"))
    assert [(r.problems, r.note) for r in rows] == [([], "企业自报登记的是2027年4月20日，以名单为准"), ([], "")]
    assert platform_list.bring_in(rows, actor=who("xingqing")) == 2
    again = platform_list.read(sheet(line(firm), line(other, number="")), actor=who("xingqing"))
    assert [r.known for r in again] == [True, True] and platform_list.bring_in(again, actor=who("xingqing")) == 0
    row = AnnualReport.objects.get(enterprise=firm)
    assert (row.platform_on, row.platform_reference, row.platform_source) == (date(2027, 4, 18), "P-1", "list")
    assert AuditEvent.objects.filter(act="annual_update.listed").count() == 2
    with pytest.raises(Refused) as told:
        platform_update.note(firm, SAID, actor=owner(firm))
    assert told.value.code == "conflict"


def test_one_wrong_row_and_nothing_is_written(firm, on):
    on(date(2027, 4, 25))
    away = Enterprise.objects.filter(region_path="64/6402/640202").order_by("id")[0]
    rows = platform_list.read(
        sheet(line(firm), line(firm, name="别的公司", year="2023", on="昨天"), line(away)), actor=who("xingqing")
    )
    told = [p.message for row in rows for p in row.problems]
    assert told == [
        f"第 3 行“企业名称”：与代码对应的“{firm.name}”不一致，可能是同名企业",
        "第 3 行“年度”：写信息所属的年度",
        "第 4 行“统一社会信用代码”：辖区内没有这家企业",
    ]
    with pytest.raises(Refused):
        platform_list.bring_in(rows, actor=who("xingqing"))
    assert not AnnualReport.objects.filter(platform_on__isnull=False, enterprise=firm).exists()


def test_a_record_that_proves_wrong_is_struck_with_a_reason_and_owed_again(firm, on):
    on(date(2027, 4, 25))
    platform_update.note(firm, SAID, actor=owner(firm))
    with pytest.raises(Refused):
        platform_update.strike(firm, 2026, "无", actor=who("xingqing"))
    for name in ("dawukou", "qiye-zhang"):
        with pytest.raises(Missing):
            platform_update.strike(firm, 2026, "国家平台上没有查到", actor=who(name))
    platform_update.strike(firm, 2026, "4月24日在国家平台上没有查到", actor=who("xingqing"))
    assert not agenda.update_window(firm).is_done
    told = Message.objects.get(subject__endswith="国家平台上没有查到", recipient__memberships__enterprise=firm)
    assert "4月24日在国家平台上没有查到" in told.body
    night(firm)
    assert Reminder.objects.filter(key="annual_update:2027").count() == 1


def test_an_update_confirmed_here_keeps_its_own_day_when_the_list_names_a_later_one(firm, on):
    on(date(2027, 3, 1))
    tell_turnover(firm, 2026)
    update.confirm_all(firm, actor=owner(firm))
    on(date(2027, 4, 25))
    platform_list.bring_in(platform_list.read(sheet(line(firm)), actor=who("xingqing")), actor=who("xingqing"))
    assert agenda.update_window(firm).done_on == date(2027, 3, 1)


def test_the_pages_take_it_in_keep_what_was_typed_and_hide_it_from_strangers(house):
    client, year = house.signed_in("qiye-liu"), clock.today().year
    page = client.get("/my/update/").content.decode()
    assert "已经在国家平台更新了" in page
    refused = client.post("/my/update/", {"act": "platform", "platform_number": "Z-77"})
    assert refused.status_code == 422 and 'value="Z-77"' in refused.content.decode()
    given = {"act": "platform", "platform_number": "Z-77", "platform_on": f"{year}-04-02"}
    assert client.post("/my/update/", given).status_code == 302
    assert f"{year - 1}年度已在国家平台更新" in client.get("/my/update/").content.decode()
    firm = Enterprise.objects.get(memberships__user__username="qiye-liu", memberships__state="verified")
    desk = house.signed_in("sheng-shenhe")
    assert firm.name in desk.get("/desk/rereviews/updates/").content.decode()
    assert house.signed_in("qiye-liu").get("/desk/rereviews/updates/").status_code == 404
    strike = {"act": "strike", "enterprise": firm.public_id, "year": str(year - 1), "reason": "否"}
    refused = desk.post("/desk/rereviews/updates/", strike)
    assert refused.status_code == 422 and 'value="否"' in refused.content.decode()
    assert desk.post("/desk/rereviews/updates/", strike | {"reason": "没有查到"}).status_code == 302
    assert desk.post("/desk/rereviews/updates/", strike | {"reason": "没有查到"}).status_code == 404
    assert desk.post("/desk/rereviews/updates/", strike | {"enterprise": "\0"}).status_code == 404


def test_the_list_is_previewed_on_its_page_and_written_down_once(house):
    desk = house.signed_in("xingqing")
    firm = Enterprise.objects.filter(region_path="64/6401/640104").order_by("id")[0]
    AnnualReport.objects.filter(enterprise=firm).delete()
    year = clock.today().year
    content = sheet(line(firm, year=str(year - 1), on=f"{year}-04-18"))
    upload = SimpleUploadedFile("名单.xlsx", content, content_type=XLSX)
    preview = desk.post("/desk/rereviews/updates/", {"file": upload})
    assert preview.status_code == 200 and not AnnualReport.objects.filter(enterprise=firm).exists()
    assert desk.post("/desk/rereviews/updates/", {"confirmed": preview.context["confirmed"]}).status_code == 302
    assert AnnualReport.objects.get(enterprise=firm).platform_source == "list"
    assert desk.get("/desk/rereviews/updates/template.xlsx").status_code == 200

"""A workbook is read cell by cell; one wrong cell and nothing is written."""

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from enterprises.attach import cells_of
from enterprises.facts import facts_of, values
from enterprises.figure_sheet import OTHERS, YEARS
from enterprises.import_figures import confirm, look, template
from enterprises.models import Figure, Statement
from enterprises.report import report
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from tests.enterprises_papers import far_corner, pdf
from tests.factories import make_enterprise, make_member


@pytest.fixture
def firm(house):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return Principal.of_user(make_member(firm))


@pytest.fixture
def on():
    return clock.today()


def workbook(years=(), others=(), newest=None, sheets=True):
    """(code, oldest, middle, newest) rows, and (code, value) rows."""
    out = BytesIO()
    newest = newest or clock.today().year - 1
    with xlsxwriter.Workbook(out) as book:
        first = book.add_worksheet(YEARS if sheets else "Sheet1")
        first.write_row(0, 0, ["数据项", "代码", "单位", str(newest - 2), str(newest - 1), str(newest)])
        for line, (code, *cells) in enumerate(years, 1):
            first.write_row(line, 0, ["", code, "", *cells])
        second = book.add_worksheet(OTHERS if sheets else "Sheet2")
        second.write_row(0, 0, ["数据项", "代码", "单位", "填在这一列"])
        for line, (code, value) in enumerate(others, 1):
            second.write_row(line, 0, ["", code, "", value])
    return SimpleUploadedFile("数据.xlsx", out.getvalue())


def test_the_template_says_what_is_known_and_reads_back_as_no_change(firm, member, on):
    report(firm, {"revenue_y0": "3260.5", "own_brand": True, "digital_level": 2}, actor=member, on=on)
    content = template(firm, on)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == [YEARS, OTHERS]
    assert book.get_sheet_by_name(YEARS).to_python()[1][:6] == ["营业收入", "revenue", "万元", "", "", "3260.5"]
    told = {row[1]: row[3] for row in book.get_sheet_by_name(OTHERS).to_python()}
    assert (told["own_brand"], told["digital_level"], told["segment_years"]) == ("是", "二级", "")
    preview = look(firm, SimpleUploadedFile("a.xlsx", content), actor=member, on=on)
    assert (preview.lines, preview.unchanged, preview.problems, preview.token) == ((), 3, (), "")


def test_numbers_typed_as_numbers_or_as_text_are_the_same_and_exact(firm, member, on):
    upload = workbook([("revenue", 2610.1, "2,880", 3260.123456), ("employees", "", 81.0, "86")])
    preview = look(firm, upload, actor=member, on=on)
    assert [(line.label, line.before, line.after) for line in preview.lines] == [
        ("再上一年度营业收入", "", "2,610.1 万元"),
        ("上上年度营业收入", "", "2,880 万元"),
        ("上年度营业收入", "", "3,260.123456 万元"),
        ("上上年度从业人员", "", "81 人"),
        ("上年度从业人员", "", "86 人"),
    ]
    assert Figure.objects.count() == 0
    assert len(confirm(firm, preview.token, actor=member, on=on)) == 5
    assert Figure.objects.get(name="revenue", year=on.year - 1).fen == 3_260_123_456
    assert AuditEvent.objects.get(act="enterprise.import").audience == "applicant"


def test_confirming_twice_writes_once(firm, member, on):
    preview = look(firm, workbook([("revenue", "", "", "10")]), actor=member, on=on)
    assert confirm(firm, preview.token, actor=member, on=on) == ["revenue_y0"]
    assert confirm(firm, preview.token, actor=member, on=on) == []
    assert Figure.objects.count() == 1


def test_answers_in_words_are_understood(firm, member, on):
    upload = workbook(others=[("own_brand", "是"), ("on_abnormal_list", "否"), ("digital_level", "二级"),
                              ("key_field", "不属于"), ("segment_years", "6"), ("size_sector", "工业")])  # fmt: skip
    preview = look(firm, upload, actor=member, on=on)
    confirm(firm, preview.token, actor=member, on=on)
    assert values(facts_of(firm, on)) == {
        "own_brand": True, "on_abnormal_list": False, "digital_level": "2", "key_field": "none",
        "segment_years": "6", "size_sector": "industry",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("years", "others", "where", "message"),
    [
        ([("revenue", "很多", "", "")], [], (YEARS, 2, "D"), "再上一年度营业收入读不懂：“很多”"),
        ([("revenue", "", "", "10"), ("main_revenue", "", "", "11")], [], (YEARS, 3, "F"), "上年度主营业务收入 11 大于上年度营业收入 10"),
        ([("employees", "", "", "8.5")], [], (YEARS, 2, "F"), "上年度从业人员读不懂：“8.5”"),
        ([("turnover", "", "", "1")], [], (YEARS, 2, "B"), "没有“turnover”这个代码"),
        ([("revenue", "", "", "1"), ("revenue", "", "", "2")], [], (YEARS, 3, "F"), "和第 2 行 F 列重复"),
        ([], [("own_brand", "也许")], (OTHERS, 2, "D"), "拥有直接面向市场并具有竞争优势的自主品牌读不懂：“也许”"),
        ([], [("holds", "是")], (OTHERS, 2, "B"), "没有“holds”这个代码"),
        ([], [("market_share_national", "101")], (OTHERS, 2, "D"), "主导产品全国细分市场占有率不会大于 100"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_sheet_row_and_column_and_nothing_may_be_written(
    firm, member, on, years, others, where, message
):
    good = [("rd_expense", "", "", "1")]
    preview = look(firm, workbook([*years, *good], [*others, ("new_product", "否")]), actor=member, on=on)
    assert [((p.sheet, p.row, p.column), p.message) for p in preview.problems] == [(where, message)]
    assert preview.problems[0].hint
    assert preview.token == ""


def test_a_year_that_is_not_asked_for_is_named(firm, member, on):
    preview = look(firm, workbook([("revenue", "1", "2", "3")], newest=on.year - 2), actor=member, on=on)
    assert [(p.row, p.column) for p in preview.problems] == [(1, "D")]
    assert f"{on.year - 4} 年不在近三年" in preview.problems[0].message


def test_a_contradiction_with_what_is_known_is_told(firm, member, on):
    report(firm, {"revenue_y0": "10"}, actor=member, on=on)
    preview = look(firm, workbook([("main_revenue", "", "", "11")]), actor=member, on=on)
    assert [p.message for p in preview.problems] == ["上年度主营业务收入 11 大于上年度营业收入 10"]


def test_a_slip_of_the_unit_is_shown_before_it_is_written(firm, member, on):
    preview = look(firm, workbook([("revenue", "", "2880", "32600000")]), actor=member, on=on)
    assert [slip.field for slip in preview.slips] == ["revenue_y0"]
    assert preview.token


def test_another_workbook_is_refused_in_words(firm, member, on):
    preview = look(firm, workbook(sheets=False), actor=member, on=on)
    assert [p.hint for p in preview.problems] == ["请下载模板，在模板里填写"]
    for name, content in (("a.csv", b"x"), ("a.xlsx", b"not a zip")):
        with pytest.raises(Refused):
            look(firm, SimpleUploadedFile(name, content), actor=member, on=on)


def test_the_token_is_of_this_enterprise_only_and_cannot_be_made_up(firm, member, on, house):
    preview = look(firm, workbook([("revenue", "", "", "10")]), actor=member, on=on)
    other = make_enterprise()
    for token in (preview.token, "x", ""):
        with pytest.raises(Refused):
            confirm(other, token, actor=Principal.of_user(make_member(other)), on=on)
    with pytest.raises(Missing):
        confirm(firm, preview.token, actor=Principal.of_user(make_member(other)), on=on)
    assert (Figure.objects.count(), Statement.objects.count()) == (0, 0)


def test_the_page_shows_the_change_then_writes_it(firm, signed_in):
    client, url = signed_in(make_member(firm)), reverse("enterprises:import")
    answer = client.get(reverse("enterprises:import_template"))
    assert answer["Content-Disposition"].startswith("attachment; ")
    shown = client.post(url, {"file": workbook([("revenue", "", "", "10")])})
    assert "会改动 1 项" in shown.content.decode()
    done = client.post(url, {"token": shown.context["preview"].token}, follow=True)
    assert "已导入 1 项。" in done.content.decode()
    wrong = client.post(url, {"file": workbook([("revenue", "", "", "很多")])})
    assert (wrong.status_code, "第 2 行 F 列" in wrong.content.decode()) == (422, True)
    assert client.post(url, {}).status_code == 422


def test_five_kilobytes_that_claim_seventeen_thousand_million_cells_are_refused_and_the_house_stands(firm, member, on):
    content = far_corner()
    assert len(content) < 10_000
    with pytest.raises(Refused) as refusal:
        look(firm, SimpleUploadedFile("数据.xlsx", content), actor=member, on=on)
    assert [(p.field, p.message) for p in refusal.value.problems] == [("file", "表格打不开，或展开后过大，不能接受")]


def test_cells_are_read_as_they_were_typed_and_days_as_days():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("甲")
        sheet.write_row(0, 0, ["文字", 12.5, True])
        sheet.write_datetime(1, 1, datetime(2026, 1, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
        book.add_worksheet("空")
    assert cells_of(out.getvalue()) == {"甲": [["文字", 12.5, True], ["", "2026-01-31", ""]], "空": []}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("数据.xls", b"x", "请上传 .xlsx 文件"),
        ("数据.csv", b"x", "请上传 .xlsx 文件"),
        ("数据.xlsx", b"", "文件是空的"),
        ("数据.xlsx", pdf(), "文件打不开，可能已损坏，或内容与扩展名不符"),
        ("数据.xlsx", b"x" * (20 * 1024 * 1024 + 1), "文件超过 20 MB。"),
        ("数据.xlsx", far_corner(), "表格打不开，或展开后过大，不能接受"),
    ],
    ids=["old format", "text", "empty", "another format", "too big", "endless sheet"],
)
def test_a_file_that_is_no_workbook_is_told_on_the_page_and_nothing_is_written(firm, signed_in, name, content, said):
    client = signed_in(make_member(firm))
    answer = client.post(reverse("enterprises:import"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Figure.objects.count() == 0


def test_an_answer_shown_an_hour_ago_is_not_written_any_more(firm, member, on, monkeypatch):
    preview = look(firm, workbook([("revenue", "", "", "10")]), actor=member, on=on)
    monkeypatch.setattr("enterprises.import_figures.KEPT_FOR", -1)
    with pytest.raises(Refused) as refusal:
        confirm(firm, preview.token, actor=member, on=on)
    assert (refusal.value.code, Figure.objects.count()) == ("stale", 0)


def test_what_a_colleague_made_impossible_in_between_is_refused_at_the_confirmation(firm, member, on):
    preview = look(firm, workbook([("main_revenue", "", "", "10")]), actor=member, on=on)
    report(firm, {"revenue_y0": "9"}, actor=Principal.of_user(make_member(firm)), on=on)
    with pytest.raises(Refused) as refusal:
        confirm(firm, preview.token, actor=member, on=on)
    assert [p.message for p in refusal.value.problems] == ["上年度主营业务收入 10 大于上年度营业收入 9"]


def test_a_stranger_and_a_viewer_find_no_import(firm, member, signed_in, stranger):
    assert signed_in(make_member(firm)).get(reverse("enterprises:import")).status_code == 200
    for user in (stranger, make_member(firm, role="viewer")):
        client = signed_in(user)
        for url in (reverse("enterprises:import"), reverse("enterprises:import_template")):
            assert client.get(url).status_code == 404
        with pytest.raises(Missing):
            look(firm, workbook(), actor=Principal.of_user(user), on=clock.today())

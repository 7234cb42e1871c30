"""The stock of titles: what the list says, what the house knows, and what the import writes."""

import re
import secrets
import zipfile
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import certify, stock
from certification.models import Certificate
from certification.views import sent_list
from enterprises.credit_code import make_code
from enterprises.models import NameHistory
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.refusals import Refused
from tests.factories import make_enterprise


@pytest.fixture
def leader(director: User) -> Principal:
    return Principal.of_user(director)


def sheet(*rows, header=stock.HEADINGS):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for place, row in enumerate([header, *rows]):
        for column, value in enumerate(row):
            page.write_string(place, column, value)
    book.close()
    return out.getvalue()


def line(n=1, **other):
    row = {
        "code": make_code("640104", 80_000 + n), "name": f"示例存量{n}号有限公司", "body": "640104", "tier": "专精特新",
        "number": f"存量-{n}", "batch": "2024年第一批", "document": "示例1号", "announced": "2024-08-28",
        "first": "2024-08-28", "last": str(clock.today() + timedelta(days=100)),
    } | other  # fmt: skip
    return tuple(row.values())


def past(n=1, **other):
    return line(
        n, **{"number": f"存量-旧-{n}", "announced": "2019-08-28", "first": "2019-08-28", "last": "2022-08-27"} | other
    )


def test_a_title_whose_days_are_over_comes_in_as_over(leader, client):
    stock.bring_in(stock.read(sheet(line(1), past(1), past(2))), actor=leader)
    states = dict(Certificate.objects.values_list("number", "state"))
    assert states == {"存量-1": "valid", "存量-旧-1": "expired", "存量-旧-2": "expired"}
    assert Certificate.objects.get(number="存量-旧-2").ended_on == date(2022, 8, 27)
    page = client.get("/titles/存量-旧-2/").content.decode()
    assert "有效期已满" in page and "有效期内" not in page


def test_between_midnight_and_the_office_s_clock_a_title_is_over_on_every_public_page(leader, client):
    firm, day = make_enterprise(name="示例过期有限公司"), clock.today()
    title = certify.issue(
        firm, tier="specialised", first=day - timedelta(days=900), last=day - timedelta(days=1), actor=leader, origin="imported"
    )  # fmt: skip
    assert title.state == "valid"
    page = client.get(f"/titles/{title.number}/").content.decode()
    assert "有效期已满" in page and "有效期内" not in page
    assert "示例过期有限公司" not in client.get("/register/?state=valid").content.decode()
    assert [label.officer for _, label in client.get("/register/?q=示例过期").context["rows"]] == ["有效期已满"]
    assert [step["count"] for step in client.get("/").context["steps"]] == [0, 0, 0, 0]


PAGE = "/desk/titles/import/"


def preview(client, content):
    return client.post(PAGE, {"file": SimpleUploadedFile("stock.xlsx", content)})


def confirm(client, page, **more):
    """Press the button of the preview, as a browser sends it."""
    signed = re.search(r'name="confirmed" value="([^"]+)"', page.content.decode())
    form = urlencode({"confirmed": signed[1], **more})
    return client.post(PAGE, form, content_type="application/x-www-form-urlencoded")


def test_the_preview_says_which_firms_are_new_known_or_registered_otherwise(leader):
    same, other = make_enterprise(name="示例同名有限公司"), make_enterprise(name="示例登记有限公司")
    NameHistory.objects.create(enterprise=same, name="示例旧名有限公司", until=clock.today())
    rows = stock.read(
        sheet(
            line(1), line(2, code=same.credit_code, name="示例旧名有限公司"),
            line(3, code=other.credit_code, name="示例名单有限公司", body="640202"),
        )
    )  # fmt: skip
    assert [row.known for row in rows] == ["new", "known", "differs"]
    assert rows[2].differences == [
        "企业名称与登记不同：系统登记为“示例登记有限公司”",
        "推荐机构与登记不同：登记为兴庆区",
    ]
    with pytest.raises(Refused, match="不一致") as told:
        stock.bring_in(rows, actor=leader)
    assert all(problem.message.startswith("第 4 行") for problem in told.value.problems)
    assert not Certificate.objects.exists()


def test_what_differs_is_imported_as_registered_only_when_somebody_says_so(director, signed_in):
    firm = make_enterprise(name="示例登记有限公司")
    client = signed_in(director)
    page = preview(client, sheet(line(1, code=firm.credit_code, name="示例名单有限公司")))
    assert page.status_code == 200 and "系统登记为“示例登记有限公司”" in page.content.decode()
    again = confirm(client, page)
    assert (
        again.status_code == 409 and "示例名单有限公司" in again.content.decode() and not Certificate.objects.exists()
    )
    assert confirm(client, again, as_registered="1").status_code == 302
    assert Certificate.objects.get().enterprise_name == "示例登记有限公司"


def test_two_lines_of_one_new_firm_that_name_it_differently_are_told(leader):
    rows = stock.read(sheet(past(1), line(1, name="示例改名有限公司")))
    assert [row.known for row in rows] == ["new", "differs"] and "第 2 行为" in rows[1].differences[0]


def test_a_file_as_large_as_the_page_promises_can_be_confirmed_and_a_larger_one_is_told_at_once(director, signed_in):
    client = signed_in(director)
    content = sheet(line(1))
    padded = BytesIO(content)
    with zipfile.ZipFile(padded, "a") as book:
        book.writestr("docProps/padding.bin", secrets.token_bytes(sent_list.LARGEST - len(content) - 300))
    page = preview(client, padded.getvalue())
    assert sent_list.LARGEST - 1000 < len(padded.getvalue()) <= sent_list.LARGEST and page.status_code == 200
    assert confirm(client, page).status_code == 302 and Certificate.objects.count() == 1
    large = preview(client, padded.getvalue() + b"0" * 1000)
    assert large.status_code == 422 and "不超过 1 MB" in large.content.decode()


def test_the_import_asks_as_much_of_the_database_for_many_known_firms_as_for_one(leader, django_assert_num_queries):
    firms = [make_enterprise() for _ in range(4)]
    lines = [line(n, code=firm.credit_code, name=firm.name) for n, firm in enumerate(firms)]
    stock.read(sheet(lines[0]))
    with CaptureQueriesContext(connection) as one:
        stock.read(sheet(lines[0]))
    with django_assert_num_queries(len(one)):
        stock.read(sheet(*lines))


SEVEN = ("企业名称", "层级", "统一社会信用代码", "有效期止", "有效期起", "公告文号", "批次")


def named(header, *lines):
    """The same lines with these columns only, in this order."""
    return sheet(*(tuple(dict(zip(stock.HEADINGS, one, strict=True))[name] for name in header) for one in lines), header=header)


def test_seven_columns_in_any_order_are_enough_for_firms_on_record(director, signed_in):
    firm = make_enterprise("64/6402/640202", name="示例在册有限公司")
    client = signed_in(director)
    page = preview(client, named(SEVEN, line(1, code=firm.credit_code, name=firm.name)))
    said = page.content.decode()
    assert page.status_code == 200 and "按登记的推荐机构：大武口区" in said and "没有公告日期，按有效期起的日期登记" in said
    assert confirm(client, page).status_code == 302
    title = Certificate.objects.get()
    assert (title.region_path, title.announced_on, title.valid_from) == ("64/6402/640202", date(2024, 8, 28), date(2024, 8, 28))
    assert title.number and (title.batch, title.document_number) == ("2024年第一批", "示例1号")


def test_a_new_firm_without_a_body_is_a_fault_of_its_row_that_says_how_to_mend_it(leader):
    firm = make_enterprise()
    rows = stock.read(named(SEVEN, line(1, code=firm.credit_code, name=firm.name), line(2), line(3, first="去年")))
    assert [[p.field for p in row.problems] for row in rows] == [[], ["推荐机构代码"], ["有效期起", "推荐机构代码"]]
    (problem,) = rows[1].problems
    assert problem.message.startswith("第 3 行“推荐机构代码”：没有填写") and "640104 兴庆区" in problem.hint
    with pytest.raises(Refused):
        stock.bring_in(rows, actor=leader)
    assert not Certificate.objects.exists()


def test_an_empty_cell_is_as_a_column_that_is_missing_and_a_wrong_code_stays_wrong(leader):
    rows = stock.read(sheet(line(1), past(1, body=""), line(2, body="999999")))
    assert rows[1].values["region_path"] == "64/6401/640104" and not rows[1].problems
    assert [p.message for p in rows[2].problems] == ["第 4 行“推荐机构代码”：没有“999999”这个代码"]


def test_a_column_nobody_knows_is_named_and_so_are_cells_under_no_name(director, signed_in):
    header = (*stock.HEADINGS, "备注", "")
    page = preview(signed_in(director), sheet((*line(1), "老企业", "多出来的"), header=header))
    said = page.content.decode()
    assert page.status_code == 200 and "没有用到“备注”列（K列）" in said and "L列没有列名" in said
    assert "名单里有没有用到的内容" not in preview(signed_in(director), sheet(line(1))).content.decode()


def test_columns_that_are_missing_or_there_twice_are_all_named_at_once(director, signed_in):
    header = ("企业名称", "企业名称", "统一信用代码", "层级", "批次", "公告文号", "有效期起")
    page = preview(signed_in(director), sheet(("示例",) * 7, header=header))
    said = page.content.decode()
    assert page.status_code == 422 and "“企业名称”列出现了 2 次（A列、B列）" in said
    assert "缺少“统一社会信用代码”列" in said and "缺少“有效期止”列" in said and "没有认出的列名：统一信用代码" in said

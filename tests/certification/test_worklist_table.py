"""The export of a worklist is what is on screen: the same rows, columns, order, filters and numbers, and help that was declared."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from certification import worklist, worklist_table
from certification.models import Application, Correction, StageLimit, Submission
from certification.queries import applications
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

ON_SCREEN = {
    "企业": ("企业", "受理编号", "情况和程序", "外部协助填报"), "层级": ("层级", "事项"), "地区": ("地区",), "状态": ("状态", "补正"),
    "承办": ("承办",), "在本环节": ("在本环节（工作日）", "时限（工作日）", "计时"), "机器核算": ("机器核算",),
}  # fmt: skip
"""Column of the screen → the columns of the file that tell what it tells."""
ONLY_IN_THE_FILE = ["统一社会信用代码", "到本环节"]
PAID, FREE = "付费委托了中介机构", "中小企业服务中心协助（免费）"
VIEWS = [
    ("sheng-shenhe", "view=all&tier=specialised"), ("sheng-shenhe", "view=returned"), ("xingqing", ""),
    ("sheng-shenhe", "view=all&age=late"), ("yinchuan", "view=all&region=64/6401/640104"), ("yinchuan", "view=all&q=示例"),
]  # fmt: skip


@pytest.fixture
def house(db, world, monkeypatch):
    monkeypatch.setattr("certification.views.worklist.PAGE", 1000)
    with scoped(Principal.system("test")):
        StageLimit.objects.update(workdays=5)
        yield world


def declare(case, words):
    filed = case.submissions.order_by("-number").first()
    Submission.objects.filter(pk=filed.pk).update(answers=filed.answers | {"helper": words})


def screen(world, username, query):
    """(headings, cells in words, row by row)."""
    page = world.signed_in(username).get(f"/desk/cases/?{query}").content.decode()
    table = re.search(r"<table.*?</table>", page, re.S)[0]
    rows = [re.findall(r"<t[hd].*?</t[hd]>", row, re.S) for row in re.findall(r"<tr>.*?</tr>", table, re.S)]
    told = [[unescape(re.sub(r"<[^>]+>", "\n", cell)) for cell in row] for row in rows]
    return [cell.strip() for cell in told[0]], told[1:]


def exported(world, username, query):
    content = world.signed_in(username).get(f"/desk/cases/worklist.xlsx?{query}").content
    headings, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return headings, [dict(zip(headings, row, strict=True)) for row in rows]


def words(value):
    return str(int(value)) if isinstance(value, float) else str(value)


@pytest.mark.parametrize(("username", "query"), VIEWS)
def test_every_column_of_the_screen_is_in_the_file_with_the_same_words_and_numbers(house, username, query):
    for case, said in zip(Application.objects.exclude(submitted_at=None), (PAID, FREE), strict=False):
        declare(case, said)
    Correction.objects.filter(answered_at=None).update(due_on=clock.today() - timedelta(days=3))
    shown, cells = screen(house, username, query)
    headings, rows = exported(house, username, query)
    assert shown == list(ON_SCREEN) and len(cells) == len(rows) > 0
    in_order = [name for names in ON_SCREEN.values() for name in names]
    assert [name for name in headings if name in in_order] == in_order
    assert [name for name in headings if name not in in_order] == ONLY_IN_THE_FILE
    for row, line in zip(rows, cells, strict=True):
        for (column, names), cell in zip(ON_SCREEN.items(), line, strict=True):
            left = cell
            for name in names:
                assert words(row[name]) in left, (column, name, row[name], cell)
                left = left.replace(words(row[name]), "", 1)
            noise = re.sub(r"[\s/]|个工作日|填报：", "", left)
            assert noise == "", (column, row, cell)


def test_the_file_has_receipt_number_and_credit_code_of_every_row_in_the_order_of_the_screen(house):
    _, rows = exported(house, "sheng-shenhe", "view=all")
    principal = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    asked = worklist.narrow(applications(principal), worklist.Filters(view="all"), principal)
    assert [(row["受理编号"], row["统一社会信用代码"]) for row in rows] == [
        (case.receipt_number or "", case.credit_code) for case in asked
    ]


def test_help_from_outside_is_a_badge_in_words_in_the_list_and_on_the_case_and_doing_it_oneself_is_none(house):
    case = Application.objects.filter(state="screening", region_path="64/6401/640104").order_by("pk").first()
    client = house.signed_in("xingqing")
    for said, shown in ((PAID, True), (FREE, True), ("本企业自己填写", False), ("", False)):
        declare(case, said)
        for url in ("/desk/cases/?view=all", f"/desk/cases/{case.public_id}/"):
            badge = re.search(
                r'<span class="st st-draft">(?:(?!</span>).)*填报：([^<]*)</span>',
                client.get(url).content.decode(),
                re.S,
            )
            assert (badge and badge[1]) == (said if shown else None), (url, said)


def test_what_a_firm_types_into_its_draft_after_a_return_is_not_shown_before_it_is_filed(house):
    case = Application.objects.filter(state="returned").order_by("pk").first()
    declare(case, FREE)
    Application.objects.filter(pk=case.pk).update(answers=case.answers | {"helper": PAID})
    _, rows = exported(house, "sheng-shenhe", "view=all")
    assert {row["受理编号"]: row["外部协助填报"] for row in rows}[case.receipt_number] == FREE


def test_many_lines_cost_as_many_questions_as_one(house):
    principal = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    rows = worklist.fetched(worklist.narrow(applications(principal), worklist.Filters(view="all"), principal))
    counts = []
    for size in (1, 20):
        worklist_table.lines(rows[:size], principal)
        with CaptureQueriesContext(connection) as asked:
            assert len(worklist_table.lines(rows[:size], principal)) == size
        counts.append(len(asked))
    assert counts[0] == counts[1], counts

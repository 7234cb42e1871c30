"""The stock of titles: what the list says, what the house knows, and what the import writes."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter

from certification import certify, stock
from certification.models import Certificate
from enterprises.credit_code import make_code
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from tests.factories import make_enterprise


@pytest.fixture
def leader(director: User) -> Principal:
    return Principal.of_user(director)


def sheet(*rows):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for place, row in enumerate([stock.HEADINGS, *rows]):
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
    return line(n, **{"number": f"存量-旧-{n}", "announced": "2019-08-28", "first": "2019-08-28", "last": "2022-08-27"} | other)


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

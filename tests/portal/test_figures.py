"""The numbers of the overview are chosen as the rules choose them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from certification import certify
from certification.target import load_targets
from enterprises.models import Figure
from foundation import clock
from foundation.accounts.principal import Principal
from portal.figures import outcomes
from tests.factories import make_enterprise


def titled():
    firm, day = make_enterprise(), clock.today()
    certify.issue(
        firm, tier="specialised", first=day, last=certify.last_valid_day(day), actor=Principal.system("test"), origin="imported"
    )  # fmt: skip
    return firm


def tell(firm, name, value, source="self", back=1):
    kind = {"quantity": value} if name == "digital_level" else {"fen": value}
    Figure.objects.create(
        enterprise=firm, name=name, year=clock.today().year - back, source=source, unit="", seen_at=clock.now(), **kind
    )


def test_a_later_word_of_the_firm_does_not_beat_the_audited_figure(house):
    firm = titled()
    tell(firm, "revenue", 1000, "audited")
    tell(firm, "rd_expense", 50, "audited")
    assert outcomes.rd_share("specialised").rows[0] == ("各户占比平均（1 户）", "5.0%")
    tell(firm, "rd_expense", 400)
    assert outcomes.rd_share("specialised").rows[0] == ("各户占比平均（1 户）", "5.0%")
    tell(firm, "rd_expense", 80, "government")
    assert outcomes.rd_share("specialised").rows == [("各户占比平均（1 户）", "8.0%"), ("Σ研发 ÷ Σ营收", "8.0%")]


def test_a_level_that_was_assessed_years_ago_stands_until_a_later_one(house):
    firm, other = titled(), titled()
    tell(firm, "digital_level", 3, "platform", back=3)
    assert outcomes.digital_level("specialised").rows == [("已测评 1 户中", "100%"), ("有效期内 2 户中", "50%")]
    tell(other, "digital_level", 1, "platform")
    tell(firm, "digital_level", 1, "platform")
    assert outcomes.digital_level("specialised").rows == [("已测评 2 户中", "0%"), ("有效期内 2 户中", "0%")]


def test_money_of_another_year_is_no_part_of_the_share(house):
    firm = titled()
    tell(firm, "revenue", 1000, back=2)
    tell(firm, "rd_expense", 50, back=2)
    assert outcomes.rd_share("specialised").rows[0] == ("各户占比平均", "缺数据")


def test_titles_that_are_over_are_no_part_of_any_outcome(house):
    firm, day = make_enterprise(), clock.today()
    certify.issue(
        firm, tier="specialised", first=day - timedelta(days=900), last=day - timedelta(days=1),
        actor=Principal.system("test"), origin="imported",
    )  # fmt: skip
    tell(firm, "digital_level", 3)
    assert outcomes.digital_level("specialised").rows == [("有效期内专精特新中小企业", "缺数据")]


def cells(content, sheet=0):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()


def test_the_list_of_firms_and_its_file_carry_the_number_of_the_overview(house, director, signed_in):
    counted, bare, idle = titled(), titled(), titled()
    for firm, spent, earned in ((counted, 8_000_000, 100_000_000), (idle, 5_000_000, 0)):
        tell(firm, "rd_expense", spent)
        tell(firm, "revenue", earned)
    load_targets()
    client = signed_in(director)
    overview = client.get("/desk/overview/").content.decode()
    address = "/desk/overview/outcomes/?measure=rd_share&amp;tier=specialised"
    assert f'<a href="{address}">8.0%</a>' in overview
    page = client.get(address.replace("&amp;", "&"))
    told = {firm.name: (firm.is_counted, firm.why) for firm in page.context["page"]}
    assert told == {
        counted.name: (True, ""),
        bare.name: (False, "没有上年度研发费用"),
        idle.name: (False, "上年度营业收入为零"),
    }
    assert ("各户占比平均（1 户）", "8.0%") in page.context["outcome"].rows and "计入 1 户" in page.content.decode()
    only = client.get("/desk/overview/outcomes/?measure=rd_share&counted=no").context["page"]
    assert {firm.name for firm in only} == {bare.name, idle.name}
    file = client.get("/desk/overview/outcomes/list.xlsx?measure=rd_share&tier=specialised").content
    assert {row[0]: row[-2] for row in cells(file)[1:]} == {counted.name: "是", bare.name: "否", idle.name: "否"}
    assert ["各户占比平均（1 户）", "8.0%"] in cells(file, 1)


@pytest.mark.parametrize("measure", outcomes.READ)
def test_a_list_of_many_firms_asks_as_much_as_a_list_of_one(house, director, signed_in, measure):
    client, address = signed_in(director), f"/desk/overview/outcomes/?measure={measure}"
    asked = []
    for _ in range(2):
        firm = titled()
        tell(firm, "digital_level", 2)
        tell(firm, "revenue", 100)
        tell(firm, "rd_expense", 10)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))
        [titled() for _ in range(3)]
    assert asked[0] == asked[1]


def test_what_is_no_outcome_is_missing_and_no_county_finds_the_list(house, director, county, signed_in):
    assert signed_in(director).get("/desk/overview/outcomes/?measure=new_titles").status_code == 404
    assert signed_in(director).get("/desk/overview/outcomes/?tier=gold").status_code == 404
    assert signed_in(county).get("/desk/overview/outcomes/").status_code == 404


def test_the_numbers_of_the_overview_open_as_many_cases_as_they_say(db, world):
    client = world.signed_in("sheng-shenhe")
    page = client.get("/desk/overview/")
    opened = 0
    for row in page.context["waiting"]:
        listed = client.get(f"/desk/cases/?view={row['state']}&region={row['region_path']}").context["page"]
        opened += listed.paginator.count
        assert listed.paginator.count == row["n"]
    year = page.context["year"]
    for step in page.context["funnel"][1:]:
        listed = client.get(f"/desk/cases/?view=all&tier=specialised&step={step['step']}&year={year}").context["page"]
        opened += listed.paginator.count
        assert listed.paginator.count == step["count"], step
    assert opened > 10
    shown = page.content.decode()
    assert shown.count("/desk/cases/?view=") == len(page.context["waiting"]) + len(page.context["funnel"]) - 1
    page = world.signed_in("sheng-guize").get("/desk/overview/").content.decode()
    assert "/desk/cases/?view=" not in page and "/desk/overview/outcomes/" not in page
    for address in ("/desk/overview/outcomes/", "/desk/overview/outcomes/list.xlsx"):
        assert world.signed_in("sheng-guize").get(address).status_code in (403, 404)

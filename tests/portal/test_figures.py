"""The numbers of the overview are chosen as the rules choose them."""

from datetime import timedelta

from certification import certify
from enterprises.models import Figure
from foundation import clock
from foundation.accounts.principal import Principal
from portal.figures import figures
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
    assert figures.rd_share("specialised")[0] == ("各户占比平均（1 户）", "5.0%")
    tell(firm, "rd_expense", 400)
    assert figures.rd_share("specialised")[0] == ("各户占比平均（1 户）", "5.0%")
    tell(firm, "rd_expense", 80, "government")
    assert figures.rd_share("specialised") == [("各户占比平均（1 户）", "8.0%"), ("Σ研发 ÷ Σ营收", "8.0%")]


def test_a_level_that_was_assessed_years_ago_stands_until_a_later_one(house):
    firm, other = titled(), titled()
    tell(firm, "digital_level", 3, "platform", back=3)
    assert figures.digital_level("specialised") == [("已测评 1 户中", "100%"), ("有效期内 2 户中", "50%")]
    tell(other, "digital_level", 1, "platform")
    tell(firm, "digital_level", 1, "platform")
    assert figures.digital_level("specialised") == [("已测评 2 户中", "0%"), ("有效期内 2 户中", "0%")]


def test_money_of_another_year_is_no_part_of_the_share(house):
    firm = titled()
    tell(firm, "revenue", 1000, back=2)
    tell(firm, "rd_expense", 50, back=2)
    assert figures.rd_share("specialised")[0] == ("各户占比平均", "缺数据")


def test_titles_that_are_over_are_no_part_of_any_outcome(house):
    firm, day = make_enterprise(), clock.today()
    certify.issue(
        firm, tier="specialised", first=day - timedelta(days=900), last=day - timedelta(days=1),
        actor=Principal.system("test"), origin="imported",
    )  # fmt: skip
    tell(firm, "digital_level", 3)
    assert figures.digital_level("specialised") == [("有效期内专精特新中小企业", "缺数据")]

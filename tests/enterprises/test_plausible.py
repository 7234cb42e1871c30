"""What cannot be true is refused; what only looks like a slip of the unit is asked about."""

from decimal import Decimal

import pytest
from django.urls import reverse

from enterprises.models import Figure
from enterprises.plausible import contradictions, example, out_of_range, warnings
from enterprises.report import report
from enterprises.yearly import BASES, fact_named
from foundation import clock
from foundation.accounts.principal import Principal
from tests.factories import make_enterprise, make_member

YEAR = clock.today().year - 1


@pytest.fixture
def firm(house):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return make_member(firm)


def told(facts):
    return [(w.field, w.message, w.hint) for w in warnings(facts)]


def test_yuan_typed_as_ten_thousand_yuan_is_a_jump_of_ten_thousand_and_is_asked_about():
    assert told({"revenue_y0": "28800000", "revenue_y1": "2880"}) == [
        ("revenue_y0", "上年度营业收入与前一年相差 10,000 倍", "像是把元填成了万元，请核对单位")
    ]
    assert told({"revenue_y0": "2880", "revenue_y1": "28800000"}) == [
        ("revenue_y0", "上年度营业收入与前一年相差 10,000 倍", "像是把元填成了万元，请核对单位")
    ]


@pytest.mark.parametrize(
    ("now", "hint"),
    [
        ("99.99", None),
        ("100", "请核对单位和年度，金额单位是万元"),
        ("999.9", "请核对单位和年度，金额单位是万元"),
        ("1000", "像是把元填成了万元，请核对单位"),
        ("10000", "像是把元填成了万元，请核对单位"),
        ("0.01", "请核对单位和年度，金额单位是万元"),
        ("0.0001", "像是把元填成了万元，请核对单位"),
    ],
)
def test_where_growth_ends_and_a_slip_begins(now, hint):
    assert [h for _, _, h in told({"rd_expense_y0": now, "rd_expense_y1": "1"})] == ([hint] if hint else [])


@pytest.mark.parametrize("base", sorted(set(BASES) - {"net_profit"}))
def test_every_figure_of_the_table_is_watched_in_both_pairs_of_years(base):
    assert [w[0] for w in told({f"{base}_y0": 10**6, f"{base}_y1": 1})] == [f"{base}_y0"]
    assert [w[0] for w in told({f"{base}_y1": 10**6, f"{base}_y2": 1})] == [f"{base}_y1"]


def test_a_profit_may_turn_into_a_loss_and_jump_as_it_likes():
    assert told({"net_profit_y0": "-5000", "net_profit_y1": "0.01", "net_profit_y2": "20000"}) == []


def test_nothing_is_concluded_from_zero_or_from_nothing():
    assert told({"revenue_y0": "5000", "revenue_y1": "0", "revenue_y2": None}) == []
    assert told({"revenue_y0": "5000"}) == []
    assert told({"employees_y0": 0, "revenue_y0": "5000", "rd_expense_y0": "0"}) == []


def test_research_above_revenue_and_five_thousand_a_head_are_asked_about():
    assert told({"rd_expense_y2": "100.01", "revenue_y2": "100"}) == [
        ("rd_expense_y2", "再上一年度研发费用大于当年营业收入", "请核对单位，金额单位是万元")
    ]
    assert told({"revenue_y0": "5000", "employees_y0": 1}) == []
    assert told({"revenue_y0": "50010", "employees_y0": 10}) == [
        ("revenue_y0", "上年度营业收入合人均 5,001 万元", "像是把元填成了万元，请核对单位和人数")
    ]


@pytest.mark.parametrize("back", [0, 1, 2])
@pytest.mark.parametrize(("part", "whole"), [("main_revenue", "revenue"), ("rd_staff", "employees")])
def test_a_part_above_its_whole_is_a_contradiction_in_every_year(part, whole, back):
    a, b = f"{part}_y{back}", f"{whole}_y{back}"
    assert contradictions({a: 8, b: 8}) == []
    assert [(p.field, p.code) for p in contradictions({a: 9, b: 8})] == [(a, "invalid")]
    assert contradictions({a: 9, f"{whole}_y{(back + 1) % 3}": 8}) == []
    assert contradictions({a: 9, b: None}) == contradictions({a: None, b: 8}) == []


def test_a_cent_above_is_above():
    (problem,) = contradictions({"main_revenue_y0": Decimal("100.000001"), "revenue_y0": "100"})
    assert problem.message == "上年度主营业务收入 100.000001 大于上年度营业收入 100"
    assert problem.hint == "主营业务收入不会超过营业收入"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("revenue_y0", Decimal("-0.01"), "上年度营业收入不会小于 0"),
        ("revenue_y0", Decimal("1000000000.01"), "上年度营业收入不会大于 1,000,000,000"),
        ("revenue_y0", Decimal("1.0000001"), "上年度营业收入最多填到分（万元后 6 位小数）"),
        ("market_share_national", Decimal("100.1"), "主导产品全国细分市场占有率不会大于 100"),
        ("employees_y0", -1, "上年度从业人员不会小于 0"),
    ],
)
def test_a_value_out_of_its_range_says_the_range(name, value, said):
    problem = out_of_range(fact_named(name), value)
    assert (problem.message, problem.field, bool(problem.hint)) == (said, name, True)


def test_the_edges_of_a_range_belong_to_it():
    for name, value in (("revenue_y0", 0), ("revenue_y0", 10**9), ("market_share_national", 100), ("employees_y0", 0)):
        assert out_of_range(fact_named(name), Decimal(value)) is None
    assert out_of_range(fact_named("net_profit_y0"), Decimal(-5000)) is None


def test_an_example_is_given_in_the_unit_that_is_asked():
    assert example(fact_named("revenue_y0")) == "填数字，单位万元，例：1234.56"
    assert example(fact_named("employees_y0")) == "填整数，例：86"


BAD = [
    ({"revenue_y0": "-1"}, "revenue_y0", "上年度营业收入不会小于 0"),
    ({"revenue_y0": "1e12"}, "revenue_y0", "上年度营业收入不会大于 1,000,000,000"),
    ({"revenue_y0": "1e999"}, "revenue_y0", "上年度营业收入读不懂：“1e999”"),
    ({"revenue_y0": "NaN"}, "revenue_y0", "上年度营业收入读不懂：“NaN”"),
    ({"revenue_y0": "三千万"}, "revenue_y0", "上年度营业收入读不懂：“三千万”"),
    ({"employees_y0": "86.5"}, "employees_y0", "上年度从业人员读不懂：“86.5”"),
    ({"revenue_y0": "100", "main_revenue_y0": "100.01"}, "main_revenue_y0", "上年度主营业务收入 100.01 大于上年度营业收入 100"),
    ({"employees_y1": "8", "rd_staff_y1": "9"}, "rd_staff_y1", "上上年度研发人员 9 大于上上年度从业人员 8"),
    ({f"paper_{YEAR}": "0" * 16}, f"paper_{YEAR}", None),
    ({"revenue_y0": "1" * 41}, "revenue_y0", None),
    ({"revenue_y0": "12\0"}, "revenue_y0", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "field", "said"), BAD, ids=range(len(BAD)))
def test_bad_figures_are_told_in_chinese_at_their_field_and_nothing_typed_is_lost(
    firm, member, signed_in, typed, field, said
):
    good = {"net_profit_y2": "-12.5", "taxes_paid_y1": "1,234.50"}
    answer = signed_in(member).post(reverse("enterprises:figures"), good | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    problems = answer.context["problems"]
    assert [p.field for p in problems] == [field]
    assert said is None or problems[0].message == said
    assert any("\u4e00" <= character <= "\u9fff" for character in problems[0].message)
    assert f'href="#f-{field}"' in page
    for value in (good | typed).values():
        assert value == "0" * 16 or "\0" in value or f'value="{value}"' in page
    assert Figure.objects.count() == 0


def test_a_jump_of_ten_thousand_is_saved_and_asked_about_on_the_page(firm, member, signed_in):
    data = {"revenue_y1": "2880", "revenue_y0": "28800000"}
    answer = signed_in(member).post(reverse("enterprises:figures"), data, follow=True)
    page = answer.content.decode()
    assert "上年度营业收入与前一年相差 10,000 倍。像是把元填成了万元，请核对单位。没错就不用改。" in page
    assert Figure.objects.count() == 2


def test_a_jump_against_what_was_known_before_is_asked_about_too(firm, member, signed_in):
    report(firm, {"revenue_y1": "2880"}, actor=Principal.of_user(member), on=clock.today())
    answer = signed_in(member).post(reverse("enterprises:figures"), {"revenue_y0": "28800000"}, follow=True)
    assert "相差 10,000 倍" in answer.content.decode()

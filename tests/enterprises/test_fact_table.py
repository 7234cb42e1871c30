"""The table of a population says exactly what facts_of() says of each, however many there are."""

from datetime import date

import pytest

from certification.rules import document
from certification.rules.assess import assess
from certification.rules.population import Population, decide
from enterprises import items
from enterprises.fact_table import fact_table
from enterprises.facts import facts_of, values
from enterprises.report import report
from tests.factories import make_enterprise

ON = date(2026, 7, 10)
FACTS = {
    "revenue_y0": "3260.123456", "main_revenue_y0": "2934", "rd_expense_y0": "126.5", "rd_expense_y1": "101.4",
    "revenue_y1": "2880", "total_assets_y0": "4486", "total_liabilities_y0": "2350.66", "employees_y0": 86,
    "segment_years": "6", "registered_in_prc": True, "independent_legal_person": True, "on_abnormal_list": False,
    "size_sector": "industry", "quality": ["own_brand", "standards"], "digital_level": 2, "net_profit_y0": "-3",
    "intellectual_property": [{"kind": "invention", "related": True, "granted_on": "2020-02-29", "high_value": []}],
    "awards": [],
}  # fmt: skip


@pytest.fixture
def population(house):
    firms = [make_enterprise(), make_enterprise("64/ND"), make_enterprise("64/6402/640202")]
    report(firms[0], FACTS, actor=house, on=ON)
    report(firms[1], {"revenue_y0": "12", "awards": [{"level": "national", "rank": 2}]}, actor=house, on=ON)
    return firms


def test_numbers_are_whole_and_unknown_is_null(population):
    table, lists = fact_table(ON)
    told = table.filter(table["enterprise_id"] == population[0].pk).row(0, named=True)
    assert (told["revenue_y0"], told["employees_y0"], told["segment_years"]) == (3_260_123_456, 86, 6_000_000)
    assert (told["net_profit_y0"], told["quality"], told["awards"]) == (-3_000_000, ["own_brand", "standards"], True)
    nothing = table.filter(table["enterprise_id"] == population[2].pk).row(0, named=True)
    assert {v for k, v in nothing.items() if k not in ("row", "enterprise_id", "credit_code", "region_path")} == {
        None,
        False,
    }
    assert lists["intellectual_property"].rows(named=True) == [
        {"row": 0, "kind": "invention", "related": True, "applied": None, "acquired": None,
         "granted_on": date(2020, 2, 29), "transferred_on": None, "holder_rank": None, "high_value": False}
    ]  # fmt: skip


def test_the_table_judges_like_the_single_evaluator(population):
    table, lists = fact_table(ON)
    rule_set = document.load_all().rule_set("T1-2022")
    decided = decide(rule_set, Population(table, lists), on=ON)
    for firm, told in zip(population, decided.iter_rows(named=True), strict=True):
        alone = assess(rule_set, values(facts_of(firm, ON)), on=ON, explain=False)
        assert told["size"] == alone.size
        for line in alone.criteria:
            if line.max is not None:
                assert (told[f"low__{line.code}"], told[f"high__{line.code}"]) == (line.low, line.high)


def test_the_number_of_queries_does_not_grow(population, django_assert_num_queries):
    with django_assert_num_queries(10):
        fact_table(ON, [population[0].pk])
    with django_assert_num_queries(10):
        fact_table(ON)


def test_titles_come_from_above(population):
    table, _ = fact_table(ON, held={population[1].pk: ["innovative"]})
    assert table["holds"].to_list() == [None, ["innovative"], None]


def test_things_listed_one_by_one_are_in_the_table(population, house):
    from foundation.accounts.principal import Principal
    from tests.factories import make_member

    member = Principal.of_user(make_member(population[2]))
    items.declare_none(population[2], "intellectual_property", actor=member)
    table, _ = fact_table(ON)
    assert table["intellectual_property"].to_list() == [True, False, True]

"""A figure is reported once, checked at its field, and never thrown away."""

from datetime import date
from decimal import Decimal

import pytest

from enterprises.facts import facts_of, values
from enterprises.models import Evidence, Figure, Statement
from enterprises.report import report, warnings
from enterprises.yearly import three_years
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from tests.factories import make_enterprise, make_member

ON = date(2026, 7, 10)


@pytest.fixture
def firm(house):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return Principal.of_user(make_member(firm))


def test_a_year_counts_back_from_the_day_of_judgement(firm, member):
    report(firm, {"revenue_y0": "1,234.56", "revenue_y1": "1000"}, actor=member, on=ON)
    assert sorted(Figure.objects.values_list("name", "year", "fen")) == [
        ("revenue", 2024, 1_000_000_000),
        ("revenue", 2025, 1_234_560_000),
    ]
    assert values(facts_of(firm, ON)) == {"revenue_y0": "1234.56", "revenue_y1": "1000"}
    assert values(facts_of(firm, date(2027, 1, 1))) == {"revenue_y1": "1234.56", "revenue_y2": "1000"}


def test_the_score_of_the_platform_is_of_the_year_of_judgement_itself(firm, house):
    report(firm, {"development_score_y0": "61.5"}, actor=house, on=ON, source="platform")
    assert list(Figure.objects.values_list("name", "year")) == [("development_score", 2026)]
    assert values(facts_of(firm, date(2027, 3, 1))) == {"development_score_y1": "61.5"}


def test_a_number_without_a_year_keeps_counting_until_a_later_one(firm, member):
    report(firm, {"segment_years": "5"}, actor=member, on=ON)
    later = facts_of(firm, date(2027, 7, 1))
    assert (later["segment_years"].value, later["segment_years"].year) == ("5", 2025)
    report(firm, {"segment_years": "6"}, actor=member, on=date(2027, 7, 1))
    assert facts_of(firm, date(2027, 7, 1))["segment_years"].value == "6"
    assert facts_of(firm, ON)["segment_years"].value == "5"


def test_the_same_figure_again_writes_nothing(firm, member):
    assert report(firm, {"revenue_y0": "1000"}, actor=member, on=ON) == ["revenue_y0"]
    assert report(firm, {"revenue_y0": "1000.00"}, actor=member, on=ON) == []
    assert (Figure.objects.count(), AuditEvent.objects.filter(act="enterprise.facts").count()) == (1, 1)


def test_a_correction_is_a_new_row_and_the_old_one_stays(firm, member):
    for value in ("1000", "1100", "1000"):
        report(firm, {"revenue_y0": value}, actor=member, on=ON)
    assert [row.fen for row in Figure.objects.order_by("id")] == [10**9, 11 * 10**8, 10**9]
    assert facts_of(firm, ON)["revenue_y0"].value == "1000"


def test_sources_that_disagree_are_kept_and_the_most_trusted_counts(firm, member, house):
    report(firm, {"employees_y0": 86}, actor=member, on=ON)
    report(firm, {"employees_y0": 74}, actor=house, on=ON, source="government")
    fact = facts_of(firm, ON)["employees_y0"]
    assert (fact.value, fact.source, fact.conflicting) == ("74", "government", (("self", "86"),))
    report(firm, {"employees_y0": 74}, actor=member, on=ON)
    assert facts_of(firm, ON)["employees_y0"].conflicting == ()


@pytest.mark.parametrize(("weak", "strong"), [("self", "platform"), ("platform", "audited"), ("audited", "government")])
def test_government_before_audit_before_platform_before_self(firm, house, weak, strong):
    report(firm, {"revenue_y0": "2"}, actor=house, on=ON, source=strong)
    report(firm, {"revenue_y0": "1"}, actor=house, on=ON, source=weak)
    assert facts_of(firm, ON)["revenue_y0"].value == "2"


def test_an_agreeing_audit_report_raises_the_source_of_a_figure(firm, member):
    report(firm, {"revenue_y0": "1000"}, actor=member, on=ON)
    paper = Evidence.objects.create(
        enterprise=firm, kind="audit", title="2025年审计报告", original_name="a.pdf", media_type="application/pdf",
        size=1, sha256="0" * 64, uploaded_at=clock.now(),
    )  # fmt: skip
    report(firm, {"revenue_y0": "1000"}, actor=member, on=ON, source="audited", evidence=paper)
    fact = facts_of(firm, ON)["revenue_y0"]
    assert (fact.source, fact.evidence_id, fact.conflicting) == ("audited", paper.pk, ())


def test_who_copies_the_audit_report_does_not_contradict_herself(firm, member):
    report(firm, {"revenue_y0": "1000"}, actor=member, on=ON)
    report(firm, {"revenue_y0": "990.5"}, actor=member, on=ON, source="audited")
    assert facts_of(firm, ON)["revenue_y0"].conflicting == ()


def test_an_answer_taken_back_is_unknown_again(firm, member):
    report(firm, {"own_brand": True}, actor=member, on=ON)
    report(firm, {"own_brand": None}, actor=member, on=ON)
    assert facts_of(firm, ON) == {}
    assert Statement.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"revenue_y0": "很多"}, "revenue_y0", "上年度营业收入读不懂：“很多”"),
        ({"revenue_y0": "-1"}, "revenue_y0", "上年度营业收入不会小于 0"),
        ({"revenue_y0": "1000000001"}, "revenue_y0", "上年度营业收入不会大于 1,000,000,000"),
        ({"revenue_y0": "0.0000001"}, "revenue_y0", "上年度营业收入最多填到分（万元后 6 位小数）"),
        ({"employees_y0": "8.5"}, "employees_y0", "上年度从业人员读不懂：“8.5”"),
        ({"main_revenue_y1": "2", "revenue_y1": "1"}, "main_revenue_y1", "上上年度主营业务收入 2 大于上上年度营业收入 1"),
        ({"rd_staff_y2": 9, "employees_y2": 8}, "rd_staff_y2", "再上一年度研发人员 9 大于再上一年度从业人员 8"),
        ({"key_field": "whatever"}, "key_field", "主导产品所属领域读不懂：“whatever”"),
        ({"shoe_size": 44}, "shoe_size", "没有“shoe_size”这个数据项"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(firm, member, given, field, said):
    with pytest.raises(Refused) as refusal:
        report(firm, given | {"net_profit_y0": "-3"}, actor=member, on=ON)
    assert [(p.field, p.message) for p in refusal.value.problems] == [(field, said)]
    assert Figure.objects.count() == 0


def test_a_contradiction_with_what_is_known_already_is_refused(firm, member):
    report(firm, {"revenue_y0": "1000"}, actor=member, on=ON)
    with pytest.raises(Refused):
        report(firm, {"main_revenue_y0": "1000.01"}, actor=member, on=ON)
    assert report(firm, {"main_revenue_y0": "1000"}, actor=member, on=ON) == ["main_revenue_y0"]


def test_zero_and_a_loss_are_figures_like_others(firm, member):
    report(firm, {"total_liabilities_y0": 0, "net_profit_y0": "-12.5"}, actor=member, on=ON)
    assert values(facts_of(firm, ON)) == {"total_liabilities_y0": "0", "net_profit_y0": "-12.5"}


@pytest.mark.parametrize(
    ("facts", "field", "hint"),
    [
        ({"revenue_y0": "32600000", "revenue_y1": "2880"}, "revenue_y0", "像是把元填成了万元，请核对单位"),
        ({"rd_expense_y1": "1", "rd_expense_y2": "120"}, "rd_expense_y1", "请核对单位和年度，金额单位是万元"),
        ({"rd_expense_y0": "101", "revenue_y0": "100"}, "rd_expense_y0", "请核对单位，金额单位是万元"),
        ({"employees_y0": 2, "employees_y1": 300}, "employees_y0", "请核对人数和年度"),
        ({"revenue_y0": "32600000", "employees_y0": 80}, "revenue_y0", "像是把元填成了万元，请核对单位和人数"),
    ],
)
def test_a_slip_of_the_unit_is_warned_of_and_not_refused(firm, member, facts, field, hint):
    assert [(w.field, w.hint, w.code) for w in warnings(facts)] == [(field, hint, "unit_jump")]
    assert set(report(firm, facts, actor=member, on=ON)) == set(facts)


def test_ordinary_growth_is_not_warned_of():
    assert warnings({"revenue_y0": "3260", "revenue_y1": "1880", "revenue_y2": "610", "employees_y0": 86}) == []


def test_a_stranger_and_a_viewer_cannot_write(firm, house, stranger):
    viewer = Principal.of_user(make_member(firm, role="viewer"))
    for actor in (Principal.of_user(stranger), viewer, Principal.of_user(make_member(make_enterprise()))):
        with pytest.raises(Missing):
            report(firm, {"revenue_y0": "1"}, actor=actor, on=ON)


def test_the_table_of_three_years_shows_shares_sources_and_conflicts(firm, member, house):
    report(firm, {"revenue_y0": "3260", "main_revenue_y0": "2934", "main_cost_y1": "1821.5"}, actor=member, on=ON)
    report(firm, {"revenue_y0": "3200"}, actor=house, on=ON, source="audited")
    rows = {row.base: row for row in three_years(firm, ON)}
    assert [cell.year for cell in rows["revenue"].cells] == [2023, 2024, 2025]
    newest = rows["revenue"].cells[2]
    assert (newest.value, newest.source, newest.conflicting) == ("3200", "audited", (("self", "3260"),))
    assert rows["main_revenue"].cells[2].share == Decimal("91.6875")
    assert rows["main_cost"].cells[1].value == "1821.5"

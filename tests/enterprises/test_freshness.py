"""While a form is open a colleague may save: what is newer is shown, and nothing is overwritten unseen."""

from datetime import date

import pytest
from django.urls import reverse

from enterprises.freshness import mark, overtaken
from enterprises.models import Figure, Statement
from enterprises.report import report
from foundation import clock
from foundation.accounts.principal import Principal
from tests.factories import make_enterprise, make_member

ON = date(2026, 7, 10)


@pytest.fixture
def firm(house):
    return make_enterprise()


@pytest.fixture
def me(firm):
    return Principal.of_user(make_member(firm))


@pytest.fixture
def colleague(firm):
    return Principal.of_user(make_member(firm, role="editor"))


def test_the_mark_grows_with_every_figure_and_every_answer_and_with_nothing_else(firm, me):
    marks = [mark(firm)]
    for given in ({"revenue_y0": "1"}, {"revenue_y0": "1"}, {"own_brand": True}, {"own_brand": None}):
        report(firm, given, actor=me, on=ON)
        marks.append(mark(firm))
    assert marks[0] == "0-0"
    assert marks[1] == marks[2]
    assert len(set(marks)) == 4
    report(make_enterprise(), {"revenue_y0": "1"}, actor=Principal.system("test"), on=ON)
    assert mark(firm) == marks[-1]


def test_what_a_colleague_changed_since_is_told_with_both_values(firm, me, colleague):
    seen = mark(firm)
    report(firm, {"revenue_y0": "1200", "own_brand": True}, actor=colleague, on=ON)
    found = overtaken(firm, seen, {"revenue_y0": "100", "own_brand": False, "employees_y0": "8"}, actor=me, on=ON)
    assert [(p.field, p.code, p.message) for p in found] == [
        ("revenue_y0", "stale", f"上年度营业收入：{colleague.name}刚改为“1,200 万元”，您填的是“100 万元”"),
        ("own_brand", "stale", f"拥有直接面向市场并具有竞争优势的自主品牌：{colleague.name}刚改为“是”，您填的是“否”"),
    ]
    assert {p.hint for p in found} == {"核对后再保存一次，以您这次填的为准"}


def test_the_same_value_is_no_conflict(firm, me, colleague):
    seen = mark(firm)
    report(firm, {"revenue_y0": "1200", "quality": ["own_brand"]}, actor=colleague, on=ON)
    assert overtaken(firm, seen, {"revenue_y0": "1200", "quality": ["own_brand"]}, actor=me, on=ON) == []


def test_the_same_number_written_otherwise_is_no_conflict(firm, me, colleague):
    seen = mark(firm)
    report(firm, {"revenue_y0": "1200"}, actor=colleague, on=ON)
    for typed in ("1,200", "1200.00", " 1200 ", "1，200"):
        assert overtaken(firm, seen, {"revenue_y0": typed}, actor=me, on=ON) == []


def test_an_empty_cell_writes_nothing_and_so_overwrites_nothing(firm, me, colleague):
    seen = mark(firm)
    report(firm, {"revenue_y0": "1200", "segment_years": "6"}, actor=colleague, on=ON)
    assert overtaken(firm, seen, {"revenue_y0": "", "segment_years": None}, actor=me, on=ON) == []


def test_what_was_seen_and_what_i_saved_myself_is_no_conflict(firm, me, colleague):
    report(firm, {"revenue_y0": "1200"}, actor=colleague, on=ON)
    seen = mark(firm)
    report(firm, {"revenue_y0": "1300"}, actor=me, on=ON)
    assert overtaken(firm, seen, {"revenue_y0": "1400"}, actor=me, on=ON) == []


def test_the_same_figure_of_another_year_and_another_enterprise_is_no_conflict(firm, me, colleague):
    seen = mark(firm)
    report(firm, {"revenue_y1": "1200"}, actor=colleague, on=ON)
    report(make_enterprise(), {"revenue_y0": "5"}, actor=Principal.system("test"), on=ON)
    assert overtaken(firm, seen, {"revenue_y0": "100"}, actor=me, on=ON) == []
    assert [p.field for p in overtaken(firm, seen, {"revenue_y1": "100"}, actor=me, on=ON)] == ["revenue_y1"]


def test_an_answer_a_colleague_took_back_is_told(firm, me, colleague):
    report(firm, {"own_brand": True}, actor=me, on=ON)
    seen = mark(firm)
    report(firm, {"own_brand": None}, actor=colleague, on=ON)
    (problem,) = overtaken(firm, seen, {"own_brand": True}, actor=me, on=ON)
    assert problem.message.endswith(f"{colleague.name}刚改为“空”，您填的是“是”")


@pytest.mark.parametrize("seen", ["", "x", "1", "1-2-3", "--", "a-b", "9" * 5000 + "-0"])
def test_a_mark_that_was_lost_or_made_up_stops_nobody(firm, me, colleague, seen):
    report(firm, {"revenue_y0": "1200"}, actor=colleague, on=ON)
    assert overtaken(firm, seen, {"revenue_y0": "100"}, actor=me, on=ON) == []


def test_a_mark_beyond_all_numbers_is_only_a_mark_that_saw_everything(firm, me, colleague):
    report(firm, {"revenue_y0": "1200"}, actor=colleague, on=ON)
    assert overtaken(firm, "9" * 40 + "-" + "9" * 40, {"revenue_y0": "100"}, actor=me, on=ON) == []


def test_a_value_that_cannot_be_read_is_quoted_as_it_was_typed(firm, me, colleague):
    seen = mark(firm)
    report(firm, {"revenue_y0": "1200"}, actor=colleague, on=ON)
    (problem,) = overtaken(firm, seen, {"revenue_y0": "很多"}, actor=me, on=ON)
    assert problem.message.endswith("您填的是“很多”")


def test_a_newer_answer_is_shown_on_the_page_and_what_i_typed_is_still_there(firm, signed_in):
    mine, other = make_member(firm), make_member(firm)
    client, url = signed_in(mine), reverse("enterprises:facts_section", args=["refinement"])
    seen = client.get(url).context["seen"]
    report(firm, {"own_brand": True}, actor=Principal.of_user(other), on=clock.today())
    answer = client.post(url, {"own_brand": "no", "segment_years": "7", "seen": seen})
    page = answer.content.decode()
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["own_brand"])
    assert f"{other.name}刚改为“是”，您填的是“否”" in page
    assert list(Statement.objects.values_list("value", flat=True)) == [True]
    again = client.post(url, {"own_brand": "no", "seen": answer.context["seen"]})
    assert (again.status_code, list(Statement.objects.order_by("id").values_list("value", flat=True))) == (
        302,
        [True, False],
    )


def test_nothing_of_a_stale_table_is_written_not_even_what_nobody_touched(firm, signed_in):
    mine, other = make_member(firm), make_member(firm)
    client, url = signed_in(mine), reverse("enterprises:figures")
    seen = client.get(url).context["seen"]
    report(firm, {"revenue_y0": "200"}, actor=Principal.of_user(other), on=clock.today())
    answer = client.post(url, {"revenue_y0": "100", "employees_y0": "8", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="100"' in page
    assert 'value="8"' in page
    assert list(Figure.objects.values_list("name", "fen")) == [("revenue", 200_000_000)]

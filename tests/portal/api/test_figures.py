"""Another department's system reports one figure: once, with its document, and the firm's own stays beside it."""

import pytest

from enterprises.facts import facts_of
from enterprises.models import Enterprise, FigureEntry
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

KEY = "2026-1123-figure-1"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def firm(house):
    return Enterprise.objects.get(memberships__user__username="qiye-zhang", memberships__state="verified")


def body(**changed):
    return {
        "name": "revenue", "year": clock.today().year - 1, "value": "3000.5", "unit": "万元", "source": "government",
        "issuer": "统计部门（测试）", "document": "测试〔2026〕3号", "dated_on": "2026-05-06",
    } | changed  # fmt: skip


def path(firm):
    return f"enterprises/{firm.credit_code}/figures"


def test_a_figure_is_taken_in_once_and_the_conflict_is_told(firm, system):
    before = facts_of(firm, clock.today())["revenue_y0"]
    client = system("64")
    first = client.post(path(firm), body(), **{"Idempotency-Key": KEY})
    again = client.post(path(firm), body(), **{"Idempotency-Key": KEY})
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.json() == again.json() and again.headers["Idempotent-Replayed"] == "true"
    assert {k: first.json()[k] for k in ("value", "unit", "way", "withdrawn_at")} == {
        "value": "3000.5", "unit": "万元", "way": "api", "withdrawn_at": None,
    }  # fmt: skip
    assert FigureEntry.objects.filter(enterprise=firm, way="api").count() == 1
    facts = {fact["name"]: fact for fact in client.get(f"enterprises/{firm.credit_code}").json()["facts"]}
    assert (facts["revenue_y0"]["value"], facts["revenue_y0"]["source"]) == ("3000.5", "government")
    assert {"source": before.source, "value": before.value} in facts["revenue_y0"]["conflicting"]
    listed = client.get(path(firm)).json()["results"]
    assert [row["document"] for row in listed if row["name"] == "revenue"] == ["测试〔2026〕3号"]


def test_the_same_document_under_another_key_is_refused_as_known(firm, system):
    client = system("64")
    client.post(path(firm), body(), **{"Idempotency-Key": KEY})
    answer = client.post(path(firm), body(), **{"Idempotency-Key": KEY + "2"})
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")


def test_reading_is_not_writing_and_a_key_is_asked_for(firm, system):
    reader = system("64", "figures:read")
    assert reader.post(path(firm), body(), **{"Idempotency-Key": KEY}).status_code == 403
    assert reader.get(path(firm)).status_code == 200
    assert system("64").post(path(firm), body()).status_code == 400
    assert not FigureEntry.objects.filter(way="api").exists()


def test_a_city_without_the_scope_and_a_firm_out_of_sight(firm, system):
    assert system("64/6401").get(path(firm)).status_code == 403
    assert system("64").get("enterprises/91640000000000000X/figures").status_code == 404


def test_a_wrong_unit_and_a_year_in_the_name_are_named_by_their_field(firm, system):
    answer = system("64").post(path(firm), body(unit="元"), **{"Idempotency-Key": KEY})
    assert (answer.status_code, [p["pointer"] for p in answer.json()["errors"]]) == (422, ["/unit"])
    answer = system("64").post(path(firm), body(name="revenue_y0"), **{"Idempotency-Key": KEY + "2"})
    assert (answer.status_code, [p["pointer"] for p in answer.json()["errors"]]) == (400, ["/name"])

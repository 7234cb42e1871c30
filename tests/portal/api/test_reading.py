"""A city's system reads what lies in its reach, and nothing else exists for it."""

import pytest
from django.test import Client

from certification.models import Application, Certificate
from enterprises.models import Enterprise
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

YINCHUAN, XINGQING, SHIZUISHAN = "64/6401", "64/6401/640104", "64/6402"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def everything(system, path):
    """All pages of a list, following the links the server gives."""
    found, answer = [], system.get(path)
    while True:
        assert answer.status_code == 200, answer.content
        found += answer.json()["results"]
        if not answer.json()["next"]:
            return found
        answer = system.get(answer.json()["next"].split("/api/v1/")[1])


def test_a_city_reads_every_enterprise_of_its_counties_and_zones_and_no_other(house, system):
    seen = {row["credit_code"] for row in everything(system(YINCHUAN), "enterprises/?limit=40")}
    mine = set(Enterprise.objects.filter(region_path__startswith="64/6401").values_list("credit_code", flat=True))
    foreign = Enterprise.objects.exclude(region_path__startswith="64/6401").count()
    assert seen == mine and len(mine) > 100 and foreign > 50


def test_one_enterprise_comes_with_facts_sources_and_titles(house, system):
    title = Certificate.objects.filter(region_path=XINGQING, tier="specialised", state="valid").first()
    body = system(XINGQING).get(f"enterprises/{title.credit_code}").json()
    assert body["name"] == title.enterprise_name
    assert body["region"] == {"path": XINGQING, "name": "兴庆区", "gb_code": "640104"}
    assert title.number in [t["id"] for t in body["titles"]]
    revenue = next(f for f in body["facts"] if f["name"] == "revenue_y0")
    assert revenue["source"] in ("self", "audited", "government") and revenue["year"] == 2025
    assert "legal_representative" not in body and "contact_phone" not in body


def test_a_foreign_enterprise_and_one_that_does_not_exist_look_the_same(house, system):
    foreign = Enterprise.objects.filter(region_path__startswith="64/6402").first()
    here = system(XINGQING)
    told = [here.get(f"enterprises/{code}").json() for code in (foreign.credit_code, "91640104MA76ABCD2X")]
    for body in told:
        body.pop("instance"), body.pop("traceId")
    assert told[0] == told[1]
    assert told[0]["status"] == 404 and told[0]["code"] == "not_found"
    assert system(SHIZUISHAN).get(f"enterprises/{foreign.credit_code}").status_code == 200


def test_a_reader_who_has_it_already_is_told_so(house, system):
    code = Enterprise.objects.filter(region_path=XINGQING).first().credit_code
    here = system(XINGQING)
    first = here.get(f"enterprises/{code}")
    again = here.get(f"enterprises/{code}", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert here.get(f"enterprises/{code}", **{"If-None-Match": '"other"'}).status_code == 200


def test_titles_filter_by_tier_state_and_region(house, system):
    rows = everything(system(YINCHUAN), f"titles/?tier=specialised&state=valid&region={XINGQING}")
    expected = Certificate.objects.filter(tier="specialised", state="valid", region_path=XINGQING)
    assert sorted(row["id"] for row in rows) == sorted(expected.values_list("number", flat=True))
    assert expected.count() > 0


def test_applications_leave_out_drafts_and_other_places(house, system):
    rows = everything(system(YINCHUAN), "applications/")
    expected = Application.objects.filter(region_path__startswith="64/6401").exclude(submitted_at=None)
    assert sorted(r["id"] for r in rows) == sorted(expected.values_list("public_id", flat=True))
    draft = Application.objects.filter(state="draft", region_path__startswith="64/6401").first()
    assert draft is not None
    assert system(YINCHUAN).get(f"applications/{draft.public_id}").status_code == 404


def test_the_2026_rules_are_resolved_with_the_reason(house, system):
    here = system(YINCHUAN)
    new = here.get("rulesets/resolve?tier=little_giant&case_type=new&on=2026-06-01").json()
    renewal = here.get("rulesets/resolve?tier=little_giant&case_type=renewal&on=2026-06-01&cohort=2023").json()
    first = here.get("rulesets/resolve?tier=innovative&on=2026-06-01").json()
    assert (new["rule_set"], renewal["rule_set"], first["rule_set"]) == ("T3-2026", "T3-2022", "T1-2022")
    assert "〔2026〕117号" in renewal["reason"] and renewal["notices"] == ["2026-117"]


def test_a_day_without_any_standard_is_said_in_words(house, system):
    answer = system(YINCHUAN).get("rulesets/resolve?tier=specialised&on=2001-01-01")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "没有在这一天有效的标准" in answer.json()["detail"]


def test_an_unknown_a_repeated_and_a_malformed_parameter_are_refused(house, system):
    here = system(YINCHUAN)
    for query, pointer in (("teir=specialised", "/teir"), ("tier=a&tier=b", "/tier"), ("tier=gold", "/tier")):
        answer = here.get(f"titles/?{query}")
        assert (answer.status_code in (400, 422), answer.json()["errors"][0]["pointer"]) == (True, pointer)


def test_without_a_token_nothing_is_told(house, world):
    answer = Client().get("/api/v1/enterprises/")
    assert answer.status_code == 401 and answer.json()["title"] == "没有有效的令牌"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_token_without_the_scope_is_refused(house, system):
    narrow = system(YINCHUAN, "titles:read")
    assert narrow.get("titles/").status_code == 200
    assert narrow.get("enterprises/").status_code == 403


def test_a_client_cannot_take_more_scopes_than_it_was_given(house, world):
    told = world.clients[SHIZUISHAN]
    form = {
        "grant_type": "client_credentials", "client_id": told["client_id"], "client_secret": told["client_secret"],
        "scope": "applications:review",
    }  # fmt: skip
    answer = Client().post("/oauth/token", form)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_a_wrong_secret_and_a_password_grant_get_no_token(house, world):
    told = world.clients[YINCHUAN]
    wrong = Client().post(
        "/oauth/token", {"grant_type": "client_credentials", "client_id": told["client_id"], "client_secret": "x"}
    )
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    password = Client().post(
        "/oauth/token",
        {"grant_type": "password", "username": "qiye-zhang", "password": world.accounts["qiye-zhang"]["password"],
         "client_id": told["client_id"], "client_secret": told["client_secret"]},
    )  # fmt: skip
    assert (password.status_code, password.json()["error"]) == (400, "unauthorized_client")


def test_a_token_lives_a_quarter_of_an_hour_and_its_secret_is_not_stored(house, world):
    from foundation.exchange.models import ApiClient

    told = world.clients[YINCHUAN]
    form = {"grant_type": "client_credentials", "client_id": told["client_id"], "client_secret": told["client_secret"]}
    assert Client().post("/oauth/token", form).json()["expires_in"] == 900
    assert told["client_secret"] not in ApiClient.objects.get(client_id=told["client_id"]).client_secret


def test_an_address_with_or_without_its_last_slash_is_the_same(house, system):
    here = system(YINCHUAN)
    assert here.get("enterprises").json()["results"] == here.get("enterprises/").json()["results"]
    assert here.get("nothing/here").json()["code"] == "not_found"


def test_the_schema_is_open_and_names_every_resource(world, db):
    body = Client().get("/api/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    assert {p.removeprefix("/api/v1/") for p in body["paths"]} == {
        "enterprises/", "enterprises/{code}", "enterprises/{code}/figures", "enterprises/{code}/incidents", "titles/", "rulesets/", "rulesets/resolve", "rulesets/{code}/evaluate",
        "applications/", "applications/{public_id}", "applications/{public_id}/opinions", "changes", "me",
    }  # fmt: skip


def test_a_list_asks_the_database_the_same_number_of_questions_whatever_its_length(
    house, system, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    here = system(YINCHUAN)
    here.get("enterprises/?limit=1")
    counts = []
    for limit in (1, 3, 50):
        with CaptureQueriesContext(connection) as queries:
            assert len(here.get(f"enterprises/?limit={limit}").json()["results"]) == limit
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts

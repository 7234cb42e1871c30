"""What a city's system may ask of every list, how fast it may ask, and what it finds at the known places."""

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

YINCHUAN, SHIZUISHAN = "64/6401", "64/6402"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def links(answer):
    told = (part.rsplit("; rel=", 1) for part in answer.headers["Link"].split(", "))
    return {rel.strip('"'): url.strip("<>") for url, rel in told}


def test_every_page_leads_to_the_first_the_next_and_the_one_before(house, system):
    here = system(YINCHUAN)
    first = here.get("titles/?limit=2&tier=specialised")
    assert set(links(first)) == {"first", "next"}
    second = here.get(links(first)["next"].split("/api/v1/")[1])
    assert set(links(second)) == {"first", "next", "prev"}
    again = here.get(links(second)["first"].split("/api/v1/")[1])
    assert again.json()["results"] == first.json()["results"] != second.json()["results"]


def test_the_feed_leads_on_from_where_it_ends(house, system):
    here = system(YINCHUAN)
    answer = here.get("changes?limit=5")
    assert f"since={answer.json()['next']}" in links(answer)["next"] and "since" not in links(answer)["first"]


def test_a_reader_gets_the_fields_it_asks_for_and_no_others(house, system):
    here = system(YINCHUAN)
    rows = here.get("enterprises/?limit=3&fields=credit_code,name").json()["results"]
    assert [set(row) for row in rows] == [{"credit_code", "name"}] * 3
    whole = here.get(f"enterprises/{rows[0]['credit_code']}")
    part = here.get(f"enterprises/{rows[0]['credit_code']}?fields=name")
    assert part.json() == {"name": rows[0]["name"]} and part.headers["ETag"] == whole.headers["ETag"]
    refused = here.get("enterprises/?fields=name,legal_representative")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/fields")


def test_a_list_includes_facts_and_titles_as_the_single_enterprise_tells_them(house, system):
    here = system(YINCHUAN)
    rows = here.get("enterprises/?limit=3&include=titles,facts").json()["results"]
    for row in rows:
        assert row == here.get(f"enterprises/{row['credit_code']}").json()
    assert any(row["titles"] for row in rows)
    alone = here.get(f"enterprises/{rows[0]['credit_code']}?include=titles").json()
    assert "facts" not in alone and alone["titles"] == rows[0]["titles"]
    assert here.get("enterprises/?include=people").status_code == 422


def test_what_is_included_costs_the_same_for_one_and_for_many(house, system):
    here, counts = system(YINCHUAN), []
    here.get("enterprises/?limit=1")
    for limit in (1, 3, 30):
        with CaptureQueriesContext(connection) as asked:
            assert len(here.get(f"enterprises/?limit={limit}&include=titles,facts").json()["results"]) == limit
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_what_is_included_stays_within_the_readers_sight(house, system):
    foreign = set(Enterprise.objects.filter(region_path__startswith=SHIZUISHAN).values_list("credit_code", flat=True))
    rows = system(YINCHUAN).get("enterprises/?limit=500&include=titles&total=true").json()
    seen = {title["credit_code"] for row in rows["results"] for title in row["titles"]}
    assert seen and not seen & foreign
    assert rows["total"] == Enterprise.objects.filter(region_path__startswith=YINCHUAN).count()


def test_a_total_is_told_only_on_request(house, system):
    here = system(YINCHUAN)
    assert "total" not in here.get("titles/").json()
    counted = here.get("titles/?tier=specialised&limit=1&total=true").json()
    assert counted["total"] > 1 and len(counted["results"]) == 1
    assert here.get("titles/?total=1").json()["errors"][0]["pointer"] == "/total"


def test_a_filter_may_be_written_in_brackets_and_not_twice(house, system):
    here = system(YINCHUAN)
    assert here.get("titles/?filter[tier]=specialised").json() == here.get("titles/?tier=specialised").json() | {
        "next": here.get("titles/?filter[tier]=specialised").json()["next"]
    }
    assert here.get("titles/?filter[tier]=specialised&tier=specialised").status_code == 422
    assert here.get("titles/?filter[name]=x").status_code == 422


def test_every_answer_says_how_many_requests_are_left_and_one_too_many_waits(house, system, settings):
    settings.API_PER_MINUTE = 3
    here, other = system(SHIZUISHAN), system(YINCHUAN)
    told = [here.get("titles/") for _ in range(4)]
    assert [a.status_code for a in told] == [200, 200, 200, 429]
    assert [a.headers["RateLimit"].split(";")[1] for a in told] == ["r=2", "r=1", "r=0", "r=0"]
    assert {a.headers["RateLimit-Policy"] for a in told} == {'"client";q=3;w=60'}
    body = told[3].json()
    assert (body["code"], body["retryable"], told[3].headers["Content-Type"]) == (
        "too_many",
        True,
        "application/problem+json",
    )
    assert 1 <= int(told[3].headers["Retry-After"]) <= 60 and "headers" not in body
    assert system(SHIZUISHAN).get("titles/").status_code == 429, "a new token is no new start"
    assert other.get("titles/").status_code == 200


def test_a_window_ends_and_no_limit_is_no_header(house, system, settings):
    settings.API_PER_MINUTE = 1
    here = system(SHIZUISHAN)
    assert [here.get("titles/").status_code for _ in range(2)] == [200, 429]
    settings.CLOCK_OFFSET_SECONDS += 61
    assert here.get("titles/").status_code == 200
    settings.API_PER_MINUTE = 0
    assert "RateLimit" not in here.get("titles/").headers


def test_whoever_has_no_valid_token_is_told_so_and_not_counted(house, world, settings):
    settings.API_PER_MINUTE = 1
    for _ in range(3):
        answer = Client().get("/api/v1/titles/", headers={"Authorization": "Bearer made-up"})
        assert answer.status_code == 401 and "RateLimit" not in answer.headers


def test_the_catalogue_of_interfaces_leads_to_the_schema(db, settings):
    settings.BASE_URL = "https://tianti.example.org"
    answer = Client().get("/.well-known/api-catalog")
    assert answer.headers["Content-Type"].startswith("application/linkset+json; profile=")
    (api,) = answer.json()["linkset"]
    assert api["anchor"] == "https://tianti.example.org/api/v1/"
    here = [
        link["href"].removeprefix("https://tianti.example.org")
        for rel in ("service-desc", "service-doc", "status")
        for link in api[rel]
    ]
    assert [Client().get(path).status_code for path in here] == [200, 200, 200]
    head = Client().head("/.well-known/api-catalog")
    assert head.headers["Link"] == '<https://tianti.example.org/.well-known/api-catalog>; rel="api-catalog"'


def test_whom_to_tell_of_a_weakness_stands_at_the_known_place_once_somebody_is_named(db, settings):
    settings.SECURITY_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    told = dict(line.split(": ", 1) for line in Client().get("/.well-known/security.txt").content.decode().splitlines())
    assert told["Contact"] == "mailto:security@example.org"
    assert f"{clock.today():%Y-%m-%d}" < told["Expires"] and set(told) == {
        "Contact",
        "Expires",
        "Preferred-Languages",
        "Canonical",
    }


@pytest.mark.parametrize(
    "told", ["security@example.org", "http://example.org/report", "mailto:a@example.org\nContact: mailto:b@x"]
)
def test_a_contact_that_nobody_can_follow_stops_the_start(db, settings, told):
    settings.SECURITY_CONTACT = told
    assert "portal.E002" in [error.id for error in run_checks()]
    assert Client().get("/.well-known/security.txt").status_code == 404

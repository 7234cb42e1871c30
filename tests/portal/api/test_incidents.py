"""Another department's system reports what it knows: once, inside its reach, and it decides nothing."""

import pytest

from certification.models import Certificate, Incident
from enterprises.models import Enterprise
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

KEY = "2026-1123-incident-1"
BODY = {
    "kind": "dishonest", "happened_on": "2026-05-06", "source": "信用信息平台（测试）", "document": "测试〔2026〕3号",
    "facts": "列入严重失信主体名单（测试）",
}  # fmt: skip


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def firm(house):
    return Enterprise.objects.get(memberships__user__username="qiye-zhang", memberships__state="verified")


def path(firm):
    return f"enterprises/{firm.credit_code}/incidents"


def test_a_report_is_taken_in_once_and_no_title_moves(firm, system):
    credit = system("64")
    titles = list(Certificate.objects.filter(enterprise=firm).order_by("id").values_list("id", "state"))
    first = credit.post(path(firm), BODY, **{"Idempotency-Key": KEY})
    again = credit.post(path(firm), BODY, **{"Idempotency-Key": KEY})
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.json() == again.json() and again.headers["Idempotent-Replayed"] == "true"
    assert Incident.objects.filter(enterprise=firm, way="api").count() == 1
    assert (first.json()["state"]["code"], first.json()["way"]) == ("reported", "api")
    assert list(Certificate.objects.filter(enterprise=firm).order_by("id").values_list("id", "state")) == titles


def test_the_same_event_under_another_key_is_refused_as_known(firm, system):
    credit = system("64")
    credit.post(path(firm), BODY, **{"Idempotency-Key": KEY})
    answer = credit.post(path(firm), BODY, **{"Idempotency-Key": KEY + "2"})
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")


def test_reading_is_not_writing(firm, system):
    reader = system("64", "incidents:read")
    assert reader.post(path(firm), BODY, **{"Idempotency-Key": KEY}).status_code == 403
    assert reader.get(path(firm)).status_code == 200
    assert not Incident.objects.filter(enterprise=firm, way="api").exists()


def test_a_city_without_the_scope_and_a_firm_out_of_sight(firm, system):
    assert system("64/6401").get(path(firm)).status_code == 403
    assert system("64").get("enterprises/91640000000000000X/incidents").status_code == 404


def test_every_gap_is_named_by_its_field(firm, system):
    answer = system("64").post(
        path(firm), BODY | {"happened_on": "2099-01-01", "facts": "短"}, **{"Idempotency-Key": KEY}
    )
    assert answer.status_code == 422
    assert sorted(problem["pointer"] for problem in answer.json()["errors"]) == ["/facts", "/happened_on"]

"""A county's own system gives its opinion: once, on what it has read, on its own stage, and never twice."""

import pytest

from certification.models import Application, Opinion
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change

YINCHUAN, XINGQING = "64/6401", "64/6401/640104"
KEY = "2026-1123-0001"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def case(house):
    found = Application.objects.filter(state="screening", region_path=XINGQING).first()
    assert found is not None
    return found


def body_for(system, case, conclusion="recommend", **more):
    read = system.get(f"applications/{case.public_id}")
    verdicts = [{"criterion": code, "verdict": "met", "note": "已核对行业材料"} for code in read.json()["open_points"]]
    return read.headers["ETag"], {"conclusion": conclusion, "text": "材料齐全，同意推荐", "verdicts": verdicts} | more


def send(system, case, tag, body, key=KEY):
    headers = {"If-Match": tag} | ({"Idempotency-Key": key} if key else {})
    return system.post(f"applications/{case.public_id}/opinions", body, **headers)


def test_the_case_moves_on_and_everybody_can_see_who_said_what(case, system):
    county = system(XINGQING)
    audits, changes = AuditEvent.objects.count(), Change.objects.filter(type="application").count()
    tag, body = body_for(county, case)
    answer = send(county, case, tag, body)
    assert answer.status_code == 201, answer.content
    case.refresh_from_db()
    assert case.state == "city_review" == answer.json()["state"]["code"]
    opinion = Opinion.objects.get(application=case, stage="screening")
    assert (opinion.conclusion, opinion.text, opinion.by_name) == (
        "recommend",
        "材料齐全，同意推荐",
        "兴庆区企业服务平台（演示）",
    )
    assert opinion.client_id and opinion.by_id is None
    assert AuditEvent.objects.filter(act="application.recommend_to_city", object_id=case.public_id).count() == 1
    assert AuditEvent.objects.count() == audits + 1 + len(body["verdicts"])
    assert Change.objects.filter(type="application").count() == changes + 1


def test_the_same_request_sent_again_gets_the_same_answer_and_does_nothing(case, system):
    county = system(XINGQING)
    tag, body = body_for(county, case)
    first = send(county, case, tag, body)
    again = send(county, case, tag, body)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Opinion.objects.filter(application=case).count() == 1


def test_the_same_key_for_another_request_is_refused(case, system):
    county = system(XINGQING)
    tag, body = body_for(county, case)
    send(county, case, tag, body)
    other = send(county, case, tag, body | {"text": "换了一句话"})
    assert (other.status_code, other.json()["code"]) == (422, "invalid")
    assert "幂等键" in other.json()["detail"]


def test_an_opinion_on_an_older_reading_is_refused_and_leaves_nothing(case, system):
    county = system(XINGQING)
    _, body = body_for(county, case)
    stale = send(county, case, '"0123"', body)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    none = county.post(f"applications/{case.public_id}/opinions", body, **{"Idempotency-Key": KEY})
    assert none.status_code == 428
    assert Opinion.objects.filter(application=case).count() == 0
    tag, body = body_for(county, case)
    assert send(county, case, tag, body).status_code == 201


def test_a_missing_key_is_asked_for(case, system):
    county = system(XINGQING)
    tag, body = body_for(county, case)
    answer = send(county, case, tag, body, key="")
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_required")


def test_the_city_cannot_speak_at_the_countys_stage(case, system):
    city = system(YINCHUAN)
    read = city.get(f"applications/{case.public_id}")
    assert read.json()["acts"] == []
    answer = send(city, case, read.headers["ETag"], {"conclusion": "recommend"})
    assert answer.status_code == 404
    case.refresh_from_db()
    assert case.state == "screening"


def test_a_return_names_fields_and_only_known_ones(case, system):
    county = system(XINGQING)
    tag, _ = body_for(county, case)
    unknown = {"conclusion": "return", "items": [{"field": "nonsense", "reason": "看不清"}]}
    answer = send(county, case, tag, unknown)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/items")
    good = {"conclusion": "return", "items": [{"field": "product_text", "reason": "请补充关键指标"}]}
    assert send(county, case, tag, good).json()["state"]["code"] == "returned"
    case.refresh_from_db()
    assert case.unlocked == ["product_text"]


def test_a_refusal_needs_its_reason(case, system):
    county = system(XINGQING)
    tag, _ = body_for(county, case)
    answer = send(county, case, tag, {"conclusion": "refuse", "text": " "})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert send(county, case, tag, {"conclusion": "refuse", "text": "主导产品与材料不一致"}).status_code == 201


def test_a_field_the_form_does_not_have_is_refused(case, system):
    county = system(XINGQING)
    tag, body = body_for(county, case)
    answer = send(county, case, tag, body | {"state": "granted"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/state")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'{"conclusion": "recommend", "conclusion": "refuse"}', "重复的键"),
        (b'{"conclusion": NaN}', "NaN"),
        (b'{"text": "\\ud800"}', "不能保存的字符"),
        (b'{"text": "\\u0000"}', "不能保存的字符"),
        (b"[" * 40 + b"]" * 40, "嵌套"),
        (b"\xff\xfe", "UTF-8"),
        (b"{", "JSON"),
    ],
)
def test_json_that_could_be_read_in_two_ways_is_refused(case, system, text, words):
    county = system(XINGQING)
    answer = county.post(f"applications/{case.public_id}/opinions", text, **{"Idempotency-Key": KEY, "If-Match": "*"})
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_a_body_that_is_wrong_deep_inside_says_where_in_plain_words(case, system):
    county = system(XINGQING)
    tag, body = body_for(county, case, "return", items=[{"field": "overview", "reason": "请补充"}, {"field": "papers"}])
    told = send(county, case, tag, body | {"verdicts": [{"criterion": "S1", "verdict": "sideways"}]})
    assert told.status_code == 400
    errors = {error["pointer"]: error["message"] for error in told.json()["errors"]}
    assert set(errors) == {"/items/1/reason", "/verdicts/0/verdict"}
    assert "ErrorDetail" not in told.content.decode() and all(errors.values())


def test_a_body_that_is_no_object_is_told_so(case, system):
    county = system(XINGQING)
    tag, _ = body_for(county, case)
    told = send(county, case, tag, ["推荐"])
    assert told.status_code == 400 and [error["pointer"] for error in told.json()["errors"]] == [""]

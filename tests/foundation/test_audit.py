"""The record: one row for each act, in words, by whoever really did it, for whom it concerns."""

import re
from pathlib import Path

import pytest
from django.db import transaction

from enterprises.models import Membership
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.audit.record import record, timeline
from foundation.audit.sentences import SENTENCES, register, sentence_for
from tests.factories import make_enterprise, make_member

ROOT = Path(__file__).resolve().parents[2]


def test_an_event_says_who_did_what_to_which_thing_where_and_when(house, county):
    firm = make_enterprise(name="宁夏示例精密轴承有限公司")
    actor = Principal.of_user(county).from_address("192.0.2.7", "abcd1234")
    event = record("enterprise.view", firm, actor=actor, detail={"office": actor.office_name}, audience="applicant")
    event.refresh_from_db()
    assert event.sentence == "银川市兴庆区工业和信息化主管部门查看了企业数据底表"
    assert (event.actor_kind, event.actor_id, event.actor_name) == ("official", county.public_id, "county")
    assert event.office_name == "银川市兴庆区工业和信息化主管部门"
    assert (event.object_type, event.object_id) == ("enterprises.enterprise", firm.public_id)
    assert (event.region_path, event.enterprise_id) == (firm.region_path, firm.pk)
    assert (event.ip, event.request_id) == ("192.0.2.7", "abcd1234")
    assert abs((event.at - clock.now()).total_seconds()) < 5


def test_a_thing_of_an_enterprise_is_found_by_its_enterprise(house):
    firm = make_enterprise()
    membership = Membership.objects.get(user=make_member(firm))
    event = record("membership.request", membership, actor=house, detail={"enterprise": firm.name})
    assert (event.enterprise_id, event.object_type) == (firm.pk, "enterprises.membership")


def test_nobody_signs_with_another_s_name_by_way_of_the_details(house, stranger):
    actor = Principal.of_user(stranger)
    detail = {"actor": "厅长", "thing": "别的企业", "office": "自治区"}
    event = record("enterprise.register", make_enterprise(name="甲公司"), actor=actor, detail=detail)
    assert event.sentence == "路人登记了企业甲公司"
    assert event.detail == detail


@pytest.mark.parametrize("name", ["{actor}", "{thing.__class__}", "{0}", "{", "}", "100%", "<b>x</b>"])
def test_a_name_with_braces_is_only_a_name(house, name):
    assert record("enterprise.register", make_enterprise(name=name), actor=house).sentence == f"系统登记了企业{name}"


def test_a_word_that_is_not_known_is_left_blank_and_an_act_without_a_sentence_is_refused(house):
    assert sentence_for("membership.refuse", actor="甲", reason="乙") == "甲未通过的授权：乙"
    with pytest.raises(KeyError), transaction.atomic():
        record("enterprise.explode", make_enterprise(), actor=house)
    assert AuditEvent.objects.count() == 0


def test_every_act_that_is_recorded_anywhere_has_a_sentence():
    """Read from the source: whatever is written like an act of a known kind is one, wherever it is handed on."""
    kinds = "|".join(sorted({act.partition(".")[0] for act in SENTENCES}))
    acts = set()
    for storey in ("foundation", "enterprises", "certification", "incentives", "portal"):
        for file in (ROOT / storey).rglob("*.py"):
            if file.name != "events.py":  # a field that a serializer takes from another row is written alike
                acts |= set(re.findall(rf'(?<!source=)"((?:{kinds})\.[a-z_]+)"', file.read_text(encoding="utf-8")))
    assert {"enterprise.item_remove", "membership.invite", "evidence.open"} <= acts
    assert acts - set(SENTENCES) == set()


def test_one_act_has_one_sentence():
    register({"user.login": SENTENCES["user.login"]})
    with pytest.raises(ValueError, match=r"user\.login"):
        register({"user.login": "{actor}进来了"})


def test_sentences_are_chinese_and_name_nobody_but_by_a_word_in_braces():
    for act, sentence in SENTENCES.items():
        bare = re.sub(r"\{[a-z_]+\}", "", sentence)
        assert "{" not in bare, act
        assert re.search("[\u4e00-\u9fff]", bare), act


def test_a_timeline_is_newest_first_and_only_for_its_readers(house):
    firm, other = make_enterprise(name="甲"), make_enterprise(name="乙")
    record("enterprise.register", firm, actor=house, audience="applicant")
    record("enterprise.facts", firm, actor=house, audience="office", detail={"names": "内部"})
    record("enterprise.confirm", firm, actor=house, audience="public", detail={"year": 2025})
    record("enterprise.register", other, actor=house, audience="applicant")
    told = {audience: [e.act for e in timeline(firm, [audience])] for audience in ("applicant", "office", "public")}
    assert told == {
        "applicant": ["enterprise.register"],
        "office": ["enterprise.facts"],
        "public": ["enterprise.confirm"],
    }
    assert [e.act for e in timeline(firm, ["applicant", "public"])] == ["enterprise.confirm", "enterprise.register"]
    assert list(timeline(firm, [])) == []


def test_things_of_two_kinds_never_share_a_timeline(house):
    firm = make_enterprise()
    membership = Membership.objects.get(user=make_member(firm))
    Membership.objects.filter(pk=membership.pk).update(public_id=firm.public_id)
    membership.refresh_from_db()
    record("enterprise.register", firm, actor=house)
    assert list(timeline(membership, ["office"])) == []


def test_what_did_not_happen_is_not_recorded(house):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("enterprise.register", make_enterprise(), actor=house)
        raise ZeroDivisionError
    assert AuditEvent.objects.count() == 0


def test_nobody_s_address_is_no_address(house):
    assert record("enterprise.register", make_enterprise(), actor=Principal.anonymous()).ip is None


def test_the_database_itself_keeps_every_row_whoever_asks(house, sql):
    record("enterprise.register", make_enterprise(), actor=house)
    for text in (
        "UPDATE audit_auditevent SET sentence = ''",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            sql(text)
    assert AuditEvent.objects.count() == 1

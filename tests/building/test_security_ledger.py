"""The ledgers of security say what is there: each entry leads to something, each column about a person has its place."""

import pytest

from tests.building import ledger
from tests.building.ledger import Column

ASVS = ledger.read("asvs.yml")["requirements"]
DJBH = ledger.read("djbh.yml")
PII = ledger.read("pii.yml")
CHAPTERS = {
    "V1": 27, "V2": 11, "V3": 19, "V4": 10, "V5": 9, "V6": 35, "V7": 18, "V8": 7, "V9": 7, "V10": 29, "V11": 14, "V12": 9, "V13": 13,
    "V14": 9, "V15": 13, "V16": 16, "V17": 7,
}  # fmt: skip
"""Requirements of levels 1 and 2 in OWASP's table of the release 5.0.0."""


def test_every_requirement_of_the_two_levels_has_an_answer():
    found = [key.partition(".")[0] for key in ASVS]
    assert {chapter: found.count(chapter) for chapter in CHAPTERS} == CHAPTERS
    assert len(ASVS) == 253
    assert {entry["level"] for entry in ASVS.values()} == {1, 2}
    assert [key for key, entry in ASVS.items() if not entry["what"]] == []


def test_every_control_of_djbh_has_an_answer():
    controls = {key.split()[0] for key in DJBH["controls"]}
    assert controls == {f"8.1.4.{n}" for n in range(1, 12)}


@pytest.mark.parametrize("entries", [ASVS, DJBH["controls"]], ids=["asvs", "djbh"])
def test_every_answer_leads_to_a_test_a_setting_a_file_or_a_document_that_is_there(entries):
    assert ledger.faults(entries) == []


def test_the_conflict_about_passwords_is_decided_and_stands_in_both_ledgers(settings):
    assert [place for place in DJBH["conflict"]["where"] if not ledger.leads_somewhere(place)] == []
    for key in ("V6.2.5", "V6.2.10"):
        assert ASVS[key]["how"] == "open" and "djbh3" in ASVS[key]["note"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"how": "todo"}, "not one of"),
        ({"how": "open", "note": "TODO: look at this later"}, "todo is no answer"),
        ({"how": "open"}, "gives no reason"),
        ({"how": "not_applicable", "note": "no"}, "gives no reason"),
        ({"how": "test"}, "names no test"),
        ({"how": "test", "where": ["docs/security.md"]}, "names no test"),
        ({"how": "test", "where": ["tests/building/test_doors.py::test_that_nobody_wrote"]}, "leads nowhere"),
        ({"how": "test", "where": ["tests/building/test_nothing.py::test_it"]}, "leads nowhere"),
        ({"how": "test", "where": ["tests/building/test_doors.py::unguarded"]}, "leads nowhere"),
        ({"how": "test", "where": ["tests/chaos/test_drills.py::test_the_short_form_is_green[s99]"]}, "leads nowhere"),
        ({"how": "check", "where": ["setting DEBUG = True"]}, "leads nowhere"),
        ({"how": "check", "where": ["setting NOTHING = None"]}, "leads nowhere"),
        ({"how": "check", "where": ["lint prayer"]}, "leads nowhere"),
        ({"how": "check", "where": ["file Dockerfile: USER root"]}, "leads nowhere"),
        ({"how": "check", "where": ["file Dockerfile: "]}, "leads nowhere"),
        ({"how": "doc", "where": ["docs/security.md#a-heading-nobody-wrote"]}, "leads nowhere"),
    ],
)
def test_each_planted_fault_is_found(entry, fault):
    assert any(fault in told for told in ledger.faults_of(entry))


def test_the_document_counts_what_the_ledger_holds():
    text = (ledger.ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert ledger.tally(ASVS) in text, f"put this into docs/security.md:\n{ledger.tally(ASVS)}"


def test_every_field_that_may_hold_something_personal_is_classified():
    assert ledger.unclassified(ledger.columns(PII["about_one_person"]), PII) == []


def test_the_inventory_names_no_column_that_is_gone_and_none_twice():
    assert ledger.stale(ledger.columns(PII["about_one_person"]), PII) == []


def test_every_personal_column_says_its_class_its_readers_its_time_and_its_ground():
    odd = [
        place
        for place, told in PII["personal"].items()
        if told.keys() != {"class", "sees", "keep", "basis"}
        or told["class"] not in PII["classes"]
        or not told["sees"]
        or set(told["sees"]) - set(PII["sees"])
        or told["keep"] not in PII["keep"]
        or told["basis"] not in PII["basis"]
    ]
    assert odd == []


def test_nobody_sees_a_credential():
    hidden = {"mfa.Authenticator.type", "mfa.Authenticator.created_at"}
    shown = {
        place for place, told in PII["personal"].items() if told["class"] == "credential" and told["sees"] != ["nobody"]
    }
    assert shown == hidden


def test_a_new_field_without_a_class_is_noticed():
    planted = [
        Column("enterprises.Enterprise.contact_wechat", is_ours=True, may_be_personal=True),
        Column("newroom.Visitor.name", is_ours=True, may_be_personal=True),
        Column("auth.Diary.secret", is_ours=True, may_be_personal=True),
        Column("newlibrary.Profile.bio", is_ours=False, may_be_personal=True),
        Column("enterprises.Enterprise.floor_space", is_ours=True, may_be_personal=False),
        Column("auth.Group.motto", is_ours=False, may_be_personal=True),
    ]
    assert ledger.unclassified(planted, PII) == [column.place for column in planted[:4]]


def test_a_field_that_went_away_is_noticed():
    there = ledger.columns(PII["about_one_person"])
    left = [column for column in there if column.place not in ("accounts.User.phone", "accounts.Office.phone")]
    assert ledger.stale(left, PII) == ["accounts.Office.phone", "accounts.User.phone"]


def test_text_addresses_json_files_and_users_are_asked_for():
    asked = {column.place for column in ledger.columns(PII["about_one_person"]) if column.may_be_personal}
    assert {
        "accounts.User.name", "audit.AuditEvent.ip", "certification.Submission.answers", "enterprises.Figure.by",
        "usersessions.UserSession.last_seen_at", "exchange.Change.changed_fields",
    } <= asked  # fmt: skip
    assert "enterprises.Enterprise.established_on" not in asked

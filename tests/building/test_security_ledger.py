"""Every requirement has an answer that can be found, and every field that could hold a person is known."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
LEDGER, PEOPLE = ROOT / "docs" / "asvs.yml", ROOT / "docs" / "pii.yml"
LEVELS_ONE_AND_TWO = {
    "V1": 27, "V2": 11, "V3": 19, "V4": 10, "V5": 9, "V6": 35, "V7": 18, "V8": 7, "V9": 7, "V10": 29, "V11": 14, "V12": 9,
    "V13": 13, "V14": 9, "V15": 13, "V16": 16, "V17": 7,
}  # fmt: skip
"""Requirements of levels 1 and 2 by chapter, counted in the published list: 253."""
CLASSES = {"identity", "contact", "account", "credential", "network"}
TEXT = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField, models.FileField)
OURS = ("foundation", "enterprises", "certification", "incentives", "portal")
LIBRARY = ("sessions.Session", "usersessions.UserSession", "mfa.Authenticator", "account.EmailAddress")


def read(path: Path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def text_fields() -> dict[str, list[str]]:
    """Model → its fields that can hold words, without those that hold one of a few codes."""
    found = {}
    for model in apps.get_models():
        if model.__module__.split(".")[0] in OURS or model._meta.label in LIBRARY:
            names = [f.name for f in model._meta.get_fields() if isinstance(f, TEXT) and not f.choices]
            if names:
                found[model._meta.label] = names
    return found


def unknown(fields: dict[str, list[str]], told) -> list[str]:
    known = {
        f"{label}.{name}"
        for part in (told["personal"], told["other"])
        for label, names in part.items()
        for name in names
    }
    return sorted({f"{label}.{name}" for label, names in fields.items() for name in names} - known)


def test_every_requirement_of_levels_one_and_two_stands_in_the_ledger_once():
    ids = Counter(one for row in read(LEDGER) for one in row["ids"])
    assert [one for one, count in ids.items() if count > 1] == []
    assert dict(Counter(one.split(".")[0] for one in ids)) == LEVELS_ONE_AND_TWO


@pytest.mark.parametrize("row", read(LEDGER), ids=lambda row: row["ids"][0])
def test_what_a_requirement_rests_on_exists(row):
    how, where = row["how"], row["where"]
    assert row["why"]
    if how == "drill":
        assert json.loads((ROOT / "tests" / "chaos" / f"{where.lower()}.json").read_text(encoding="utf-8"))["plants"]
    elif how in ("test", "document", "design"):
        assert (ROOT / where).is_file()
    elif how == "setting":
        assert hasattr(settings, where)
    else:
        assert how in ("not_applicable", "open") and where == ""


def test_every_field_that_could_hold_a_person_is_classified():
    told = read(PEOPLE)
    assert unknown(text_fields(), told) == []
    lines = [line for names in told["personal"].values() for line in names.values()]
    assert {line["class"] for line in lines} <= CLASSES
    assert all(line["seen_by"] and line["kept"] and line["ground"] for line in lines)


def test_nothing_in_the_inventory_is_gone():
    told, fields = read(PEOPLE), text_fields()
    gone = [
        f"{label}.{name}" for part in (told["personal"], told["other"]) for label, names in part.items() for name in names
        if name not in fields.get(label, ())
    ]  # fmt: skip
    assert gone == []


def test_a_new_field_is_noticed():
    fields = text_fields() | {"enterprises.Enterprise": [*text_fields()["enterprises.Enterprise"], "owner_id_card"]}
    assert unknown(fields, read(PEOPLE)) == ["enterprises.Enterprise.owner_id_card"]

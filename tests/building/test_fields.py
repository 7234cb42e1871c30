"""What may go in and come out, field by field: a new field of a form or of the interface is a decision, not an accident."""

import importlib
import json
import pkgutil
from pathlib import Path

import pytest
from django import forms
from rest_framework import serializers

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("fields.json")
ROOMS = ("foundation", "enterprises", "certification", "incentives", "portal")


def everything() -> dict[str, list[str]]:
    """Class → its fields; "> name" may only be read."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations" not in module.name and not module.name.endswith("wsgi"):
                importlib.import_module(module.name)
    found = {}
    for kind in (serializers.BaseSerializer, forms.BaseForm):
        for made in descendants(kind):
            if made.__module__.split(".")[0] in ROOMS:
                found[f"{made.__module__}.{made.__qualname__}"] = fields_of(made)
    return dict(sorted(found.items()))


def descendants(kind):
    for made in kind.__subclasses__():
        yield made
        yield from descendants(made)


def fields_of(made) -> list[str]:
    if issubclass(made, forms.BaseForm):
        return sorted(made.base_fields)
    is_abstract = issubclass(made, serializers.ModelSerializer) and not hasattr(made, "Meta")
    fields = made().fields if issubclass(made, serializers.Serializer) and not is_abstract else {}
    return sorted(f"> {name}" if field.read_only else name for name, field in fields.items())


def test_the_fields_are_those_that_were_agreed(db):
    agreed = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert everything() == agreed


def test_a_field_that_slips_in_is_noticed(db):
    class Sneaky(forms.Form):
        is_superuser = forms.BooleanField()

    Sneaky.__module__ = "enterprises.forms"
    try:
        with pytest.raises(AssertionError):
            test_the_fields_are_those_that_were_agreed(None)
    finally:
        Sneaky.__module__ = __name__


def test_no_form_and_no_body_takes_a_state_a_role_of_power_or_an_owner():
    closed = {"state", "version", "is_superuser", "is_staff", "is_active", "password", "enterprise_id", "user", "user_id", "sha256",
              "content_hash", "receipt_number", "public_id", "region_path", "scan_state", "credit_code_of"}  # fmt: skip
    # Answers and filters take nothing in; whoever registers chooses a password and says where the firm is.
    agreed = {"enterprises.forms.RegisterForm": ["password", "region_path"]}
    taken = {
        name: sorted(closed & set(fields)) for name, fields in json.loads(GOLDEN.read_text(encoding="utf-8")).items()
        if closed & set(fields) and not name.endswith(("Shape", "Query"))
    }  # fmt: skip
    assert taken == agreed

"""Reads the ledgers of docs/ (asvs.yml, djbh.yml, pii.yml) and says where they point at nothing."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.public_ids import PublicId
from foundation.regions.paths import PathField
from launcher.linting import CHECKS

ROOT = Path(__file__).parents[2]
HOWS = {"test", "check", "doc", "not_applicable", "open"}
ROOMS = {"foundation", "enterprises", "certification", "incentives", "portal"}
WORDY = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.GenericIPAddressField,
    models.FileField,
    models.BinaryField,
    models.UUIDField,
    ArrayField,
)
"""Kinds of column that could hold something about a person; our own opaque ids and region paths cannot."""


def read(name: str) -> dict[str, Any]:
    """A ledger of docs/. ValueError when a key is written twice: the later entry would hide the earlier."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    keys = re.findall(r"^(\s*)(['\"]?[\w.* ]+['\"]?):", text, re.M)
    top = [key for indent, key in keys if len(indent) == 2]
    if twice := sorted({key for key in top if top.count(key) > 1}):
        raise ValueError(f"{name}: written twice: {twice}")
    return dict(yaml.safe_load(text))


def faults(entries: dict[str, dict[str, Any]]) -> list[str]:
    """What is wrong with the entries of asvs.yml or djbh.yml, in words."""
    return [f"{key}: {fault}" for key, entry in entries.items() for fault in faults_of(entry)]


def faults_of(entry: dict[str, Any]) -> Iterator[str]:
    how, where, note = entry.get("how"), entry.get("where", []), str(entry.get("note", ""))
    if how not in HOWS:
        yield f"{how!r} is not one of {sorted(HOWS)}"
    if "todo" in f"{how} {where} {note}".lower():
        yield "todo is no answer"
    if how == "test" and not any(place.startswith("tests/") for place in where):
        yield "names no test"
    if how == "check" and not any(place.startswith(("setting ", "lint ", "file ")) for place in where):
        yield "names no setting, lint step or file"
    if how == "doc" and not any(place.startswith("docs/") for place in where):
        yield "names no document"
    if how in ("open", "not_applicable") and len(note) < 8:
        yield "gives no reason"
    yield from (f"{place} leads nowhere" for place in where if not leads_somewhere(place))


def leads_somewhere(place: str) -> bool:
    kind, _, rest = place.partition(" ")
    if place.startswith("tests/"):
        return has_test(place)
    if place.startswith("docs/"):
        return has_heading(place)
    if kind == "setting":
        name, _, value = rest.partition(" = ")
        return on_a_server().get(name) == value
    if kind == "lint":
        return rest in {name for name, _ in CHECKS}
    if kind == "file":
        path, _, text = rest.partition(": ")
        return bool(text) and (ROOT / path).is_file() and text in (ROOT / path).read_text(encoding="utf-8")
    return False


def has_test(place: str) -> bool:
    """tests/FILE.py::NAME, and for a drill its row in brackets."""
    path, _, name = place.partition("::")
    name, _, case = name.partition("[")
    if not name.startswith("test_") or name not in tests_of(path):
        return False
    return not case or (ROOT / "tests" / "chaos" / f"{case.removesuffix(']')}.json").is_file()


@cache
def tests_of(path: str) -> frozenset[str]:
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def has_heading(place: str) -> bool:
    path, _, anchor = place.partition("#")
    if not (ROOT / path).is_file():
        return False
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    slugs = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in lines if line[:1] == "#"}
    return not anchor or anchor in slugs


@cache
def on_a_server() -> dict[str, str]:
    """Every setting as it is with HTTPS and nothing else chosen, as repr."""
    program = (
        "import json, portal.settings as s; print(json.dumps({n: repr(getattr(s, n)) for n in dir(s) if n.isupper()}))"
    )
    env = {"PATH": os.environ["PATH"], "BASE_URL": "https://tianti.example.org", "SECRET_KEY": "k" * 60}
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return dict(json.loads(ran.stdout))


# Personal data


@dataclass(frozen=True)
class Column:
    """A column as far as the inventory is concerned. `place` is "app.Model.field"."""

    place: str
    is_ours: bool
    may_be_personal: bool


def columns(persons: Iterable[str]) -> list[Column]:
    """Every column of every table; those of `persons` (models about one person) may all be personal."""
    about, user, found = set(persons), get_user_model(), []
    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.split(".")[0] in ROOMS
        for field in model._meta.concrete_fields:
            if isinstance(field, PublicId | PathField) or (field.primary_key and isinstance(field, models.AutoField)):
                continue
            wordy = isinstance(field, WORDY) or field.related_model is user or model._meta.label in about
            found.append(Column(f"{model._meta.label}.{field.name}", ours, wordy))
    return found


def unclassified(found: Iterable[Column], inventory: dict[str, Any]) -> list[str]:
    """Columns that may be personal and are neither in `personal` nor in `not_personal`."""
    personal, other = set(inventory["personal"]), inventory["not_personal"]
    told = []
    for column in found:
        model, _, name = column.place.rpartition(".")
        app = f"{model.partition('.')[0]}.*"
        whole = not column.is_ours and ("*" in other.get(model, ()) or app in other)
        if column.may_be_personal and not (column.place in personal or name in other.get(model, ()) or whole):
            told.append(column.place)
    return told


def stale(found: Iterable[Column], inventory: dict[str, Any]) -> list[str]:
    """Entries whose column is gone, or that say both."""
    places = {column.place for column in found}
    other = {f"{model}.{name}" for model, names in inventory["not_personal"].items() for name in names if name != "*"}
    told = [*inventory["personal"], *(place for place in other if not place.endswith((".*.*", ".*")))]
    return sorted({place for place in told if place not in places} | (set(inventory["personal"]) & other))


def tally(entries: dict[str, dict[str, Any]]) -> str:
    """The table of docs/security.md: how many requirements of each chapter are answered how."""
    order = ["test", "check", "doc", "not_applicable", "open"]
    chapters: dict[str, list[str]] = {}
    for key, entry in entries.items():
        chapters.setdefault(key.partition(".")[0], []).append(entry["how"])
    chapters["all"] = [how for hows in list(chapters.values()) for how in hows]
    lines = [f"| ASVS | {' | '.join(order)} |".replace("_", " "), "|---" * (len(order) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(str(hows.count(how)) for how in order)} |" for name, hows in chapters.items()]
    return "\n".join(lines)

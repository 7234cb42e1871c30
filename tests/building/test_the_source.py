"""What the code itself must keep to: one door for state, no inline markup, files a person can read."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from foundation.transitions import Stateful

ROOT = Path(__file__).parents[2]
ROOMS = ("foundation", "enterprises", "certification", "incentives", "portal", "launcher")
SOURCES = [p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")) if "migrations" not in p.parts]
PAGES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST = 400
STATEFUL = {m.__name__ for m in apps.get_models() if issubclass(m, Stateful)}
INLINE = re.compile(r"""\sstyle=|\son[a-z]+=["']|<script(?![^>]*\ssrc=)|<style|\|safe\b|javascript:""")


def state_writes(text: str) -> list[int]:
    """Lines that assign `.state`, or pass `state=` to update(), bulk_update or the constructor of a stateful model."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            flat = [t for target in targets for t in (target.elts if isinstance(target, ast.Tuple) else [target])]
            found += [t.lineno for t in flat if isinstance(t, ast.Attribute) and t.attr == "state"]
        elif isinstance(node, ast.Call) and any(k.arg == "state" for k in node.keywords):
            name = ast.unparse(node.func)
            model = name.split(".")[0]
            writes = name.endswith((".update", ".create", ".get_or_create", ".update_or_create")) or name in STATEFUL
            if writes and model in STATEFUL:
                found.append(node.lineno)
    return found


def test_only_move_and_begin_write_the_state_of_a_stateful_thing():
    told = {
        str(p.relative_to(ROOT)): lines
        for p in SOURCES
        if p.name != "transitions.py"
        and "launcher" not in p.parts
        and (lines := state_writes(p.read_text(encoding="utf-8")))
    }
    assert told == {}


@pytest.mark.parametrize(
    "planted",
    [
        "application.state = 'granted'",
        "a.state, a.version = 'granted', 2",
        "Application.objects.filter(pk=1).update(state='granted')",
        "Certificate.objects.create(state='valid')",
        "Certificate(state='valid')",
    ],
)
def test_the_search_finds_what_somebody_might_write(planted):
    assert state_writes(planted) == [1]


def test_no_file_is_longer_than_a_person_reads():
    assert {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text().splitlines())) > LONGEST} == {}


def test_no_page_carries_inline_script_or_style():
    told = {str(p.relative_to(ROOT)): hits for p in PAGES if (hits := INLINE.findall(p.read_text(encoding="utf-8")))}
    assert told == {}


@pytest.mark.parametrize(
    "planted", ['<p style="x">', "<a onclick='x()'>", "<script>x()</script>", "{{ x|safe }}", "<a href='javascript:x'>"]
)
def test_the_search_for_inline_markup_can_fail(planted):
    assert INLINE.search(planted)


def test_every_form_that_writes_carries_its_token():
    form = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", re.S | re.I)
    bare = [
        str(p.relative_to(ROOT))
        for p in PAGES
        for found in form.findall(p.read_text(encoding="utf-8"))
        if "csrf_token" not in found
    ]
    assert bare == []


def test_only_the_clock_reads_the_clock():
    banned = re.compile(r"\b(datetime\.now|date\.today|timezone\.now|datetime\.utcnow|localdate)\(")
    told = {
        str(p.relative_to(ROOT)): hits
        for p in SOURCES
        if p.parts[-2:] != ("foundation", "clock.py") and "launcher" not in p.parts
        and (hits := banned.findall(p.read_text(encoding="utf-8")))
    }  # fmt: skip
    assert told == {}

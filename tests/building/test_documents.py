"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from certification.tiers import Tier
from portal.management.commands.write_states import document, machines

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_the_states_document_is_the_state_tables():
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == document()
    assert len(machines()) >= 6


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_between_documents_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_begins_with_a_picture_and_the_two_commands(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("![")
    shown = [line.split()[:2] for line in lines if line.startswith("./tianti")][:2]
    assert shown == [["./tianti", "up"], ["./tianti", "test"]]


def test_every_tier_stands_in_the_glossary():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert [t.value for t in Tier if f"`{t.value}`" not in text or t.label not in text] == []

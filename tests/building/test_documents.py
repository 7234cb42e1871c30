"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from certification.rules import document
from certification.rules.building import Builder
from certification.rules.problems import PackError
from certification.tiers import Tier
from portal.management.commands import write_states
from portal.management.commands.write_states import machines

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_the_states_document_is_the_state_tables():
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == write_states.document()
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


def test_the_tests_of_a_pack_that_the_page_names_are_those_that_the_builder_reads():
    page = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
    told = page.partition("Tests: ")[2].partition("There\nis no")[0]
    inside = {"flag": "on_abnormal_list"}
    spoken = {
        "`all`": {"all": [inside]}, "`any`": {"any": [inside]}, "`{at_least: n, of: […]}`": {"at_least": 1, "of": [inside]},
        "`{m: measure or figure, ge|gt|le|lt: value}`": {"m": "rd_share_y0", "ge": "3%"},
        "`{flag: fact, is: false}`": {"flag": "on_abnormal_list", "is": False},
        "`{fact: f, in: […]}`": {"fact": "digital_level", "in": [2, 3]},
        "`{has: list, any_of: […]}`": {"has": "quality", "any_of": ["own_brand"]},
        "`{lacks: list, any_of: […]}`": {"lacks": "quality", "any_of": ["own_brand"]},
        "`{count: name, ge: n}`": {"count": "class1", "ge": 1}, "`{score: total, ge: n}`": {"score": "total", "ge": "60分"},
        "`{ref: criterion}`": {"ref": "S1"}, "`{size: not_large}`": {"size": "not_large"},
    }  # fmt: skip
    assert re.findall(r"`[^`]+`", told) == list(spoken)
    library = document.seed_library()
    build = Builder("test", {}, library.documents["T2-2026"])
    for raw in spoken.values():
        build.node("test", raw)
    with pytest.raises(PackError, match="不认识的条件"):
        build.node("test", {"not": inside})


def test_a_share_of_nothing_is_for_a_person_and_a_rate_over_nothing_is_unknown():
    measures = Builder("test", {}, document.seed_library().documents["T3-2026"]).measures
    assert (measures["rd_share_y1"].zero, measures["revenue_growth_2y"].zero) == ("needs_person", "unknown")

"""Whatever standard an official may write, a firm judged alone and the same firm judged among all get one answer."""

import random
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from certification.rules import document
from certification.rules.assess import assess, plan_for
from certification.rules.columns import Columns
from certification.rules.outcomes import NAMES
from certification.rules.population import assess_population

sys.path.insert(0, str(Path(__file__).parent))
from packs_at_random import libraries, some_row

SIZE = {"size": document.seed_library().size}
DAYS = [date(2026, 7, 10), date(2024, 2, 29), date(2025, 2, 28)]
PACKS, ROWS = 25, 40
ALWAYS_THE_SAME = {
    "phases": [Phase.generate], "derandomize": True, "deadline": None, "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}  # fmt: skip


def agree(texts, day, case_type, seed):
    """Every answer whole: outcome, size, every line's outcome, points, low and high, totals and categories."""
    note("\n".join(texts.values()))
    library = document.Library(texts, _compiled=dict(SIZE))
    rule_set, overlays = library.rule_set("R"), [library.overlay(name) for name in library.overlay_names()]
    case = {"on": day, "case_type": case_type, "overlays": overlays}
    plan, _ = plan_for(rule_set, case_type, overlays, day)
    rng = random.Random(seed)
    rows = [some_row(rng, plan, day) for _ in range(ROWS)]
    alone = [assess(rule_set, row, explain=False, **case) for row in rows]
    for row, one, together in zip(rows, alone, assess_population(rule_set, rows, **case), strict=True):
        assert together == one, row
    told = assess(rule_set, rows[0], **case)
    assert told.as_dict(brief=True) == alone[0].as_dict(brief=True)
    assert [line.code for line in told.criteria if not line.sentence] == []
    return alone


DRAWN = [libraries(), st.sampled_from(DAYS), st.sampled_from(["new", "renewal"]), st.integers(0, 2**32)]


def test_any_standard_judges_one_firm_alone_as_it_judges_it_among_many():
    seen, open_points = set(), 0

    @settings(max_examples=PACKS, **ALWAYS_THE_SAME)
    @given(*DRAWN)
    def every_pack(texts, day, case_type, seed):
        nonlocal open_points
        for answer in agree(texts, day, case_type, seed):
            seen.update([answer.outcome, *(line.outcome for line in answer.criteria)])
            open_points += any(line.low < line.high for line in answer.criteria)

    every_pack()
    assert seen == set(NAMES.values())
    assert open_points > PACKS


@pytest.mark.parametrize(("wrong", "instead"), [("ge", "gt"), ("le", "lt"), ("gt", "ge"), ("lt", "le")])
def test_a_comparison_that_takes_the_border_to_the_other_side_is_found(monkeypatch, wrong, instead):
    honest = Columns.compare
    monkeypatch.setattr(
        Columns, "compare", lambda self, node: honest(self, replace(node, op=instead if node.op == wrong else node.op))
    )

    @settings(max_examples=PACKS, **ALWAYS_THE_SAME)
    @given(*DRAWN)
    def every_pack(texts, day, case_type, seed):
        agree(texts, day, case_type, seed)

    with pytest.raises(AssertionError):
        every_pack()


LEANING = """\
schema: tianti-pack/1
code: R
tier: specialised
title: 标准
origin: {title: 办法, number: 〔2026〕1号}
effective: {from: 2026-01-01, until: null}
checked_on: 2026-11-01
categories: {empty: {title: 空, max: 0}}
counts: {unread: {of: awards, where: {level: national}, label: 奖励, clause: 第1条, mark: V}}
criteria:
  - {code: A, title: 甲, clause: 第1条, mark: V, requirement: 要求, gate: false, test: {when: renewal, flag: own_brand}}
  - {code: B, title: 乙, clause: 第1条, mark: V, requirement: 要求, test: {any: [{ref: A}, {flag: new_product}]}}
  - {code: C, title: 丙, clause: 第1条, mark: V, requirement: 要求, test: {at_least: 1, of: [{ref: A}, {flag: new_product}]}}
  - {code: D, title: 丁, clause: 第1条, mark: V, requirement: 要求, test: {all: [{ref: A}]}}
"""


def test_a_condition_that_leans_on_what_is_not_asked_is_decided_by_what_is_left():
    """Nor does an empty class, or a count that nobody reads, keep anybody from being judged."""
    rule_set = document.Library({"r.yaml": LEANING}, _compiled=dict(SIZE)).rule_set("R")
    rows = [{"own_brand": True, "new_product": False}, {"own_brand": False, "new_product": True}]
    told = {}
    for case_type in ("new", "renewal"):
        case = {"on": DAYS[0], "case_type": case_type}
        alone = [assess(rule_set, row, explain=False, **case) for row in rows]
        assert assess_population(rule_set, rows, **case) == alone
        told[case_type] = [[line.outcome for line in answer.criteria] for answer in alone]
    # In the order of the answer: the gates B, C and D, then A.
    assert told == {
        "new": [
            ["unmet", "unmet", "not_applicable", "not_applicable"],
            ["met", "met", "not_applicable", "not_applicable"],
        ],
        "renewal": [["met", "met", "met", "met"], ["met", "met", "unmet", "unmet"]],
    }

"""What is missing is told in figures, and the way that is shown has been judged."""

import random
import sys
from datetime import date
from pathlib import Path

import pytest

from certification.rules import document
from certification.rules.assess import assess
from certification.rules.gap import gaps

sys.path.insert(0, str(Path(__file__).parent))
from near_passing import moved, passing

LIBRARY = document.load_all()
ON = date(2025, 9, 1)


def only_gap(code, **changed):
    found = gaps(LIBRARY.rule_set(code), {**passing(ON), **changed}, on=ON)
    assert len(found) == 1
    return found[0]


def test_a_share_that_falls_short_names_the_figure_and_how_far_it_is():
    gap = only_gap("T2-2022", rd_expense_y0="290")
    assert (gap.code, gap.have, gap.need, gap.missing) == ("C2", "2.90%", "3%", "0.1 个百分点")
    assert gap.steps == ("上年度研发费用由 290 到 300 万元",)
    assert gap.moves == (("rd_expense_y0", "300"),)
    assert round(gap.progress, 3) == 0.967


def test_a_total_that_falls_short_shows_the_fewest_and_smallest_changes():
    low = {"local_feature_points": "0", "key_field": "none", "quality": ["own_brand"], "rd_institution_level": "none",
           "rd_staff_y0": 19}  # fmt: skip
    gap = only_gap("T2-2022", **low)
    assert gap.code == "C4"
    assert (gap.have, gap.need, gap.missing) == ("58 分", "60 分", "2 分")
    assert gap.steps == ("上年度主营业务收入由 9,000 到 9,328.75 万元",)
    assert "也可以凭：替代条件·科技奖励" in gap.sentence


def test_a_choice_shows_its_nearest_part():
    gap = only_gap("T2-2026", revenue_y0="1400", main_revenue_y0="1300", equity_financing_2y="0")
    assert (gap.have, gap.need, gap.missing) == ("1,400 万元", "1,500 万元", "100 万元")
    assert "近两年新增股权融资" in gap.sentence


def test_a_blank_is_to_be_filled_and_a_judgement_is_a_persons():
    facts = passing(ON)
    del facts["rd_expense_y1"], facts["market_position"]
    told = [(gap.code, gap.outcome, gap.steps) for gap in gaps(LIBRARY.rule_set("T2-2026"), facts, on=ON)]
    assert told == [
        ("S3", "unknown", ("补填上上年度研发费用",)),
        ("S3", "unknown", ("补填上上年度研发费用",)),
        ("S5", "needs_person", ("细分市场占有率是否较为靠前由人判断",)),
    ]


def test_nothing_is_missing_where_everything_is_met():
    assert gaps(LIBRARY.rule_set("T3-2026"), passing(ON), on=ON) == []


@pytest.mark.parametrize("code", LIBRARY.codes())
def test_moving_the_figures_as_shown_meets_the_condition(code):
    rng, rule_set, tried = random.Random(f"gap {code}"), LIBRARY.rule_set(code), 0
    for _ in range(150):
        facts = moved(rng, ON)
        before = assess(rule_set, facts, on=ON, explain=False)
        for gap in gaps(rule_set, facts, on=ON):
            assert gap.outcome != "met"
            alone = [other for other in gaps(rule_set, facts, on=ON) if other.code == gap.code] == [gap]
            if gap.moves and len(gap.moves) == len(gap.steps) and alone:
                after = assess(rule_set, {**facts, **dict(gap.moves)}, on=ON, explain=False)
                assert before.line(gap.code).outcome != "met"
                assert after.line(gap.code).outcome == "met", gap
                tried += 1
    assert tried >= 3

"""The engine and a second, independent reading of the standards give one answer, alone and together."""

import random
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from certification.rules import document
from certification.rules.assess import assess
from certification.rules.population import assess_population

sys.path.insert(0, str(Path(__file__).parent))
from facts_at_random import some_facts
from near_passing import moved, passing
from oracle_standards import STANDARDS, judge

LIBRARY = document.load_all()
DAYS = [date(2025, 9, 1), date(2024, 2, 29), date(2025, 2, 28), date(2026, 3, 1), date(2028, 2, 29)]
SCENES = [(code, case, ()) for code in STANDARDS for case in ("new", "renewal")]
SCENES += [("T3-2022", case, ("2025-190",)) for case in ("new", "renewal")]


def same_shape(answer):
    told = answer.as_dict(brief=True)
    exact = lambda text: None if text is None else Fraction(text)  # noqa: E731
    score = told["score"]
    return {
        "outcome": told["outcome"], "size": told["size"],
        "points": {c["code"]: exact(c["points"]) for c in told["criteria"] if "points" in c},
        "score": score and {"total": exact(score["total"]), "low": exact(score["low"]), "high": exact(score["high"]),
                            "categories": {k: exact(v) for k, v in score["categories"].items()}},
        "criteria": {c["code"]: c["outcome"] for c in told["criteria"]},
    }  # fmt: skip


@pytest.mark.parametrize(("code", "case_type", "notices"), SCENES)
def test_the_second_reading_agrees_with_both_evaluators(code, case_type, notices):
    rng = random.Random(f"oracle {code}{case_type}{notices}")
    rule_set, overlays = LIBRARY.rule_set(code), [LIBRARY.overlay(name) for name in notices]
    seen = set()
    for on in DAYS:
        rows = [moved(rng, on) for _ in range(120)] + [
            some_facts(rng, on, rng.choice([0, 0.05, 0.2])) for _ in range(30)
        ]
        case = {"on": on, "case_type": case_type, "overlays": overlays}
        for row, together in zip(rows, assess_population(rule_set, rows, **case), strict=True):
            wanted = judge(code, row, on, case_type, notices)
            assert same_shape(assess(rule_set, row, explain=False, **case)) == wanted, (on, row)
            assert same_shape(together) == wanted, (on, row)
            seen.add(wanted["outcome"])
    # An undefined share keeps a score open, which is unknown: scored standards rarely wait for a person.
    assert seen >= {"met", "unmet", "unknown"} | (set() if rule_set.indicators else {"needs_person"})


@pytest.mark.parametrize("code", STANDARDS)
def test_the_passing_enterprise_passes(code):
    on = date(2025, 9, 1)
    assert judge(code, passing(on), on)["outcome"] == ("met" if code != "T4-2023" else "unmet")

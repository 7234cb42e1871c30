"""The population evaluator answers exactly what the single evaluator answers: it is held to the definition."""

import random
import sys
from datetime import date
from pathlib import Path

import pytest

from certification.rules import document
from certification.rules.assess import assess
from certification.rules.population import assess_population

sys.path.insert(0, str(Path(__file__).parent))
from facts_at_random import some_facts

LIBRARY = document.load_all()
DAYS = {"T1-2022": date(2026, 7, 10), "T2-2022": date(2025, 9, 1), "T3-2022": date(2024, 2, 29), "T2-2026": date(2026, 8, 1),
        "T3-2026": date(2028, 2, 29), "T4-2023": date(2026, 2, 28)}  # fmt: skip
SCENES = [(code, case, ()) for code in LIBRARY.codes() for case in ("new", "renewal")]
SCENES += [("T3-2022", case, ("2025-190",)) for case in ("new", "renewal")]


@pytest.mark.parametrize(("code", "case_type", "notices"), SCENES)
def test_population_and_single_agree_on_boundary_stuffed_rows_with_holes(code, case_type, notices):
    rng = random.Random(f"{code}{case_type}{notices}")
    on = DAYS[code]
    rows = [some_facts(rng, on, rng.choice([0, 0.03, 0.1, 0.4])) for _ in range(400)]
    case = {"on": on, "case_type": case_type, "overlays": [LIBRARY.overlay(name) for name in notices]}
    rule_set = LIBRARY.rule_set(code)
    together = [a.as_dict(brief=True) for a in assess_population(rule_set, rows, **case)]
    alone = [assess(rule_set, row, **case).as_dict(brief=True) for row in rows]
    assert together == alone
    assert len({a["outcome"] for a in alone}) >= 2


def test_an_answer_does_not_change_when_a_hole_is_filled_and_the_answer_was_certain():
    rng = random.Random("holes")
    for code in LIBRARY.codes():
        rule_set, on = LIBRARY.rule_set(code), DAYS[code]
        for _ in range(150):
            whole = some_facts(rng, on, 0)
            holed = {name: value for name, value in whole.items() if rng.random() > 0.15}
            before, after = (assess(rule_set, f, on=on, explain=False) for f in (holed, whole))
            if before.outcome in ("met", "unmet"):
                assert after.outcome == before.outcome
            for line in before.criteria:
                if line.max is not None:
                    now = after.line(line.code)
                    assert line.low <= now.low <= now.high <= line.high

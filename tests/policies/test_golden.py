"""Every threshold, point and mark of the policy, as it was read from its source: a number that moves turns this red and names its clause.

The golden file is read by people, line by line, beside the text. It changes in the commit that changes the policy, and only there.
"""

import copy
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

PACKS = {
    path.stem: YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[2] / "certification" / "policies").rglob("*.yaml"))
}
GOLDEN = YAML(typ="safe").load(Path(__file__).with_name("golden.yaml").read_text(encoding="utf-8"))


NOTHING_TO_NOTICE = {"use": None, "over": None, "waive": [], "replace": [], "gates": {}}
OF_NO_WEIGHT = {"schema", "origin", "checked_on", "remarks", "reviewer_notes", "tests", "title", "label", "requirement", "note",
                "help", "sentence", "source", "code", "tier", "case_types"}  # fmt: skip
"""Words about a rule: nobody is judged by them. (The case types of a waiver are told with it.)"""


def steps(indicator: dict) -> list[str]:
    """The ladder of one indicator in words: "ge 80% 5"."""
    told = [
        f"{sign} {bound} {points}" for sign in ("ge", "gt", "le", "lt") for bound, points in indicator.get(sign, [])
    ]
    told += [f"{value} {points}" for value, points in indicator.get("values", {}).items()]
    told += [f"{band['test']} {band['points']}" for band in indicator.get("bands", [])]
    return [line.replace("'", "") for line in told]


def one_line(raw: Any) -> str:
    """A condition in one line, in the order of its pack: "{m: revenue_y0, ge: $revenue_min}"."""
    if isinstance(raw, dict):
        return "{" + ", ".join(f"{key}: {one_line(value)}" for key, value in raw.items()) + "}"
    if isinstance(raw, list):
        return "[" + ", ".join(map(one_line, raw)) + "]"
    return str(raw).lower() if isinstance(raw, bool) or raw is None else str(raw)


def signed(row: dict) -> str:
    return f"{row['clause']} / {row['mark']}"


def scored(indicator: dict) -> dict:
    """What one indicator is worth: its most, its least, and the way from one to the other."""
    way = {"steps": steps(indicator), "otherwise": indicator.get("otherwise", 0)}
    if "measure" in indicator or "fact" in indicator:
        way["reads"] = indicator.get("measure") or indicator["fact"]
    if "steps" in indicator:
        way["every"] = one_line(indicator["steps"])
    if "adds" in indicator:
        way["adds"] = one_line(indicator["adds"])
    return {"most": indicator["max"], "category": indicator["category"], "clause": signed(indicator), **way}


def told(pack: dict) -> dict:
    """What a person signs off: every number with clause and mark, and the conditions in which numbers stand."""
    whole = {
        "in force": one_line(pack.get("effective") or pack.get("applies") or ""),
        "parameters": {
            name: f"{one_line(row['value'] if 'value' in row else row['values'])} / {signed(row)}"
            for name, row in pack.get("parameters", {}).items()
        },
        "counts": {
            name: f"{row['of']} {one_line(row['where'])} / {signed(row)}"
            for name, row in pack.get("counts", {}).items()
        },
        "measures": {
            name: one_line({key: row[key] for key in ("expr", "growth_of", "formula", "unit", "zero") if key in row})
            for name, row in pack.get("measures", {}).items()
        },
        "criteria": {
            row["code"]: f"{'' if row.get('gate', True) else 'not a gate, '}{one_line(row['test'])} / {signed(row)}"
            for row in pack.get("criteria", [])
        },
        "points": {row["code"]: scored(row) for row in pack.get("indicators", [])},
        "categories": {name: row["max"] for name, row in pack.get("categories", {}).items()},
        "pass_mark": pack.get("pass_mark"),
        "sectors": pack.get("sectors"),
        "notice": {
            "use": pack.get("use"),
            "over": pack.get("over"),
            "waive": [
                f"{row['rule_set']} {row['test']} {one_line(row['case_types'])} / {signed(row)}"
                for row in pack.get("waive", [])
            ],
            "replace": [
                f"{row['rule_set']} {row['parameter']} {row['value']} {one_line(row['case_types'])} / {signed(row)}"
                for row in pack.get("replace", [])
            ],
            "gates": {row["code"]: f"{one_line(row['test'])} / {signed(row)}" for row in pack.get("gates", [])},
        },
    }
    return {part: said for part, said in whole.items() if said and said != NOTHING_TO_NOTICE}


def test_every_pack_has_its_golden_text():
    assert set(GOLDEN) == set(PACKS)


@pytest.mark.parametrize("code", PACKS)
def test_the_numbers_are_those_that_were_read(code):
    assert told(PACKS[code]) == GOLDEN[code]


@pytest.mark.parametrize("code", [code for code, pack in PACKS.items() if pack.get("indicators")])
def test_the_points_of_a_scored_standard_add_up_to_a_hundred(code):
    assert sum(row["max"] for row in PACKS[code]["indicators"]) == 100


def numbers(raw: Any, path: tuple = ()) -> list[tuple]:
    """The way to every number of a pack: as a value, or written in a text such as "10%" or "2026-01-01"."""
    if isinstance(raw, dict):
        return [
            way
            for key, value in raw.items()
            if key not in OF_NO_WEIGHT and key != "clause"
            for way in numbers(value, (*path, key))
        ]
    if isinstance(raw, list):
        return [way for place, value in enumerate(raw) for way in numbers(value, (*path, place))]
    if isinstance(raw, bool) or raw is None:
        return []
    bare = str(raw)
    return [path] if bare[:1].isdigit() or bare[:2].lstrip("-").isdigit() else []


def moved(pack: dict, way: tuple) -> dict:
    """The same pack with one number another, and nothing else."""
    other = copy.deepcopy(pack)
    place = other
    for step in way[:-1]:
        place = place[step]
    before = place[way[-1]]
    place[way[-1]] = before + 1 if isinstance(before, int) else f"7{before}"
    return other


@pytest.mark.parametrize("code", PACKS)
def test_any_single_number_that_moves_is_noticed(code):
    ways = numbers(PACKS[code])
    unseen = [way for way in ways if told(moved(PACKS[code], way)) == GOLDEN[code]]
    assert (len(ways) > 0, unseen) == (True, [])


def test_what_was_left_out_before_is_among_them():
    """近N年, a rank, years that a patent lasted; a number inside a condition; the days of a notice."""
    wanted = {
        "T2-2022": [("counts", "award_direct", "where", "certified_on", "within"), ("counts", "class1_high", "where", "all", 1, "any", 1, "granted_on", "older_than"),
                    ("counts", "award_direct", "where", "any", 0, "rank", "le"), ("criteria", 6, "test", "ge"), ("indicators", 2, "steps", "every")],
        "2025-190": [("applies", "from"), ("applies", "until"), ("parameters", "accepted_revenue_min", "value")],
        "size-2011": [("sectors", "industry", "large", "employees_y0")],
    }  # fmt: skip
    assert {code: [way for way in ways if way in numbers(PACKS[code])] for code, ways in wanted.items()} == wanted


def test_a_condition_that_is_dropped_and_a_waiver_for_other_cases_are_noticed():
    notice = copy.deepcopy(PACKS["2025-190"])
    notice["waive"][0]["case_types"] = ["new"]
    assert told(notice) != GOLDEN["2025-190"]
    standard = copy.deepcopy(PACKS["T3-2026"])
    standard["criteria"][3]["test"]["all"].pop()
    assert told(standard) != GOLDEN["T3-2026"]


def test_a_replaced_number_of_a_notice_is_told_with_its_clause():
    row = {
        "rule_set": "T3-2026",
        "parameter": "growth_min",
        "value": "3%",
        "case_types": ["new"],
        "clause": "第3项",
        "mark": "V",
    }
    assert told({"replace": [row]}) == {
        "notice": NOTHING_TO_NOTICE | {"replace": ["T3-2026 growth_min 3% [new] / 第3项 / V"]}
    }

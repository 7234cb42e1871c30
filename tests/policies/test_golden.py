"""Every threshold, point and mark of the policy, as it was read from its source: a number that moves turns this red and names its clause.

The golden file is read by people, line by line, beside the text. It changes in the commit that changes the policy, and only there.
"""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

PACKS = {
    path.stem: YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[2] / "certification" / "policies").rglob("*.yaml"))
}
GOLDEN = YAML(typ="safe").load(Path(__file__).with_name("golden.yaml").read_text(encoding="utf-8"))


def steps(indicator: dict) -> list[str]:
    """The ladder of one indicator in words: "ge 80% 5"."""
    told = [
        f"{sign} {bound} {points}" for sign in ("ge", "gt", "le", "lt") for bound, points in indicator.get(sign, [])
    ]
    told += [f"{value} {points}" for value, points in indicator.get("values", {}).items()]
    told += [f"{band['test']} {band['points']}" for band in indicator.get("bands", [])]
    return [line.replace("'", "") for line in told]


def told(pack: dict) -> dict:
    """What a person signs off: numbers with clause and mark, conditions with clause, points with their ladders."""
    return {
        "parameters": {
            name: f"{row['value']} / {row['clause']} / {row['mark']}"
            for name, row in pack.get("parameters", {}).items()
        },
        "criteria": {row["code"]: f"{row['clause']} / {row['mark']}" for row in pack.get("criteria", [])},
        "points": {
            row["code"]: {"most": row["max"], "clause": f"{row['clause']} / {row['mark']}", "steps": steps(row)}
            for row in pack.get("indicators", [])
        },
        "pass_mark": pack.get("pass_mark"),
        "sectors": pack.get("sectors"),
    }


def test_every_pack_has_its_golden_text():
    assert set(GOLDEN) == set(PACKS)


@pytest.mark.parametrize("code", PACKS)
def test_the_numbers_are_those_that_were_read(code):
    assert told(PACKS[code]) == GOLDEN[code]


@pytest.mark.parametrize("code", [code for code, pack in PACKS.items() if pack.get("indicators")])
def test_the_points_of_a_scored_standard_add_up_to_a_hundred(code):
    assert sum(row["max"] for row in PACKS[code]["indicators"]) == 100


def test_a_threshold_that_moves_is_noticed():
    pack = YAML(typ="safe").load("{parameters: {rd: {value: 3%, clause: 第3项, mark: V}}}")
    moved = YAML(typ="safe").load("{parameters: {rd: {value: 2%, clause: 第3项, mark: V}}}")
    assert told(pack) != told(moved)
    assert "第3项" in told(moved)["parameters"]["rd"]

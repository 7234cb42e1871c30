"""`./tianti drill ROW`: runs one row of the scorecard on servers of its own; the last line is one JSON object.

`--all` runs every row and keeps the lines in docs/scorecard.jsonl; docs/scorecard.md is written from them.
"""

import argparse
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from launcher.bootstrap import bootstrap
from launcher.places import PYTHON, ROOT
from launcher.servers import environment
from launcher.steps import Trouble
from launcher.testing import throwaway

ROWS = ROOT / "tests" / "chaos"
LINES = ROOT / "docs" / "scorecard.jsonl"
PAGE = ROOT / "docs" / "scorecard.md"


def rows() -> dict[str, dict[str, Any]]:
    """Each drill declares itself in a JSON header beside its script."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(ROWS.glob("*.json"))}


def drill(arguments: argparse.Namespace) -> int:
    words: list[str] = arguments.words
    own = argparse.ArgumentParser(prog="tianti drill")
    own.add_argument("row", nargs="?")
    own.add_argument("--full", action="store_true")
    own.add_argument("--plant", default="")
    own.add_argument("--seed", type=int, default=1)
    own.add_argument("--list", action="store_true")
    own.add_argument("--plants", action="store_true")
    own.add_argument("--all", action="store_true")
    own.add_argument("--from", dest="lines", default="", help="take lines that a suite wrote with DRILL_LINES=FILE")
    own.add_argument("--keep", action="store_true", help="keep this line in the scorecard")
    asked = own.parse_args(words)
    known = rows()
    if asked.list:
        for told in known.values():
            print(f"{told['row']}: {told['promise']}  plants: {', '.join(told['plants'])}")
        return 0
    if asked.plants:
        return every_plant(known, asked.seed, keep=asked.keep)
    if asked.lines:
        for text in Path(asked.lines).read_text(encoding="utf-8").splitlines():
            remember(json.loads(text))
        return 0
    if asked.all:
        failed = [row for row in known if run(row, full=asked.full, plant="", seed=asked.seed, keep=True)[0]]
        return 1 if failed else 0
    row = (asked.row or "").lower()
    if row not in known:
        raise Trouble(f"No such row: {asked.row}. Known: {', '.join(known)}", "./tianti drill --list")
    if asked.plant and asked.plant not in known[row]["plants"]:
        raise Trouble(f"{asked.row} has no plant {asked.plant!r}.", "./tianti drill --list")
    return run(row, full=asked.full, plant=asked.plant, seed=asked.seed, keep=asked.keep)[0]


def run(row: str, *, full: bool, plant: str, seed: int, keep: bool = False) -> tuple[int, dict[str, Any]]:
    """Exit code and last line; an empty line when the drill broke before it could tell."""
    bootstrap()
    with throwaway() as (state, servers):
        env = environment(state, servers, DEMO="0") | {"DRILL_STATE": str(state.folder)}
        command = [str(PYTHON), "-m", f"tests.chaos.{row}", "--seed", str(seed)]
        command += ["--full"] * full + (["--plant", plant] if plant else [])
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="", flush=True)
    line = last_line(done.stdout)
    if line:
        line["load"] = round(os.getloadavg()[0], 1)
    if keep and line:
        remember(line)
    return done.returncode, line


def last_line(out: str) -> dict[str, Any]:
    """What a drill told last, if it is what a drill tells."""
    try:
        told = json.loads((out.strip().splitlines() or [""])[-1])
    except ValueError:
        return {}
    return told if isinstance(told, dict) and {"row", "form", "plant", "passed"} <= set(told) else {}


def turned_red(row: str, plant: str, code: int, line: dict[str, Any]) -> bool:
    """A planted defect is found only when the drill says so itself: one that broke on the way found nothing."""
    told = (str(line.get("row", "")).lower(), line.get("plant"), line.get("passed"))
    return code == 1 and told == (row.lower(), plant, False)


def remember(line: dict[str, Any]) -> None:
    """The newest line of a row and form takes the place of the older one; the page is written anew.

    What a planted defect showed is kept with the short line of its row.
    """
    kept = [json.loads(text) for text in LINES.read_text(encoding="utf-8").splitlines()] if LINES.is_file() else []
    LINES.write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in with_line(kept, line)), encoding="utf-8"
    )
    PAGE.write_text(page(with_line(kept, line)), encoding="utf-8")


def with_line(kept: list[dict[str, Any]], line: dict[str, Any]) -> list[dict[str, Any]]:
    """The kept lines with one more: a plant's result goes into its row's own line, a newer line replaces the older."""
    mine = next((one for one in kept if (one["row"], one["form"]) == (line["row"], line["form"])), None)
    if line["plant"]:
        if mine is None:
            return kept
        shown = "red" if turned_red(line["row"], line["plant"], 1, line) else "stayed green"
        line = mine | {"plants": mine.get("plants", {}) | {line["plant"]: shown}}
    elif mine is not None and "plants" in mine:
        line = line | {"plants": mine["plants"]}
    others = [one for one in kept if one is not mine]
    return sorted([*others, line], key=lambda one: (one["row"][0], int(one["row"][1:]), one["form"]))


def page(kept: list[dict[str, Any]]) -> str:
    """docs/scorecard.md from the kept lines and the headers of the drills."""
    told = rows()
    shown = {str(one["row"]): dict[str, str](one.get("plants", {})) for one in kept if one["form"] == "short"}
    out = [
        "# Scorecard",
        "",
        "Written by `./tianti drill --all` (or `ROW --keep`) from the JSON line that each drill ends with. A row is met when its drill",
        "is green and each of its planted defects turns it red; `./tianti drill --list` names them. The suite plants the first of each",
        "row and no other: such a row says `yes, first plant`; `./tianti drill --plants --keep` runs the rest. `partly`: green, but no",
        "planted defect has shown yet that it can be red. Plants are run in the short form. Load is the machine's, at the end.",
        "",
        "| row | promise | asserted | form | seed | measured | planted defects | load | met |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for line in kept:
        header = told.get(str(line["row"]).lower(), {})
        few = "; ".join(f"{name} {value}" for name, value in flat(line["counts"]))
        mine = shown.get(str(line["row"]), {})
        named: list[str] = list(header.get("plants", []))
        plants = "; ".join(f"{name} {mine.get(name, 'not run')}" for name in named) if line["form"] == "short" else ""
        out.append(
            f"| {line['row']} | {header.get('promise', '')} | {line['target']} | {line['form']} | {line['seed']} | {few} |"
            f" {plants} | {line.get('load', '')} | {met(line, named, mine)} |"
        )
    ran = {(one["row"], one["form"]) for one in kept}
    for form in ("short", "full"):
        missing = [str(header["row"]) for header in told.values() if (header["row"], form) not in ran]
        out += ["", f"Not run yet in the {form} form: {', '.join(missing) or 'none'}."]
    return "\n".join([*out, ""])


def flat(counts: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """(name, value) of every count, nested ones as "statuses.409"; of a list only how long it is, for it holds names."""
    told: list[tuple[str, Any]] = []
    for name, value in counts.items():
        if isinstance(value, dict):
            told += flat(value, f"{before}{name}.") or [(f"{before}{name}", 0)]
        else:
            told.append((f"{before}{name}", len(value) if isinstance(value, list) else value))
    return told


def met(line: dict[str, Any], named: list[str], shown: dict[str, str]) -> str:
    """Whether a row keeps its promise, and how much of that its planted defects have shown."""
    if "skipped" in line["counts"]:
        return "skipped"
    if not line["passed"] or "stayed green" in shown.values():
        return "**no**"
    red = [name for name in named if shown.get(name) == "red"]
    if named and red == named:
        return "yes"
    return "yes, first plant" if red and red == named[:1] else "partly"


def every_plant(known: dict[str, dict[str, Any]], seed: int, *, keep: bool) -> int:
    """Each planted defect must turn its row red; one that stays green, or breaks the drill, fails."""
    green: list[str] = []
    broken: list[str] = []
    for row, told in known.items():
        for plant in told["plants"]:
            code, line = run(row, full=False, plant=plant, seed=seed, keep=keep)
            if not turned_red(row, plant, code, line):
                (green if line.get("passed") else broken).append(f"{row} --plant {plant}")
    fine = not green and not broken
    print(json.dumps({"row": "plants", "stayed_green": green, "broke": broken, "passed": fine}, ensure_ascii=False))
    return 0 if fine else 1

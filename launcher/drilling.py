"""`./tianti drill ROW`: runs one row of the scorecard on servers of its own; the last line is one JSON object.

`--all` runs every row and keeps the lines in docs/scorecard.jsonl; docs/scorecard.md is written from them.
"""

import argparse
import json
import subprocess
from pathlib import Path

from launcher.bootstrap import bootstrap
from launcher.places import PYTHON, ROOT
from launcher.servers import environment
from launcher.steps import Trouble
from launcher.testing import throwaway

ROWS = ROOT / "tests" / "chaos"
LINES = ROOT / "docs" / "scorecard.jsonl"
PAGE = ROOT / "docs" / "scorecard.md"


def rows() -> dict[str, dict[str, object]]:
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
            print(f"{told['row']}: {told['promise']}  plants: {', '.join(told['plants'])}")  # type: ignore[arg-type]
        return 0
    if asked.plants:
        return every_plant(known, asked.seed)
    if asked.lines:
        for text in Path(asked.lines).read_text(encoding="utf-8").splitlines():
            remember(json.loads(text))
        return 0
    if asked.all:
        failed = [row for row in known if run(row, full=asked.full, plant="", seed=asked.seed, keep=True)]
        return 1 if failed else 0
    row = (asked.row or "").lower()
    if row not in known:
        raise Trouble(f"No such row: {asked.row}. Known: {', '.join(known)}", "./tianti drill --list")
    if asked.plant and asked.plant not in known[row]["plants"]:  # type: ignore[operator]
        raise Trouble(f"{asked.row} has no plant {asked.plant!r}.", "./tianti drill --list")
    return run(row, full=asked.full, plant=asked.plant, seed=asked.seed, keep=asked.keep)


def run(row: str, *, full: bool, plant: str, seed: int, keep: bool = False) -> int:
    bootstrap()
    with throwaway() as (state, servers):
        env = environment(state, servers, DEMO="0") | {"DRILL_STATE": str(state.folder)}
        command = [str(PYTHON), "-m", f"tests.chaos.{row}", "--seed", str(seed)]
        command += ["--full"] * full + (["--plant", plant] if plant else [])
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="", flush=True)
    if keep and done.stdout.strip():
        remember(json.loads(done.stdout.strip().splitlines()[-1]))
    return done.returncode


def remember(line: dict[str, object]) -> None:
    """The newest line of a row and form takes the place of the older one; the page is written anew."""
    kept = [json.loads(text) for text in LINES.read_text(encoding="utf-8").splitlines()] if LINES.is_file() else []
    kept = [one for one in kept if (one["row"], one["form"]) != (line["row"], line["form"])] + [line]
    kept.sort(key=lambda one: (one["row"][0], int(one["row"][1:]), one["form"]))
    LINES.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in kept), encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")


def page(kept: list[dict[str, object]]) -> str:
    """docs/scorecard.md from the kept lines and the headers of the drills."""
    told = rows()
    out = [
        "# Scorecard",
        "",
        "Written by `./tianti drill --all` (or `ROW --keep`) from the JSON line that each drill ends with. A row is met when its drill",
        "is green and each of its planted defects turns it red; `./tianti drill --list` names them.",
        "",
        "| row | promise | form | seed | measured | met |",
        "|---|---|---|---|---|---|",
    ]
    for line in kept:
        promise = told.get(str(line["row"]).lower(), {}).get("promise", "")
        counts: dict[str, object] = line["counts"]  # type: ignore[assignment]
        few = "; ".join(
            f"{name} {value}" for name, value in counts.items() if isinstance(value, int | float | str | bool)
        )
        met = "yes" if line["passed"] else "**no**"
        out.append(f"| {line['row']} | {promise} | {line['form']} | {line['seed']} | {few} | {met} |")
    missing = [str(header["row"]) for name, header in told.items() if header["row"] not in {one["row"] for one in kept}]
    out += ["", f"Not run yet: {', '.join(missing) or 'none'}.", ""]
    return "\n".join(out)


def every_plant(known: dict[str, dict[str, object]], seed: int) -> int:
    """Each planted defect must turn its row red; one that stays green fails."""
    green = [
        f"{row} --plant {plant}"
        for row, told in known.items()
        for plant in told["plants"]  # type: ignore[attr-defined]
        if run(row, full=False, plant=plant, seed=seed) == 0
    ]
    print(json.dumps({"row": "plants", "stayed_green": green, "passed": not green}, ensure_ascii=False))
    return 1 if green else 0

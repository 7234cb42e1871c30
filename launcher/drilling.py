"""`./tianti drill ROW`: runs one row of the scorecard on servers of its own; the last line is one JSON object."""

import argparse
import json
import subprocess

from launcher.bootstrap import bootstrap
from launcher.places import PYTHON, ROOT
from launcher.servers import environment
from launcher.steps import Trouble
from launcher.testing import throwaway

ROWS = ROOT / "tests" / "chaos"


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
    asked = own.parse_args(words)
    known = rows()
    if asked.list:
        for told in known.values():
            print(f"{told['row']}: {told['promise']}  plants: {', '.join(told['plants'])}")  # type: ignore[arg-type]
        return 0
    if asked.plants:
        return every_plant(known, asked.seed)
    row = (asked.row or "").lower()
    if row not in known:
        raise Trouble(f"No such row: {asked.row}. Known: {', '.join(known)}", "./tianti drill --list")
    if asked.plant and asked.plant not in known[row]["plants"]:  # type: ignore[operator]
        raise Trouble(f"{asked.row} has no plant {asked.plant!r}.", "./tianti drill --list")
    return run(row, full=asked.full, plant=asked.plant, seed=asked.seed)


def run(row: str, *, full: bool, plant: str, seed: int) -> int:
    bootstrap()
    with throwaway() as (state, servers):
        env = environment(state, servers, DEMO="0") | {"DRILL_STATE": str(state.folder)}
        command = [str(PYTHON), "-m", f"tests.chaos.{row}", "--seed", str(seed)]
        command += ["--full"] * full + (["--plant", plant] if plant else [])
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


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

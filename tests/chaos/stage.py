"""What every drill needs: processes it may kill, a broker it may wipe, a seed, and one JSON line at the end."""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass
class Arguments:
    full: bool
    plant: str
    seed: int


def arguments() -> Arguments:
    own = argparse.ArgumentParser()
    own.add_argument("--full", action="store_true")
    own.add_argument("--plant", default="")
    own.add_argument("--seed", type=int, default=1)
    asked = own.parse_args()
    return Arguments(asked.full, asked.plant, asked.seed)


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=sys.stderr)


@dataclass
class Processes:
    """Child processes in groups of their own; everything is gone when the drill ends."""

    env: dict[str, str]
    log: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        out = self.log.open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=os.environ | self.env, stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """SIGKILL to the whole group: nobody gets to say goodbye."""
        process = self.running.pop(name, None)
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill_a_child(self, name: str, rng: random.Random) -> None:
        """SIGKILL to one pool child; the parent lives."""
        process = self.running[name]
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
        )
        children = found.stdout.split()
        if children:
            os.kill(int(rng.choice(children)), signal.SIGKILL)

    def kill_all(self) -> None:
        for name in list(self.running):
            self.kill(name)


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """True as soon as it holds, False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.25)
    return done()


def tell(row: str, asked: Arguments, counts: dict[str, Any], target: str, passed: bool) -> int:
    """The last line of a drill, and its exit code."""
    told = {
        "row": row, "form": "full" if asked.full else "short", "plant": asked.plant, "seed": asked.seed,
        "counts": counts, "target": target, "passed": passed,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0 if passed else 1

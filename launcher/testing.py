"""`./tianti test`: lint, then the whole suite on a PostgreSQL and a Valkey of its own."""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.bootstrap import bootstrap
from launcher.linting import lint_all
from launcher.places import PYTHON, ROOT, State
from launcher.servers import Servers, environment
from launcher.steps import say, step


@contextmanager
def throwaway(*, own: bool = False) -> Iterator[tuple[State, Servers]]:
    """A state folder and its servers that are gone afterwards; not durable, because nothing is kept."""
    folder = Path(tempfile.mkdtemp(prefix="tianti-"))
    folder.chmod(0o755)
    state = State.at(folder)
    servers = Servers(state, durable=False, own=own)
    try:
        servers.start()
        yield state, servers
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def picks(words: list[str]) -> bool:
    """Whether single tests are named: then the code is looked over another time."""
    return any((ROOT / word.partition("::")[0]).exists() for word in words if not word.startswith("-"))


def test(arguments: argparse.Namespace) -> int:
    bootstrap()
    words: list[str] = arguments.words
    with throwaway() as (state, servers):
        env = environment(state, servers, DEMO="0")
        if not picks(words) and lint_all(env):
            return 1
        say("pytest …")
        with step("pytest"):
            return subprocess.run([str(PYTHON), "-m", "pytest", *words], cwd=ROOT, env=env, check=False).returncode


def lint(arguments: argparse.Namespace) -> int:
    bootstrap()
    state = State.at(os.environ.get("TIANTI_STATE", ".tianti"))
    return lint_all(environment(state, None))

"""`./tianti manage …`: a management command against the same state; stdout is the command's own."""

import argparse
import os
import subprocess

from launcher.bootstrap import bootstrap
from launcher.places import PYTHON, ROOT, State
from launcher.servers import Servers, environment

NEEDS_NO_SERVERS = {"assess", "help", "--help", "--version", "makemigrations", "spectacular", "check_policies"}


def manage(arguments: argparse.Namespace) -> int:
    bootstrap()
    state = State.at(arguments.state)
    words: list[str] = arguments.words
    servers = None
    if words and words[0] not in NEEDS_NO_SERVERS:
        servers = Servers(state)
    try:
        if servers:
            servers.start()
        env = environment(state, servers, **settings(state)) | {"DB_STATEMENT_TIMEOUT_MS": "0"}
        # In the caller's folder: a file that is named on the command line lies where the person stands.
        return subprocess.run([str(PYTHON), str(ROOT / "manage.py"), *words], env=env, check=False).returncode
    finally:
        if servers:
            servers.stop()


def settings(state: State) -> dict[str, str]:
    """The portal that was last started here: a demo, or not. The caller's own word wins."""
    return {"DEMO": "1"} if state.is_demo and "DEMO" not in os.environ else {}

"""`./tianti tables`: build every table migration by migration in a server of its own, and keep the result as one file."""

import argparse
import re
import subprocess

from launcher.bootstrap import bootstrap
from launcher.places import PYTHON, ROOT
from launcher.postgres import NAME, binaries
from launcher.servers import environment
from launcher.steps import Trouble, step
from launcher.testing import throwaway

FILE = ROOT / "portal" / "tables.sql"
NOISE = re.compile(
    r"(?:--(?: Name: .*| Data for .*| PostgreSQL .*| Dumped .*)?"
    r"|\\(?:un)?restrict .*|SET [a-z_]+ = [\w'-]*;|SELECT pg_catalog\.set_config\('search_path'.*|)\n"
)
"""What pg_dump says about itself, and the session settings of the server that it was run on."""
APPLIED = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+\d\d'")


def built() -> str:
    """The text of the file as the migrations make it."""
    with throwaway(own=True) as (state, servers):
        env = environment(state, servers) | {"DB_STATEMENT_TIMEOUT_MS": "0"}
        manage = [str(PYTHON), "manage.py"]
        with step("every migration"):
            run([*manage, "migrate", "--one-by-one", "--verbosity", "0"], env)
        head = run([*manage, "check_tables", "--head"], env).strip()
        host = str(state.servers / "postgres")
        dump = [str(binaries(state) / "pg_dump"), "-h", host, "-U", "postgres", "-d", NAME, "--no-owner", "--no-privileges",
                "--no-comments", "--inserts", "--rows-per-insert", "200"]  # fmt: skip
        text = run(dump, env)
    return head + "\n" + cleaned(text)


def cleaned(dump: str) -> str:
    """Without comments, blank lines and settings; a moment is the one at which the tables are laid."""
    kept = [line for line in dump.splitlines(keepends=True) if not NOISE.fullmatch(line)]
    return APPLIED.sub("now()", "".join(kept))


def run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"{command[0]} failed:\n{done.stderr.strip()[-1500:]}")
    return done.stdout


def tables(arguments: argparse.Namespace) -> int:
    bootstrap()
    FILE.write_text(built(), encoding="utf-8")
    return 0

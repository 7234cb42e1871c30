"""The door: reads the command line, calls the verb, turns trouble into a sentence."""

import argparse
import os
import sys

from launcher import backup, manage, tables, testing, up
from launcher.steps import Trouble, say

STATE = os.environ.get("TIANTI_STATE", ".tianti")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="tianti", description="Tianti 天梯: start it, prove it, manage it.")
    commands = top.add_subparsers(dest="command", required=True)
    one = commands.add_parser("up", help="start the portal on this machine")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--state", default=STATE, help="folder of this instance (default: %(default)s)")
    one.add_argument("--fresh", action="store_true", help="forget this instance's data first")
    one.add_argument("--no-demo", action="store_true", help="start without the demo world")
    one.set_defaults(verb=up.up)
    one = commands.add_parser("test", help="lint and the whole suite; further words go to pytest")
    one.set_defaults(verb=testing.test)
    one = commands.add_parser("lint", help="lint only")
    one.set_defaults(verb=testing.lint)
    one = commands.add_parser("manage", help="a management command against the same state")
    one.add_argument("--state", default=STATE)
    one.set_defaults(verb=manage.manage)
    one = commands.add_parser(
        "backup", help="a base backup and a mirror of the files; the log is archived all the time"
    )
    one.add_argument("--state", default=STATE)
    one.add_argument("--keep", type=int, default=7, help="bases to keep (default: %(default)s)")
    one.set_defaults(verb=backup.backup)
    one.add_argument(
        "--files", action="store_true", help="only mirror the files that are new: quick, for every few minutes"
    )
    one = commands.add_parser("restore", help="build another instance as it was at a moment")
    one.add_argument("--to", required=True, help='"2026-11-23 14:05:00+08:00", or latest: the end of the log')
    one.add_argument("--state", default=STATE)
    one.add_argument("--into", default="", help="folder of the new instance (default: beside the old one)")
    one.set_defaults(verb=backup.restore)
    one = commands.add_parser("tables", help="write portal/tables.sql anew after a change of the migrations")
    one.set_defaults(verb=tables.tables)
    one = commands.add_parser("drill", help="prove one row of the scorecard; last line is one JSON object")
    one.set_defaults(verb=drill)
    return top


def drill(arguments: argparse.Namespace) -> int:
    from launcher.drilling import drill as run

    return int(run(arguments))


def main(words: list[str]) -> int:
    """0 when all went well, 1 on trouble, 130 when interrupted; else the exit code of what was run."""
    try:
        arguments, rest = split(words)
        arguments.words = rest
        return int(arguments.verb(arguments))
    except Trouble as trouble:
        say(f"\ntianti: {trouble.what}")
        if trouble.remedy:
            say(f"        {trouble.remedy}")
        return 1
    except (KeyboardInterrupt, up.Stop):
        return 130


def split(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Words after `manage`, `test` and `drill` belong to what is run, options and all."""
    if words and words[0] in {"manage", "test", "drill"}:
        own: list[str] = [words[0]]
        rest = words[1:]
        if words[0] == "manage":
            while rest and rest[0].startswith("--state"):
                taken = 1 if "=" in rest[0] else 2
                own += rest[:taken]
                rest = rest[taken:]
        return parser().parse_args(own), rest
    return parser().parse_args(words), []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

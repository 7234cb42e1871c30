"""docs/states.md from the state tables: the document cannot say anything the code does not do."""

import importlib
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from foundation.transitions import Machine

ROOMS = ("certification", "incentives")
HEAD = """# States

Written by `./tianti manage write_states --write` from the state tables; the suite fails when it differs.
Every arrow is one `move()`: permission, reason where asked, one compare-and-set, one audit row, one change-feed row.
The database refuses every other arrow by a trigger.
"""


def machines() -> list[Machine]:
    return [m for room in ROOMS for m in importlib.import_module(f"{room}.permissions").MACHINES]


def document() -> str:
    parts = [HEAD]
    for machine in machines():
        states = machine.states
        parts.append(f"## {states.name}\n\nBorn as `{states.initial}`.\n")
        parts.append("| state | 办理人看到 | 当事人看到 | 接下来 |\n|---|---|---|---|")
        parts += [f"| `{code}` | {s.officer} | {s.applicant} | {s.next} |" for code, s in states.labels.items()]
        parts.append("\n| act | 做法 | from | to | reason |\n|---|---|---|---|---|")
        for edge in states.transitions:
            sources = ", ".join(f"`{source}`" for source in edge.sources)
            reason = "asked" if edge.needs_reason else ""
            parts.append(f"| `{edge.act}` | {edge.label} | {sources} | `{edge.target}` | {reason} |")
        parts.append("")
    return "\n".join(parts)


class Command(BaseCommand):
    help = "Compare docs/states.md with the state tables; --write renews it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, **options: Any) -> None:
        file = settings.BASE_DIR / "docs" / "states.md"
        if options["write"]:
            file.write_text(document(), encoding="utf-8")
        elif not file.is_file() or file.read_text(encoding="utf-8") != document():
            sys.exit("docs/states.md is not what the state tables say: ./tianti manage write_states --write")

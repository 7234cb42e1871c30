"""The rule engine from a terminal; needs no database, no broker. stdout carries only the JSON."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from certification.rules import document, population, resolve
from certification.rules.assess import assess
from enterprises.vocabulary import BadFact


class Command(BaseCommand):
    help = "Judge one enterprise (FACTS.json) or a population (--lines FACTS.jsonl) by a rule set."
    requires_system_checks: Sequence[str] = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--rule-set")
        which.add_argument("--tier", choices=["innovative", "specialised", "little_giant", "champion"])
        parser.add_argument("--on", required=True, type=date.fromisoformat)
        parser.add_argument("--case-type", choices=["new", "renewal"], default="new")
        parser.add_argument("--cohort", type=int, help="year of recognition, for renewals")
        parser.add_argument("--notice", action="append", default=[], metavar="NAME")
        parser.add_argument(
            "--lines", action="store_true", help="one JSON object a line, through the population evaluator"
        )
        parser.add_argument("facts", metavar="FACTS", type=Path)

    def handle(self, **options: Any) -> None:
        try:
            self.judge(**options)
        except BrokenPipeError:
            raise
        except (OSError, ValueError, KeyError) as error:
            told = error.args[0] if isinstance(error, KeyError) and error.args else error
            self.stderr.write(f"assess: {told}")
            sys.exit(2)

    def judge(self, **options: Any) -> None:
        library = document.seed_library()
        notices: list[str] = options["notice"]
        code, why = options["rule_set"], ""
        if code is None:
            found = resolve.resolve(
                library,
                tier=options["tier"],
                case_type=options["case_type"],
                on=options["on"],
                cohort=options["cohort"],
            )
            code, notices = found.rule_set, [*found.overlays, *(x for x in notices if x not in found.overlays)]
            why = found.reason
            self.stderr.write(why)
        rule_set = library.rule_set(code)
        overlays = [library.overlay(name) for name in notices]
        for overlay in overlays:
            if not overlay.concerns(code):
                self.stderr.write(f"年度通知 {overlay.code} 与 {code} 无关，不改变结果。")
        case: dict[str, Any] = {"on": options["on"], "case_type": options["case_type"], "overlays": overlays}
        text = options["facts"].read_text(encoding="utf-8-sig")
        if options["lines"]:
            rows = [read(line, f"第 {n} 行") for n, line in enumerate(text.split("\n"), 1) if line.strip()]
            for result in population.assess_population(rule_set, rows, **case):
                self.write(result.as_dict(brief=True), why)
        else:
            self.write(assess(rule_set, read(text, str(options["facts"])), **case).as_dict(), why)

    def write(self, told: dict[str, Any], why: str) -> None:
        self.stdout.write(json.dumps(told | {"reason": why} if why else told, ensure_ascii=False))


def read(text: str, where: str) -> dict[str, Any]:
    """A JSON object with exact decimals; BadFact says which file or line is unusable."""
    try:
        told = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadFact(f"{where}: 不是可读的 JSON（{error}）") from error
    if not isinstance(told, dict):
        raise BadFact(f"{where}: 应为一个 JSON 对象")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(n for n in names if names.count(n) > 1)} 写了两次")
    return told


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} 不是数")

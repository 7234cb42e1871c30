"""Reads obligations.yaml. A slip in it is told with file and path and stops the house from starting, never guessed over."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from certification.rules.problems import PackError
from certification.tiers import Tier

FILE = Path(__file__).resolve().parent / "obligations.yaml"
WAYS = {"yearly": {"month", "day"}, "months_after": {"months"}, "last_valid_day": set()}
MARKS = ("V", "M", "C")
CODES = ("annual_update", "major_change", "rereview", "outside")


@dataclass(frozen=True)
class DueRule:
    """One text that sets a day. `mark` other than V is shown as to be confirmed."""

    way: str
    clause: str
    mark: str
    unit: str
    tiers: tuple[str, ...]
    since: date
    until: date | None = None
    month: int = 0
    day: int = 0
    months: int = 0

    def counts_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Loss:
    """What the text says may follow; always an official's act, never the calendar's."""

    sentence: str
    clause: str
    mark: str


@dataclass(frozen=True)
class ObligationRule:
    code: str
    label: str
    act: str
    due: tuple[DueRule, ...]
    loss: Loss | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """The whole file; `content_hash` is kept with every reminder that was sent by it."""

    steps: tuple[int, ...]
    served_from: int
    note: str
    rules: Mapping[str, ObligationRule]
    content_hash: str

    def rule(self, code: str) -> ObligationRule:
        return self.rules[code]

    def yearly_days(self, year: int, tiers: set[str] | None = None) -> list[tuple[date, DueRule]]:
        """The days that the texts in force name for the annual update of a year, the earliest first."""
        named = [
            (date(year, row.month, row.day), row)
            for row in self.rule("annual_update").due
            if tiers is None or tiers & set(row.tiers)
        ]
        return sorted(((day, row) for day, row in named if row.counts_on(day)), key=lambda pair: pair[0])


@lru_cache(maxsize=1)
def book() -> Book:
    return read(FILE.read_text(encoding="utf-8"), FILE.name)


def read(text: str, file: str) -> Book:
    """PackError names the file and the path of the first slip."""
    raw = _map(YAML(typ="safe", pure=True).load(text), file, "", {"plan", "obligations"}, {"plan", "obligations"})
    plan = _map(raw["plan"], file, "plan", {"steps", "served_from", "note"}, {"steps", "served_from", "note"})
    steps = plan["steps"]
    if not isinstance(steps, list) or not steps or not all(type(n) is int and n > 0 for n in steps):
        raise PackError(file, "plan.steps", "应为天数的列表，例：[60, 30, 14, 7, 1]")
    if sorted(set(steps), reverse=True) != steps:
        raise PackError(file, "plan.steps", "应从大到小，不重复")
    if plan["served_from"] not in steps:
        raise PackError(file, "plan.served_from", f"应是 {steps} 中的一个")
    told = _map(raw["obligations"], file, "obligations", set(CODES), set(CODES))
    rules = {code: _obligation(code, told[code], file) for code in CODES}
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Book(tuple(steps), plan["served_from"], str(plan["note"]), rules, digest)


def _map(raw: Any, file: str, path: str, known: set[str], needed: set[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise PackError(file, path, "应为一组名称和值")
    for name in raw:
        if name not in known:
            raise PackError(file, f"{path}.{name}".lstrip("."), "没有这个名称")
    for name in sorted(needed - set(raw)):
        raise PackError(file, f"{path}.{name}".lstrip("."), "缺少")
    return raw


def _text(raw: Mapping[str, Any], name: str, file: str, path: str) -> str:
    if not isinstance(raw[name], str) or not raw[name].strip():
        raise PackError(file, f"{path}.{name}", "应为文字")
    return str(raw[name])


def _mark(raw: Mapping[str, Any], file: str, path: str) -> str:
    if raw["mark"] not in MARKS:
        raise PackError(file, f"{path}.mark", f"应为 {'、'.join(MARKS)} 之一")
    return str(raw["mark"])


def _obligation(code: str, raw: Any, file: str) -> ObligationRule:
    path = f"obligations.{code}"
    told = _map(raw, file, path, {"label", "act", "due", "loss", "kinds"}, {"label", "act", "due"})
    if not isinstance(told["due"], list) or not told["due"]:
        raise PackError(file, f"{path}.due", "应至少写一条期限")
    due = tuple(_due(row, file, f"{path}.due[{n}]") for n, row in enumerate(told["due"]))
    loss = None
    if "loss" in told:
        row = _map(told["loss"], file, f"{path}.loss", {"sentence", "clause", "mark"}, {"sentence", "clause", "mark"})
        loss = Loss(
            _text(row, "sentence", file, f"{path}.loss"), _text(row, "clause", file, f"{path}.loss"), _mark(row, file, f"{path}.loss")
        )  # fmt: skip
    kinds = told.get("kinds", {})
    if not isinstance(kinds, dict) or (code == "major_change") != bool(kinds):
        raise PackError(file, f"{path}.kinds", "重大变化要写明种类，其他义务不写")
    return ObligationRule(code, _text(told, "label", file, path), _text(told, "act", file, path), due, loss, kinds)


def _due(raw: Any, file: str, path: str) -> DueRule:
    common = {"way", "unit", "tiers", "clause", "mark", "from"}
    row = _map(raw, file, path, common | {"until", "month", "day", "months"}, common)
    way = row["way"]
    if way not in WAYS:
        raise PackError(file, f"{path}.way", f"应为 {'、'.join(WAYS)} 之一")
    extra = set(row) - common - {"until"}
    if extra != WAYS[way]:
        odd = sorted(extra ^ WAYS[way])[0]
        raise PackError(file, f"{path}.{odd}", f"{way} 要写的是 {sorted(WAYS[way]) or '只有共同的几项'}")
    for name in sorted(extra):
        if type(row[name]) is not int:
            raise PackError(file, f"{path}.{name}", "应为整数")
    if way == "yearly":
        try:
            date(2023, row["month"], row["day"])  # a common year: 29 February is no yearly day
        except ValueError:
            raise PackError(file, f"{path}.day", "没有这一天") from None
    if way == "months_after" and not 1 <= row["months"] <= 60:
        raise PackError(file, f"{path}.months", "应在1到60之间")
    for name in ("from", "until"):
        if name in row and type(row[name]) is not date:
            raise PackError(file, f"{path}.{name}", "应为日期，例：2026-04-01")
    unknown = [t for t in row["tiers"] if t not in Tier.values] if isinstance(row["tiers"], list) else ["?"]
    if unknown:
        raise PackError(file, f"{path}.tiers", f"没有层级 {unknown[0]}")
    return DueRule(
        way, _text(row, "clause", file, path), _mark(row, file, path), _text(row, "unit", file, path), tuple(row["tiers"]),
        row["from"], row.get("until"), row.get("month", 0), row.get("day", 0), row.get("months", 0),
    )  # fmt: skip

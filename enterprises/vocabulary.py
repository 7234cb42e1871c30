"""The facts a rule may ask about: names, types, units, ranges. Plain Python: the one leaf that the rules read as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).resolve().parent / "facts.yaml"
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
WIDEST = 40
"""Decimal places before or after the point that a number may have: far beyond any figure, short of any harm."""


class BadFact(ValueError):
    """A fact with an unknown name or a value of the wrong type; the message names it."""


@dataclass(frozen=True)
class Fact:
    """One name of the vocabulary. `type` is bool, int, decimal, enum, list[enum] or list."""

    name: str
    type: str
    label: str
    unit: str = ""
    group: str = ""
    of: tuple[Any, ...] = ()
    help: str = ""
    judged_by_person: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    item: Mapping[str, Fact] = field(default_factory=dict)

    def read(self, value: Any, where: str = "") -> Any:
        """The value in the engine's own types; None stays None. BadFact says where and why."""
        name = where or self.name
        if value is None:
            return None
        reader = {"bool": _bool, "int": _int, "decimal": _decimal, "date": _date}.get(self.type)
        if reader:
            read = reader(name, value)
            return self._choice(name, read) if self.of and self.type == "int" else read
        if self.type == "enum":
            return self._choice(name, value)
        if not isinstance(value, list):
            raise BadFact(f"{name}: 应为列表")
        if self.type == "list[enum]":
            return [self._choice(f"{name}[{n}]", v) for n, v in enumerate(value)]
        return [self._item(f"{name}[{n}]", v) for n, v in enumerate(value)]

    def _choice(self, name: str, value: Any) -> Any:
        if value not in self.of or isinstance(value, bool):
            raise BadFact(f"{name}: {value!r} 不在可选值 {', '.join(map(str, self.of))} 之中")
        return value

    def _item(self, name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise BadFact(f"{name}: 应为对象")
        unknown = sorted(set(value) - set(self.item))
        if unknown:
            raise BadFact(f"{name}.{unknown[0]}: 没有这个事实名")
        return {key: fact.read(value.get(key), f"{name}.{key}") for key, fact in self.item.items()}


def _bool(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadFact(f"{name}: 应为 true 或 false，现为 {value!r}")
    return value


def _decimal(name: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal | float):
        raise BadFact(f"{name}: 应为数，现为 {value!r}")
    text = repr(value) if isinstance(value, float) else str(value)
    if not NUMBER.fullmatch(text):
        raise BadFact(f"{name}: 应为数，现为 {value!r}")
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if (number and number.adjusted() > WIDEST) or not isinstance(exponent, int) or exponent < -WIDEST:
        raise BadFact(f"{name}: 数过大或小数位过多，现为 {text[:40]}")
    return number


def _int(name: str, value: Any) -> int:
    number = _decimal(name, value)
    if number != number.to_integral_value():
        raise BadFact(f"{name}: 应为整数，现为 {value}")
    return int(number)


def _date(name: str, value: Any) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise BadFact(f"{name}: 应为 2026-01-31 这样的日期，现为 {value!r}") from None


@dataclass(frozen=True)
class Vocabulary:
    facts: Mapping[str, Fact]

    def read(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Every given fact in the engine's types; names outside the vocabulary are an error."""
        unknown = sorted(set(facts) - set(self.facts))
        if unknown:
            raise BadFact(f"{unknown[0]}: 没有这个事实名")
        return {name: self.facts[name].read(value) for name, value in facts.items() if value is not None}


def _fact(name: str, raw: Mapping[str, Any], group: str = "") -> Fact:
    return Fact(
        name=name,
        type=raw["type"],
        label=raw.get("label", name),
        unit=raw.get("unit", ""),
        group=group,
        of=tuple(raw.get("of", ())),
        help=raw.get("help", ""),
        judged_by_person=raw.get("judged_by") == "person",
        minimum=Decimal(str(raw["min"])) if "min" in raw else None,
        maximum=Decimal(str(raw["max"])) if "max" in raw else None,
        item={key: _fact(key, inner) for key, inner in raw.get("item", {}).items()},
    )


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The one vocabulary, read once."""
    groups = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return Vocabulary({name: _fact(name, raw, group) for group, facts in groups.items() for name, raw in facts.items()})

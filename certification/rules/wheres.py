"""Where-clauses of counts, read from a pack: which sub-keys of a listed item must be how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from certification.rules.counts import Where
from certification.rules.problems import PackError
from enterprises.vocabulary import Fact

DATE_TESTS = ("older_than", "since_years", "within", "not_before")
LONGEST = 100
"""Years: longer than any policy asks, short of where a calendar ends."""
VALUE_TESTS = {"le": "int", "nonempty": "list[enum]"}


def read_where(file: str, path: str, raw: Any, fact: Fact) -> Where:
    """{kind: [..], related: true, any: [..], granted_on: {older_than: 10}}: every key must hold."""
    if not isinstance(raw, Mapping) or not raw:
        raise PackError(file, path, "应为非空的映射")
    parts = []
    for key, wanted in raw.items():
        here = f"{path}.{key}"
        if key in ("all", "any"):
            if not isinstance(wanted, list) or not wanted:
                raise PackError(file, here, "应为非空的列表")
            below = tuple(read_where(file, f"{here}[{n}]", part, fact) for n, part in enumerate(wanted))
            parts.append(Where(key, parts=below))
        elif key in fact.item:
            parts.append(_test(file, here, key, wanted, fact.item[key]))
        else:
            raise PackError(file, here, f"{fact.name}没有这个子项")
    return parts[0] if len(parts) == 1 else Where("all", parts=tuple(parts))


def _test(file: str, path: str, key: str, wanted: Any, inner: Fact) -> Where:
    if isinstance(wanted, Mapping):
        if len(wanted) != 1:
            raise PackError(file, path, "每个子项只写一个条件")
        ((op, number),) = wanted.items()
        if op in DATE_TESTS and inner.type == "date":
            if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= LONGEST:
                raise PackError(file, f"{path}.{op}", "应为年数")
            return Where(op, key, (number,), number)
        if VALUE_TESTS.get(op) == inner.type:
            if (op == "nonempty" and number is not True) or (op == "le" and type(number) is not int):
                raise PackError(file, f"{path}.{op}", "le 写整数，nonempty 只写 true")
            return Where(op, key, (number,))
        raise PackError(file, f"{path}.{op}", "不认识的条件，或与子项的类型不符")
    if isinstance(wanted, list):
        known_values(file, path, inner, wanted)
        return Where("in", key, tuple(wanted))
    known_values(file, path, inner, [wanted])
    return Where("is", key, (wanted,))


def known_values(file: str, path: str, fact: Fact, values: Any) -> None:
    """PackError unless every value is one that the fact can have."""
    if not isinstance(values, Sequence) or isinstance(values, str) or not values:
        raise PackError(file, path, "应为非空的列表")
    allowed = (True, False) if fact.type == "bool" else fact.of
    for value in values:
        if value not in allowed or (isinstance(value, bool) != (fact.type == "bool")):
            raise PackError(file, path, f"{fact.name}没有这个取值：{value!r}")

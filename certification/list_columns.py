"""The first row of a list that people bring: its columns are found by name, in any order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foundation.refusals import Problem, Refused


@dataclass(frozen=True)
class Columns:
    """Where each known column stands, and what stands there beside them."""

    places: dict[str, int]
    unknown: tuple[tuple[int, str], ...]

    def of(self, cells: Sequence[Any]) -> dict[str, Any]:
        """A row by the names of its columns; what a missing column would hold is empty."""
        return {name: cells[place] if place < len(cells) else "" for name, place in self.places.items()}


def find(header: Sequence[Any], *, needed: Sequence[str], optional: Sequence[str]) -> Columns:
    """Refused("invalid") names every column that is missing or stands there twice, and what was not recognised."""
    names = ["".join(str(cell).split()) for cell in header]
    known = {*needed, *optional}
    unknown = tuple((place, name) for place, name in enumerate(names) if name and name not in known)
    problems = [
        Problem(f"“{name}”列出现了 {count} 次（{_where(names, name)}）", "file", hint="请只留一列，改好后重新选择文件")
        for name, count in Counter(names).items()
        if count > 1 and name in known
    ]
    strange = "、".join(name for _, name in unknown)
    how = f"第一行里没有认出的列名：{strange}；如果就是这一列，请改成模板的写法" if strange else "请在第一行写上这个列名，次序不限"
    problems += [
        Problem(f"缺少“{name}”列", "file", hint=how)
        for name in needed
        if name not in names
    ]
    if problems:
        raise Refused("invalid", "第一行的列名需要更正，一行都没有读取。", problems)
    return Columns({name: place for place, name in enumerate(names) if name in known}, unknown)


def warnings(columns: Columns, rows: Sequence[Sequence[Any]]) -> list[str]:
    """What stands in the list and is not read: columns of another name, and cells under no name at all."""
    told = [
        f"没有用到“{name}”列（{letter(place)}列），导入时不会登记；如果是列名写错了，请改正后重新预览。"
        for place, name in columns.unknown
    ]
    used = {*columns.places.values(), *(place for place, _ in columns.unknown)}
    width = max((len(cells) for cells in rows), default=0)
    nameless = [p for p in range(width) if p not in used and any(p < len(c) and str(c[p]).strip() for c in rows)]
    told += [f"{letter(place)}列没有列名，里面的内容不会登记；需要登记的，请在第一行写上列名。" for place in nameless]
    return told


def letter(place: int) -> str:
    """As a table program writes it: 0 → A, 26 → AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def _where(names: Sequence[str], name: str) -> str:
    return "、".join(f"{letter(place)}列" for place, found in enumerate(names) if found == name)

"""The workbook for an enterprise's figures: one row a figure, one column a year, every cell text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from enterprises.facts import plain
from enterprises.models import Enterprise
from enterprises.plausible import example
from enterprises.sections import sections
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES
from enterprises.yearly import BACK, BASES, YearRow, fact_named, names_for

YEARS, OTHERS = "三年经营数据", "其他数据"
FIRST_VALUE = 3
"""Columns before it: label, code, unit."""

YES_NO = {"是": True, "否": False, "有": True, "没有": False, "无": False}


@dataclass(frozen=True)
class Typed:
    """One cell that was filled: where it stands, which fact it means, what was typed."""

    sheet: str
    row: int
    column: str
    name: str
    value: Any


@dataclass(frozen=True)
class Misplaced:
    """A cell that means nothing: where, what, how to mend it."""

    sheet: str
    row: int
    column: str
    message: str
    hint: str = ""


def other_names() -> list[str]:
    return [
        name
        for section in sections()
        for name in section.facts
        if vocabulary().facts[name].type in ("int", "decimal", "bool", "enum")
    ]


def template(enterprise: Enterprise, years: list[YearRow], known: dict[str, Any], on: date) -> bytes:
    """A workbook with what is known filled in. Cells are text, so that a long number stays as it was typed."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#eceff3", "num_format": "@"})
        fixed = book.add_format({"font_color": "#5c6a7a", "num_format": "@"})
        sheet = book.add_worksheet(YEARS)
        _write(sheet, 0, ["数据项", "代码", "单位", *[str(on.year - 1 - back) for back in BACK], "说明"], head)
        for line, row in enumerate(years, 1):
            _write(sheet, line, [row.label, row.base, row.unit], fixed)
            for column, cell in enumerate(row.cells, FIRST_VALUE):
                sheet.write_string(line, column, cell.value or "", text)
            named = fact_named(f"{row.base}_y0")
            sheet.write_string(line, FIRST_VALUE + 3, example(named) if named else "", fixed)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 6, 16)
        sheet.freeze_panes(1, FIRST_VALUE)
        rest = book.add_worksheet(OTHERS)
        _write(rest, 0, ["数据项", "代码", "单位", "填在这一列", "说明"], head)
        for line, name in enumerate(other_names(), 1):
            named = vocabulary().facts[name]
            _write(rest, line, [named.label, name, named.unit], fixed)
            rest.write_string(line, FIRST_VALUE, in_words(name, known.get(name)), text)
            rest.write_string(line, FIRST_VALUE + 1, _how(name), fixed)
        rest.set_column(0, 0, 44)
        rest.set_column(1, 4, 24)
        rest.freeze_panes(1, FIRST_VALUE)
        book.set_properties({"title": f"{enterprise.name} 企业数据", "comments": "天梯导出，填好后原样上传"})
    return out.getvalue()


def _write(sheet: Any, row: int, values: list[str], form: Any) -> None:
    for column, value in enumerate(values):
        sheet.write_string(row, column, value, form)


def in_words(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    words = CHOICES.get(name, {})
    key = int(value) if vocabulary().facts[name].type == "int" else value
    return words.get(key, str(value))


def _how(name: str) -> str:
    named = vocabulary().facts[name]
    if named.type == "bool":
        return "填“是”或“否”，不清楚的留空"
    words = CHOICES.get(name)
    return "、".join(words.values()) if words else example(named)


def read(sheets: Mapping[str, list[list[Any]]], on: date) -> tuple[list[Typed], list[Misplaced]]:
    """Every filled cell by the fact it means, and every cell that means nothing."""
    typed: list[Typed] = []
    odd: list[Misplaced] = []
    for sheet, reader in ((YEARS, _read_years), (OTHERS, _read_others)):
        if sheet in sheets:
            for found in reader(sheets[sheet], on):
                (typed if isinstance(found, Typed) else odd).append(found)  # type: ignore[arg-type]
    if not set(sheets) & {YEARS, OTHERS}:
        odd.append(Misplaced("", 1, "A", f"表格里没有“{YEARS}”或“{OTHERS}”这两张工作表", "请下载模板，在模板里填写"))
    seen: dict[str, Typed] = {}
    for cell in typed:
        if cell.name in seen:
            first = seen[cell.name]
            why = f"和第 {first.row} 行 {first.column} 列重复"
            odd.append(Misplaced(cell.sheet, cell.row, cell.column, why, "同一个数只填一处"))
        seen[cell.name] = cell
    return typed, odd


def _read_years(rows: list[list[Any]], on: date) -> Iterator[Typed | Misplaced]:
    known = {on.year - 1 - back: back for back in BACK}
    columns: dict[int, int] = {}
    for column, value in enumerate(rows[0] if rows else []):
        text = as_text(value)
        if text.isdigit() and len(text) == 4:
            if int(text) in known:
                columns[column] = known[int(text)]
            else:
                why = f"{text} 年不在近三年（{min(known)} 至 {max(known)}）之内"
                yield Misplaced(YEARS, 1, letter(column), why, "请重新下载模板")
    if not columns:
        yield Misplaced(YEARS, 1, "D", "第 1 行没有年度", "请保留模板的表头")
    for number, row in enumerate(rows[1:], 2):
        code = as_text(row[1]) if len(row) > 1 else ""
        filled = [column for column in columns if column < len(row) and as_text(row[column])]
        if code not in BASES:
            if filled or code:
                yield Misplaced(YEARS, number, "B", f"没有“{code}”这个代码", "不要改动代码这一列")
            continue
        for column in filled:
            back = columns[column]
            name = names_for(code)[BACK.index(back)]
            yield Typed(YEARS, number, letter(column), name, as_text(row[column]))


def _read_others(rows: list[list[Any]], on: date) -> Iterator[Typed | Misplaced]:
    known = set(other_names())
    for number, row in enumerate(rows[1:], 2):
        code = as_text(row[1]) if len(row) > 1 else ""
        text = as_text(row[FIRST_VALUE]) if len(row) > FIRST_VALUE else ""
        if not text:
            continue
        if code not in known:
            yield Misplaced(OTHERS, number, "B", f"没有“{code}”这个代码", "不要改动代码这一列")
            continue
        value = from_words(code, text)
        if value is None:
            yield Misplaced(OTHERS, number, "D", f"{vocabulary().facts[code].label}读不懂：“{text}”", _how(code))
        else:
            yield Typed(OTHERS, number, "D", code, value)


def from_words(name: str, text: str) -> Any:
    """是 → True, 二级 → 2; a number stays as typed. None when it is none of the words."""
    named = vocabulary().facts[name]
    if named.type == "bool":
        return YES_NO.get(text)
    words = CHOICES.get(name)
    if words is None:
        return text
    by_word = {word: key for key, word in words.items()}
    found = by_word.get(text)
    if found is None and named.type == "int" and text.isdigit() and int(text) in words:
        return int(text)
    return found


def as_text(value: Any) -> str:
    """A cell as typed; a number cell without the tail that binary fractions give it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return plain(Decimal(repr(value)))
    return str(value).strip() if value is not None else ""


def letter(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"A{chr(ord('A') + column - 26)}"

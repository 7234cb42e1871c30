"""Bring in an enterprise's figures from a workbook: look first, then everything or nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing

from enterprises import figure_sheet
from enterprises.attach import LARGEST, cells_of, check, refused
from enterprises.facts import facts_of
from enterprises.figure_sheet import Misplaced, Typed
from enterprises.models import Enterprise
from enterprises.permissions import may_edit
from enterprises.plausible import contradictions, warnings
from enterprises.report import read, report
from enterprises.showing import shown
from enterprises.yearly import fact_named, known_values, own_values, three_years
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused

KEPT_FOR = 3600
"""Seconds between looking and confirming."""


@dataclass(frozen=True)
class Line:
    """One value that would be written."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What would change, what is wrong cell by cell, and a token that carries the values to the confirmation."""

    lines: tuple[Line, ...]
    unchanged: int
    problems: tuple[Misplaced, ...]
    slips: tuple[Problem, ...]
    token: str


def template(enterprise: Enterprise, on: date) -> bytes:
    known = {name: fact.value for name, fact in facts_of(enterprise, on).items()}
    return figure_sheet.template(enterprise, three_years(enterprise, on), known, on)


def look(enterprise: Enterprise, upload: Any, *, actor: Principal, on: date) -> Preview:
    """Read the workbook and change nothing. Refused when the file itself cannot be accepted."""
    if not may_edit(actor, enterprise.pk):
        raise Missing
    if upload.size > LARGEST:
        raise Refused("too_large", "文件超过 20 MB。", [Problem("文件过大", "file")])
    content = upload.read(LARGEST + 1)
    if not upload.name.lower().endswith(".xlsx"):
        raise refused("请上传 .xlsx 文件", "先下载模板，填好后原样上传")
    check(upload.name, content)
    typed, odd = figure_sheet.read(cells_of(content), on)
    given = {cell.name: cell.value for cell in typed}
    clean, problems = read(given)
    known: dict[str, Any] = known_values(enterprise, on)
    known |= {name: fact.value for name, fact in facts_of(enterprise, on).items()}
    problems += contradictions(own_values(enterprise, on) | clean)
    places = {cell.name: cell for cell in typed}
    odd += [_placed(problem, places) for problem in problems]
    lines = [_line(name, known.get(name), value) for name, value in clean.items() if _is_new(known.get(name), value)]
    return Preview(
        tuple(lines),
        len(clean) - len(lines),
        tuple(sorted(odd, key=lambda o: (o.sheet, o.row, o.column))),
        tuple(warnings(known | clean)),
        signing.dumps(given, salt=_salt(enterprise)) if lines and not odd else "",
    )


def confirm(enterprise: Enterprise, token: str, *, actor: Principal, on: date) -> list[str]:
    """Write all that was shown. Values are checked once more, because figures may have changed in between."""
    try:
        given = signing.loads(token, salt=_salt(enterprise), max_age=KEPT_FOR)
    except signing.BadSignature:
        raise Refused("stale", "预览已过期，请重新上传表格。") from None
    return report(enterprise, given, actor=actor, on=on, act="enterprise.import")


def _salt(enterprise: Enterprise) -> str:
    return f"figures:{enterprise.public_id}"


def _placed(problem: Problem, places: dict[str, Typed]) -> Misplaced:
    """A verb's problem at the cell it came from; one that only follows from known figures is named by its label."""
    cell = places.get(problem.field)
    if cell is None:
        return Misplaced("", 0, "", problem.message, problem.hint)
    return Misplaced(cell.sheet, cell.row, cell.column, problem.message, problem.hint)


def _is_new(old: Any, new: Any) -> bool:
    return str(old) != str(new) and (old is None or shownish(old) != shownish(new))


def shownish(value: Any) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _line(name: str, old: Any, new: Any) -> Line:
    named = fact_named(name)
    if named is None:
        return Line(name, str(old or ""), str(new))
    return Line(named.label, shown(named, old), shown(named, new))

"""An xlsx list that names firms by code and name, one to a line: what every such list is asked before its own columns are."""

from collections.abc import Sequence
from typing import Any, Protocol

from enterprises import credit_code
from enterprises.attach import cells_of
from enterprises.models import Enterprise
from enterprises.queries import visible_to
from foundation.accounts.principal import Principal
from foundation.refusals import Problem, Refused

CODE, NAME = "统一社会信用代码", "企业名称"
MOST_ROWS = 2000


class Line(Protocol):
    """One line as read, with what is wrong with it."""

    problems: list[Problem]


def lines_of(
    content: bytes, headings: Sequence[str], *, actor: Principal
) -> list[tuple[int, dict[str, str], Enterprise | None]]:
    """(line of the sheet, heading → text, the firm within the actor's sight) of each line that is not blank; two queries.

    Refused when the file is no workbook, its headings are not those of the template, or it has more than MOST_ROWS.
    """
    sheet: list[list[Any]] = next(iter(cells_of(content).values()), [])
    if not sheet or [str(cell).strip() for cell in sheet[0][: len(headings)]] != list(headings):
        raise Refused("invalid", "第一行的列名与模板不符。", [Problem("列名应为：" + "、".join(headings), "file")])
    if len(sheet) - 1 > MOST_ROWS:
        raise Refused("too_large", f"一次最多导入 {MOST_ROWS} 行。", [Problem("行数过多，请分批", "file")])
    typed = [(place, [str(cell).strip() for cell in cells]) for place, cells in enumerate(sheet[1:], 2)]
    blanks = [""] * len(headings)
    lines = [(place, dict(zip(headings, [*cells, *blanks], strict=False))) for place, cells in typed if any(cells)]
    codes = [credit_code.normalise(raw[CODE]) for _, raw in lines]
    known = visible_to(actor).filter(credit_code__in=codes).prefetch_related("former_names")
    firms = {firm.credit_code: firm for firm in known}
    return [(place, raw, firms.get(credit_code.normalise(raw[CODE]))) for place, raw in lines]


def problem(place: int, column: str, why: str, hint: str = "") -> Problem:
    return Problem(f"第 {place} 行“{column}”：{why}", column, hint=hint)


def problems_of_firm(place: int, firm: Enterprise | None, name: str) -> list[Problem]:
    """Nobody by this code within sight, or a name that the firm neither has nor had: one of the two is mistyped."""
    if firm is None:
        return [problem(place, CODE, "辖区内没有这家企业", "核对18位代码")]
    if name not in (firm.name, *(former.name for former in firm.former_names.all())):
        return [problem(place, NAME, f"与代码对应的“{firm.name}”不一致，可能是同名企业")]
    return []


def refuse_in_part(rows: Sequence[Line]) -> None:
    """Refused("invalid") with every line's problems: a list is taken whole or not at all."""
    problems = [one for row in rows for one in row.problems]
    if problems or not rows:
        raise Refused("invalid", "有几行需要更正，一行都没有登记。", problems or [Problem("没有可登记的行", "file")])

"""The figures of three years as one table: rows are what is asked, columns are the years, latest first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enterprises.facts import stored_name
from enterprises.yearly import BASES, fact_named

YEARLY = tuple(BASES)
HELP = {
    "rd_expense": "与审计报告或专项审计一致",
    "net_profit": "亏损填负数",
    "main_revenue": "不大于营业收入",
    "employees": "年末全职员工",
    "rd_staff": "不多于从业人员",
}


@dataclass(frozen=True)
class Row:
    label: str
    unit: str
    help: str
    cells: list[dict[str, Any]] = field(default_factory=list)


def is_yearly(name: str) -> bool:
    base, mark, back = name.rpartition("_y")
    return bool(mark) and back.isdigit() and base in YEARLY


def years_table(names: set[str], on: date, cell: Callable[[str], dict[str, Any]]) -> dict[str, Any] | None:
    """Columns and rows for the yearly facts among `names`; `cell(name)` tells value, problem, lock and source."""
    asked = {name for name in names if is_yearly(name)}
    if not asked:
        return None
    depth = max(int(name[-1]) for name in asked) + 1
    columns = [on.year - 1 - back for back in range(depth)]
    rows = []
    for base in YEARLY:
        cells = []
        for back, year in enumerate(columns):
            name = f"{base}_y{back}"
            known = name in asked and stored_name(name, on)[1] == year
            cells.append({"name": name, "year": year, **cell(name)} if known else {"name": ""})
        if any(c["name"] for c in cells):
            named = fact_named(f"{base}_y0")
            rows.append(Row(BASES[base], named.unit if named else "", HELP.get(base, ""), cells))
    return {"columns": columns, "rows": rows}

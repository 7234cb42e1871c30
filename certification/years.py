"""The figures of three years as one table, to fill in and to print: rows are what is asked, columns the years, latest first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from certification.models import Submission
from enterprises import report
from enterprises.facts import stored_name
from enterprises.showing import grouped
from enterprises.yearly import BASES, fact_named

YEARLY = tuple(BASES)
HELP = {
    "rd_expense": "与审计报告或专项审计一致",
    "net_profit": "亏损填负数",
    "main_revenue": "不大于营业收入",
    "employees": "年末全职员工",
    "rd_staff": "不多于从业人员",
    **dict.fromkeys(
        ("selling_expense", "admin_expense", "valuation", "export_revenue", "bank_loan", "bank_credit"),
        "待确认，可不填",
    ),
}
"""待确认: the end of part 二 of the form is known at second hand only, and not yet compared with the original."""


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


def figure(submission: Submission, name: str) -> Decimal | None:
    """What was filed of one figure of one year, whether a rule reads it or only the form asks for it."""
    clean, problems = report.read({name: submission.facts.get(name, submission.answers.get(name))})
    return None if problems or clean.get(name) is None else Decimal(clean[name])


def three_years(submission: Submission, names: set[str], on: date) -> dict[str, Any] | None:
    """申请书 二: the filed figures as a table, latest year first, with what follows from them, ratios with two decimals."""
    if not names:
        return None
    depth = max(int(name[-1]) for name in names) + 1
    rows = []
    for base, label in BASES.items():
        told = [figure(submission, f"{base}_y{back}") for back in range(depth)]
        if any(f"{base}_y{back}" in names for back in range(depth)):
            named = fact_named(f"{base}_y0")
            rows.append(
                [f"{label}（{named.unit if named else ''}）", *("—" if v is None else grouped(v) for v in told)]
            )
    for label, whole, part in REMAINDERS:
        pairs = [(figure(submission, f"{whole}_y{n}"), figure(submission, f"{part}_y{n}")) for n in range(depth)]
        if any(a is not None and b is not None for a, b in pairs):
            rows.append([label, *("—" if a is None or b is None else grouped(a - b) for a, b in pairs)])
    for label, part, whole, kind in RATIOS:
        cells = [
            ratio(figure(submission, f"{part}_y{n}"), figure(submission, f"{whole}_y{n + (kind == 'growth')}"), kind)
            for n in range(depth)
        ]
        if any(cell != "—" for cell in cells):
            rows.append([label, *cells])
    return {"head": ["指标", *(f"{on.year - 1 - back} 年" for back in range(depth))], "rows": rows}


REMAINDERS = (("所有者权益（万元）", "total_assets", "total_liabilities"),)
"""(label, whole, part): what follows by subtraction is not asked."""

RATIOS = (
    ("主营业务收入增长率", "main_revenue", "main_revenue", "growth"),
    ("主营业务收入占比", "main_revenue", "revenue", "share"),
    ("主营业务毛利率", "main_cost", "main_revenue", "rest"),
    ("净利润增长率", "net_profit", "net_profit", "growth"),
    ("净利润率", "net_profit", "revenue", "share"),
    ("资产负债率", "total_liabilities", "total_assets", "share"),
    ("研发费用占比", "rd_expense", "revenue", "share"),
    ("研发人员占比", "rd_staff", "employees", "share"),
)


def ratio(part: Decimal | None, whole: Decimal | None, kind: str) -> str:
    """Per cent with two decimals; a dash where the base is missing, nought or negative.

    `kind`: share (part of whole), growth (part over the whole of the year before), rest (what the part leaves of it).
    """
    if part is None or whole is None or whole <= 0:
        return "—"
    value = {"growth": part - whole, "rest": whole - part}.get(kind, part) / whole * 100
    return f"{value:.2f}%"

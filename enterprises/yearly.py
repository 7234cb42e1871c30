"""The figures of three fiscal years: every yearly name, its label, and the table of what is known from whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from enterprises.facts import amount, plain
from enterprises.models import FROM_OFFICES, PRECEDENCE, Enterprise, Figure
from enterprises.vocabulary import Fact, vocabulary

BACK = (2, 1, 0)
"""Years before the last complete one, in the order of a table."""

BASES = {
    "revenue": "营业收入",
    "main_revenue": "其中：主营业务收入",
    "main_cost": "主营业务成本",
    "selling_expense": "销售费用",
    "admin_expense": "管理费用",
    "net_profit": "净利润",
    "taxes_paid": "上缴税金",
    "rd_expense": "研发费用",
    "total_assets": "资产总额（年末）",
    "total_liabilities": "负债总额（年末）",
    "valuation": "企业估值",
    "export_revenue": "出口额",
    "bank_loan": "银行贷款",
    "bank_credit": "银行授信",
    "employees": "从业人员",
    "rd_staff": "其中：研发人员",
}
SHARES = {
    "main_revenue": ("revenue", "占营业收入"),
    "rd_expense": ("revenue", "占营业收入"),
    "net_profit": ("revenue", "占营业收入"),
    "total_liabilities": ("total_assets", "资产负债率"),
    "rd_staff": ("employees", "占从业人员"),
}


def fact_named(name: str) -> Fact | None:
    """A fact of the vocabulary, or the same figure of another year; the application form asks for more than the rules."""
    known = vocabulary().facts
    if name in known:
        return known[name]
    base, mark, back = name.rpartition("_y")
    if not mark or base not in BASES or back not in ("0", "1", "2"):
        return None
    model = known.get(f"{base}_y0") or known["total_assets_y0"]
    when = ("上年度", "上上年度", "再上一年度")[int(back)]
    return replace(model, name=name, label=when + BASES[base].removeprefix("其中："), help="")


def names_for(base: str) -> list[str]:
    return [f"{base}_y{back}" for back in BACK]


@dataclass(frozen=True)
class Cell:
    """One figure of one year. `share` is a percentage of another figure of the same year, two decimals."""

    name: str
    year: int
    value: str | None = None
    source: str = ""
    seen_at: datetime | None = None
    conflicting: tuple[tuple[str, str], ...] = ()
    share: Decimal | None = None
    share_of: str = ""


@dataclass(frozen=True)
class YearRow:
    base: str
    label: str
    unit: str
    cells: tuple[Cell, ...]

    @property
    def source(self) -> str:
        """The one source of the whole row, else nothing."""
        sources = {cell.source for cell in self.cells if cell.value is not None}
        return sources.pop() if len(sources) == 1 else ""


def by_source(ids: Iterable[int], on: date) -> dict[int, dict[str, dict[str, tuple[str, datetime]]]]:
    """{enterprise: {revenue_y1: {source: (value, seen at)}}} in one query; the latest row of each source."""
    years = {on.year - 1 - back: back for back in BACK}
    found: dict[int, dict[str, dict[str, tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(dict))
    rows = Figure.objects.filter(enterprise_id__in=list(ids), name__in=BASES, year__in=years).order_by("id")
    for pk, base, year, fen, quantity, source, seen_at in rows.values_list(
        "enterprise_id", "name", "year", "fen", "quantity", "source", "seen_at"
    ):
        told = found[pk][f"{base}_y{years[year]}"]
        value = amount(fen, quantity)
        if value is None:
            told.pop(source, None)
        else:
            told[source] = (plain(value), seen_at)
    return found


def known_values(enterprise: Enterprise, on: date) -> dict[str, str]:
    """The figure that counts, by name with its year suffix."""
    return _first_said(enterprise, on, PRECEDENCE)


def own_values(enterprise: Enterprise, on: date) -> dict[str, str]:
    """What the firm itself answers for, by name with its year suffix; figures that offices entered are left out."""
    return _first_said(enterprise, on, [source for source in PRECEDENCE if source not in FROM_OFFICES])


def _first_said(enterprise: Enterprise, on: date, sources: Sequence[str]) -> dict[str, str]:
    rows = by_source([enterprise.pk], on)[enterprise.pk]
    said = {name: [told[s][0] for s in sources if s in told] for name, told in rows.items()}
    return {name: values[0] for name, values in said.items() if values}


def three_years(enterprise: Enterprise, on: date) -> list[YearRow]:
    """The table of the data sheet, oldest year first."""
    told = by_source([enterprise.pk], on)[enterprise.pk]
    cells = {name: _cell(name, on, told.get(name, {})) for base in BASES for name in names_for(base)}
    made = []
    for base, label in BASES.items():
        row = []
        for name in names_for(base):
            cell = cells[name]
            if base in SHARES:
                whole_base, words = SHARES[base]
                whole = cells[f"{whole_base}{name[-3:]}"].value
                cell = replace(cell, share=_share(cell.value, whole), share_of=words)
            row.append(cell)
        described = fact_named(f"{base}_y0")
        made.append(YearRow(base, label, described.unit if described else "", tuple(row)))
    return made


def _cell(name: str, on: date, told: dict[str, tuple[str, datetime]]) -> Cell:
    year = on.year - 1 - int(name[-1])
    source = next((s for s in PRECEDENCE if s in told), None)
    if source is None:
        return Cell(name, year)
    value, seen_at = told[source]
    others = tuple((s, v) for s, (v, _) in told.items() if v != value)
    return Cell(name, year, value, str(source), seen_at, others)


def _share(part: Any, whole: Any) -> Decimal | None:
    if part is None or whole is None or Decimal(whole) <= 0:
        return None
    return Decimal(part) / Decimal(whole) * 100

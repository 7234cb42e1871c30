"""The outcomes for 2027: each number, and the firms behind it, from one and the same reading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import Count, Q

from certification.models import Certificate, Target, running
from certification.tiers import Tier
from enterprises.facts import Fact, figures_of_many
from enterprises.models import IntellectualProperty, Source
from foundation import clock
from foundation.regions.models import bodies

PATENTS = ("invention", "defence_invention", "utility_model", "design")
SOURCES = dict(Source.choices)
NO_NUMBER = "缺数据"


@dataclass(frozen=True)
class Firm:
    """A holder of the tier: what was read of it, whether it is part of the number, else why not."""

    public_id: str
    name: str
    credit_code: str
    region_path: str
    cells: tuple[str, ...] = ()
    is_counted: bool = False
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """`rows` are the numbers in words, [(label, value)]; `firms` everybody they are of, counted or not."""

    measure: str
    tier: str
    columns: tuple[str, ...]
    firms: list[Firm]
    rows: list[tuple[str, str]]

    @property
    def counted(self) -> int:
        return sum(firm.is_counted for firm in self.firms)


Holder = dict[str, Any]


def holders(tier: str) -> list[Holder]:
    rows = Certificate.objects.filter(running(clock.today()), tier=tier).order_by("region_path", "credit_code")
    return list(rows.values("enterprise_id", "enterprise__public_id", "enterprise_name", "credit_code", "region_path"))


def firm_of(holder: Holder, cells: tuple[str, ...], why: str = "") -> Firm:
    return Firm(
        holder["enterprise__public_id"], holder["enterprise_name"], holder["credit_code"], holder["region_path"], cells,
        not why, why,
    )  # fmt: skip


def known(held: list[Holder], *names: str) -> dict[int, dict[str, Fact]]:
    """{enterprise: {name: Fact}}: the most trusted source counts, as the rules have it. One query."""
    return figures_of_many([holder["enterprise_id"] for holder in held], names, clock.today())


def told(fact: Fact | None) -> tuple[str, str]:
    """(value, source) of a fact in words."""
    return (str(fact.value), SOURCES.get(fact.source, fact.source)) if fact else ("", "")


def rd_share(tier: str) -> Outcome:
    """Both lawful readings side by side, with the number of firms behind them."""
    held = holders(tier)
    facts = known(held, "rd_expense_y0", "revenue_y0")
    firms, shares = [], []
    spent_in_all = earned_in_all = Decimal(0)
    for holder in held:
        spent, earned = (facts[holder["enterprise_id"]].get(name) for name in ("rd_expense_y0", "revenue_y0"))
        why = "没有上年度研发费用" if spent is None else "没有上年度营业收入" if earned is None else ""
        share = ""
        if spent is not None and earned is not None:
            above, below = Decimal(spent.value), Decimal(earned.value)
            if below:
                shares.append(above / below)
                spent_in_all, earned_in_all, share = spent_in_all + above, earned_in_all + below, f"{above / below:.1%}"
            else:
                why = "上年度营业收入为零"
        firms.append(firm_of(holder, (*told(spent), *told(earned), share), why))
    rows = [("各户占比平均", NO_NUMBER), ("Σ研发 ÷ Σ营收", NO_NUMBER)]
    if shares:
        mean = sum(shares, Decimal(0)) / len(shares)
        rows = [
            (f"各户占比平均（{len(shares)} 户）", f"{mean:.1%}"),
            ("Σ研发 ÷ Σ营收", f"{spent_in_all / earned_in_all:.1%}" if earned_in_all else NO_NUMBER),
        ]
    columns = ("上年度研发费用（万元）", "来源", "上年度营业收入（万元）", "来源", "占比")
    return Outcome("rd_share", tier, columns, firms, rows)


def digital_level(tier: str) -> Outcome:
    """An assessed level stands until a later one, as facts_of() lets it stand."""
    held = holders(tier)
    facts = known(held, "digital_level")
    firms, high = [], 0
    for holder in held:
        level = facts[holder["enterprise_id"]].get("digital_level")
        is_high = level is not None and Decimal(level.value) >= 2
        high += is_high
        year = f"{level.year} 年" if level and level.year else ""
        cells = (*told(level), year, "是" if is_high else "否" if level else "")
        firms.append(firm_of(holder, cells, "" if level else "没有测评等级；只在第二个分母里"))
    assessed = sum(firm.is_counted for firm in firms)
    rows = []
    if assessed:
        rows.append((f"已测评 {assessed} 户中", f"{high / assessed:.0%}"))
    if firms:
        rows.append((f"有效期内 {len(firms)} 户中", f"{high / len(firms):.0%}"))
    columns = ("数字化水平（级）", "来源", "年度", "二级及以上")
    return Outcome("digital_level_2", tier, columns, firms, rows or [("有效期内专精特新中小企业", NO_NUMBER)])


def trained(tier: str) -> Outcome:
    firms = [firm_of(holder, (), "培训记录未接入") for holder in holders(tier)]
    return Outcome("trained_managers", tier, (), firms, [(f"有效期内 {len(firms)} 户", "缺数据：培训记录未接入")])


def patents(tier: str) -> Outcome:
    """Patents in force of the tier's holders: put to use, and with product income, of those whose use was told."""
    held = holders(tier)
    kept = IntellectualProperty.objects.filter(
        enterprise_id__in=[holder["enterprise_id"] for holder in held], kind__in=PATENTS
    )
    counts = {
        row.pop("enterprise_id"): row
        for row in kept.order_by().values("enterprise_id").annotate(
            all=Count("id"), told=Count("id", filter=Q(is_implemented__isnull=False)),
            used=Count("id", filter=Q(is_implemented=True)),
            sold=Count("id", filter=Q(is_implemented=True, product_income_fen__gt=0)),
        )
    }  # fmt: skip
    nothing = dict.fromkeys(("all", "told", "used", "sold"), 0)
    firms, total = [], dict(nothing)
    for holder in held:
        own = counts.get(holder["enterprise_id"], nothing)
        total = {name: total[name] + own[name] for name in total}
        why = "" if own["told"] else "没有填写是否实施" if own["all"] else "没有登记专利"
        firms.append(firm_of(holder, tuple(str(own[name]) for name in ("all", "told", "used", "sold")), why))
    rows = [("实施率", NO_NUMBER), ("产业化率", NO_NUMBER)]
    if total["told"]:
        of = f"已填 {total['told']} / {total['all']} 件"
        rows = [
            (f"实施率（{of}）", f"{total['used'] / total['told']:.0%}"),
            (f"产业化率（{of}）", f"{total['sold'] / total['told']:.0%}"),
        ]
    return Outcome("patents", tier, ("专利（件）", "填了是否实施", "已实施", "有产品收入"), firms, rows)


READ: Mapping[str, Callable[[str], Outcome]] = {
    "rd_share": rd_share, "digital_level_2": digital_level, "trained_managers": trained, "patents": patents,
}  # fmt: skip


def outcome_line(target: Target, definitions: Mapping[str, str]) -> dict[str, Any]:
    found = READ[target.measure](target.tier)
    return {"target": target, "rows": found.rows, "definition": definitions[target.measure]}


def table(found: Outcome) -> bytes:
    """The firms and the numbers as xlsx, as on screen; every cell is text."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("名单")
    headings = ("企业", "统一社会信用代码", "地区", *found.columns, "计入", "没有计入的原因")
    lines = [headings]
    for firm in found.firms:
        body = bodies().get(firm.region_path)
        cells = firm.cells or ("",) * len(found.columns)
        lines.append(
            (firm.name, firm.credit_code, body.name if body else firm.region_path, *cells, "是" if firm.is_counted else "否", firm.why)
        )  # fmt: skip
    for place, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(place, column, text)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(headings), 20)
    numbers = book.add_worksheet("数")
    for place, (label, value) in enumerate([("层级", str(Tier(found.tier).label)), *found.rows]):
        numbers.write_string(place, 0, label)
        numbers.write_string(place, 1, value)
    numbers.set_column(0, 1, 32)
    book.close()
    return out.getvalue()

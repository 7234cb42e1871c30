"""The national platform's list of who has updated, as xlsx: previewed with every row's problems, then all of it or nothing."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from certification.platform_update import LONGEST, day_problems, keep
from certification.update import locked_report
from enterprises import credit_code
from enterprises.attach import cells_of
from enterprises.models import AnnualReport, Enterprise
from enterprises.queries import visible_to
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused

HEADINGS = ("统一社会信用代码", "企业名称", "年度", "更新日期", "国家平台编号")
MOST_ROWS = 2000


@dataclass
class Row:
    """One line as read: the firm where it is known, what is said, and what is wrong with it. `known`: said before just so."""

    place: int
    enterprise: Enterprise | None
    name: str
    year: int
    on: date | None
    reference: str
    known: bool = False
    note: str = ""
    problems: list[Problem] = field(default_factory=list)


def may_bring_in(principal: Principal) -> bool:
    return principal.is_official and principal.has_role("reviewer", "leader")


def read(content: bytes, *, actor: Principal) -> list[Row]:
    """Rows with their problems, in a constant number of queries; Refused when the file is not such a list."""
    sheet = next(iter(cells_of(content).values()), [])
    if not sheet or tuple(str(c).strip() for c in sheet[0][: len(HEADINGS)]) != HEADINGS:
        raise Refused("invalid", "第一行的列名与模板不符。", [Problem("列名应为：" + "、".join(HEADINGS), "file")])
    if len(sheet) - 1 > MOST_ROWS:
        raise Refused("too_large", f"一次最多导入 {MOST_ROWS} 行。", [Problem("行数过多，请分批", "file")])
    lines = [
        (n, [str(c).strip() for c in cells])
        for n, cells in enumerate(sheet[1:], 2)
        if any(str(c).strip() for c in cells)
    ]
    codes = [credit_code.normalise(cells[0]) for _, cells in lines if cells]
    firms = {
        firm.credit_code: firm
        for firm in visible_to(actor).filter(credit_code__in=codes).prefetch_related("former_names")
    }
    rows = [_row(place, cells, firms) for place, cells in lines]
    _compare(rows)
    return rows


def _row(place: int, cells: list[str], firms: dict[str, Enterprise]) -> Row:
    raw = dict(zip(HEADINGS, [*cells, *[""] * len(HEADINGS)], strict=False))
    firm = firms.get(credit_code.normalise(raw["统一社会信用代码"]))
    typed_year = raw["年度"].removesuffix(".0").removesuffix("年度").removesuffix("年")
    year = int(typed_year) if typed_year.isascii() and typed_year.isdigit() and len(typed_year) == 4 else 0
    row = Row(place, firm, raw["企业名称"], year, clock.as_day(raw["更新日期"]), raw["国家平台编号"].removesuffix(".0"))

    def wrong(column: str, why: str, hint: str = "") -> None:
        row.problems.append(Problem(f"第 {place} 行“{column}”：{why}", column, hint=hint))

    if firm is None:
        wrong("统一社会信用代码", "辖区内没有这家企业", "核对18位代码")
    elif row.name not in (firm.name, *(former.name for former in firm.former_names.all())):
        wrong("企业名称", f"与代码对应的“{firm.name}”不一致，可能是同名企业")
    last = clock.today().year - 1
    if year not in (last, last - 1):
        wrong("年度", "写信息所属的年度", f"例：{last}，即在{last + 1}年更新的")
    else:
        for problem in day_problems(row.on, year):
            wrong("更新日期", problem.message, problem.hint or f"例：{last + 1}-04-20")
    if len(row.reference) > LONGEST:
        wrong("国家平台编号", f"最多{LONGEST}个字")
    return row


def _compare(rows: list[Row]) -> None:
    """Doubles in the list, and what is on record already: the firm's own word is overruled in sight."""
    kept = {
        (report.enterprise_id, report.year): report
        for report in AnnualReport.objects.filter(
            enterprise_id__in=[row.enterprise.pk for row in rows if row.enterprise], platform_on__isnull=False
        ).defer("told", "groups")
    }
    seen: set[tuple[int, int]] = set()
    for row in rows:
        if row.enterprise is None:
            continue
        key = row.enterprise.pk, row.year
        if key in seen:
            row.problems.append(Problem(f"第 {row.place} 行：同一企业、同一年度与前面的行重复", "年度"))
        seen.add(key)
        report = kept.get(key)
        if report is None or report.platform_on is None:
            continue
        row.known = (report.platform_source, report.platform_on) == ("list", row.on)
        if not row.known and report.platform_on != row.on:
            row.note = f"{report.get_platform_source_display()}登记的是{cn(report.platform_on)}，以名单为准"


def bring_in(rows: list[Row], *, actor: Principal) -> int:
    """All rows or none; returns how many were news. Refused("invalid") with every row's problems."""
    if not may_bring_in(actor):
        raise Missing
    problems = [problem for row in rows for problem in row.problems]
    if problems or not rows:
        raise Refused("invalid", "有几行需要更正，一行都没有登记。", problems or [Problem("没有可登记的行", "file")])
    news = sorted(
        (row for row in rows if row.enterprise and row.on and not row.known),
        key=lambda row: (row.enterprise.pk if row.enterprise else 0, row.year),
    )
    with transaction.atomic():
        for row in news:
            assert row.enterprise is not None and row.on is not None
            report = locked_report(row.enterprise, row.year)
            report.enterprise = row.enterprise
            keep(report, row.on, row.reference or report.platform_reference, "list", actor)
            detail = {"office": actor.office_name, "year": row.year, "day": cn(row.on)}
            record("annual_update.listed", row.enterprise, actor=actor, detail=detail, audience="applicant")
    return len(news)

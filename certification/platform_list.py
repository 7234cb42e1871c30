"""The national platform's list of who has updated, as xlsx: previewed with every row's problems, then all of it or nothing."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from certification import firm_list
from certification.platform_update import LONGEST, day_problems, keep
from certification.update import locked_report
from enterprises.models import AnnualReport, Enterprise
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem

HEADINGS = (firm_list.CODE, firm_list.NAME, "年度", "更新日期", "国家平台编号")


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
    rows = [_row(place, raw, firm) for place, raw, firm in firm_list.lines_of(content, HEADINGS, actor=actor)]
    _compare(rows)
    return rows


def _row(place: int, raw: dict[str, str], firm: Enterprise | None) -> Row:
    typed_year = raw["年度"].removesuffix(".0").removesuffix("年度").removesuffix("年")
    year = int(typed_year) if typed_year.isascii() and typed_year.isdigit() and len(typed_year) == 4 else 0
    name, reference = raw[firm_list.NAME], raw["国家平台编号"].removesuffix(".0")
    row = Row(place, firm, name, year, clock.as_day(raw["更新日期"]), reference)
    row.problems += firm_list.problems_of_firm(place, firm, name)
    last = clock.today().year - 1
    if year not in (last, last - 1):
        row.problems.append(firm_list.problem(place, "年度", "写信息所属的年度", f"例：{last}，即在{last + 1}年更新的"))
    else:
        row.problems += [
            firm_list.problem(place, "更新日期", found.message, found.hint or f"例：{last + 1}-04-20")
            for found in day_problems(row.on, year)
        ]
    if len(reference) > LONGEST:
        row.problems.append(firm_list.problem(place, "国家平台编号", f"最多{LONGEST}个字"))
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
    firm_list.refuse_in_part(rows)
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

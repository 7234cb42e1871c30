"""The lines of a worklist, once for the screen and once for the file: the same columns in the same order with the same words."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from certification import clocks, matters
from certification.helped import outside_help_of
from certification.models import Application, Correction
from certification.permissions import APPLICATION
from certification.worklist import fetched, with_clocks
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Refused
from foundation.regions.models import full_name
from foundation.transitions import Label
from foundation.workdays.counting import workdays_between

MOST_ROWS = 20_000
OUTCOMES = {"met": "满足", "unmet": "不满足", "unknown": "缺数据", "needs_person": "待人工", "not_applicable": "不考核"}


class Line(NamedTuple):
    """One case as the list shows it."""

    row: Application
    label: Label
    clock: clocks.StageClock | None
    handler: str
    correction: Correction | None
    matters: str
    helper: str

    @property
    def is_overdue(self) -> bool:
        return (
            self.correction is not None
            and self.correction.due_on is not None
            and self.correction.due_on < clock.today()
        )

    @property
    def correction_words(self) -> str:
        if self.correction is None or self.correction.due_on is None:
            return ""
        return f"{'补正逾期，' if self.is_overdue else ''}期限 {cn(self.correction.due_on)}"

    @property
    def used(self) -> int | None:
        """Working days at this stage: by its clock, else by the calendar."""
        if self.clock is not None:
            return self.clock.used
        since = self.row.stage_since
        return None if since is None else max(0, workdays_between(timezone.localtime(since).date(), clock.today()))

    @property
    def limit(self) -> int | None:
        return self.clock.limit if self.clock is not None else None

    @property
    def clock_words(self) -> str:
        if self.clock is None:
            return ""
        return "已超时" if self.clock.is_late else "计时暂停" if self.clock.paused else ""


def lines(rows: Iterable[Application], principal: Principal) -> list[Line]:
    """Rows that were `fetched()`; a constant number of queries for any number of them."""
    told = with_clocks(rows)
    counted = matters.counted([row.enterprise_id for row, _, _ in told], principal)
    return [
        Line(
            row, APPLICATION.label(row), ticking, handler, next(iter(row.open_corrections), None),  # type: ignore[attr-defined]
            counted.get(row.enterprise_id, ""), outside_help_of(row),
        )
        for row, ticking, handler in told
    ]  # fmt: skip


COLUMNS: tuple[tuple[str, Callable[[Line], Any]], ...] = (
    ("企业", lambda line: line.row.enterprise_name),
    ("受理编号", lambda line: line.row.receipt_number or ""),
    ("统一社会信用代码", lambda line: line.row.credit_code),
    ("情况和程序", lambda line: line.matters),
    ("外部协助填报", lambda line: line.helper),
    ("层级", lambda line: line.row.get_tier_display()),
    ("事项", lambda line: line.row.get_case_type_display()),
    ("地区", lambda line: full_name(line.row.region_path)),
    ("状态", lambda line: line.label.officer),
    ("补正", lambda line: line.correction_words),
    ("承办", lambda line: line.handler or "—"),
    ("在本环节（工作日）", lambda line: line.used),
    ("时限（工作日）", lambda line: line.limit),
    ("计时", lambda line: line.clock_words),
    ("机器核算", lambda line: OUTCOMES.get(line.row.outcome, "")),
    ("到本环节", lambda line: timezone.localtime(line.row.stage_since).strftime("%Y-%m-%d") if line.row.stage_since else ""),
)  # fmt: skip
"""In the order of the screen, each thing that a cell of the screen tells in a column of its own; the code and the day are more."""


def refuse_too_many(rows: QuerySet[Application]) -> None:
    """A table that says it is the whole list is the whole list, or there is none."""
    count = rows.order_by().count()
    if count > MOST_ROWS:
        raise Refused(
            "conflict", f"这些条件下有 {count} 件，一次最多导出 {MOST_ROWS} 件，没有导出。请先按批次、地区或层级筛选。"
        )


def table(rows: QuerySet[Application], principal: Principal) -> bytes:
    """The list as xlsx, as it is on screen; every cell is text or a number, so nothing in it can run."""
    refuse_too_many(rows)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("队列")
    sheet.write_row(0, 0, [heading for heading, _ in COLUMNS])
    for place, line in enumerate(lines(fetched(rows)[:MOST_ROWS], principal), start=1):
        for column, (_, told) in enumerate(COLUMNS):
            value = told(line)
            if isinstance(value, int):
                sheet.write_number(place, column, value)
            elif value:
                sheet.write_string(place, column, value)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(COLUMNS) - 1, 16)
    book.close()
    return out.getvalue()

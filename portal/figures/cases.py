"""办理情况: how long cases really took, what became of them, and what they were returned or refused for; for everybody.

Each number comes from one function here, the page and the file alike, and stands beside its definition. Small numbers are
hidden by conceal(). What is granted is announced by name, so whoever counts the register knows it: it is never what keeps
another number secret.
"""

from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.conf import settings
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce, ExtractYear

from certification import clocks
from certification.conceal import conceal
from certification.models import Application, Reconsideration
from certification.models.clock import STAGES
from certification.rule_continuation import FAILED
from certification.tiers import ORDER, CaseType, Tier
from foundation import clock
from foundation.accounts.scope import system_scope
from foundation.regions.models import bodies, full_name
from portal.figures.reasons import MOST, ReasonLine, reasons

YEARS = 5
"""Years of filing that are told, this one included."""
HIDDEN = "不显示"
DEFINITIONS = {
    "times": "办理用时：近一年由这个机构办结（报送、退回、列入公示、推荐，或送达不予结论）的申请，从到达到离开用的工作日，退回后又来的合并计算，暂停计时和企业补正的日子不算；"
    "一半、九成，指这么多件在所列工作日内办完。用时与材料是否齐全、是否需要核查有关，不用作单位之间的比较",
    "results": "收到：按首次提交的年份统计的申请件数。通过：本系统已公告，或已登记国家认定。未通过：不予结论已送达，或已登记国家未认定。"
    "办理中含补正中、公示中和已推荐待国家公告的。原结论经复审撤销的，按重新提交的那一件计。通过率：通过 ÷（通过＋未通过）",
    "reasons": "退回：近一年被退回补正的申请里，点名的填报项对应这个条件的件数；一项对应几个条件的，计入告知书引用的第一个。"
    "未通过：近一年送达的不予文书里，认定这个条件不满足的件数，经复审撤销的不计。"
    f"同一件对应几个条件的，各计一次；每个层级最多列 {MOST} 个条件",
}  # fmt: skip
ENDINGS = {"withdrawn": "withdrawn", "granted": "granted", "national_granted": "granted"} | dict.fromkeys(
    FAILED, "refused"
)


@dataclass(frozen=True)
class StageLine:
    """One desk: by tier what is usual there, None where too few cases left it."""

    stage: str
    body: str
    cells: dict[str, clocks.Usual | None]


@dataclass(frozen=True)
class ResultLine:
    """The cases of one tier and kind that were filed first in a year; None is a number that is hidden."""

    year: int
    tier: str
    case_type: str
    filed: int | None
    granted: int | None
    refused: int | None
    withdrawn: int | None
    open: int | None

    @property
    def kind(self) -> str:
        return str(CaseType(self.case_type).label)

    @property
    def rate(self) -> int | None:
        """Whole percent of the decided ones, from what is shown and from nothing else."""
        if self.granted is None or self.refused is None:
            return None
        decided = self.granted + self.refused
        return (200 * self.granted + decided) // (2 * decided) if decided >= max(1, settings.SMALL_CELL) else None


@dataclass(frozen=True)
class CaseFigures:
    """All that page and file say; `times` by stage in words, bodies in the order of the offices."""

    times: list[tuple[str, list[StageLine]]]
    results: list[ResultLine]
    reasons: list[ReasonLine]


def case_figures() -> CaseFigures:
    """Everything, read with the sight of the house: only sums come out. The same number of queries for any number of cases."""
    with system_scope("case figures"):
        return CaseFigures(stage_times(), results(), reasons(clock.now() - clocks.YEAR))


def stage_times() -> list[tuple[str, list[StageLine]]]:
    """Working days by stage, body and tier, as the applicant of a case is told them. Never sorted by length."""
    known = clocks.usual()
    told = []
    for stage, words in STAGES:
        lines = [
            StageLine(words, full_name(path), {tier: known.get((path, tier, stage)) for tier in Tier.values})
            for path in bodies()
            if any((path, tier, stage) in known for tier in Tier.values)
        ]
        if lines:
            told.append((str(words), lines))
    return told


def results() -> list[ResultLine]:
    """What became of the cases of each year, tier and kind; the newest year first, the ladder from below. One query."""
    undone = Reconsideration.objects.filter(application=OuterRef("pk"), state="set_aside")
    rows = (
        Application.objects.filter(submitted_at__isnull=False)
        .exclude(Exists(undone), state="refused")
        .annotate(year=ExtractYear(Coalesce("first_filed_at", "submitted_at")))
        .filter(year__gt=clock.today().year - YEARS)
        .order_by()
        .values_list("year", "tier", "case_type", "state")
        .annotate(n=Count("id"))
    )
    groups: dict[tuple[int, str, str], dict[str, int]] = {}
    for year, tier, case_type, state, n in rows:
        cells = groups.setdefault(
            (year, tier, case_type), dict.fromkeys(("granted", "refused", "withdrawn", "open"), 0)
        )
        cells[ENDINGS.get(state, "open")] += n
    order = sorted(groups, key=lambda key: (-key[0], ORDER[key[1]], CaseType.values.index(key[2])))
    return [ResultLine(*key, **shown(groups[key])) for key in order]


def shown(cells: dict[str, int]) -> dict[str, int | None]:
    """The cells and their sum, `filed`, with what is small and what would give it away hidden.

    Who counts the announced names knows `granted`, shown or not, and what is left of the sum is the others together: so
    the sum is told only where the others together are none or many.
    """
    floor, granted = settings.SMALL_CELL, cells["granted"]
    others = {name: n for name, n in cells.items() if name != "granted"}
    rest = sum(others.values())
    is_many = conceal({"rest": rest}, floor)["rest"] is not None
    told = conceal({"granted": granted}, floor)
    told |= conceal(others, floor) if is_many else dict.fromkeys(others)
    filed = granted + rest if is_many and told["granted"] is not None else None
    return told | {"filed": filed}


def table(found: CaseFigures) -> bytes:
    """The same numbers as xlsx, a sheet for each part and one with the definitions; a hidden number says that it is."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in sheets(found):
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, column, value)
                else:
                    sheet.write_string(place, column, value)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 8, 20)
    book.close()
    return out.getvalue()


Rows = list[tuple[str | int, ...]]


def sheets(found: CaseFigures) -> list[tuple[str, Rows]]:
    def words(n: int | None) -> str | int:
        return HIDDEN if n is None else n

    times: Rows = [("环节", "办理机构", "层级", "件数", "一半在几个工作日内", "九成在几个工作日内")]
    times += [
        (stage, line.body, str(Tier(tier).label), cell.cases, cell.half, cell.most)
        for stage, lines in found.times for line in lines for tier, cell in line.cells.items() if cell
    ]  # fmt: skip
    ended: Rows = [("首次提交年份", "层级", "事项", "收到", "通过", "未通过", "撤回", "办理中", "通过率（%）")]
    ended += [
        (
            row.year, str(Tier(row.tier).label), row.kind,
            *map(words, (row.filed, row.granted, row.refused, row.withdrawn, row.open)),
            words(row.rate),
        )
        for row in found.results
    ]  # fmt: skip
    why: Rows = [("层级", "条件", "退回补正（件）", "未通过（件）")]
    why += [(str(Tier(row.tier).label), row.title, words(row.returned), words(row.refused)) for row in found.reasons]
    small = f"少于 {settings.SMALL_CELL} 件的数字不显示，能被推算出来的也不显示"
    return [
        ("办理用时", times), ("申请和结果", ended), ("退回和未通过的理由", why),
        ("口径", [("口径",), *((text,) for text in DEFINITIONS.values()), (small,)]),
    ]  # fmt: skip

"""Reports as an xlsx list: previewed with every row's problems, then all of it or nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from certification import incident
from certification.incident_kinds import incident_kinds
from certification.models import Incident
from enterprises import credit_code
from enterprises.attach import cells_of
from enterprises.models import Enterprise
from enterprises.queries import visible_to
from foundation.accounts.principal import Principal
from foundation.refusals import Problem, Refused

HEADINGS = ("统一社会信用代码", "企业名称", "情况种类", "发生或列入日期", "来源单位", "文号或查询记录", "情况")
FIELDS = {
    "kind": "情况种类",
    "happened_on": "发生或列入日期",
    "source": "来源单位",
    "document": "文号或查询记录",
    "facts": "情况",
}
MOST_ROWS = 2000


@dataclass
class Row:
    """One line as read: the firm where it is known, what is said, and what is wrong with it."""

    place: int
    enterprise: Enterprise | None
    name: str
    given: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)


def read(content: bytes, *, actor: Principal) -> list[Row]:
    """Rows with their problems, in a constant number of queries; Refused when the file is not such a list."""
    sheet = next(iter(cells_of(content).values()))
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
    _find_doubles(rows)
    return rows


def _row(place: int, cells: list[str], firms: dict[str, Enterprise]) -> Row:
    raw = dict(zip(HEADINGS, [*cells, *[""] * len(HEADINGS)], strict=False))
    labels = {kind.label: kind.code for kind in incident_kinds().values()}
    given = {name: raw[column] for name, column in FIELDS.items()}
    given["kind"] = labels.get(given["kind"], given["kind"])
    firm = firms.get(credit_code.normalise(raw["统一社会信用代码"]))
    row = Row(place, firm, raw["企业名称"], given)
    if firm is None:
        row.problems.append(
            Problem(f"第 {place} 行“统一社会信用代码”：辖区内没有这家企业", "统一社会信用代码", hint="核对18位代码")
        )
    elif row.name not in (firm.name, *(former.name for former in firm.former_names.all())):
        row.problems.append(
            Problem(f"第 {place} 行“企业名称”：与代码对应的“{firm.name}”不一致，可能是同名企业", "企业名称")
        )
    for problem in incident.problems_of(given):
        column = FIELDS[problem.field]
        row.problems.append(Problem(f"第 {place} 行“{column}”：{problem.message}", column, hint=problem.hint))
    return row


def _find_doubles(rows: list[Row]) -> None:
    known = {
        (pk, kind, day.isoformat(), document)
        for pk, kind, day, document in Incident.objects.filter(
            enterprise_id__in=[row.enterprise.pk for row in rows if row.enterprise]
        ).exclude(state="false_alarm").values_list("enterprise_id", "kind", "happened_on", "document")
    }  # fmt: skip
    for row in rows:
        if row.enterprise is None:
            continue
        key = (row.enterprise.pk, row.given["kind"], row.given["happened_on"][:10], row.given["document"][:120])
        if key in known:
            row.problems.append(Problem(f"第 {row.place} 行：这件事已经登记过，或与前面的行重复", "文号或查询记录"))
        known.add(key)


def bring_in(rows: list[Row], *, actor: Principal) -> int:
    """All rows or none. Refused("invalid") with every row's problems."""
    problems = [problem for row in rows for problem in row.problems]
    if problems or not rows:
        raise Refused("invalid", "有几行需要更正，一行都没有登记。", problems or [Problem("没有可登记的行", "file")])
    with transaction.atomic():
        for row in rows:
            if row.enterprise is not None:
                incident.report(row.enterprise, row.given, actor=actor, way="list")
    return len(rows)

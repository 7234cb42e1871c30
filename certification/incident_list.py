"""Reports as an xlsx list: previewed with every row's problems, then all of it or nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from certification import firm_list, incident
from certification.incident_kinds import incident_kinds
from certification.models import Incident
from enterprises.models import Enterprise
from foundation.accounts.principal import Principal
from foundation.refusals import Problem

HEADINGS = (firm_list.CODE, firm_list.NAME, "情况种类", "发生或列入日期", "来源单位", "文号或查询记录", "情况")
FIELDS = {
    "kind": "情况种类",
    "happened_on": "发生或列入日期",
    "source": "来源单位",
    "document": "文号或查询记录",
    "facts": "情况",
}


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
    rows = [_row(place, raw, firm) for place, raw, firm in firm_list.lines_of(content, HEADINGS, actor=actor)]
    _find_doubles(rows)
    return rows


def _row(place: int, raw: dict[str, str], firm: Enterprise | None) -> Row:
    labels = {kind.label: kind.code for kind in incident_kinds().values()}
    given: dict[str, Any] = {name: raw[column] for name, column in FIELDS.items()}
    given["kind"] = labels.get(given["kind"], given["kind"])
    row = Row(place, firm, raw[firm_list.NAME], given, firm_list.problems_of_firm(place, firm, raw[firm_list.NAME]))
    for found in incident.problems_of(given):
        row.problems.append(firm_list.problem(place, FIELDS[found.field], found.message, found.hint))
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
    firm_list.refuse_in_part(rows)
    with transaction.atomic():
        for row in rows:
            if row.enterprise is not None:
                incident.report(row.enterprise, row.given, actor=actor, way="list")
    return len(rows)

"""抽中的实地核查: a visit that a draw has chosen is made before the province lists or recommends the case, or openly dropped.

Whoever could pass a drawn case without the visit would choose for himself whom the lot meets. A refusal waits for no visit:
nobody gains by it, and the firm has its remedies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from certification.models import Application, Visit, VisitSample
from certification.models.visit import BY_LIST
from certification.names import names_a_firm
from certification.served import day_of
from enterprises.words import cn
from foundation.audit.models import AuditEvent
from foundation.refusals import Problem, Refused

SHORTEST_PUBLIC = 8
NOT_DONE = ("chosen", "planned")
"""A visit is done when the office has ended it: the firm holds nothing up by not signing."""


@dataclass(frozen=True)
class Dropped:
    """One line of the public record; `reason` is empty where it was not written to be published."""

    application: str
    at: datetime
    reason: str


def undone(applications: Iterable[Application]) -> dict[int, Visit]:
    """{case: its drawn visit that is still to be made}; one query for any number of cases."""
    drawn = Q(sample__isnull=False) | Q(reasons__contains=[BY_LIST])
    rows = Visit.objects.filter(drawn, application__in=[case.pk for case in applications], state__in=NOT_DONE)
    return {row.application_id: row for row in rows}


def why(visit: Visit) -> str:
    """What is missing and both ways to mend it, to stand beside other sentences."""
    stands = f"约定{cn(day_of(visit.planned_for))}" if visit.planned_for else "还没有约定时间"
    return f"抽中的实地核查没有做（{stands}），请先做完；确实不用去的，由自治区负责人写明理由取消，理由公开"


def dropped(made: VisitSample) -> list[Dropped]:
    """Drawn and then cancelled, in the order of the days, with the reasons as the record keeps them."""
    rows = made.visits.filter(state="cancelled").values_list("public_id", "application__public_id")
    numbers = dict(rows)
    events = AuditEvent.objects.filter(
        object_type=Visit._meta.label_lower, object_id__in=list(numbers), act="visit.cancel"
    ).order_by("at", "id")
    return [
        Dropped(numbers[event.object_id], event.at, event.reason if event.detail.get("published") else "")
        for event in events
    ]


def refuse_unfit_to_publish(row: Visit, reason: str) -> None:
    """Refused("invalid") at the field: a reason that says nothing, or one that would give the firm away."""
    problem = None
    if len(reason.strip()) < SHORTEST_PUBLIC:
        problem = Problem(
            f"请写明为什么不用核查，至少{SHORTEST_PUBLIC}个字", "reason", hint="写查了什么、依据什么；会公开"
        )
    elif names_a_firm(reason, row.application):
        problem = Problem("不能写企业名称、代码、电话或邮箱", "reason", hint="例：把企业名称改成“企业”")
    if problem is not None:
        raise Refused("invalid", "没有取消。抽中的核查，取消的理由要在抽取记录里公开。", [problem])

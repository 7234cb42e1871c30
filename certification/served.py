"""送达: since when somebody of the firm has a letter, by a proof; and what a receipt on paper must say to be one."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from certification.models import Exit
from foundation import clock
from foundation.mailroom.models import Message
from foundation.mailroom.serve import served_at
from foundation.refusals import Problem


def served_on(ids: Sequence[str], paper: date | None) -> date | None:
    """The first day on which somebody of the firm had the letter, by a proof; None while nothing proves it."""
    days = [
        timezone.localtime(moment).date()
        for message in Message.objects.filter(public_id__in=list(ids)).prefetch_related("proofs")
        if (moment := served_at(message)) is not None
    ]
    return min([*days, *([paper] if paper else [])], default=None)


def notice_served_on(row: Exit) -> date | None:
    return served_on(row.notices, row.paper_served_on)


def decision_served_on(row: Exit) -> date | None:
    return served_on(row.decision_notices, row.decision_paper_served_on)


def set_aside_served_on(row: Exit) -> date | None:
    return served_on(row.set_aside_notices, row.set_aside_paper_served_on)


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def paper_problems(on: date | None, number: str, *, written_on: date) -> list[Problem]:
    """Nobody receives a letter before it was written, or tomorrow."""
    problems = []
    if on is None:
        problems.append(Problem("请选择送达日期", "served_on"))
    elif on > clock.today():
        problems.append(Problem("送达日期不能晚于今天", "served_on"))
    elif on < written_on:
        problems.append(Problem(f"送达日期不能早于文书作出的日期（{written_on:%Y年%-m月%-d日}）", "served_on"))
    if not number.strip():
        problems.append(Problem("请填写送达回证编号或邮寄单号", "number"))
    return problems

"""补正期限: the day by which a firm answers a return. Nothing follows by itself when it is over; an official decides."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from certification.models import Correction
from foundation import clock
from foundation.refusals import Problem, Refused
from foundation.workdays.counting import add_workdays, is_workday

FARTHEST = timedelta(days=366)
"""A day beyond this is a slip of the year, not a period."""


def suggested() -> date:
    """So many working days from today as the office has set; an example until it has."""
    return add_workdays(clock.today(), settings.CORRECTION_WORKDAYS)


def usable(day: date | None) -> date:
    """The day asked for, or the suggested one. Refused unless a person at work can still meet it."""
    if day is None:
        return suggested()
    today = clock.today()
    why = ""
    if day <= today:
        why = "要在今天以后"
    elif day > today + FARTHEST:
        why = "离今天超过一年，请核对年份"
    elif not is_workday(day):
        why = "这一天不是工作日"
    if why:
        hint = f"例：{suggested():%Y-%m-%d}"
        raise Refused("invalid", f"补正期限{why}。", [Problem(f"补正期限{why}", "due_on", hint=hint)])
    return day


def open_of(application_id: int) -> Correction | None:
    return Correction.objects.filter(application_id=application_id, answered_at=None).first()


def is_overdue(correction: Correction | None) -> bool:
    return bool(
        correction and correction.answered_at is None and correction.due_on and correction.due_on < clock.today()
    )


def overdue() -> Q:
    """Applications that were returned, whose day is over, and that nobody has sent again."""
    late = Correction.objects.filter(application=OuterRef("pk"), answered_at=None, due_on__lt=clock.today())
    return Q(state="returned") & Exists(late)

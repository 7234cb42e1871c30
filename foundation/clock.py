"""The only place that reads the clock, so that a whole office can be moved in time by one test."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, aware, in the office's time zone (Asia/Shanghai)."""
    return timezone.localtime(timezone.now() + timedelta(seconds=settings.CLOCK_OFFSET_SECONDS))


def today() -> date:
    """The office's calendar day."""
    return now().date()


def yesterday() -> date:
    """The last day that is over."""
    return today() - timedelta(days=1)


def as_day(typed: object) -> date | None:
    """A day as a form or a body says it, 2026-04-01; None for what is none."""
    if isinstance(typed, date):
        return typed
    try:
        return date.fromisoformat(str(typed or "").strip()[:10])
    except ValueError:
        return None

"""调休: enter a year's holiday notice of the State Council as a whole, so that terms are counted by it from then on."""

import re
from datetime import date, timedelta

from django.db import transaction

from certification.permissions import decides
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.workdays.counting import forget_calendar
from foundation.workdays.models import Day, Year

SPAN = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:至|到|~|—|–)\s*(\d{4}-\d{1,2}-\d{1,2}))?")
MOST = 60
"""More exceptions than this in a year are a slip of the hand."""


def read_days(text: str, year: int, field: str) -> tuple[list[date], list[Problem]]:
    """Days of a text, one day or span a line: `2027-10-01 至 2027-10-07`."""
    days: list[date] = []
    problems: list[Problem] = []
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = SPAN.fullmatch(line.strip())
        try:
            first, last = (_day(found[1]), _day(found[2] or found[1])) if found else (None, None)
        except ValueError:
            first = last = None
        if first is None or last is None:
            hint = "每行一天或一段，例：2027-10-01 至 2027-10-07"
            problems.append(Problem(f"第 {place} 行“{line.strip()[:40]}”不是日期", field, hint=hint))
        elif last < first or first.year != year or last.year != year:
            problems.append(Problem(f"第 {place} 行不在 {year} 年内，或起止颠倒", field))
        else:
            days += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return days, problems


def _day(text: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)


def enter_year(year: int, off: str, worked: str, source: str, *, actor: Principal) -> Year:
    """Replace the year's exceptions. Refused("invalid") names each line that is no day of the year."""
    if not decides(actor, None):
        raise Missing
    if not 2022 <= year <= 2099:
        raise Refused("invalid", "调休没有保存。", [Problem("年度应在2022到2099之间", "year")])
    rest, problems = read_days(off, year, "off")
    work, wrong = read_days(worked, year, "worked")
    problems += wrong
    if len(source.strip()) < 4:
        problems.append(Problem("请写明依据，例：国办发明电的文号", "source"))
    if not rest:
        problems.append(Problem("请填写放假的日子", "off"))
    problems += [Problem(f"{day} 既放假又上班", "worked") for day in sorted(set(rest) & set(work))]
    problems += [Problem(f"{day} 本来就是工作日", "worked") for day in work if day.weekday() < 5]
    if len({*rest, *work}) > MOST:
        problems.append(Problem(f"一年的放假和调休不会超过 {MOST} 天，请核对", "off"))
    if problems:
        raise Refused("invalid", "调休没有保存。", problems)
    with transaction.atomic():
        values = {"is_announced": True, "source": source.strip()[:200]}
        row, _ = Year.objects.update_or_create(year=year, defaults=values)
        Day.objects.filter(day__year=year).delete()
        Day.objects.bulk_create(
            [Day(day=day, is_workday=False, note="放假") for day in sorted(set(rest)) if day.weekday() < 5]
            + [Day(day=day, is_workday=True, note="调休上班") for day in sorted(set(work))]
        )
        record("workdays.enter", row, actor=actor, detail={"year": year, "off": off, "worked": worked}, reason=source)
        transaction.on_commit(forget_calendar)
    return row

"""禁报: after some exits nothing may be filed until a day that is known from the start; its end is automatic."""

from collections.abc import Iterable
from datetime import date, timedelta

from certification.grounds import cited, grounds
from certification.models import Exit
from certification.served import decision_served_on
from enterprises.models import Enterprise
from foundation import clock
from foundation.refusals import Problem, Refused


def first_day(barred_until: date | None) -> date | None:
    """The first day on which a new application is possible; None where nothing is barred."""
    return barred_until + timedelta(days=1) if barred_until else None


def words(barred_until: date) -> str:
    """Both days, because "until" alone has been read either way."""
    first = barred_until + timedelta(days=1)
    return f"到{barred_until:%Y年%-m月%-d日}（含当日）为止不能申请，{first:%Y年%-m月%-d日}起可以重新申请。"


def barred(enterprise: Enterprise, on: date) -> Exit | None:
    """The exit whose bar stands on this day; nobody has to lift it.

    It stands from the proof that the firm has the decision, not from the announcement: the letter says so. A decision
    that a leader has suspended bars nobody meanwhile, nor does one whose source was found to be false.
    """
    return barred_of_many([enterprise.pk], on).get(enterprise.pk)


def barred_of_many(firms: Iterable[int], on: date) -> dict[int, Exit]:
    """{enterprise: the exit whose bar is the longest}, only for those that are barred; one query for the exits of all."""
    rows = Exit.objects.filter(
        enterprise__in=list(firms), state__in=["decided", "announced", "ended_nationally"], barred_until__gte=on
    )
    found: dict[int, Exit] = {}
    for row in rows.order_by("-barred_until"):
        if row.enterprise_id not in found and stands(row):
            found[row.enterprise_id] = row
    return found


def stands(row: Exit) -> bool:
    if row.source_fell_on is not None:
        return False
    if row.state != "decided":
        return True
    return row.suspended_since is None and decision_served_on(row) is not None


def why(row: Exit) -> str:
    """The ground and the first day of re-application."""
    first = first_day(row.barred_until)
    assert first is not None, "a bar has an end"
    return f"因“{grounds()[row.ground].label}”，{first:%Y年%-m月%-d日}起可以重新申请（{row.document_number}）。"


def refuse_when_barred(enterprise: Enterprise) -> None:
    """Refused("conflict") with the ground, the clause and the first day of re-application."""
    row = barred(enterprise, clock.today())
    first = first_day(row.barred_until) if row else None
    if row is None or first is None:
        return
    raise Refused("conflict", why(row), [Problem(why(row), clause=cited(row.clause))], first_day=first.isoformat())

"""禁报: after some exits nothing may be filed until a day that is known from the start; its end is automatic."""

from datetime import date, timedelta

from certification.grounds import grounds
from certification.models import Exit
from enterprises.models import Enterprise
from foundation import clock
from foundation.refusals import Problem, Refused


def barred(enterprise: Enterprise, on: date) -> Exit | None:
    """The exit whose bar stands on this day; nobody has to lift it."""
    rows = Exit.objects.filter(enterprise=enterprise, state="announced", barred_until__gte=on)
    return rows.order_by("-barred_until").first()


def refuse_when_barred(enterprise: Enterprise) -> None:
    """Refused("conflict") with the ground, the clause and the first day of re-application."""
    row = barred(enterprise, clock.today())
    if row is None or row.barred_until is None:
        return
    first = row.barred_until + timedelta(days=1)
    words = f"因“{grounds()[row.ground].label}”，{first:%Y年%-m月%-d日}起可以重新申请（{row.document_number}）。"
    raise Refused("conflict", words, [Problem(words, clause=row.clause)], first_day=first.isoformat())

"""What hangs on a title ends with it: the lines of the night's sums, help, a leaving still to be answered.

A procedure that the firm knows of does not: what it decides counts for the bar, whatever became of the title.
"""

from datetime import date

from certification.models import Assistance, Certificate, Exit, Finding, Leaving
from certification.permissions import ASSISTANCE, LEAVING
from certification.states import EXIT_CLOSED
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.transitions import move


def wind_up(certificate: Certificate, on: date, how: str) -> None:
    """Asked in the transaction of the end, by whichever verb ended the title."""
    house, why = Principal.system("title ended"), f"称号已终止：{how}"
    Finding.objects.filter(certificate=certificate, closed_on=None).update(closed_on=on)
    for help_ in Assistance.objects.filter(certificate=certificate, state="open").order_by("id"):
        move(help_, "drop", actor=house, machine=ASSISTANCE, reason=why, result=why)
    for asked in Leaving.objects.filter(certificate=certificate, state="asked").order_by("id"):
        move(asked, "lapse", actor=house, machine=LEAVING, reason=why, answer=why)
    for row in Exit.objects.filter(certificate=certificate).exclude(state__in=EXIT_CLOSED).order_by("id"):
        audience = "office" if row.state == "drafted" else "applicant"
        record("exit.title_over", row, actor=house, audience=audience, detail={"how": how})

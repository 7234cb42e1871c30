"""The clock's doors: each period is a row of the ledger, so any number of beats, rings and retries is one run."""

from typing import Any

from celery import shared_task

from certification import certify, consult, escalate, extend, extend_terms, posting, proof, remind, sweep
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import system_scope
from foundation.alone import is_first
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue, work

HOUR = "certification.hour"
NIGHT = "certification.night"


@shared_task(name="certification.hourly")
def hourly() -> str:
    """Ask for this hour's run; asked again, it is the same run."""
    return _ask(HOUR, clock.now().strftime("%Y-%m-%dT%H"))


@shared_task(name="certification.nightly")
def nightly() -> str:
    """Ask for tonight's cycle of re-reviews."""
    return _ask(NIGHT, clock.today().isoformat())


@shared_task(name="certification.extend")
def draft_extensions() -> int:
    """Every few minutes: does a failure of ours near the end of a window or of a firm's own term ask for an extension?"""
    with system_scope("extension"):
        return extend.draft_due() + extend_terms.draft_due()


def _ask(kind: str, period: str) -> str:
    with system_scope(kind):
        enqueue(kind, period)
    return period


@work(HOUR)
def end_what_is_over(item: WorkItem) -> dict[str, Any]:
    """End postings and titles whose last day is over; one missed hour is made up for by the next.

    After an outage several hours are due at once: one of them does it for all, the others leave it to that one.
    """
    if not is_first(HOUR):
        return {"left_to_another": True}
    house = Principal.system("calendar")
    return {
        "postings": posting.end_due(actor=house),
        "titles": certify.expire_due(actor=house),
        "late": escalate.ask_for_the_late(),
        "ending": escalate.ask_for_titles_that_end(),
        "proofs": proof.keep_up(actor=house),
        "consultations": consult.keep_up(actor=house),
    }


@work(escalate.LATE)
def tell_the_late(item: WorkItem) -> dict[str, Any]:
    """One late case: its leaders are told once."""
    return {"told": escalate.tell_the_late(item.payload["application"], actor=Principal.system("calendar"))}


@work(escalate.ENDS)
def tell_of_titles_that_end(item: WorkItem) -> dict[str, Any]:
    """One title that ends while its re-review waits: the desk is told once."""
    return {"told": escalate.tell_the_desk_it_ends(item.payload["certificate"], actor=Principal.system("calendar"))}


@work(NIGHT)
def open_the_night(item: WorkItem) -> dict[str, Any]:
    """Cut the night's slices, of re-reviews and of reminders; the ledger does the rest."""
    today = clock.today()
    return {
        "slices": sweep.open_tonight(today).slices,
        "reminders": remind.open_night(today),
    }

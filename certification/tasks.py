"""The clock's doors: thin, idempotent, safe to ring any number of times."""

from celery import shared_task

from certification import certify, posting, rereview
from foundation.accounts.scope import system_scope


@shared_task(name="certification.nightly")
def nightly() -> int:
    """Open the night's cycle of re-reviews; the ledger does the rest."""
    with system_scope("nightly"):
        return rereview.open_cycle().slices


@shared_task(name="certification.hourly")
def hourly() -> dict[str, int]:
    """End postings and titles whose last day is over."""
    with system_scope("calendar") as house:
        return {"postings": posting.end_due(actor=house), "titles": certify.expire_due(actor=house)}

"""The pulse's door for beat; any number of beats may ring it."""

from celery import shared_task

from foundation.accounts.scope import system_scope
from foundation.outages import probe as pulse


@shared_task(name="outages.probe")
def probe() -> str:
    """Each minute: does the house answer, and was every minute since the last look looked at?"""
    with system_scope("outages"):
        return pulse.probe()

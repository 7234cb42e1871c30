"""The mailroom's doors for beat. Rows are the work; these only ring, and any number of beats may run them."""

from celery import shared_task

from foundation.accounts.scope import system_scope
from foundation.mailroom import digest, serve, sort


@shared_task(name="mailroom.carry")
def carry_mail() -> int:
    """Each minute: what was written goes to the ledger, which carries it."""
    with system_scope("mailroom"):
        return sort.sort_all()


@shared_task(name="mailroom.digest")
def daily_digest() -> int:
    """Once a day at the configured hour."""
    with system_scope("mailroom"):
        return digest.gather()


@shared_task(name="mailroom.fallback")
def fall_back() -> int:
    """Each hour: served notices that nothing proves become tasks of an office."""
    with system_scope("mailroom"):
        return serve.open_fallbacks()

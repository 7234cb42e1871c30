"""The Celery doors: one task that does an item, one that rings for what is waiting."""

from celery import shared_task

from foundation.ledger import work


@shared_task(name="ledger.knock")
def knock(pk: int) -> str:
    """Do one work item; a repeated or late knock finds nothing to do."""
    return work.perform(pk)


@shared_task(name="ledger.sweep")
def sweep_ledger() -> int:
    """Ring for every due item that nobody was called for lately. Any number of beats may run it."""
    called = work.waiting()
    for pk in called:
        knock.delay(pk)
    return len(called)

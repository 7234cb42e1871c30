"""The portal's own Celery application, slowed down, with one defect planted when the drill asks for it.

Started as `celery -A tests.chaos.worker`. The product itself carries no switch that could plant anything.
"""

import os
import signal
import time
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402

from foundation import clock  # noqa: E402
from foundation.accounts.principal import Principal  # noqa: E402
from foundation.accounts.scope import scoped  # noqa: E402
from foundation.ledger import work  # noqa: E402
from foundation.ledger.models import WorkItem, WorkState  # noqa: E402
from portal.celery import app  # noqa: E402

PAUSE = float(os.environ.get("DRILL_PAUSE", "0.1"))
PLANT = os.environ.get("DRILL_PLANT", "")
if PLANT == "gives_up":
    app.conf.broker_channel_error_retry = False


def slowly(handler: work.Handler) -> work.Handler:
    """Long enough to be killed before, in and after the effect, always before the commit."""

    def run(item: WorkItem) -> dict[str, Any] | None:
        time.sleep(PAUSE)
        result = handler(item)
        time.sleep(PAUSE)
        return result

    return run


def rings_once(limit: int = 500) -> list[int]:
    """Planted: rings once and never again, as `task.delay()` without a sweeper does."""
    found = list(WorkItem.objects.filter(state=WorkState.TODO, poked_at=None).values_list("pk", flat=True)[:limit])
    WorkItem.objects.filter(pk__in=found).update(poked_at=clock.now())
    return found


def done_before_effect(pk: int) -> str:
    """Planted: the mark commits before the work, so a kill in between loses it."""
    item = WorkItem.objects.filter(pk=pk, state=WorkState.TODO).first()
    if item is None:
        return "nothing"
    WorkItem.objects.filter(pk=pk).update(state=WorkState.DONE)
    with transaction.atomic(), scoped(Principal.system(item.kind)):
        work.HANDLERS[item.kind](item)
    return "done"


def blind_claim(pk: int) -> str:
    """Planted: nobody asks whether it is done already, so a repeated knock does it again."""
    with transaction.atomic(), scoped(Principal.system("blind")):
        item = WorkItem.objects.get(pk=pk)
        work.HANDLERS[item.kind](item)
        WorkItem.objects.filter(pk=pk).update(state=WorkState.DONE, attempts=item.attempts + 1)
    return "done"


@work.work("drill.poison")
def poison(item: WorkItem) -> dict[str, Any] | None:
    """Work that may kill, eat, hang or fail; DRILL_PAUSE slows it like everything else."""
    mode = item.payload.get("mode", "")
    if mode == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif mode == "memory":
        raise MemoryError("演练：内存不足")
    elif mode == "hang":
        time.sleep(600)
    elif mode == "raise":
        raise ValueError("演练：数据不对")
    return {"mode": mode}


def counted_with_the_work(pk: int) -> str:
    """Planted: the attempt is counted in the transaction of the work, so a dead worker never counted it."""
    with transaction.atomic(), scoped(Principal.system("drill")):
        item = WorkItem.objects.select_for_update(skip_locked=True).filter(pk=pk, state=WorkState.TODO).first()
        if item is None:
            return "nothing"
        WorkItem.objects.filter(pk=pk).update(attempts=item.attempts + 1)
        work.HANDLERS[item.kind](item)
        WorkItem.objects.filter(pk=pk).update(state=WorkState.DONE)
    return "done"


app.loader.import_default_modules()
from certification import rereview  # noqa: E402

work.HANDLERS = {kind: slowly(handler) for kind, handler in work.HANDLERS.items()}
if limit := os.environ.get("DRILL_LIMIT"):
    app.conf.task_time_limit, app.conf.task_soft_time_limit = int(limit), None
    work.POKE_AGAIN_AFTER = timedelta(seconds=3)
    work.REST = timedelta(seconds=2)
if speed := os.environ.get("DRILL_SPEED"):
    # One clock for the whole office, running fast: an hour of the timetable takes a second or two.
    base, began = datetime.fromisoformat(os.environ["DRILL_EPOCH"]), float(os.environ["DRILL_BEGAN"])
    clock.now = lambda: base + timedelta(seconds=(time.time() - began) * float(speed))
    work.POKE_AGAIN_AFTER = timedelta(seconds=3 * float(speed))
    work.REST = timedelta(seconds=2 * float(speed))
if PLANT == "every_ring":
    from certification import tasks

    tasks.enqueue = lambda kind, period: work.enqueue(kind, f"{period} {time.time()}")
if PLANT == "counted_with_the_work":
    work.perform = counted_with_the_work
elif PLANT == "no_sweeper":
    work.waiting = rings_once
elif PLANT == "done_before_effect":
    work.perform = done_before_effect
elif PLANT == "blind_claim":
    work.perform = blind_claim
    work.waiting = lambda limit=500: list(
        WorkItem.objects.filter(kind=rereview.KIND).values_list("pk", flat=True)[:limit]
    )

"""The pulse: once a minute it looks, and a minute in which nobody looked is a failure as well.

A probe that runs inside the house dies with the house. So the next one that lives finds the gap since the last, and
writes it down. The first probe ever, and a clock that was set back, are no gaps.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.outages.models import Outage, Pulse

MINUTE = timedelta(minutes=1)
GAP = timedelta(seconds=150)
"""Two beats that were missed; one late minute is no failure."""
SOON = timedelta(seconds=20)
"""Repeated deliveries of one minute's knock look once."""
LOCK = 0x70756C73

Check = Callable[[], None]
CHECKS: dict[str, Check] = {}


def check(words: str) -> Callable[[Check], Check]:
    """Register what the probe looks at: a function that raises when it does not answer. `words`: what then fails."""

    def register(found: Check) -> Check:
        CHECKS[words] = found
        return found

    return register


def failing() -> list[str]:
    """What does not answer now, in words for the public."""
    told = []
    for words, look in CHECKS.items():
        try:
            look()
        except Exception:
            told.append(words)
    return told


def probe() -> str:
    """Look once. Returns "soon" (somebody just did), "well" or "failing"."""
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        now = clock.now()
        last = Pulse.objects.filter(name="probe").first()
        if last is not None and timedelta(0) <= now - last.at < SOON:
            return "soon"
        if last is not None and now - last.at > GAP and settings.OUTAGE_COUNTS_GAPS:
            note_gap(last.at + MINUTE, now)
        Pulse.objects.update_or_create(name="probe", defaults={"at": now})
    broken = failing()
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        note_state(broken, now)
    return "failing" if broken else "well"


def note_gap(began: datetime, ended: datetime) -> None:
    """Nobody looked: the house was down, or could not write. A failure that was open before goes on through it."""
    if Outage.objects.filter(source="probe", ended_at=None).exists():
        return
    row = Outage.objects.create(
        began_at=began, ended_at=ended, what="系统停止，监测中断", source="probe", noted_at=ended, evidence="每分钟一次的监测没有运行"
    )  # fmt: skip
    record("outage.found", row, actor=Principal.system("probe"), detail={"what": row.what}, audience="public")


def note_state(broken: list[str], now: datetime) -> None:
    house = Principal.system("probe")
    open_ = Outage.objects.select_for_update().filter(source="probe", ended_at=None).first()
    if broken and open_ is None:
        what = "、".join(broken)[:190] + "不能用"
        row = Outage.objects.create(began_at=now, what=what, source="probe", noted_at=now, evidence="每分钟一次的监测")
        record("outage.found", row, actor=house, detail={"what": what}, audience="public")
    elif not broken and open_ is not None:
        Outage.objects.filter(pk=open_.pk).update(ended_at=max(now, open_.began_at))
        record("outage.end", open_, actor=house, detail={"what": open_.what}, audience="public")

"""Exact limits on guessing. One UPSERT per attempt, committed at once: sixteen processes get exactly the limit.

The counter lives in the database, so signing in neither stops nor opens wide when the broker is away.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from foundation import clock


@dataclass(frozen=True)
class Limit:
    """At most `tries` per `seconds`, counted from the first try of a window."""

    name: str
    tries: int
    seconds: int


TAKE = """
INSERT INTO accounts_attempts (key, began_at, count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN accounts_attempts.began_at <= %s THEN 1 ELSE accounts_attempts.count + 1 END,
  began_at = CASE WHEN accounts_attempts.began_at <= %s THEN excluded.began_at ELSE accounts_attempts.began_at END
RETURNING count, began_at
"""


def take(limit: Limit, whose: str) -> int:
    """Count one try; 0 when it is allowed, else the seconds until the window is over."""
    count, left = counted(limit, whose)
    return 0 if count <= limit.tries else left


def counted(limit: Limit, whose: str) -> tuple[int, int]:
    """Count one try: (tries in this window, this one included; seconds until the window is over)."""
    moment = clock.now()
    old = moment - timedelta(seconds=limit.seconds)
    with connection.cursor() as db:
        db.execute(TAKE, [f"{limit.name}:{whose}"[:200], moment, old, old])
        count, began = db.fetchone()
    return count, max(1, int((began - old).total_seconds()))


def forget(limit: Limit, whose: str) -> None:
    """A success wipes the slate of this account from this address."""
    with connection.cursor() as db:
        db.execute("DELETE FROM accounts_attempts WHERE key = %s", [f"{limit.name}:{whose}"[:200]])


def sweep() -> int:
    """Remove windows that are over for a day; returns how many."""
    with connection.cursor() as db:
        db.execute("DELETE FROM accounts_attempts WHERE began_at < %s", [clock.now() - timedelta(days=1)])
        return int(db.rowcount)

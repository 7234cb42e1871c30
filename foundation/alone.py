"""One at a time: a long task that is rung for again while it still runs finds itself there and leaves."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(what: str) -> Iterator[bool]:
    """True for the first who asks, False for others until it has left; a connection that breaks leaves as well."""
    with connection.cursor() as db:
        db.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [f"tianti {what}"])
        (mine,) = db.fetchone()
    try:
        yield bool(mine)
    finally:
        if mine and not connection.needs_rollback:
            with connection.cursor() as db:
                db.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"tianti {what}"])


def is_first(what: str) -> bool:
    """The same for work within a transaction: whoever is first stays so until its commit."""
    with connection.cursor() as db:
        db.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"tianti {what}"])
        return bool(db.fetchone()[0])

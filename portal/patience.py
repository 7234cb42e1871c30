"""No request waits longer than REQUEST_SECONDS for the database, even when its server has stopped.

`statement_timeout` lives in the server, so it cannot help when the server itself hangs; here the client side of
every wait has an end. psycopg2 closes the connection whose wait was broken off, so nothing after it waits again.
"""

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import extensions

_thread = threading.local()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """All database waits of this thread inside the block end `seconds` from now; an inner block may only shorten."""
    before = getattr(_thread, "deadline", None)
    mine = time.monotonic() + seconds
    _thread.deadline = mine if before is None else min(before, mine)
    try:
        yield
    finally:
        _thread.deadline = before


def _left() -> float | None:
    deadline = getattr(_thread, "deadline", None)
    return None if deadline is None else max(0.0, deadline - time.monotonic())


def _wait(connection: Any) -> None:
    """psycopg2's wait callback: poll, select, give up in time. OperationalError when time is up."""
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        reading = [connection.fileno()] if state == extensions.POLL_READ else []
        writing = [connection.fileno()] if state == extensions.POLL_WRITE else []
        left = _left()
        if not any(select.select(reading, writing, [], left)) and left is not None:
            raise psycopg2.OperationalError("the database did not answer in time")


def install() -> None:
    """For processes that answer requests. Background work may wait, and uses COPY, which this way of waiting forbids."""
    extensions.set_wait_callback(_wait)

"""Tells what is being done and how long it took; a failure says what to do about it."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Trouble(Exception):
    """Something the person at the keyboard can mend: what went wrong, and how to go on."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """One line per step on stderr, so that stdout stays free for a command's own output."""
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say(f"  ✗ {what} ({time.monotonic() - started:.1f} s)")
        raise
    say(f"  ✓ {what} ({time.monotonic() - started:.1f} s)")

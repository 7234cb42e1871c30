"""Ask a virus scanner. SCANNER=none says so honestly; SCANNER=clamd:/path/to/socket or clamd:host:port fails closed."""

import logging
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

PATIENCE = 10
CHUNK = 1 << 16
ROUND = 50
"""Seconds that one round over the waiting files takes at most; the next minute's goes on."""
WAITING: list[Callable[[], QuerySet[Any]]] = []
"""Who keeps files that wait: rows with `sha256` and `scan_state`. A storey above adds its own in `ready()`."""

log = logging.getLogger("tianti.files")


class Away(OSError):
    """Nobody listens at the scanner's address."""


def state_of(content: bytes) -> str:
    """'unscanned' without a scanner, 'clean', 'refused', or 'pending' when the scanner does not answer."""
    kind, _, place = settings.SCANNER.partition(":")
    if kind != "clamd":
        return "unscanned"
    try:
        return judged(ask(place, content))
    except OSError:
        return "pending"


def judged(answer: str) -> str:
    if answer.endswith("OK"):
        return "clean"
    return "refused" if answer.endswith("FOUND") else "pending"


@contextmanager
def line_to(place: str) -> Iterator[socket.socket]:
    """A connection to the scanner: a socket in the file system, or host:port."""
    host, _, port = place.rpartition(":")
    with socket.socket(socket.AF_UNIX) if place.startswith("/") else socket.socket() as line:
        line.settimeout(PATIENCE)
        try:
            line.connect(place if place.startswith("/") else (host, int(port)))
        except (OSError, ValueError) as error:
            raise Away(f"no scanner at {place!r}: {error}") from error
        yield line


def ask(place: str, content: bytes) -> str:
    """clamd's answer to INSTREAM: "stream: OK" or "stream: <name> FOUND". Away when nobody listens."""
    with line_to(place) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        return line.recv(4096).decode("utf-8", "replace").strip("\0\n ")


def scan_pending() -> dict[str, int]:
    """Ask again about every file that waits. Called by the timetable, as often as it likes: a file is judged once.

    In no order, and past a file that is missing or that the scanner chokes on: one bad file keeps nobody waiting.
    """
    told = {"clean": 0, "refused": 0, "pending": 0}
    kind, _, place = settings.SCANNER.partition(":")
    if kind != "clamd":
        return told
    until = time.monotonic() + ROUND
    try:
        for waiting in WAITING:
            for row in waiting().filter(scan_state="pending").order_by("?"):
                if time.monotonic() > until:
                    return told
                told[scan_row(row, place)] += 1
    except Away as error:
        # The others would only wait for the same time-out.
        log.warning("%s", error)
    return told


def scan_row(row: Any, place: str) -> str:
    from enterprises.attach import path_of

    try:
        answer = ask(place, path_of(row.sha256).read_bytes())
    except Away:
        raise
    except OSError as error:
        answer = f"{type(error).__name__}: {error}"
    state = judged(answer)
    if state == "pending":
        log.error("a file that waits for the scanner could not be judged: %s %s", row.sha256, answer)
    else:
        type(row).objects.filter(pk=row.pk, scan_state="pending").update(scan_state=state)
    return state

"""Ask a virus scanner. SCANNER=none says so honestly; SCANNER=clamd:/path/to/socket or clamd:host:port fails closed.

A word that is none of these is no permission to go without: the start refuses it, and files wait as if nobody answered.
"""

import logging
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db.models import QuerySet

from foundation.accounts.scope import system_scope

PATIENCE = 10
CHUNK = 1 << 16
AT_ONCE = 500
ROUND = 50
"""Seconds that one round over the waiting files takes at most; the next minute's goes on."""
FORMS = "none, clamd:/path/to/socket or clamd:host:port"
WAITING: list[Callable[[], QuerySet[Any]]] = []
"""Who keeps files that wait: rows with `sha256` and `scan_state`. A storey above adds its own in `ready()`."""

log = logging.getLogger("tianti.files")


class Away(OSError):
    """Nobody listens at the scanner's address."""


def place_of(told: str) -> str:
    """Where the scanner of a SCANNER setting listens; "" for none. ValueError for a word that is none of `FORMS`."""
    if told == "none":
        return ""
    kind, _, place = told.partition(":")
    host, _, port = place.rpartition(":")
    if kind != "clamd" or not (
        place.startswith("/") or (host and port.isascii() and port.isdigit() and int(port) < 65536)
    ):
        raise ValueError(f"SCANNER={told!r} is none of: {FORMS}")
    return place


@register(Tags.files)
def check_scanner(**_: Any) -> list[Error]:
    """A misspelt scanner is found at the start, not by the first infected file."""
    try:
        place_of(settings.SCANNER)
    except ValueError as problem:
        hint = f"write one of: {FORMS}; until then no new file can be opened"
        return [Error(str(problem), hint=hint, id="enterprises.E001")]
    return []


def state_of(content: bytes) -> str:
    """'unscanned' without a scanner, 'clean', 'refused', or 'pending' when nobody answers at what SCANNER says."""
    try:
        place = place_of(settings.SCANNER)
        return judged(ask(place, content)) if place else "unscanned"
    except (OSError, ValueError):
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
    """Ask about every file that waits. Called by the timetable, as often as it likes: a file is judged once.

    First what is closed until it is judged, then, whatever became of these, what came while there was no scanner at all.
    In no order, and past a file that is missing or that the scanner chokes on: one bad file keeps nobody waiting.
    """
    told = {"clean": 0, "refused": 0, "pending": 0}
    try:
        place = place_of(settings.SCANNER)
    except ValueError as problem:
        log.error("%s", problem)
        return told
    if not place:
        return told
    began = time.monotonic()
    try:
        for state, part in (("pending", 0.6), ("unscanned", 1.0)):
            for row in waiting_rows(state):
                if time.monotonic() > began + ROUND * part:
                    break
                told[scan_row(row, place)] += 1
    except Away as error:
        # The others would only wait for the same time-out.
        log.warning("%s", error)
    return told


def waiting_rows(state: str) -> list[Any]:
    with system_scope("scan"):
        return [row for waiting in WAITING for row in waiting().filter(scan_state=state).order_by("?")[:AT_ONCE]]


def scan_row(row: Any, place: str) -> str:
    """Judge one file and write it down. One that cannot be judged is closed until it can; Away changes nothing."""
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
    if state != row.scan_state:
        # A transaction of its own: what is judged stays judged, and nobody waits for the next file.
        with system_scope("scan"):
            type(row).objects.filter(pk=row.pk, scan_state=row.scan_state).update(scan_state=state)
    return state

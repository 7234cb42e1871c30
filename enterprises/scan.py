"""Ask a virus scanner. SCANNER=none says so honestly; SCANNER=clamd:/path/to/socket speaks INSTREAM and fails closed."""

import socket
import struct

from django.conf import settings

PATIENCE = 10
CHUNK = 1 << 16


def state_of(content: bytes) -> str:
    """'unscanned' without a scanner, 'clean', 'refused', or 'pending' when the scanner does not answer."""
    kind, _, place = settings.SCANNER.partition(":")
    if kind != "clamd":
        return "unscanned"
    try:
        answer = ask(place, content)
    except OSError:
        return "pending"
    if answer.endswith("OK"):
        return "clean"
    return "refused" if answer.endswith("FOUND") else "pending"


def ask(place: str, content: bytes) -> str:
    """clamd's answer to INSTREAM: "stream: OK" or "stream: <name> FOUND"."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        line.connect(place)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        return line.recv(4096).decode("utf-8", "replace").strip("\0\n ")


def scan_pending() -> dict[str, int]:
    """Ask again about every file that waits. Called by the timetable, as often as it likes: a file is judged once."""
    from enterprises.attach import path_of
    from enterprises.models import Evidence

    told = {"clean": 0, "refused": 0, "pending": 0}
    for paper in Evidence.objects.filter(scan_state="pending").order_by("id"):
        path = path_of(paper.sha256)
        state = state_of(path.read_bytes()) if path.is_file() else "pending"
        told[state if state in told else "pending"] += 1
        if state in ("clean", "refused"):
            Evidence.objects.filter(pk=paper.pk, scan_state="pending").update(scan_state=state)
        elif state == "pending":
            # The scanner is still away: the others would only wait for the same time-out.
            break
    return told

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

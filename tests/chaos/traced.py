"""Uploads in a process whose system calls are watched and failed by strace: below Python, below the library, at the kernel's door.

`python -m tests.chaos.traced FOLDER PRIVATE COUNT SEED PLANT` takes files in; the drill attaches strace to it once it is warm. Every
receipt is on the disk before the next upload begins, written by a call that nothing fails.
"""

import ctypes
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.chaos.stage import ROOT, wait_until

WARM = 3
PR_SET_PTRACER = 0x59616D61
"""Whoever is not our parent may watch us, where the kernel asks for leave."""
FAULTS = (
    "?open,openat:error=EIO:when=9+31", "write:error=ENOSPC:when=5+13", "fsync,?fdatasync:error=EIO:when=7+23",
    "?rename,?renameat,?renameat2:error=ENOSPC:when=4+11",
)  # fmt: skip
"""What fails, with what, and which calls: the first and then every so manieth."""
WATCHED = "?open,openat,write,fsync,?fdatasync,?rename,?renameat,?renameat2,sendto"
CALL = re.compile(r"^\d+\s+(\w+)\((.*)$")
INSERT = 'INSERT INTO \\"enterprises_evidence'
DIGEST = re.compile(r"'([0-9a-f]{64})'")
"""Of the file that a row names: the calls that are looked at are those for this very file."""


@dataclass
class Watched:
    """What the trace says: faults put in, uploads committed, those whose calls came in another order."""

    injected: int = 0
    commits: int = 0
    out_of_order: int = 0
    examples: list[str] = field(default_factory=list)


def uploads_under_strace(private: Path, many: int, seed: int, plant: str) -> tuple[list[str], Watched]:
    """(digests that were acknowledged, what the trace says); the process that takes files in ends with the uploads."""
    folder = Path(tempfile.mkdtemp(prefix="drill-trace-"))
    trace, go = folder / "trace", folder / "go"
    command = [
        sys.executable,
        "-m",
        "tests.chaos.traced",
        str(folder),
        str(private.resolve()),
        str(many),
        str(seed),
        plant,
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr) as taker:
        wait_until(lambda: (folder / "warm").exists() or taker.poll() is not None, 60, 0.05)
        watching = [
            "strace",
            "-f",
            "-qq",
            "-y",
            "-s",
            "900",
            "-e",
            f"trace={WATCHED}",
            "-e",
            "signal=none",
            "-o",
            str(trace),
        ]
        for fault in FAULTS:
            watching += ["-e", f"inject={fault}"]
        with subprocess.Popen([*watching, "-p", str(taker.pid)]) as watcher:
            wait_until(lambda: traced(taker.pid) or watcher.poll() is not None, 20, 0.05)
            go.touch()
            taker.wait()
            watcher.wait()
    if taker.returncode or not trace.is_file():
        raise SystemExit("the process that takes files in broke, or could not be watched")
    receipts = (folder / "receipts").read_text(encoding="utf-8").split()
    return receipts, read(trace.read_text(encoding="utf-8", errors="replace"))


def traced(pid: int) -> bool:
    """Whether somebody watches this process."""
    status = Path(f"/proc/{pid}/status")
    return status.is_file() and "TracerPid:\t0\n" not in status.read_text(encoding="ascii")


def read(trace: str) -> Watched:
    """Cut the trace at every end of a transaction, and look at each that put down the row of a file."""
    told, since = Watched(), list[tuple[str, str, bool]]()
    for line in trace.splitlines():
        found = CALL.match(line)
        if found is None:
            continue
        name, rest = found.groups()
        told.injected += "(INJECTED)" in rest
        done = "= -1 " not in rest
        if name == "sendto" and ("COMMIT" in rest or "ROLLBACK\\0" in rest):
            if "COMMIT" in rest and any(INSERT in one for _, one, _ in since):
                told.commits += 1
                if missing := not_in_order(since):
                    told.out_of_order += 1
                    told.examples.append(missing)
            since = []
        else:
            since.append((name, rest, done))
    return told


def not_in_order(calls: list[tuple[str, str, bool]]) -> str:
    """ "" when write → fsync(file) → rename → fsync(folder) → row came in this order, each with success; else what was missing."""
    at = 0

    def after(names: tuple[str, ...], words: str) -> str | None:
        nonlocal at
        for place in range(at, len(calls)):
            name, rest, done = calls[place]
            if done and name.startswith(names) and words in rest:
                at = place + 1
                return rest
        return None

    row = next(rest for _, rest, _ in calls if INSERT in rest)
    (digest,) = DIGEST.findall(row)[:1] or ["no digest in the row"]
    renamed = next((rest for name, rest, done in calls if done and name.startswith("rename") and digest in rest), "")
    paths = re.findall(r'"([^"]+)"', renamed)
    if len(paths) != 2:
        return "rename"
    here, there = paths
    steps = {
        "write": (("write",), f"<{here}>"), "fsync of the file": (("fsync", "fdatasync"), f"<{here}>"), "rename": (("rename",), f'"{there}"'),
        "fsync of the folder": (("fsync", "fdatasync"), f"<{os.path.dirname(there)}>"),  # noqa: PTH120
        "row": (("sendto",), INSERT),
    }  # fmt: skip
    return next((step for step, (names, words) in steps.items() if after(names, words) is None), "")


@cache
def is_here() -> bool:
    """Whether strace is there and may watch: in some containers nobody may."""
    if shutil.which("strace") is None:
        return False
    command = ["strace", "-qq", "-o", "/dev/null", "-e", "inject=?rename:error=EIO:when=9", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def take_in_many(folder: Path, private: Path, many: int, seed: int, plant: str) -> None:
    """The process that is watched."""
    import django

    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
    django.setup()
    from django.conf import settings
    from django.db import transaction

    from enterprises import attach
    from enterprises.models import Enterprise
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import scoped
    from foundation.refusals import Refused

    settings.PRIVATE_ROOT = private
    attach.check = lambda name, content: "application/pdf"
    if plant == "no_fsync":
        attach.os = type("Forgetful", (), {"__getattr__": lambda self, name: (lambda fd: None) if name == "fsync" else getattr(os, name)})()  # fmt: skip
    elif plant == "kept_after_commit":
        kept = attach.keep

        def keep(content: bytes, digest: str) -> Any:
            """Planted: the file is written when the row is safe."""
            transaction.on_commit(lambda: kept(content, digest), robust=True)

        attach.keep = keep
    house, rng = Principal.system("drill"), random.Random(seed + 1)
    receipts = os.open(folder / "receipts", os.O_WRONLY | os.O_CREAT)
    at = 0
    with transaction.atomic(), scoped(house):
        firm = Enterprise.objects.order_by("id").first()
    for number in range(many + WARM):
        if number == WARM:
            (folder / "warm").touch()
            while not (folder / "go").exists():
                time.sleep(0.02)
        content = b"%PDF-1.7 traced " + str(number).encode() + rng.randbytes(2000)
        upload: Any = BytesIO(content)
        upload.name, upload.size = f"{number}.pdf", len(content)
        try:
            with transaction.atomic(), scoped(house):
                attach.take_in(firm, upload, kind="licence", title="演练", actor=house)
        except (Refused, OSError):
            continue
        at += os.pwrite(receipts, hashlib.sha256(content).hexdigest().encode() + b"\n", at)


if __name__ == "__main__":
    where, files, count, number, planted = sys.argv[1:]
    take_in_many(Path(where), Path(files), int(count), int(number), planted)

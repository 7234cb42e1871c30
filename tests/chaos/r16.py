"""R16: one call in twelve to the file system fails while files are taken in; the order of the calls is watched as well.

First the faults come from the module that makes the calls, many of them quickly; then from the kernel's door, where strace
fails the calls of a process and tells their order up to the COMMIT that it sends (traced.py).
"""

import errno
import hashlib
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import django

from tests.chaos import traced
from tests.chaos.stage import arguments, prepare, tell

SHARE = 1 / 12
FIRST_TO_LAST = ["write", "fsync", "replace", "fsync", "row"]


class FailingDisk:
    """Stands where `os` stands in the module that keeps files; counts, orders and sometimes fails."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.failures, self.order = rng, 0, []

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in ("fsync", "replace", "fdopen", "open"):
            return real

        def call(*given: Any, **more: Any) -> Any:
            if self.rng.random() < SHARE:
                self.failures += 1
                raise OSError(self.rng.choice([errno.EIO, errno.ENOSPC]), "drill: the disk failed", name)
            self.order.append("write" if name == "fdopen" else name)
            return real(*given, **more)

        return call


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()

    from django.conf import settings
    from django.db import connection, transaction

    from enterprises import attach
    from enterprises import reconcile as reconcile_module
    from enterprises.models import Enterprise, Evidence
    from enterprises.reconcile import reconcile
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import scoped
    from foundation.refusals import Refused

    settings.PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="drill-files-"))
    rng = random.Random(asked.seed)
    disk = FailingDisk(rng)
    attach.os = disk  # type: ignore[assignment]
    attach.check = lambda name, content: "application/pdf"  # type: ignore[assignment]
    real_keep = attach.keep
    if asked.plant == "row_first":

        def keep_or_not(content: bytes, digest: str) -> Any:
            """Planted: the row is written whatever became of the file."""
            try:
                return real_keep(content, digest)
            except OSError:
                return None

        attach.keep = keep_or_not  # type: ignore[assignment]
    house = Principal.system("drill")
    many = 5000 if asked.full else 500
    if asked.plant == "kept_after_commit":
        many = 20  # shows only where the COMMIT is seen
    acknowledged: list[str] = []
    refused = unordered = 0
    with transaction.atomic(), scoped(house):
        # What the world before had is not this disk's: only the rows of the uploads below name files here.
        reconcile_module.KEEPERS[:] = reconcile_module.KEEPERS[:1]
        Evidence.objects.all().delete()
        firm = Enterprise.objects.order_by("id").first()
    for number in range(many):
        content = b"%PDF-1.7 drill " + str(number).encode() + rng.randbytes(2000)
        upload = BytesIO(content)
        upload.name, upload.size = f"{number}.pdf", len(content)  # type: ignore[attr-defined]
        disk.order = []
        if asked.plant == "no_fsync":
            disk.fsync = lambda descriptor: None  # type: ignore[attr-defined]
        try:
            with transaction.atomic(), scoped(house):
                attach.take_in(firm, upload, kind="licence", title="演练", actor=house)
                disk.order.append("row")
        except Refused:
            refused += 1
            continue
        acknowledged.append(hashlib.sha256(content).hexdigest())
        kept = [step for step in disk.order if step != "open"]
        if kept[:1] == ["fsync"]:
            kept = kept[
                1:
            ]  # a folder of its own was made first, and its name is on the disk before anything lies in it
        unordered += kept != FIRST_TO_LAST and asked.plant != "row_first"
    watched = traced.Watched()
    if traced.is_here() and asked.plant != "row_first":
        connection.close()
        receipts, watched = traced.uploads_under_strace(
            settings.PRIVATE_ROOT, 1000 if asked.full else 100, asked.seed, asked.plant
        )
        acknowledged += receipts
    half = sum(1 for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()) - len(set(acknowledged))
    with transaction.atomic(), scoped(house):
        stored = set(Evidence.objects.values_list("sha256", flat=True))
        report = reconcile(young=0)
        again = reconcile(young=0)
    counts = {
        "uploads": many, "disk_failures": disk.failures, "refused": refused, "acknowledged": len(acknowledged),
        "acknowledged_without_row": len(set(acknowledged) - stored), "rows_without_file": len(report.missing),
        "rows_with_another_file": len(report.changed), "out_of_order": unordered, "left_lying": half,
        "orphans_removed": report.orphans, "orphans_after": again.orphans,
        "traced_commits": watched.commits, "traced_faults": watched.injected, "traced_out_of_order": watched.out_of_order,
        "traced_missing": dict(Counter(watched.examples)) or 0,
    }  # fmt: skip
    bad = (
        "acknowledged_without_row",
        "rows_without_file",
        "rows_with_another_file",
        "out_of_order",
        "orphans_after",
        "traced_out_of_order",
    )
    fine = not any(counts[name] for name in bad) and refused > 0 and disk.failures > 0
    if traced.is_here():
        fine = fine and watched.commits >= 30 and watched.injected >= 20
    elif fine:
        counts["skipped"] = (
            "no strace that may watch a process: the order of the system calls up to the COMMIT was not watched"
        )
        # Some containers let nobody watch a process, and no package mends that; without the tool the drill is not done.
        fine = bool(asked.plant) or shutil.which("strace") is not None
    return tell(
        "R16",
        asked,
        counts,
        "no row without its whole file; write → fsync → rename → fsync → row → COMMIT, as strace sees it, and with faults that"
        " strace puts in; no orphan after one reconcile",
        fine,
    )


if __name__ == "__main__":
    sys.exit(main())

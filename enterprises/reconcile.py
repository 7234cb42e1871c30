"""Rows and files, compared: every row has its file, whole and unchanged; a file without a row goes after a day."""

import hashlib
import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from enterprises.attach import READABLE, path_of
from enterprises.models import Evidence
from foundation.accounts.scope import system_scope

YOUNG = 24 * 3600
"""Seconds a file may lie without a row: its upload may still be under way."""
PIECE = 1 << 20
BATCH = 100
"""Orphans for which the keepers are asked once more together, just before they go."""
KEEPERS: list[Callable[[], Iterable[str]]] = [
    lambda: Evidence.objects.values_list("sha256", flat=True).distinct().iterator()
]
"""Who names files: a storey above adds its own in `ready()`, or its files would be taken for orphans and removed."""


@dataclass
class Report:
    """Hashes of what is missing or changed, and how many orphans were removed."""

    rows: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    orphans: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.missing and not self.changed

    @property
    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "missing": len(self.missing),
            "changed": len(self.changed),
            "orphans": self.orphans,
        }


def reconcile(*, young: float = YOUNG) -> Report:
    """Read every file once, outside any transaction: hashing a store takes hours, and no transaction may wait so long.

    Nothing is deleted but files that no row names and that are older than `young` seconds.
    """
    report = Report()
    named = named_now()
    for digest in sorted(named):
        report.rows += 1
        path = path_of(digest)
        if not path.exists() and aside_of(path).exists():
            aside_of(path).rename(path)  # a watch was killed between moving it aside and putting it back
        if not path.is_file():
            report.missing.append(digest)
        elif hash_of(path) != digest:
            report.changed.append(digest)
        elif path.stat().st_mode & READABLE != READABLE:
            path.chmod(READABLE)  # kept by an older release that left it closed to the proxy
    strangers = (path for path in files() if path.name not in named and is_old(path, young))
    while batch := list(itertools.islice(strangers, BATCH)):
        now = named_now()
        report.orphans += sum(remove(path, young) for path in batch if path.name not in now)
    report.files = sum(1 for _ in files()) + report.orphans
    # A row that went while we read its neighbours' files is nothing to tell.
    still = named_now() if not report.is_sound else set()
    report.missing = [digest for digest in report.missing if digest in still]
    report.changed = [digest for digest in report.changed if digest in still]
    return report


def named_now() -> set[str]:
    """Every hash that a row names, read in one short transaction with the sight of the house."""
    with system_scope("reconcile"), connection.cursor() as db:
        db.execute("SET LOCAL statement_timeout = 0")
        return {digest for keeper in KEEPERS for digest in keeper()}


def files() -> Iterator[Path]:
    root = Path(settings.PRIVATE_ROOT)
    return iter(sorted(root.glob("??/*"))) if root.is_dir() else iter(())


def is_old(path: Path, young: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime >= young
    except FileNotFoundError:
        return False


def aside_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.gone")


def remove(path: Path, young: float) -> bool:
    """Take an orphan away; False when somebody brings the same file at this very moment.

    Moved aside first: `keep()` touches what it finds and writes what it does not find, so either its touch is seen here
    or its own copy lies there already.
    """
    aside = aside_of(path)
    try:
        os.rename(path, aside)  # noqa: PTH104
    except FileNotFoundError:
        return False
    if not is_old(aside, young):
        os.replace(aside, path)  # noqa: PTH105
        return False
    aside.unlink()
    return True


def hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()

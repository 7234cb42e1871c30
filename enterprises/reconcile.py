"""Rows and files, compared: every row has its file, whole and unchanged; a file without a row goes after a day."""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from enterprises.attach import path_of
from enterprises.models import Evidence

YOUNG = 24 * 3600
"""Seconds a file may lie without a row: its upload may still be under way."""
PIECE = 1 << 20
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


def reconcile(*, young: float = YOUNG) -> Report:
    """Read every file once. Nothing is deleted but files that no row names and that are older than `young` seconds."""
    report = Report()
    named = set()
    for digest in (digest for keeper in KEEPERS for digest in keeper()):
        if digest in named:
            continue
        if digest in named:
            continue
        named.add(digest)
        report.rows += 1
        path = path_of(digest)
        if not path.is_file():
            report.missing.append(digest)
        elif hash_of(path) != digest:
            report.changed.append(digest)
    root = Path(settings.PRIVATE_ROOT)
    for path in sorted(root.glob("??/*")) if root.is_dir() else []:
        report.files += 1
        if path.name not in named and time.time() - path.stat().st_mtime >= young:
            path.unlink()
            report.orphans += 1
    return report


def hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()

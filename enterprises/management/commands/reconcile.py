"""`./tianti manage reconcile`: rows against files against hashes. Exit 1 when something is missing or changed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from enterprises.reconcile import YOUNG, reconcile
from foundation.audit.inspections import note


class Command(BaseCommand):
    help = "Compare evidence rows with the private files: missing, changed, orphaned."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--young", type=float, default=YOUNG, help="seconds a file may lie without a row")

    def handle(self, **options: Any) -> None:
        report = reconcile(young=options["young"])
        note("reconcile", report.counts)
        for words, digests in (("missing", report.missing), ("changed", report.changed)):
            for digest in digests:
                self.stdout.write(f"{words}: {digest}")
        self.stdout.write(
            f"{report.rows} hashes in rows, {report.files} files, {len(report.missing)} missing,"
            f" {len(report.changed)} changed, {report.orphans} orphans removed"
        )
        if not report.is_sound:
            sys.exit(1)

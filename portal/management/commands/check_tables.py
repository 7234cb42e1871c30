"""Fails when the file of all tables is older than the migrations."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal import tables


class Command(BaseCommand):
    help = "Compare portal/tables.sql with the migrations; ./tianti tables renews it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--head", action="store_true", help="print the line the file must begin with")

    def handle(self, **options: Any) -> None:
        if options["head"]:
            self.stdout.write(tables.MARK + tables.fingerprint())
        elif not tables.is_current():
            sys.exit("portal/tables.sql is older than the migrations: ./tianti tables")

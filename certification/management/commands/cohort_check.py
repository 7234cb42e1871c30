"""Draw the visits of a re-review list again from its published seed and compare; 1 when anything differs."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.cohort import differences
from certification.models import Cohort
from foundation.accounts.scope import system_scope


class Command(BaseCommand):
    help = "Repeat the draw of COHORT (its public number) from its seed; exit 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cohort", metavar="COHORT")

    def handle(self, **options: Any) -> None:
        with system_scope("cohort_check"):
            found = Cohort.objects.filter(public_id=options["cohort"]).exclude(filled_at=None).first()
            if found is None:
                raise CommandError(f"no filled cohort {options['cohort']}", returncode=2)
            told = differences(found)
        for line in told:
            self.stderr.write(line)
        if told:
            sys.exit(1)
        self.stdout.write(
            f"{found.public_id}: {found.size} titles, {found.on_site} visits, seed {found.seed}: the same"
        )

"""Draw the visits of a call again from the kept seed and numbers and compare; 1 when anything differs."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.models import VisitSample
from certification.sample_visits import differences
from foundation.accounts.scope import system_scope


class Command(BaseCommand):
    help = "Repeat the draw of visits SAMPLE (its public number) from its seed; exit 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sample", metavar="SAMPLE")

    def handle(self, **options: Any) -> None:
        with system_scope("visit_check"):
            found = VisitSample.objects.filter(public_id=options["sample"]).select_related("call").first()
            if found is None:
                raise CommandError(f"no draw of visits {options['sample']}", returncode=2)
            told = differences(found)
        for line in told:
            self.stderr.write(line)
        if told:
            sys.exit(1)
        self.stdout.write(
            f"{found.public_id}: {found.among} applications, {found.triggered} triggered, {found.drawn} drawn, "
            f"seed {found.seed}: the same"
        )

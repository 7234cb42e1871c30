"""Draw a round again from its published seed and compare with what was recorded; 1 when anything differs."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.draw import differences
from certification.models import Round
from foundation.accounts.scope import system_scope


class Command(BaseCommand):
    help = "Repeat the draw of ROUND (its public number) from its seed; exit 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND")

    def handle(self, **options: Any) -> None:
        with system_scope("draw_check"):
            found = Round.objects.filter(public_id=options["round"]).exclude(drawn_at=None).first()
            if found is None:
                raise CommandError(f"no drawn round {options['round']}", returncode=2)
            told = differences(found)
        for line in told:
            self.stderr.write(line)
        if told:
            sys.exit(1)
        self.stdout.write(
            f"{found.public_id}: {found.case_count} cases, pool {found.pool_size}, seed {found.seed}, "
            f"record {found.record_hash}: the same"
        )

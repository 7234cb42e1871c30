"""Django's own command, which lays all tables at once where there is none yet."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from portal import tables


class Command(Migrate):
    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--one-by-one", action="store_true", help="Run every migration, in an empty database too."
        )

    def handle(self, *words: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        whole = not (options["one_by_one"] or options["app_label"] or options["plan"] or options["check_unapplied"])
        if whole and tables.is_empty(connection):
            tables.lay(connection)
        super().handle(*words, **options)

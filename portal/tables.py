"""All tables at once: what the migrations make of an empty database, kept as one file and laid in a second.

The file is written by `./tianti tables` and never by hand. Lint refuses one that is older than the migrations, and a
test builds the tables migration by migration and compares. See docs/decisions/0018.
"""

import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction

MARK = "-- migrations: "
FIRST = "SET LOCAL check_function_bodies = off; SET LOCAL client_min_messages = warning; SET LOCAL statement_timeout = 0;"


def file() -> Path:
    return Path(settings.BASE_DIR) / "portal" / "tables.sql"


def fingerprint() -> str:
    """Of every migration of every installed app, ours and others': its name and its text."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for found in sorted((Path(app.path) / "migrations").glob("[0-9]*.py")):
            digest.update(f"{app.label}/{found.name}\n".encode() + found.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the file was written from the migrations that are here."""
    with file().open(encoding="utf-8") as lines:
        return next(lines).strip() == MARK + fingerprint()


def is_empty(connection: Any) -> bool:
    """A database without a single table: only there may the file be laid."""
    return not connection.introspection.table_names()


def lay(connection: Any) -> None:
    """Make every table, trigger, policy and seeded row, in one transaction; the migrations count as applied."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(FIRST)
        cursor.execute(file().read_text(encoding="utf-8").replace("%", "%%"), ())

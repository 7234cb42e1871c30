"""Everything a fresh instance needs, in one process: tables, policies, timetable, targets, static files, demo world."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from certification import library, publish
from certification.target import load_targets
from enterprises.attach import sync
from foundation.accounts.scope import system_scope
from incentives import catalogue
from portal import timetable


class Command(BaseCommand):
    help = "Migrate, load and publish the policies, collect static files, load the demo world."
    # Every start goes through here: a misspelt scanner, or a role that row-level security does not bind, stops it before
    # anything is made or served. The other checks belong to lint.
    requires_system_checks = [Tags.files, Tags.database]

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--demo", action="store_true")
        parser.add_argument("--no-demo", action="store_true")
        parser.add_argument("--credentials", type=Path, default=None)

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[str, Any]:
        """Django asks no database unless one is named."""
        return super().get_check_kwargs(options) | {"databases": [DEFAULT_DB_ALIAS]}

    def handle(self, **options: Any) -> None:
        self.step("tables", lambda: call_command("migrate", verbosity=0, interactive=False))
        self.step("policies", self.policies)
        self.step("timetable, targets and measures", self.timetable)
        self.step("static files", self.static)
        if options["demo"]:
            self.step("demo world", lambda: self.demo(options["credentials"]))

    def step(self, what: str, act: Callable[[], Any]) -> None:
        began = time.monotonic()
        act()
        self.stderr.write(f"  ✓ {what} ({time.monotonic() - began:.1f} s)")

    def policies(self) -> None:
        """The seed packs are drafted by the house and published by it once; later revisions take two people."""
        with system_scope("seed") as house:
            for row in publish.load(library.seeds(), actor=house):
                if row.revision == 1:
                    publish.publish(row, actor=house)
                else:
                    self.stderr.write(f"    {row.code}: revision {row.revision} is a draft; publish it under 规则")

    def timetable(self) -> None:
        with system_scope("seed"):
            timetable.load()
            load_targets()
            catalogue.load()

    def static(self) -> None:
        newest = max(f.stat().st_mtime for f in (settings.BASE_DIR / "portal" / "static").rglob("*") if f.is_file())
        manifest = settings.STATIC_ROOT / "staticfiles.json"
        if manifest.is_file() and manifest.stat().st_mtime > newest:
            return
        os.environ["COLLECTING"] = "1"
        with self.settings_for_collecting():
            call_command("collectstatic", verbosity=0, interactive=False)

    def settings_for_collecting(self) -> Any:
        from django.test.utils import override_settings

        backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
        return override_settings(STORAGES=settings.STORAGES | {"staticfiles": backend})

    def demo(self, credentials: Path | None) -> None:
        from portal.demo import world

        if credentials is None:
            world.load()
        elif world.load(keep=lambda told: write(credentials, told)) is not None:
            return
        elif credentials.is_file():
            write(credentials, json.loads(credentials.read_text(encoding="utf-8")))
        else:
            self.stderr.write(
                f"  ! The demo world is there, but {credentials} with its passwords is not. Start with --fresh, "
                "or ask `./tianti manage sign_in_link USERNAME` for a link."
            )


def write(credentials: Path, told: dict[str, Any]) -> None:
    """Whole or not at all, on the disk when it returns, for its owner only."""
    draft = credentials.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(told | {"url": settings.BASE_URL}, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(credentials)
    sync(credentials.parent)

"""A one-time link for an auditor or system administrator, whom no administrator of an office may give one."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.accounts.models import User
from foundation.accounts.scope import system_scope
from foundation.audit.record import record
from foundation.staff import posts


class Command(BaseCommand):
    help = "Print a one-time link to set the password; the record says that it was given."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")

    def handle(self, **options: Any) -> None:
        with system_scope("sign_in_link") as house:
            user = User.objects.filter(username=options["username"], is_active=True).first()
            if user is None:
                raise CommandError("Nobody with an open account has this username.")
            record("user.link", user, actor=house)
        self.stdout.write(settings.BASE_URL + posts.first_sign_in(user))

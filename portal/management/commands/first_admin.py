"""The first administrator of the province's office; everybody after that is added by an administrator."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.accounts.models import Office, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import system_scope
from foundation.audit.record import record
from foundation.regions.models import by_path
from foundation.staff import posts


class Command(BaseCommand):
    help = "Make the province's first administrator and print a one-time link to set the password."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")
        parser.add_argument("name")

    def handle(self, **options: Any) -> None:
        with system_scope("first_admin") as house:
            if User.objects.filter(posts__role="admin", posts__office__body_id="64", is_active=True).exists():
                raise CommandError("The province has an administrator already; people are added under 人员.")
            user = self.make(options["username"], options["name"], house)
        self.stdout.write(settings.BASE_URL + posts.first_sign_in(user))

    def make(self, username: str, name: str, house: Principal) -> User:
        body = by_path("64")
        office, _ = Office.objects.get_or_create(body=body, name=body.name)
        user = User.objects.create_user(username, None, None, name=name)
        record("user.add", user, actor=house)
        posts.open_post(user, office, "admin", house)
        return user

"""The demo world as a stage for tests: loaded once per module inside a transaction that is rolled back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings

from certification import library, publish
from certification.target import load_targets
from foundation.accounts.models import User
from foundation.accounts.scope import system_scope
from foundation.regions.models import forget_bodies
from foundation.workdays.counting import forget_calendar
from incentives import catalogue
from portal import timetable
from portal.demo import world as demo
from tests.conftest import show_factor

CHEAP = {
    "LETTER_REMEDY": "（演示）救济途径、期限和受理机关：待法制机构确认",
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": settings.STORAGES
    | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
}


class World:
    """What the demo told its operator: accounts with passwords and clients with secrets."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.accounts = {a["username"]: a for a in told["accounts"]}
        self.clients = {c["reach"]: c for c in told["api_clients"]}

    def signed_in(self, username: str) -> Client:
        client = Client()
        if username:
            user = User.objects.get(username=username)
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            show_factor(client, user)
        return client

    def token(self, reach: str, scope: str | None = None) -> str:
        told = self.clients[reach]
        form = {
            "grant_type": "client_credentials",
            "client_id": told["client_id"],
            "client_secret": told["client_secret"],
        }
        answer = Client().post("/oauth/token", form | ({"scope": scope} if scope is not None else {}))
        assert answer.status_code == 200, answer.content
        return str(answer.json()["access_token"])


@contextmanager
def loaded(private_root: Any) -> Iterator[World]:
    """Policies, timetable, targets, measures and the demo; everything is gone afterwards."""
    forget_bodies()
    forget_calendar()
    with override_settings(PRIVATE_ROOT=private_root, MFA_REQUIRED=False, **CHEAP), transaction.atomic():
        with system_scope("seed") as house:
            for row in publish.load(library.seeds(), actor=house):
                publish.publish(row, actor=house)
            timetable.load()
            load_targets()
            catalogue.load()
        told = demo.load()
        assert told is not None
        connection.check_constraints()  # once for all: what is left for later, every test that rolls back asks again
        yield World(told)
        transaction.set_rollback(True)

"""People at a plain HTTP client: signed in by a session row, so that no drill spends its time on password hashes."""

import http.client
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils.crypto import get_random_string

from certification import apply
from certification.models import Application, Call
from enterprises.models import Enterprise
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import system_scope
from portal.demo import cases


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Person:
    """One browser: a session cookie, a CSRF secret, an address."""

    port: int
    session: str = ""
    csrf: str = field(default_factory=lambda: get_random_string(32))
    patience: float = 20

    @classmethod
    def of(cls, user: User, port: int) -> "Person":
        store = SessionStore()
        store["_auth_user_id"] = str(user.pk)
        store["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
        store["_auth_user_hash"] = user.get_session_auth_hash()
        store["seen"] = store["began"] = int(time.time())
        store.create()
        return cls(port, store.session_key or "")

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """One request on a connection of its own; OSError or HTTPException when no whole answer came."""
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            line.request(
                method, path, body, {"Cookie": f"sid={self.session}; csrf={self.csrf}", "Host": "127.0.0.1"} | headers
            )
            answer = line.getresponse()
            content = answer.read()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, told, content, time.monotonic() - began)
        finally:
            line.close()

    def get(self, path: str) -> Reply:
        return self.send("GET", path)

    def post(self, path: str, **form: Any) -> Reply:
        body = urlencode({"csrfmiddlewaretoken": self.csrf} | form, doseq=True).encode()
        return self.send("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, content: bytes, **form: str) -> Reply:
        mark = get_random_string(24)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in ({"csrfmiddlewaretoken": self.csrf} | form).items()
        ]
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n".encode()
        )
        body = b"".join([*parts, content, f"\r\n--{mark}--\r\n".encode()])
        return self.send("POST", path, body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})


@dataclass(frozen=True)
class Draft:
    application: Application
    member: User
    principal: Principal


def make_drafts(count: int, tier: str = "innovative", path: str = "64") -> list[Draft]:
    """So many applications of invented firms below a path, filled in and ready to submit, each with its own member."""
    made: list[Draft] = []
    with system_scope("drill"):
        call = open_call(tier)
        taken = Application.objects.filter(tier=tier).values("enterprise_id")
        firms = list(Enterprise.objects.exclude(pk__in=taken).filter(region_path__startswith=path).order_by("id"))
        for serial, firm in enumerate(firms, 1000):
            if len(made) == count:
                break
            principal = cases.quiet_member(firm, serial + 1000 * User.objects.count())
            cases.lay_papers(firm, tier)
            draft = apply.start(call, firm, actor=principal)
            draft = apply.save(
                draft, cases.ANSWERS | {"main_product": firm.main_product or "演练产品"}, seen_version=draft.draft_version,
                actor=principal,
            )  # fmt: skip
            if apply.problems_of(draft):
                continue
            made.append(Draft(draft, User.objects.get(pk=principal.user_id), principal))
    return made


def open_call(tier: str) -> Call:
    """The running call of a tier, with a window that stays open while a drill moves the clock about."""
    found = Call.objects.filter(tier=tier, state="published").order_by("id").first()
    assert found is not None
    return found


def official(username: str) -> User:
    return User.objects.get(username=username)


def one(sql: str, *values: Any) -> Any:
    """The first column of the first row, seen by the house."""
    with system_scope("drill"), connection.cursor() as db:
        db.execute(sql, values)
        return db.fetchone()[0]


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with system_scope("drill"), connection.cursor() as db:
        db.execute(sql, values)
        return list(db.fetchall())

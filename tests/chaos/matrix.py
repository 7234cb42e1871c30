"""Every address × every person × objects near and far, in one process on one pooled connection; nothing is kept.

Addresses come from the URL conf, form fields from the source of the views. Which objects fit an address is found by
trying: an address that nothing fits is a hole in the matrix and fails the drill. Each enterprise carries words that
nobody but its own people and its offices may ever see.
"""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.userkit import user_id_to_str
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client

from certification.consult import asked_of
from certification.models import Application, Assignment, Expert, RuleSet
from enterprises.divide import PARTS
from enterprises.models import Enterprise
from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped, system_scope
from foundation.exchange.models import ApiClient
from foundation.regions.paths import covers
from tests.building.addresses import Address, addresses
from tests.chaos.bodies import body_for
from tests.chaos.crowd import admits
from tests.chaos.kinds import KINDS, OWN_WORDS
from tests.chaos.pool import laid_out, plant_canaries
from tests.chaos.revealing import words_of
from tests.chaos.touching import Counter, Row

ROOT = Path(__file__).parents[2]
MISSING = "never-existed-0000"
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
CANARY, DRAFT = re.compile(r"雀(\d+)号"), re.compile(r"鹀(\d+)号")
PUBLIC = frozenset(
    {"certificate", "posting", "call", "file", "cohort", "round", "month", "rule_set", "rule_code", "measure"}
)
"""Kinds that anybody may look at, whoever they are about."""
SEES_CASES = frozenset({"reviewer", "leader", "auditor"})
NAMED = {
    "who": "user", "handler": "user", "client_id": "client", "hash": "file",
}  # fmt: skip
"""Form fields that are called otherwise than the kind of thing they choose."""
FEW = 9
"""Every so manieth kind lends an id to the fields that choose nothing: more would be refused as too large a form."""
FORM = "application/x-www-form-urlencoded"


@dataclass
class Who:
    """Somebody at the door, and the enterprises whose private words they may see."""

    name: str
    client: Client
    principal: Principal
    sees: frozenset[int]
    headers: dict[str, str] = field(default_factory=dict)
    tasks: frozenset[int] = frozenset()
    """The expert that this person is, if any: what was drawn for that expert is theirs to do."""
    given: frozenset[int] = frozenset()
    """Firms whose papers, made blind, were given to that expert."""

    @property
    def kind(self) -> str:
        return str(self.principal.kind)


@dataclass
class Cell:
    who: Who
    method: str
    url: str
    address: Address
    status: int
    body: bytes
    headers: Any
    leaks: set[int]
    """Firms whose private words were shown to somebody who may not see them."""
    rows: list[Row]
    """Every row of the database that the request changed, whatever it answered."""
    reads_query: bool = False


class Stage:
    """The people, the objects, and one request at a time."""

    def __init__(self, *, walls_only: bool = False) -> None:
        self.unread: set[str] = set()
        self.keys = 0
        self.bare = False
        """Requests come as in the office, with no transaction around their own: what they leave on the connection stays."""
        self.walls_only, self.counter = walls_only, Counter()
        settings.MFA_REQUIRED, settings.ALLOWED_HOSTS = False, ["testserver"]
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        plant_canaries()
        with system_scope("drill"):
            self.region = dict(Enterprise.objects.values_list("pk", "region_path"))
            self.pool = laid_out()
            self.people = list(self._people())
            self.by_user = {who.principal.user_id: who for who in self.people if who.principal.user_id}
            self.owner = dict(self._owners())
        # Encoded once: a form of hundreds of fields costs more to write than most views to answer.
        self.form = urlencode(self._fields(), doseq=True).encode()

    def _people(self) -> Iterator[Who]:
        yield Who("visitor", Client(raise_request_exception=False), Principal.anonymous(), frozenset())
        gone, _ = User.objects.get_or_create(username="drill-gone", defaults={"name": "停用的人", "is_active": True})
        stranger, _ = User.objects.get_or_create(username="drill-stranger", defaults={"name": "路人"})
        # One who was shut out while posted and signed in, and one whose link to a firm has ended: both had everything once.
        post = Post.objects.get(user__username="xingqing", role="reviewer", until=None)
        Post.objects.get_or_create(user=gone, office=post.office, role=post.role, since=post.since)
        left = User.objects.get(username="qiye-ma")
        named = (
            User.objects.exclude(password__startswith="!").exclude(username__startswith="drill-").exclude(pk=left.pk)
        )
        for user in [*named.order_by("id"), left, gone, stranger]:
            client = Client(raise_request_exception=False)
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            # Seen just now, for the whole drill: each request is rolled back and would note it again and again.
            session = client.session
            session["seen"], session["began"] = int(time.time()) + 3600, int(time.time())
            # As in an office, where everybody has shown a second factor; whether one is owed is asked by its own tests.
            session["account_authentication_methods"] = [{"method": "mfa", "type": "totp"}]
            session["account_authentication_methods_user"] = user_id_to_str(user)
            session.save()
            principal = Principal.of_user(user)
            if user == gone:
                User.objects.filter(pk=user.pk).update(is_active=False)
                principal = Principal.anonymous()
            tasks = frozenset(Expert.objects.filter(user=user).values_list("pk", flat=True))
            given = frozenset(
                Assignment.objects.filter(expert__in=tasks).values_list("case__application__enterprise", flat=True)
            )
            yield Who(user.username, client, principal, self._sees(principal), tasks=tasks, given=given)
        from django.utils import timezone
        from oauth2_provider.models import get_access_token_model

        for row in ApiClient.objects.order_by("id"):
            for scopes in (" ".join(row.allowed_scopes), "titles:read"):
                text = f"drill-token-{row.pk}-{len(scopes)}"
                token = get_access_token_model()(
                    application=row, token=text, scope=scopes, expires=timezone.now() + timezone.timedelta(hours=2)
                )
                token.save()
                principal = Principal.of_client(row, frozenset(scopes.split()))
                sees = self._reached(principal) if " " in scopes else frozenset()
                yield Who(
                    f"{row.reach} {len(scopes.split())} scopes",
                    Client(raise_request_exception=False),
                    principal,
                    sees,
                    {"Authorization": f"Bearer {text}"},
                )

    def _reached(self, principal: Principal) -> frozenset[int]:
        return frozenset(pk for pk, path in self.region.items() if any(covers(mine, path) for mine in principal.reach))

    def _sees(self, principal: Principal) -> frozenset[int]:
        if principal.is_member:
            return principal.enterprise_ids
        if principal.is_official and (self.walls_only or principal.has_role(*SEES_CASES)) and principal.reach:
            return self._reached(principal)
        if principal.is_official and principal.has_role("department"):
            # A department sees the words of its own answers, and who was asked about.
            return frozenset(row.enterprise_id for row in asked_of(principal))
        return frozenset()

    def _owners(self) -> Iterator[tuple[str, int]]:
        """Public id → the firm it belongs to, for everything in the pool that belongs to one; what is public is left out."""
        asked = {one for kind, ids in self.pool.items() if kind not in PUBLIC for one in ids}
        for model in apps.get_models():
            names = {f.name for f in model._meta.fields}
            firm = "pk" if model is Enterprise else "enterprise_id"
            if "public_id" in names and (model is Enterprise or "enterprise" in names):
                yield from model._base_manager.filter(public_id__in=asked).values_list("public_id", firm)
        yield from Enterprise.objects.filter(credit_code__in=asked).values_list("credit_code", "pk")

    def is_foreign(self, who: Who, one: str) -> bool:
        return self.owner.get(one, 0) not in {0} | who.sees

    def _fields(self) -> dict[str, list[str]]:
        """Names of form fields that the views read, each carrying ids of everything: foreign keys in the body."""
        names: set[str] = set()
        for app in ("certification", "enterprises", "incentives", "portal", "foundation"):
            for file in (ROOT / app).rglob("*.py"):
                names |= set(re.findall(r"POST\.(?:get|getlist)\(\"([a-z_]+)\"", file.read_text(encoding="utf-8")))
        few = [ids[-1] for ids in self.pool.values() if ids][::FEW]
        from certification.confirm import open_marks

        with system_scope("drill"):
            row = RuleSet.objects.get(public_id=self.pool["rule_set"][0])
            mark = next(m for m in open_marks(row) if m.mark != "X")
        fields = {name: self.pool.get(NAMED.get(name, name)) or few for name in sorted(names)} | {
            "kind": ["licence"], "path": [mark.path], "note": ["已核对原件（演练）"],
            "criterion": self.pool["criterion"], "paper": self.pool["paper"], "question": ["这一条的口径拿不准（演练）"],
            "answer": ["按通知执行，依据见附件（演练）"], "reason": ["理由写在这里（演练）"], "mark_path": [""], "page": ["1"],
            "verdict": ["dismiss"], "choice": ["approve"], "result": ["approve"], "parts": [next(iter(PARTS))], "assignment": self.pool["assignment"], "grounds": ["请求复审的理由（演练）"], "act": ["admit"],
        }  # fmt: skip
        # A form that is turned away for its size tells nothing about the view behind it.
        assert sum(map(len, fields.values())) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return fields

    def own_words(self, address: Address) -> bytes:
        """The last word counts where a name is sent twice."""
        words = {name: self.pool.get(kind, [kind])[-1] for name, kind in OWN_WORDS.get(address.route, {}).items()}
        return b"".join(f"&{urlencode({name: word})}".encode() for name, word in words.items())

    def steps(self) -> list[str]:
        from certification.apply import steps_of

        with system_scope("drill"):
            return [step.code for step in steps_of(Application.objects.filter(state="draft").first())]

    def urls(self, address: Address, ids: Iterable[str]) -> Iterator[str]:
        """The address with its parameters filled; a second parameter takes the words of the house."""
        found = PARAMETER.findall(address.route)
        for one in ids:
            values = [one] if len(found) < 2 else [one, None]
            for word in [""] if len(found) < 2 else self.second(address):
                route = address.route
                for (_, name), value in zip(found, values, strict=False):
                    route = re.sub(rf"<(?:\w+:)?{name}>", value if value is not None else word, route, count=1)
                yield "/" + route.replace("^", "").replace("$", "")

    def second(self, address: Address) -> list[str]:
        """What fits the last parameter, by its name."""
        name = PARAMETER.findall(address.route)[-1][1]
        if name == "step":
            return self.steps()[:1]
        known = {"page": ["1"], "number": ["1"], "place": ["1"]}
        return known.get(name) or self.pool.get(name) or self.pool["item"][:2]

    def ask(self, who: Who, method: str, url: str, address: Address, data: Any = None, *, keep: bool = False) -> Cell:
        """One request inside a transaction that is rolled back unless it is kept; what it changed is looked at before."""
        with nullcontext() if self.bare else transaction.atomic():
            before = {} if self.bare else self.counter.counted()
            more: dict[str, Any] = {"headers": who.headers}
            kept = {name: morsel.value for name, morsel in who.client.cookies.items()}
            if method == "POST" and address.is_api:
                more |= {"data": body_for(address) if data is None else data, "content_type": "application/json"}
                more["headers"] = who.headers | self.precautions(who, url)
            elif method == "POST" and data is None:
                more |= {"data": self.form + self.own_words(address), "content_type": FORM}
            elif method == "GET" and data is None and address.route in OWN_WORDS:
                url += "?" + self.own_words(address).decode().removeprefix("&")
            elif method == "POST" and isinstance(data, bytes):
                more |= {"data": data, "content_type": FORM}
            elif method == "POST" or (method == "GET" and data):
                more |= {"data": data}
            answer = getattr(who.client, method.lower())(url, **more)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            shown = words_of(body, answer.headers)
            if not self.bare:
                touched = self.counter.touched(before)
                transaction.set_rollback(not keep)
        # A session that was ended by the request lives again with the rollback; its cookie must, too.
        who.client.cookies.clear()
        for name, value in kept.items():
            who.client.cookies[name] = value
        asked_for_more = "GET" in answer.wsgi_request.__dict__
        rows = [] if keep or self.bare else touched.rows()
        return Cell(
            who,
            method,
            url,
            address,
            answer.status_code,
            body,
            answer.headers,
            self.leaked(shown, who) | self.mailed(rows),
            rows,
            asked_for_more,
        )

    def sent(self, who: Who, action: str, address: Address, data: dict[str, Any]) -> list[Cell]:
        """A form and, where it was taken, the page that follows: together, so that what was stored is there to be shown."""
        with transaction.atomic():
            cells = [self.ask(who, "POST", action, address, legible(data), keep=True)]
            onward = urlsplit(cells[0].headers.get("Location", ""))
            if cells[0].status == 302 and not onward.netloc:
                cells.append(self.ask(who, "GET", onward._replace(fragment="").geturl(), address, keep=True))
            transaction.set_rollback(True)
        return cells

    def precautions(self, who: Who, url: str) -> dict[str, str]:
        """What the interface asks of whoever writes: a key of its own, and the state that was read last."""
        read = who.client.get(url.rsplit("/", 1)[0], headers=who.headers)
        self.keys += 1
        return {"Idempotency-Key": f"drill-key-{self.keys:08}", "If-Match": read.headers.get("ETag", '"none"')}

    def leaked(self, shown: str, who: Who) -> set[int]:
        """Firms whose words stand in a text that this person must not read; a draft is nobody's but the firm's own."""
        filed = {int(pk) for pk in CANARY.findall(shown)} - who.sees
        drafts = {int(pk) for pk in DRAFT.findall(shown)}
        return filed | drafts - (who.sees if self.walls_only else who.principal.enterprise_ids)

    def mailed(self, rows: Iterable[Row]) -> set[int]:
        """Firms whose words were put into a message to somebody who must not read them."""
        found: set[int] = set()
        for row in rows:
            to = (
                self.by_user.get((row.after or {}).get("recipient_id") or 0)
                if row.table == "mailroom_message"
                else None
            )
            found |= self.leaked(str(row.after), to) if to is not None else set()
        return found

    def pages(self, who: Who, ids: int) -> Iterator[Cell]:
        """What somebody can read behind the doors that admit them; who only takes posts is not asked a second time."""
        for address in addresses():
            if address.is_api or address.route in self.unread or not admits(address, who.principal):
                continue
            plain = "<" not in address.route
            for url in ["/" + address.route] if plain else self.urls(address, self.ids_for(address)[:ids]):
                page = self.ask(who, "GET", url, address)
                if page.status == 405:
                    self.unread.add(address.route)
                    break
                yield page

    def ids_for(self, address: Address) -> list[str]:
        """What fits the first parameter of this address; nothing means a hole in the matrix."""
        kind = next((kind for prefix, kind in KINDS if address.route.startswith(prefix)), "")
        return self.pool.get(kind, [])


def legible(data: dict[str, Any]) -> dict[str, Any] | bytes:
    """A form as the client sends it; half a character, which no form of parts can carry, goes as its bytes."""
    try:
        "".join(one for one in data.values() if isinstance(one, str)).encode()
    except UnicodeEncodeError:
        return urlencode(data, errors="surrogatepass").encode()
    return data


def system() -> Any:
    """The drill's own sight, for what it looks up between requests."""
    return scoped(Principal.system("drill"))

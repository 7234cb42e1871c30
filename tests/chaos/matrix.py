"""Every address × every person × objects near and far, in one process on one pooled connection; nothing is kept.

Addresses come from the URL conf, form fields from the source of the views. Which objects fit an address is found by
trying: an address that nothing fits is a hole in the matrix and fails the drill. Each enterprise carries words that
nobody but its own people and its offices may ever see.
"""

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from certification.consult import asked_of
from certification.highlight import highlight
from certification.models import (
    Application,
    Call,
    Certificate,
    Correction,
    Interpretation,
    Letter,
    Meeting,
    Objection,
    Posting,
    RuleSet,
    Target,
)  # fmt: skip
from enterprises.divide import PARTS
from enterprises.models import Enterprise, Evidence, Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped, system_scope
from foundation.exchange.models import ApiClient
from foundation.ledger.models import WorkItem
from foundation.regions.paths import covers
from incentives.models import MeasureItem
from tests.building.addresses import Address, addresses
from tests.chaos.crowd import admits
from tests.chaos.furnishing import furnish
from tests.chaos.kinds import KINDS, OWN_WORDS

ROOT = Path(__file__).parents[2]
MISSING = "never-existed-0000"
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
CANARY = re.compile(r"雀(\d+)号")
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
    foreign_writes: list[str]
    reads_query: bool = False


def plant_canaries() -> None:
    """Private words of each enterprise, in every private place that is shown somewhere."""
    with system_scope("drill"):
        # One link that waits for a county to read its letter.
        asked = Membership.objects.get(user__username="qiye-xin")
        paper = Evidence.objects.order_by("id").first()
        Evidence.objects.filter(pk=paper.pk).update(enterprise_id=asked.enterprise_id, kind="authorisation_letter")
        Enterprise.objects.filter(pk=asked.enterprise_id).update(region_path="64/6401/640104")
        Membership.objects.filter(pk=asked.pk).update(method="letter", letter=paper, region_path="64/6401/640104")
        for sql in (
            "UPDATE enterprises_evidence SET title = '材料雀' || enterprise_id || '号', original_name = '雀' || enterprise_id || '号.pdf'",
            "UPDATE certification_incident SET facts = '情况雀' || enterprise_id || '号'",
            "UPDATE certification_visitline SET claim = '申报雀' || enterprise_id || '号'",
            "UPDATE certification_visitphoto SET original_name = '照片雀' || enterprise_id || '号.jpg'",
            "UPDATE certification_consultation SET details = '答复雀' || enterprise_id || '号'",
            "UPDATE certification_leaving SET reason = '理由雀' || enterprise_id || '号'",
            "UPDATE certification_assistance SET missing = jsonb_build_array('缺项雀' || enterprise_id || '号')",
            "UPDATE certification_opinion o SET text = '意见雀' || a.enterprise_id || '号' FROM certification_application a WHERE a.id = o.application_id",
            "UPDATE accounts_user u SET name = '经办雀' || m.enterprise_id || '号' FROM enterprises_membership m WHERE m.user_id = u.id",
            "UPDATE certification_application SET answers = answers || jsonb_build_object('contact_name', '联系人雀' || enterprise_id || '号',"
            " 'overview', '概况雀' || enterprise_id || '号') WHERE state IN ('draft', 'screening', 'city_review', 'province_review', 'returned')",
        ):
            with connection.cursor() as db:
                db.execute(sql)


class Stage:
    """The people, the objects, and one request at a time."""

    def __init__(self) -> None:
        self.unread: set[str] = set()
        settings.MFA_REQUIRED, settings.ALLOWED_HOSTS = False, ["testserver"]
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        plant_canaries()
        with system_scope("drill"):
            self.region = dict(Enterprise.objects.values_list("pk", "region_path"))
            self.pool = self._pool()
            self.people = list(self._people())
        # Encoded once: a form of hundreds of fields costs more to write than most views to answer.
        self.form = urlencode(self._fields(), doseq=True).encode()

    def _people(self) -> Iterator[Who]:
        yield Who("visitor", Client(raise_request_exception=False), Principal.anonymous(), frozenset())
        gone, _ = User.objects.get_or_create(username="drill-gone", defaults={"name": "停用的人", "is_active": True})
        User.objects.get_or_create(username="drill-stranger", defaults={"name": "路人"})
        named = User.objects.exclude(password__startswith="!").exclude(username__startswith="drill-")
        for user in [*named.order_by("id"), gone, User.objects.get(username="drill-stranger")]:
            client = Client(raise_request_exception=False)
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            # Seen just now, for the whole drill: each request is rolled back and would note it again and again.
            session = client.session
            session["seen"], session["began"] = int(time.time()) + 3600, int(time.time())
            session.save()
            principal = Principal.of_user(user)
            if user == gone:
                User.objects.filter(pk=user.pk).update(is_active=False)
                principal = Principal.anonymous()
            yield Who(user.username, client, principal, self._sees(principal))
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
        if principal.is_official and principal.has_role(*SEES_CASES):
            return self._reached(principal)
        if principal.is_official and principal.has_role("department"):
            # A department sees the words of its own answers, and who was asked about.
            return frozenset(row.enterprise_id for row in asked_of(principal))
        return frozenset()

    def _pool(self) -> dict[str, list[str]]:
        """Ids by kind: some of each state and of several places, so that for everybody some are foreign."""
        pool: dict[str, list[str]] = defaultdict(list)
        for path in ("64/6401/640104", "64/6402/640202", "64/ND", "64/6401/JK", "64"):
            end = f"{path}~" if path != "64" else "65"
            here = {"region_path__gte": path, "region_path__lt": end}
            for state in ("draft", "screening", "province_review", "returned", "to_refuse"):
                pool["application"] += Application.objects.filter(state=state, **here).values_list(
                    "public_id", flat=True
                )[:1]
            pool["evidence"] += Evidence.objects.filter(
                enterprise__region_path__gte=path, enterprise__region_path__lt=end
            ).values_list("public_id", flat=True)[:1]
            pool["enterprise"] += Enterprise.objects.filter(**here).values_list("public_id", flat=True)[:1]
            pool["credit_code"] += Enterprise.objects.filter(**here).values_list("credit_code", flat=True)[:1]
            pool["membership"] += (
                Membership.objects.filter(**here).order_by("-state").values_list("public_id", flat=True)[:1]
            )
            pool["certificate"] += Certificate.objects.filter(**here).values_list("number", flat=True)[:1]
            pool["certificate_id"] += Certificate.objects.filter(**here).values_list("public_id", flat=True)[:1]
        pool["call"] = list(Call.objects.values_list("public_id", flat=True)[:2])
        pool["quiet"] = list(
            Application.objects.filter(
                state="to_refuse", refused_from="city_review", region_path__startswith="64/6401/"
            ).values_list("public_id", flat=True)[:2]
        )
        pool["target"] = list(Target.objects.exclude(region_path="64").values_list("public_id", flat=True)[:1])
        pool["posting"] = list(Posting.objects.values_list("public_id", flat=True)[:2])
        pool["file"] = list(Posting.objects.exclude(file_hash="").values_list("file_hash", flat=True)[:1])
        pool["objection"] = list(Objection.objects.values_list("public_id", flat=True)[:1])
        pool["letter"] = list(Letter.objects.values_list("public_id", flat=True)[:1])
        pool["meeting"] = list(Meeting.objects.values_list("public_id", flat=True)[:1])
        pool["rule_set"] = list(RuleSet.objects.exclude(tier="").order_by("id").values_list("public_id", flat=True)[:2])
        pool["rule_code"] = list(RuleSet.objects.values_list("code", flat=True)[:2])
        pool["user"] = list(
            User.objects.filter(username__in=["xingqing", "sheng-shenhe"]).values_list("public_id", flat=True)
        )
        pool["client"] = list(ApiClient.objects.values_list("client_id", flat=True)[:2])
        pool["measure"] = [*MeasureItem.objects.values_list("code", flat=True)[:2], "M01"]
        pool["work"] = [str(pk) for pk in WorkItem.objects.values_list("pk", flat=True)[:2]]
        pool["membership"].insert(0, Membership.objects.get(state="pending", method="letter").public_id)
        pool["membership"].insert(1, Membership.objects.get(user__username="qiye-caiwu").public_id)
        from enterprises.items import LISTINGS
        from enterprises.models import IntellectualProperty

        pool["list"] = ["intellectual_property"] if "intellectual_property" in LISTINGS else list(LISTINGS)[:1]
        pool["section"] = ["innovation", "identity"]
        pool["application"].insert(
            0, Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang").public_id
        )
        firm = Enterprise.objects.get(memberships__user__username="qiye-wang")
        if not IntellectualProperty.objects.filter(enterprise=firm).exists():
            one = IntellectualProperty.objects.order_by("id").first()
            IntellectualProperty.objects.filter(pk=one.pk).update(enterprise=firm)
        pool["item"] = list(
            IntellectualProperty.objects.filter(enterprise=firm).values_list("public_id", flat=True)[:2]
        )
        pool["problem"] = ["not_found", "invalid"]
        self._on_the_desk(pool)
        furnish(pool)
        return {kind: list(dict.fromkeys(ids)) for kind, ids in pool.items()}

    def _on_the_desk(self, pool: dict[str, list[str]]) -> None:
        """A case with a paper, a mark and a return of its own, so that the addresses below a case are reached."""
        case = Application.objects.filter(state="screening", region_path="64/6401/640104").order_by("id").first()
        filed = case.submissions.first()
        reviewer = Principal.of_user(User.objects.get(username="xingqing"))
        made = highlight(case, filed.evidence[0]["sha256"], 1, "标注（演练）", actor=reviewer)
        pool["application"].insert(0, case.public_id)
        pool["mark"], pool["paper"] = [made.public_id], [filed.evidence[0]["public_id"]]
        pool["evidence"].insert(0, filed.evidence[0]["public_id"])
        pool["criterion"] = [filed.result["criteria"][0]["code"]]
        pool["interpretation"] = list(
            Interpretation.objects.filter(state="asked").values_list("public_id", flat=True)[:1]
        )
        draft = Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")
        for one in (case, draft):
            Correction.objects.create(
                application=one, enterprise_id=one.enterprise_id, region_path=one.region_path, stage="screening",
                office_name="演练", items=[{"field": "overview", "reason": f"请补充，雀{one.enterprise_id}号", "clause": ""}],
                opened_at=clock.now(), answered_at=clock.now(),
            )  # fmt: skip

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
        with transaction.atomic():
            with connection.cursor() as db:
                db.execute("SELECT coalesce(max(id), 0) FROM audit_auditevent")
                (before,) = db.fetchone()
            more: dict[str, Any] = {"headers": who.headers}
            kept = {name: morsel.value for name, morsel in who.client.cookies.items()}
            if method == "POST" and address.is_api:
                more |= {"data": data or {}, "content_type": "application/json"}
            elif method == "POST" and data is None:
                more |= {"data": self.form + self.own_words(address), "content_type": FORM}
            elif method == "GET" and data is None and address.route in OWN_WORDS:
                url += "?" + self.own_words(address).decode().removeprefix("&")
            elif method == "POST" or (method == "GET" and data):
                more |= {"data": data}
            answer = getattr(who.client, method.lower())(url, **more)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            shown = {int(pk) for pk in CANARY.findall(body.decode("utf-8", "replace") + str(dict(answer.headers)))}
            writes = []
            if method != "GET" and answer.status_code < 400:
                with connection.cursor() as db:
                    db.execute(
                        "SELECT act, enterprise_id FROM audit_auditevent WHERE id > %s AND enterprise_id IS NOT NULL",
                        [before],
                    )
                    writes = [act for act, pk in db.fetchall() if pk not in who.sees and act != "enterprise.register"]
            transaction.set_rollback(not keep)
        # A session that was ended by the request lives again with the rollback; its cookie must, too.
        who.client.cookies.clear()
        for name, value in kept.items():
            who.client.cookies[name] = value
        asked_for_more = "GET" in answer.wsgi_request.__dict__
        return Cell(
            who,
            method,
            url,
            address,
            answer.status_code,
            body,
            answer.headers,
            shown - who.sees,
            writes,
            asked_for_more,
        )

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


def system() -> Any:
    """The drill's own sight, for what it looks up between requests."""
    return scoped(Principal.system("drill"))

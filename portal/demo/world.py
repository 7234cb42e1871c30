"""The demo world: invented, labelled so, the same from the same seed. Loaded once into an empty database."""

import random
import secrets
from typing import Any

from django.db import transaction

from certification import rereview
from enterprises.models import Enterprise
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.exchange.models import ApiClient
from foundation.ledger import work
from portal.demo import cases, enterprises, people, titles

CLIENTS = (
    ("银川市工信系统（演示）", "64/6401", ["enterprises:read", "titles:read", "rules:evaluate", "applications:read", "applications:review", "changes:read"]),
    ("兴庆区企业服务平台（演示）", "64/6401/640104", ["enterprises:read", "titles:read", "rules:evaluate", "applications:read", "applications:review", "changes:read"]),
    ("石嘴山市数据平台（演示）", "64/6402", ["enterprises:read", "titles:read", "changes:read"]),
)  # fmt: skip


def load() -> dict[str, Any] | None:
    """The accounts and clients with their secrets, or None when this database has people already."""
    if User.objects.exists():
        return None
    rng = random.Random(enterprises.SEED)
    with transaction.atomic(), scoped(Principal.system("demo")):
        if Enterprise.objects.exists():
            return None
        accounts = people.make_officials()
        profiles = enterprises.make_profiles(rng)
        enterprises.make_facts(rng, profiles)
        titles.make_titles(rng, profiles, Principal.system("demo"))
        desks = {}
        for user in User.objects.filter(posts__role="leader").distinct():
            principal = Principal.of_user(user)
            desks[principal.office_path] = principal
        cases.make_cases(rng, profiles, desks, accounts)
        rereview.open_cycle()
        work.drain([rereview.KIND])
        clients = make_clients()
    return {"accounts": accounts, "api_clients": clients}


def make_clients() -> list[dict[str, Any]]:
    told = []
    for name, reach, scopes in CLIENTS:
        secret = secrets.token_urlsafe(32)
        client = ApiClient.objects.create(
            name=name,
            reach=reach,
            allowed_scopes=scopes,
            client_type=ApiClient.CLIENT_CONFIDENTIAL,
            authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
            client_secret=secret,
        )
        told.append(
            {"client_id": client.client_id, "client_secret": secret, "reach": reach, "scopes": scopes, "name": name}
        )
    return told

"""Client systems of cities and counties: admit, give a new secret, close. Secrets are shown once and kept hashed."""

import secrets
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from oauth2_provider.models import get_access_token_model

from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.audit.sentences import register
from foundation.exchange.announce import announce
from foundation.exchange.models import ApiClient
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies

register(
    {
        "client.add": "{actor}开通了接口客户端{thing}",
        "client.renew": "{actor}更换了接口客户端{thing}的密钥",
        "client.close": "{actor}停用了接口客户端{thing}",
    }
)


def may_keep_clients(principal: Principal) -> bool:
    return principal.is_official and principal.has_role("system") and principal.level == "province"


def add(*, name: str, reach: str, scopes: Collection[str], actor: Principal) -> tuple[ApiClient, str]:
    """(the client, its secret in clear). Refused("invalid") names what is missing."""
    if not (may_keep_clients(actor) or actor.is_system):
        raise Missing
    known = settings.OAUTH2_PROVIDER["SCOPES"]
    problems = []
    if not name.strip():
        problems.append(Problem("请写明是哪个单位的哪个系统", "name"))
    if reach not in bodies():
        problems.append(Problem("请选择辖区", "reach"))
    if not scopes or set(scopes) - set(known):
        problems.append(Problem("请至少选择一项权限", "scopes"))
    if problems:
        raise Refused("invalid", "有几处需要更正，已填的都还在。", problems)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        client = ApiClient.objects.create(
            name=name.strip()[:80], reach=reach, allowed_scopes=sorted(scopes), client_secret=secret,
            client_type=ApiClient.CLIENT_CONFIDENTIAL, authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
        )  # fmt: skip
        record("client.add", client, actor=actor, detail={"reach": reach, "scopes": sorted(scopes)})
        announce("client", client, op="create")
    return client, secret


def renew(client: ApiClient, *, actor: Principal) -> str:
    """A new secret; the old one and every token given for it are dead at once."""
    if not may_keep_clients(actor):
        raise Missing
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        client.client_secret = secret
        client.save()
        _end_tokens(client)
        record("client.renew", client, actor=actor)
    return secret


def close(client: ApiClient, *, actor: Principal) -> None:
    """No scope, no token, a secret nobody knows; the row stays for the record."""
    if not may_keep_clients(actor):
        raise Missing
    with transaction.atomic():
        client.allowed_scopes, client.client_secret = [], secrets.token_urlsafe(32)
        client.save()
        _end_tokens(client)
        record("client.close", client, actor=actor)


def _end_tokens(client: ApiClient) -> None:
    get_access_token_model().objects.filter(application=client).delete()

"""Which doors are counted, by whom, and how often they may be tried. Runs before the request's own transaction."""

import base64
import contextlib
import ipaddress
from collections.abc import Callable, Iterator

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from foundation.accounts import limiter
from foundation.accounts.limiter import Limit
from foundation.accounts.middleware import client_ip
from foundation.refusals import Refused

SIGN_IN_PAIR = Limit("sign-in", 5, 15 * 60)
"""One account from one address: five guesses. Other addresses are not affected, so nobody can lock a victim out."""
SIGN_IN_ACCOUNT = Limit("sign-in-account", 50, 15 * 60)
SIGN_IN_ADDRESS = Limit("sign-in-address", 100, 15 * 60)
CODE = Limit("code", 5, 5 * 60)
RESET_ADDRESS = Limit("reset-address", 10, 60 * 60)
RESET_ACCOUNT = Limit("reset-account", 3, 60 * 60)
TOKEN_PAIR = Limit("token", 30, 60)
"""One client from one address: whoever merely knows the id of a city's system cannot use up its tries. The secret is
long and random, so guessing from many addresses needs no wider limit."""
TOKEN_ADDRESS = Limit("token-address", 120, 60)
JOIN = Limit("join", 20, 60 * 60)
OBJECTION = Limit("objection", 10, 60 * 60)
TRACKING = Limit("objection-track", 20, 15 * 60)
OTHER = Limit("account-form", 30, 5 * 60)


class LimitsMiddleware:
    """POSTs to accounts and tokens; a try too many is answered 429 with the time to wait, and does nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The narrowest limit comes first, and a try it refuses is not counted by the wider ones: whoever guesses from
        # one address cannot use up the tries of the account everywhere else.
        tries = (
            (limiter.take(limit, whose) for limit, whose in counted(request)) if request.method == "POST" else iter(())
        )
        wait = next((seconds for seconds in tries if seconds), 0)
        if not wait:
            return self.get_response(request)
        minutes = -(-wait // 60)
        request.refused = Refused(  # type: ignore[attr-defined]
            "too_many", f"尝试次数太多了，请在 {minutes} 分钟后再试。", retry_after=wait
        )
        return HttpResponse(status=429)


def counted(request: HttpRequest) -> Iterator[tuple[Limit, str]]:
    """(limit, whose) for this POST; nothing for doors that are not guessed at."""
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return
    ip = place_of(request)
    if name == "account_login":
        account = request.POST.get("login", "").strip().lower()
        yield SIGN_IN_PAIR, f"{account}@{ip}"
        yield SIGN_IN_ACCOUNT, account
        yield SIGN_IN_ADDRESS, ip
    elif name in ("mfa_authenticate", "mfa_reauthenticate"):
        yield CODE, _whose_code(request) or ip
    elif name == "account_reset_password":
        yield RESET_ADDRESS, ip
        yield RESET_ACCOUNT, request.POST.get("email", "").strip().lower()
    elif name == "register":
        yield JOIN, ip
    elif name == "objection":
        yield OBJECTION, ip
    elif name == "objection_track":
        yield TRACKING, ip
    elif name == "oauth_token":
        yield TOKEN_PAIR, f"{_client_of(request)[:100]}@{ip}"
        yield TOKEN_ADDRESS, ip
    elif name.startswith(("account_", "mfa_")) and name != "account_logout":
        yield OTHER, ip


def place_of(request: HttpRequest) -> str:
    """Where a try comes from: the address; of IPv6 the /64, for a single subscriber holds all addresses of one."""
    told = client_ip(request) or "local"
    try:
        address = ipaddress.ip_address(told.partition("%")[0])
    except ValueError:
        return told
    if address.version == 4:
        return told
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or ipaddress.ip_network((address, 64), strict=False))


def _whose_code(request: HttpRequest) -> str:
    """The account that has proved its password and is asked for its second factor."""
    pending = request.session.get("account_login") or {}
    user = pending.get("user_pk") if isinstance(pending, dict) else None
    return str(user or request.session.get("_auth_user_id") or "")


def _client_of(request: HttpRequest) -> str:
    """The client that says it is asking: in the form or in the Basic header."""
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        with contextlib.suppress(ValueError):
            return base64.b64decode(told, validate=True).decode("utf-8", "replace").partition(":")[0]
    return request.POST.get("client_id", "")


def _start_afresh(request: HttpRequest | None, user: object, **_: object) -> None:
    if request is not None:
        ip = place_of(request)
        for known in {getattr(user, "username", ""), getattr(user, "email", "") or ""} - {""}:
            limiter.forget(SIGN_IN_PAIR, f"{known.lower()}@{ip}")


user_logged_in.connect(_start_afresh, dispatch_uid="limits")

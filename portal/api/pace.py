"""How many requests a client system may send, and how many are left: RateLimit headers on every answer to a token.

Counted per client and not per token, or new tokens would be new requests. It runs before the request's own transaction, so that
one client's requests never wait for each other at the counter. Headers: draft-ietf-httpapi-ratelimit-headers.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from oauth2_provider.models import get_access_token_model

from foundation import clock
from foundation.accounts import limiter
from foundation.accounts.limiter import Limit
from foundation.refusals import Refused

SECONDS = 60
DOOR = "/api/v1/"


class PaceMiddleware:
    """A request too many is answered 429 with the time to wait, and does nothing else. API_PER_MINUTE=0: no limit, no headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        client = client_of(request) if settings.API_PER_MINUTE else None
        if client is None:
            return self.get_response(request)
        limit = Limit("api", settings.API_PER_MINUTE, SECONDS)
        count, left = limiter.counted(limit, str(client))
        if count <= limit.tries:
            response = self.get_response(request)
        else:
            words = f"这个客户端每分钟最多 {limit.tries} 次请求，请在 {left} 秒后再试。"
            request.refused = Refused("too_many", words, retry_after=left)  # type: ignore[attr-defined]
            response = HttpResponse(status=429)
        response.headers["RateLimit-Policy"] = f'"client";q={limit.tries};w={SECONDS}'
        response.headers["RateLimit"] = f'"client";r={max(0, limit.tries - count)};t={left}'
        return response


def client_of(request: HttpRequest) -> int | None:
    """The client behind a valid token, by key; None for everybody else, who is told 401 without being counted here."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if not request.path.startswith(DOOR) or kind.lower() != "bearer" or not token:
        return None
    digest = hashlib.sha256(token.strip().encode()).hexdigest()
    rows = get_access_token_model().objects.filter(token_checksum=digest, expires__gt=clock.now())
    found: int | None = rows.values_list("application_id", flat=True).first()
    return found

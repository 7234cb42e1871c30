"""A bearer token becomes a Principal with the client's reach; there is no user behind it."""

from typing import Any

from django.db import connection
from oauth2_provider.oauth2_backends import get_oauthlib_core
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from foundation.accounts.principal import Principal
from foundation.accounts.scope import _set, sight_of


class ClientAuthentication(BaseAuthentication):
    def authenticate(self, request: Any) -> tuple[None, Any] | None:
        inner = request._request
        if "HTTP_AUTHORIZATION" not in inner.META:
            return None
        valid, answer = get_oauthlib_core().verify_request(inner, scopes=[])
        if not valid:
            raise AuthenticationFailed("令牌无效或已过期，请重新获取。")
        client = answer.access_token.application
        scopes = frozenset(answer.access_token.scope.split()) & frozenset(client.allowed_scopes)
        principal = Principal.of_client(client, scopes).from_address(inner.principal.ip, inner.principal.request_id)
        inner.principal = principal
        request.principal = principal
        with connection.cursor() as cursor:
            _set(cursor, sight_of(principal))
        return None, answer.access_token

    def authenticate_header(self, request: Any) -> str:
        return 'Bearer realm="tianti"'

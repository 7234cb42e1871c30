"""allauth's switchboard: accounts are made by our own verbs, never by a sign-up form of the library."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from foundation.accounts.middleware import client_ip


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as in the audit record; a unix socket has none."""
        return client_ip(request) or "127.0.0.1"

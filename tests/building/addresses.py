"""Every address of the house, read from the URL conf; nothing is typed by hand but the sample objects."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Any

    @property
    def guard(self) -> str:
        return str(getattr(self.view, "guard", ""))

    @property
    def is_api(self) -> bool:
        return hasattr(self.view, "cls") and hasattr(self.view.cls, "permission_classes")


LIBRARY = {
    "account_": "allauth: signing in, passwords; each view asks for a session where it needs one",
    "mfa_": "allauth: the second factor, behind a recent sign-in",
    "usersessions_": "allauth: the sessions of whoever is signed in",
    "oauth_": "django-oauth-toolkit: the client proves itself with its secret",
}


def walk(patterns: Any, prefix: str = "", space: str = "") -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{space}{pattern.name or ''}", route, pattern.callback)


def addresses() -> list[Address]:
    return list(walk(get_resolver().url_patterns))


def is_exempt(address: Address) -> bool:
    return any(address.name.startswith(prefix) for prefix in LIBRARY)

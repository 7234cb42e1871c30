"""统一身份认证 or 电子营业执照: the platform that says whether a person may act for a firm. IDENTITY_ADAPTER names its adapter.

Without one there is none outside the demonstration, and a letter read by the county is the way. A name that leads nowhere stops
the start, and so does the demonstration's fake anywhere else: it believes whoever ticks the box.
"""

from typing import Protocol

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.utils.module_loading import import_string


class IdentityAdapter(Protocol):
    """A class without arguments. `name` is shown to the person who is sent there.

    `confirms` answers within five seconds; what it raises counts as a platform that is away, and nobody is verified.
    """

    name: str

    def confirms(self, *, username: str, credit_code: str, consent: bool) -> bool: ...


class LocalFake:
    """Stands in for the identity platform in the demonstration; it believes whoever ticks the box."""

    name = "统一身份认证（演示替身）"
    is_fake = True

    def confirms(self, *, username: str, credit_code: str, consent: bool) -> bool:
        return consent


def adapter() -> IdentityAdapter | None:
    """The configured platform; in the demonstration the local fake, else none. A bad name is none: nobody is let in by a slip."""
    told = settings.IDENTITY_ADAPTER
    if not told:
        return LocalFake() if settings.DEMO else None
    try:
        return _named(told)
    except ValueError:
        return None


def _named(told: str) -> IdentityAdapter:
    """ValueError says why `told` names no adapter that may be used here."""
    try:
        found = import_string(told)()
    except Exception as problem:
        # Whatever a foreign module raises while it is read or made, it is no adapter.
        raise ValueError(f"IDENTITY_ADAPTER={told!r} cannot be used: {problem}") from problem
    if not isinstance(getattr(found, "name", None), str) or not callable(getattr(found, "confirms", None)):
        raise ValueError(f"IDENTITY_ADAPTER={told!r} is no identity adapter: it has no `name` or no `confirms()`")
    if getattr(found, "is_fake", False) and not settings.DEMO:
        raise ValueError(f"IDENTITY_ADAPTER={told!r} is the demonstration's fake: it would verify everybody")
    return found  # type: ignore[no-any-return]


@register(Tags.files)
def check_adapter(**_: object) -> list[Error]:
    """Found at the start, not by the first person who cannot be verified, nor by the first who should not have been."""
    try:
        if settings.IDENTITY_ADAPTER:
            _named(settings.IDENTITY_ADAPTER)
    except ValueError as problem:
        hint = "name a class by its dotted path (package.module.Class; enterprises/identity.py says what it has), or leave it empty: letters only"
        return [Error(str(problem), hint=hint, id="enterprises.E002")]
    return []

"""Opaque public ids: nothing to count, nothing to guess, safe in a URL and over the telephone."""

import secrets
from typing import Any

from django.db import models

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 16


def new_public_id() -> str:
    """16 characters of Crockford base 32, 80 bits, lower case."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicId(models.CharField):  # type: ignore[type-arg]
    """The id that doors show; the primary key never leaves the house."""

    def __init__(self, **options: Any) -> None:
        options |= {"max_length": LENGTH, "default": new_public_id, "unique": True, "editable": False}
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "default", "unique", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

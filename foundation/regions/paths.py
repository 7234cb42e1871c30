"""A body's path says where it stands: `64/6401/640104`. Reach is a prefix, compared as a half-open range."""

from typing import Any

from django.db import models

PROVINCE = "64"


class PathField(models.CharField):  # type: ignore[type-arg]
    """A path of recommending bodies; byte order, so that a prefix is an index range."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        options.setdefault("db_collation", "C")
        super().__init__(**options)


def path_range(path: str) -> tuple[str, str]:
    """[low, high): the path itself and everything below it, and no neighbour whose code begins alike.

    In byte order `0` is the next character after `/`, and codes are letters and digits.
    """
    return path, path + "0"


def covers(path: str, other: str) -> bool:
    """True when `other` is `path` or lies below it."""
    return bool(path) and (other == path or other.startswith(path + "/"))


def ancestors(path: str) -> list[str]:
    """From the body itself up to the province: 64/6401/640104 → [64/6401/640104, 64/6401, 64]."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(len(parts), 0, -1)]

"""Whom the short forms leave out, and whom a door lets in: so that nobody is asked what another has answered for them."""

from typing import Any

from foundation.accounts.principal import Principal
from portal.demo.people import SECOND
from tests.building.addresses import Address

LIKE = frozenset(
    {
        "dawukou",
        "jingkai",
        "shizuishan",
        "wuzhong",
        "guyuan",
        "zhongwei",
        "litong-shenhe",
        "sheng-shenhe",
        "zhuanjia-3",
        "qiye-ningdong",
    }
    | {"64/6402 1 scopes", "64/6401 1 scopes", "64 1 scopes"}
) | {username for username, *_ in SECOND}
"""People of the same post in another place, whom the short form leaves out; each post and each distance stays."""


def few(people: list[Any]) -> list[Any]:
    """Each kind of person, one of every kind first: they find out which methods an address knows at all."""
    kept = [who for who in people if who.name not in LIKE]
    first = {who.kind: who.name for who in reversed(kept)}
    return sorted(kept, key=lambda who: who.name != first[who.kind])


def one_of_each(people: list[Any]) -> list[Any]:
    """The first of every post, level and way to a firm: enough where it matters which pages and forms there are, not whose."""
    found: dict[tuple[Any, ...], Any] = {}
    for who in few(people):
        told = who.principal
        # Of the members each has a way of their own to a firm: as its owner, for a part of it, not verified, gone.
        own = who.name if told.is_member else ""
        found.setdefault((told.kind, told.roles, told.level, told.scopes, own), who)
    return list(found.values())


def admits(address: Address, principal: Principal) -> bool:
    """Whether the door itself lets this person in, before anybody looks at what is asked for; read from its label."""
    kind, _, told = address.guard.partition(":")
    if kind == "role":
        roles, _, levels = told.partition("@")
        fits = levels == "any" or principal.level in levels.split("|")
        return principal.is_official and principal.has_role(*roles.split("|")) and fits
    if kind in ("member", "official"):
        return bool(principal.is_member if kind == "member" else principal.is_official)
    return kind != "signed-in" or not principal.is_anonymous

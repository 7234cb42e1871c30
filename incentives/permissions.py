"""Who may do what with measures and entitlements."""

from typing import Any

from foundation.accounts.principal import Principal
from foundation.transitions import Machine
from incentives import states


def is_house(principal: Principal, thing: Any) -> bool:
    """Entitlements follow their title; nobody opens or ends one by hand."""
    return principal.is_system


def keeps_channels(principal: Principal) -> bool:
    """Policy staff of the province write down where and how an item is claimed, on the word of the duty-bearer."""
    return principal.is_official and principal.level == "province" and principal.has_role("policy", "leader")


ENTITLEMENT = Machine(states.ENTITLEMENT, {"end": is_house, "reopen": is_house})
MACHINES = (ENTITLEMENT,)

"""Who may do what with a major change: the firm reports, the offices that reach it settle."""

from typing import Any

from certification import states
from certification.permissions.cases import is_verified_applicant
from foundation.accounts.principal import Principal
from foundation.transitions import Machine


def examines_change(principal: Principal, change: Any) -> bool:
    """The county or zone of the firm, or an office above it."""
    return principal.is_official and principal.has_role("reviewer", "leader") and principal.reaches(change.region_path)


def rules_on_days(principal: Principal) -> bool:
    """The province's leader says which day counts."""
    return principal.is_official and principal.level == "province" and principal.has_role("leader")


MAJOR_CHANGE = Machine(
    states.MAJOR_CHANGE,
    {
        "report": is_verified_applicant,
        "drop": examines_change,
        "settle": examines_change,
        "send_back": examines_change,
        "supplement": is_verified_applicant,
        "withdraw": is_verified_applicant,
    },
)

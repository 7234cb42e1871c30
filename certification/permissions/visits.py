"""Who may do what on the spot: an office in reach visits, the firm signs or says why not; a draw binds the offices."""

from typing import Any

from certification import states
from certification.permissions.cases import decides, is_verified_applicant
from foundation.accounts.principal import Principal
from foundation.transitions import Machine


def visits(principal: Principal, thing: Any) -> bool:
    """The county or zone of the firm, or an office above it."""
    return principal.is_official and principal.has_role("reviewer", "leader") and principal.reaches(thing.region_path)


def drops_visit(principal: Principal, visit: Any) -> bool:
    """What an office has chosen it drops itself; what a draw has chosen only a leader of the province, which drew."""
    return visits(principal, visit) and (not visit.is_drawn or decides(principal, visit))


VISIT = Machine(
    states.VISIT,
    {
        "plan": visits,
        "replan": visits,
        "finish": visits,
        "sign": is_verified_applicant,
        "decline": is_verified_applicant,
        "cancel": drops_visit,
    },
)

"""Who may do what with a title that ends without being taken away."""

from typing import Any

from certification import states
from certification.permissions.cases import decides, is_applicant, is_house
from certification.tiers import is_national
from enterprises.permissions import is_owner
from foundation.accounts.principal import Principal
from foundation.transitions import Machine


def notes_leaving(principal: Principal, certificate: Any) -> bool:
    """The county of the firm, or an office above it."""
    return (
        principal.is_official
        and principal.has_role("reviewer", "leader")
        and principal.reaches(certificate.region_path)
    )


def accepts_leaving(principal: Principal, leaving: Any) -> bool:
    """The province's leader, for the titles it gave, never the one who noted it."""
    return decides(principal, leaving) and not is_national(leaving.tier) and leaving.asked_by_id != principal.user_id


def takes_back_leaving(principal: Principal, leaving: Any) -> bool:
    """The side that asked: the legal representative what the firm gives up, the office what it has noted."""
    if principal.is_member:
        return (
            is_applicant(principal, leaving)
            and leaving.kind == "give_up"
            and is_owner(principal, leaving.enterprise_id)
        )
    return (
        notes_leaving(principal, leaving) and leaving.kind != "give_up" and principal.office_name == leaving.office_name
    )


LEAVING = Machine(
    states.LEAVING,
    {
        "accept": accepts_leaving,
        "turn_down": accepts_leaving,
        "take_back": takes_back_leaving,
        # The title has ended another way; nobody has to answer any more.
        "lapse": is_house,
    },
)

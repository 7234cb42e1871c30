"""Who may do what with a question to another department."""

from typing import Any

from certification import states
from certification.permissions.cases import decides, is_house, is_provincial_reviewer
from foundation.accounts.principal import Principal
from foundation.transitions import Machine


def is_asked_department(principal: Principal, consultation: Any) -> bool:
    """Somebody of the office that was asked."""
    return (
        principal.is_official
        and principal.has_role("department")
        and consultation.office is not None
        and consultation.office.name == principal.office_name
        and consultation.office.region_path == principal.office_path
    )


def answers_consultation(principal: Principal, consultation: Any) -> bool:
    """The department itself, or the province's desk with the department's letter in hand."""
    return is_asked_department(principal, consultation) or is_provincial_reviewer(principal, consultation)


CONSULTATION = Machine(
    states.CONSULTATION,
    {
        "answer": answers_consultation,
        "fall_silent": is_house,
        "rule": decides,
        "rule_early": decides,
        "rule_silence": decides,
        "take_back": is_provincial_reviewer,
    },
)

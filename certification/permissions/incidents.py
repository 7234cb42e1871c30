"""Who may do what with a reported incident and with the help that comes before an exit."""

from typing import Any

from certification import states
from certification.permissions.cases import is_house
from foundation.accounts.principal import Principal
from foundation.regions.paths import covers
from foundation.transitions import Machine


def examines_incident(principal: Principal, incident: Any) -> bool:
    """The county or zone of the firm, or an office above it."""
    return (
        principal.is_official and principal.has_role("reviewer", "leader") and principal.reaches(incident.region_path)
    )


def confirms_incident(principal: Principal, incident: Any) -> bool:
    """The second person: never the one who reported it."""
    return examines_incident(principal, incident) and incident.reported_by_id != principal.user_id


def calls_false(principal: Principal, incident: Any) -> bool:
    """Before a verdict, whoever examines it. Afterwards a third person, at or above the office that found it true."""
    if incident.state != "confirmed" or not examines_incident(principal, incident):
        return examines_incident(principal, incident)
    known = (
        covers(principal.office_path, incident.confirmed_path)
        if incident.confirmed_path
        else principal.level == "province"
    )
    return known and principal.user_id not in (incident.reported_by_id, incident.confirmed_by_id)


def assists(principal: Principal, assistance: Any) -> bool:
    """Any reviewer who reaches the firm helps; help asks for no rank."""
    return examines_incident(principal, assistance)


def assists_or_house(principal: Principal, assistance: Any) -> bool:
    return assists(principal, assistance) or is_house(principal, assistance)


INCIDENT = Machine(
    states.INCIDENT,
    {"confirm": confirms_incident, "call_false": calls_false, "close": examines_incident},
)
ASSISTANCE = Machine(
    states.ASSISTANCE,
    # The night's sums see by themselves that what was missing is there; they never conclude that it is not.
    {"mend": assists_or_house, "conclude": assists, "drop": assists_or_house},
)

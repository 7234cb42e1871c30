"""Who may do what in the procedures beside a case: expert review, objection, letter, meeting, reconsideration, exit."""

from typing import Any

from certification import states
from certification.permissions.cases import decides, is_house, is_provincial_reviewer, is_verified_applicant
from certification.tiers import is_national
from foundation.accounts.principal import Principal
from foundation.regions.paths import covers
from foundation.transitions import Machine


def is_asked_expert(principal: Principal, assignment: Any) -> bool:
    """The expert whom the draw has named for this case."""
    return principal.is_official and principal.has_role("expert") and assignment.expert.user_id == principal.user_id


def is_asked_expert_or_office(principal: Principal, assignment: Any) -> bool:
    """The expert steps back; the office releases one who does not answer, the draw one whose tie became known."""
    return (
        principal.is_system or is_provincial_reviewer(principal, assignment) or is_asked_expert(principal, assignment)
    )


ROUND = Machine(
    states.ROUND,
    {
        "draw": is_provincial_reviewer,
        "open_scoring": is_provincial_reviewer,
        "close": is_provincial_reviewer,
        "cancel": decides,
    },
)
ASSIGNMENT = Machine(
    states.ASSIGNMENT,
    {"declare": is_asked_expert, "score": is_asked_expert, "recuse": is_asked_expert_or_office},
)


def examines_objection(principal: Principal, objection: Any) -> bool:
    """The office whose list was objected to; nobody above it, nobody below it, never the firm."""
    return (
        principal.is_official
        and principal.has_role("reviewer", "leader")
        and principal.office_path == objection.region_path
    )


def answers_objection(principal: Principal, objection: Any) -> bool:
    return examines_objection(principal, objection) and principal.has_role("leader")


OBJECTION = Machine(
    states.OBJECTION,
    {
        "take_up": examines_objection,
        "uphold": answers_objection,
        "dismiss": answers_objection,
        # The objector has no account: the verb checks number and code, then the house does it.
        "withdraw": is_house,
    },
)


def writes_letter(principal: Principal, letter: Any) -> bool:
    """Somebody of the office that decided."""
    return (
        principal.is_official
        and principal.has_role("reviewer", "leader")
        and principal.office_path == letter.office_path
    )


def discards_letter(principal: Principal, letter: Any) -> bool:
    """The office, or the house where the firm has withdrawn before it was served."""
    return principal.is_system or writes_letter(principal, letter)


def signs_letter(principal: Principal, letter: Any) -> bool:
    """The second person: a leader who did not write the words. A draft that nobody has edited is nobody's words yet."""
    return (
        writes_letter(principal, letter)
        and principal.has_role("leader")
        and letter.edited_by_id is not None
        and letter.edited_by_id != principal.user_id
    )


LETTER = Machine(
    states.LETTER,
    {"sign": signs_letter, "take_back": writes_letter, "serve": writes_letter, "discard": discards_letter},
)


def presides(principal: Principal, meeting: Any) -> bool:
    """The chair of this meeting, while he or she has a post."""
    return is_provincial_reviewer(principal, meeting) and bool(
        meeting.members.filter(user_id=principal.user_id, is_chair=True).exists()
    )


MEETING = Machine(
    states.MEETING,
    {"open": presides, "close": presides, "cancel": is_provincial_reviewer},
)


def is_above_or_at(principal: Principal, thing: Any) -> bool:
    """The office that decided, or one above it."""
    return (
        principal.is_official
        and principal.has_role("reviewer", "leader")
        and covers(principal.office_path, thing.office_path)
    )


def reconsiders(principal: Principal, reconsideration: Any) -> bool:
    """Somebody who neither judged, nor voted, nor wrote, nor signed."""
    return is_above_or_at(principal, reconsideration) and principal.user_id not in reconsideration.deciders


def reconsiders_as_leader(principal: Principal, reconsideration: Any) -> bool:
    return reconsiders(principal, reconsideration) and principal.has_role("leader")


RECONSIDERATION = Machine(
    states.RECONSIDERATION,
    {
        "admit": reconsiders,
        "turn_down": reconsiders_as_leader,
        "maintain": reconsiders_as_leader,
        "set_aside": reconsiders_as_leader,
        "withdraw": is_verified_applicant,
    },
)


def works_on_exit(principal: Principal, thing: Any) -> bool:
    """The province's people for cases, within reach, while the procedure is not suspended."""
    return (
        principal.is_official
        and principal.level == "province"
        and principal.has_role("reviewer", "leader")
        and principal.reaches(thing.region_path)
        and thing.suspended_since is None
    )


def carries_on_exit(principal: Principal, thing: Any) -> bool:
    """Not while what it rests on was found to be a false alarm and no leader has said that it goes on."""
    return works_on_exit(principal, thing) and thing.source_fell_on is None


def takes_in_words(principal: Principal, thing: Any) -> bool:
    """Whoever the firm's paper or call reaches: its own office or one above it. A suspension stops nobody from being heard."""
    return principal.is_official and principal.has_role("reviewer", "leader") and principal.reaches(thing.region_path)


def decides_exit(principal: Principal, thing: Any) -> bool:
    """The second person: a leader who neither opened the procedure nor wrote the deliberation."""
    return (
        works_on_exit(principal, thing)
        and principal.has_role("leader")
        and principal.user_id not in (thing.opened_by_id, thing.deliberated_by_id)
    )


def decides_provincial_exit(principal: Principal, thing: Any) -> bool:
    return decides_exit(principal, thing) and carries_on_exit(principal, thing) and not is_national(thing.tier)


def decides_national_exit(principal: Principal, thing: Any) -> bool:
    return decides_exit(principal, thing) and carries_on_exit(principal, thing) and is_national(thing.tier)


def sets_aside_exit(principal: Principal, thing: Any) -> bool:
    """A leader who did not decide it; a suspension does not stop the way back, nor does the fall of its source."""
    return (
        principal.is_official
        and principal.level == "province"
        and principal.has_role("leader")
        and principal.reaches(thing.region_path)
        and principal.user_id != thing.decided_by_id
    )


def keeps_national_title(principal: Principal, thing: Any) -> bool:
    """What the ministry left standing is written down even where our own source has fallen."""
    return decides_exit(principal, thing) and is_national(thing.tier)


EXIT = Machine(
    states.EXIT,
    {
        "serve_notice": carries_on_exit,
        "serve_anew": carries_on_exit,
        "close_hearing": carries_on_exit,
        "deliberate": carries_on_exit,
        "hear_late": takes_in_words,
        "decide": decides_provincial_exit,
        "announce": decides_provincial_exit,
        "propose": decides_national_exit,
        "report": decides_national_exit,
        "record_national_end": decides_national_exit,
        "record_national_keep": keeps_national_title,
        "record_national_restore": sets_aside_exit,
        "drop": decides_exit,
        "set_aside": sets_aside_exit,
    },
)

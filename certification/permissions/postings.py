"""Who may do what with a list: whoever works on cases drafts it, and a leader who did not draft it makes it public (N7)."""

from typing import Any

from certification import states
from certification.permissions.cases import decides, is_house, is_provincial_reviewer
from foundation.accounts.principal import Principal
from foundation.transitions import Machine


def runs_posting(principal: Principal, posting: Any) -> bool:
    """The office whose list it is."""
    return (
        principal.is_official
        and principal.has_role("reviewer", "leader")
        and principal.office_path == posting.region_path
    )


def takes_down(principal: Principal, posting: Any) -> bool:
    """A leader of the office whose list it is: what was public is not taken back by whoever lists."""
    return runs_posting(principal, posting) and principal.has_role("leader")


def is_another_than_drafted(principal: Principal, draft: Any) -> bool:
    """Where nobody is known to have drafted it, nobody can be the other one."""
    return draft.drafted_by_id is not None and draft.drafted_by_id != principal.user_id


def publishes_posting(principal: Principal, posting: Any) -> bool:
    """The second person: a leader who did not draft it. On a meeting's list those who voted are the others (decision 0017)."""
    return takes_down(principal, posting) and (
        posting.meeting_id is not None or is_another_than_drafted(principal, posting)
    )


def publishes_announcement(principal: Principal, draft: Any) -> bool:
    """The second person: a leader of the province who did not draft it."""
    return decides(principal, draft) and is_another_than_drafted(principal, draft)


def takes_back_announcement(principal: Principal, draft: Any) -> bool:
    """Whoever works on cases at the province, who sees the mistake; and the house, when the day has come and it cannot be made."""
    return is_house(principal, draft) or is_provincial_reviewer(principal, draft)


def sends_recommendation(principal: Principal, draft: Any) -> bool:
    """The second person: a leader of the province who did not draft it."""
    return decides(principal, draft) and is_another_than_drafted(principal, draft)


POSTING = Machine(
    states.POSTING, {"start": publishes_posting, "end": is_house, "discard": runs_posting, "cancel": takes_down}
)
ANNOUNCEMENT_DRAFT = Machine(
    states.ANNOUNCEMENT_DRAFT,
    {
        "sign": publishes_announcement,
        "take_back": takes_back_announcement,
        "announce": publishes_announcement,
        "discard": is_provincial_reviewer,
    },
)
RECOMMENDATION_DRAFT = Machine(
    states.RECOMMENDATION_DRAFT, {"send": sends_recommendation, "discard": is_provincial_reviewer}
)

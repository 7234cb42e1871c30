"""Five outcomes and how they combine. As small numbers, so that both evaluators do the same arithmetic.

`all` is the smallest, because one unmet part decides, then one unknown, then one that a person must judge.
`any` is the largest after swapping the two middle ones: an unknown that might still help is told before a judgement.
"""

from collections.abc import Iterable

UNMET, UNKNOWN, NEEDS_PERSON, MET = 0, 1, 2, 3
NOT_APPLICABLE = 4
NAMES = {UNMET: "unmet", UNKNOWN: "unknown", NEEDS_PERSON: "needs_person", MET: "met", NOT_APPLICABLE: "not_applicable"}
SWAPPED = (UNMET, NEEDS_PERSON, UNKNOWN, MET)


def all_of(parts: Iterable[int]) -> int:
    return min(parts, default=MET)


def any_of(parts: Iterable[int]) -> int:
    return SWAPPED[max((SWAPPED[part] for part in parts), default=UNMET)]


def at_least(needed: int, parts: Iterable[int]) -> int:
    """Met when enough parts are met; unmet when even every open part would not do."""
    listed = list(parts)
    met, open_parts = listed.count(MET), len(listed) - listed.count(UNMET)
    if met >= needed:
        return MET
    if open_parts < needed:
        return UNMET
    return UNKNOWN if UNKNOWN in listed else NEEDS_PERSON

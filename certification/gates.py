"""硬条件: which lines of a filed result must hold, and which of them a person must judge before the case goes on.

What the machine has no data for is as open as what only a person can see. A firm may file without the data, for it may
have a reason; nobody may pass such a case on without having said what he makes of it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from certification import library
from certification.models import Application
from certification.rules.nodes import Criterion

BY_HAND = ("met", "unmet")
"""What may be said of a line that the machine has not decided; there is nothing to agree with."""

Known = Mapping[str, Criterion]
Titles = Mapping[str, str]


def criteria_of(application: Application) -> Known:
    """The criteria of the rule set the case was filed under, by code. LookupError when its text is gone."""
    return criteria_of_many([application])[application.pk]


def criteria_of_many(applications: Iterable[Application]) -> dict[int, Known]:
    """The same for many cases, in a constant number of queries."""
    rule_sets = library.pinned_of_many(applications)
    return {pk: {criterion.code: criterion for criterion in found.criteria} for pk, found in rule_sets.items()}


def titles_of(application: Application) -> Titles:
    """The short names that the standard of the case gives to its lines, by code. LookupError as above."""
    return titles_of_many([application])[application.pk]


def titles_of_many(applications: Iterable[Application]) -> dict[int, Titles]:
    """The same for many cases. What a notice of the year adds is in no rule set and is called by its code."""
    return {
        pk: {one.code: one.title for one in (*found.criteria, *found.document.indicators)}
        for pk, found in library.pinned_of_many(applications).items()
    }


def is_gate(line: Mapping[str, Any], known: Known) -> bool:
    """Whether the line must hold by itself: no scored indicator, no part of another condition.

    A condition that a notice of the year adds is in no rule set and always must hold.
    """
    criterion = known.get(line["code"])
    return "max" not in line and (criterion is None or criterion.gate)


def is_without_data(line: Mapping[str, Any], known: Known) -> bool:
    return line["outcome"] == "unknown" and is_gate(line, known)


def waits_for_a_person(line: Mapping[str, Any], known: Known) -> bool:
    """Only a person can judge it, or it must hold and the data to compute it are missing."""
    return line["outcome"] == "needs_person" or is_without_data(line, known)

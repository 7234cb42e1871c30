"""What every draft of the office has in common: a case stands on one at a time, also when two people draft in the same second."""

from collections.abc import Iterable, Mapping

from django.db import connection

from certification.models import Application
from foundation.refusals import Problem, Refused


def hold_cases(cases: Iterable[Application]) -> dict[int, str]:
    """Lock them until the transaction ends, in the order of their keys. Returns the state that each has now, by key.

    Whoever drafts the same case meanwhile waits here, and then sees that it is on a draft. Call it in a transaction.
    """
    assert connection.in_atomic_block, "a lock that ends with the statement holds nothing"
    keys = [case.pk for case in cases]
    rows = Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    return dict(rows.values_list("pk", "state"))


def refuse_twice(cases: Iterable[Application], on_a_draft: Mapping[int, str], sentence: str, mark: str) -> None:
    """Refused("conflict") by name for the cases that stand on another draft; `sentence` follows the names, `mark` is the field's."""
    names = "、".join(case.enterprise_name for case in cases if case.pk in on_a_draft)
    if names:
        raise Refused("conflict", f"{names}{sentence}", [Problem(f"{names}{mark}", "applications")])


def refuse_elsewhere(
    cases: Iterable[Application], state: str, sentence: str, now: Mapping[int, str] | None = None
) -> None:
    """Refused("conflict") by name for the cases that are not, or not any more, in the state from which this act goes.

    `now`: their states as hold_cases() read them; else those that they came with.
    """
    gone = [case.enterprise_name for case in cases if (now or {}).get(case.pk, case.state) != state]
    if gone:
        raise Refused(
            "conflict", f"{'、'.join(gone)}{sentence}", [Problem(f"{name}已不在这个环节", "applications") for name in gone]
        )  # fmt: skip

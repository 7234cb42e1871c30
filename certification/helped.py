"""谁帮您填的: what the firm has declared of help from outside, as the offices read it. It is held against nobody."""

from typing import Any

from django.db.models import Prefetch
from django.db.models.fields.json import KT

from certification.form_fields import BY_ITSELF
from certification.models import Submission

QUESTION = "helper"


def outside_help(filed: Submission | None) -> str:
    """In the words of the form, as last filed; empty where the firm has filled it in by itself or has not said."""
    return "" if filed is None else _words(filed.answers.get(QUESTION))


def _words(answer: Any) -> str:
    return answer if isinstance(answer, str) and answer != BY_ITSELF else ""


def last_declared() -> Prefetch:
    """For a list: the last submission of each case with this one answer and nothing else of it, as `declared`."""
    rows = Submission.objects.order_by("application_id", "-number").distinct("application_id")
    return Prefetch(
        "submissions",
        rows.annotate(said=KT(f"answers__{QUESTION}")).only("application_id", "number"),
        to_attr="declared",
    )


def outside_help_of(row: Any) -> str:
    """The same for a row that was fetched with `last_declared()`."""
    return next((_words(filed.said) for filed in row.declared), "")

"""One way to say no. Pages and the API render the same refusal: what, where, why (clause), how to mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

STATUS = {
    "not_found": 404,
    "forbidden": 403,
    "unverified": 403,
    "already_moved": 409,
    "stale": 409,
    "duplicate": 409,
    "window_closed": 409,
    "conflict": 409,
    "invalid": 422,
    "too_large": 413,
    "too_many": 429,
    "unavailable": 503,
}


@dataclass(frozen=True)
class Problem:
    """One thing to mend: `field` is the form or JSON name, `clause` the rule it rests on, `hint` the remedy."""

    message: str
    field: str = ""
    clause: str = ""
    hint: str = ""
    code: str = "invalid"

    def as_dict(self) -> dict[str, str]:
        return {
            "field": self.field,
            "code": self.code,
            "message": self.message,
            "clause": self.clause,
            "hint": self.hint,
        }


class Refused(Exception):
    """A verb says no. `code` is one of STATUS, `sentence` is for the person who asked."""

    def __init__(self, code: str, sentence: str, problems: Sequence[Problem] = (), **detail: Any) -> None:
        if code not in STATUS:
            raise ValueError(f"unknown refusal code {code!r}")
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.problems = tuple(problems)
        self.detail = detail

    @property
    def status(self) -> int:
        return STATUS[self.code]


class Missing(Refused):
    """Foreign and absent things look the same, word for word."""

    def __init__(self) -> None:
        super().__init__("not_found", "没有找到这一项。它可能不存在，也可能不在您的查看范围内。")

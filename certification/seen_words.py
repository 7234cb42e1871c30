"""Two phones on one visit: nobody writes over words that he has not had before him.

Every write has a key. Whoever writes says which keys he knows: that of the words the page showed, and those of his own that
may have arrived although the answer was lost. A form without a script says the mark of the words it showed instead.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from certification.models import Visit, VisitLine
from certification.models.visit import VERDICTS
from foundation.refusals import Problem, Refused


def plain(text: str) -> str:
    """One spelling of line ends: a form sends other ones than a script."""
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def mark(*words: str) -> str:
    """Of the words themselves; the same words have the same mark, whoever wrote them."""
    return hashlib.sha256("\x1f".join(plain(word) for word in words).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Standing:
    """What stands in one place now, and who wrote it."""

    words: tuple[str, ...]
    key: str
    by_name: str
    at: datetime | None

    @property
    def seen(self) -> str:
        """What a page that shows these words gives to whoever writes next; empty where there is nothing to write over."""
        return (self.key or mark(*self.words)) if any(self.words) else ""

    @property
    def said(self) -> str:
        return "，".join(dict(VERDICTS).get(word, word) for word in self.words if word)

    @property
    def signed(self) -> str:
        return f"{self.by_name} {timezone.localtime(self.at):%-m月%-d日 %H:%M}" if self.at else self.by_name or "同事"

    def is_known_by(self, given: Mapping[str, str]) -> bool:
        return not any(self.words) or bool({self.key, mark(*self.words)} - {""} & set(given.get("seen", "").split()))

    def is_anothers(self, given: Mapping[str, str], name: str) -> bool:
        """Whether the record must keep these words: a colleague's, or those of one's own other phone, written over by choice."""
        return any(self.words) and (self.by_name != name or bool(given.get("over")))


def on_line(line: VisitLine) -> Standing:
    return Standing((line.verdict, plain(line.note)), line.key, line.by_name, line.at)


def in_summary(visit: Visit) -> Standing:
    return Standing((plain(visit.summary),), visit.summary_key, visit.summary_by_name, visit.summary_at)


def unseen(what: str, field: str, now: Standing) -> Refused:
    """Refused("stale") with both ways out; `theirs` for the phone, which keeps its own and shows the two side by side."""
    said = now.said or "（已清空）"
    return Refused(
        "stale", f"{what}没有保存：{now.signed}另记了一份。两份都还在，请选定以哪一份为准。",
        [Problem(f"{what}：{now.signed}记的是“{said}”，与您写的不同", field, hint="看过两份，改好后再存一次，就以您的为准；原来那份留在经过里")],
        theirs={"seen": now.seen, "said": said, "by": now.signed, "words": list(now.words)},
    )  # fmt: skip

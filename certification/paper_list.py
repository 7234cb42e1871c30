"""材料清单: what a call asks for, line by line, and which files of the vault stand for each line.

A line is a kind of paper and the years it is about, so that the report of one year is never taken for another's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.timezone import localtime

from certification.models import Call
from enterprises.models import Evidence

KINDS = {
    "营业执照": "licence",
    "研发费用": "rd_audit",
    "研发机构": "rd",
    "审计": "audit",
    "社保": "social",
    "信用": "credit",
    "占有率": "share",
}
"""Word of the title → kind; the first that fits, so the special audit of R&D expenses stands before the audit."""

YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=\s*(?:年|[-—–~～至到、和]\s*20[0-9]{2}))")
LAST_YEARS = re.compile(r"近([一二两三四五1-5])(?:个)?年")
NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True)
class Line:
    """One line of the list. `years` is empty where the title names none; `is_alone`: no other line is of this kind."""

    kind: str
    title: str
    is_required: bool
    years: tuple[int, ...] = ()
    is_alone: bool = True
    hint: str = ""

    @property
    def key(self) -> str:
        return "-".join([self.kind, *map(str, self.years)])

    def takes(self, paper: Evidence) -> bool:
        """Whether the file may stand for this line.

        A file whose year nobody wrote down counts only where it is the one line of its kind, and only when it was
        handed in after the year it would have to be about.
        """
        if paper.kind != self.kind:
            return False
        if not self.years or paper.year in self.years:
            return True
        return paper.year is None and self.is_alone and localtime(paper.uploaded_at).year > max(self.years)


def years_in(title: str, year: int) -> tuple[int, ...]:
    """The years a title speaks of; 上年度 and 近两年 count back from the year of the call."""
    told = [int(found) for found in YEAR.findall(title)]
    if told:
        return tuple(range(min(told), max(told) + 1))
    back = LAST_YEARS.search(title)
    if back:
        count = NUMBERS.get(back[1]) or int(back[1])
        return tuple(range(year - count, year))
    if "上上年" in title:
        return (year - 2,)
    return (year - 1,) if "上年" in title or "上一年" in title else ()


def papers_from(text: str) -> list[dict[str, Any]]:
    """The list as an official types it, one paper a line; the kind is what lets the same file serve twice."""
    found = []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        title = line.lstrip("*＊").strip()
        kind = next((code for word, code in KINDS.items() if word in title), _own_kind(title))
        found.append({"kind": kind, "title": title[:80], "required": line[0] in "*＊"})
    return found


def _own_kind(title: str) -> str:
    return f"x-{sha256(title.encode()).hexdigest()[:10]}"


def lines_of(call: Call) -> list[Line]:
    """The call's list with every line distinct: a second one of the same kind and years is a kind of its own."""
    asked: list[tuple[str, tuple[int, ...], Mapping[str, Any]]] = []
    for row in call.documents:
        years, kind = years_in(row["title"], call.year), row["kind"]
        if any((kind, years) == told[:2] for told in asked):
            kind = _own_kind(row["title"])
        asked.append((kind, years, row))
    kinds = Counter(kind for kind, _, _ in asked)
    return [
        Line(kind, row["title"], bool(row.get("required")), years, kinds[kind] == 1, row.get("hint", ""))
        for kind, years, row in asked
    ]


def held(call: Call, enterprise_id: int) -> list[tuple[Line, list[Evidence]]]:
    """Every line with the files that stand for it: the newest one, or the newest of each year it covers."""
    lines = lines_of(call)
    rows = Evidence.objects.filter(enterprise_id=enterprise_id, kind__in={line.kind for line in lines})
    vault = list(rows.order_by("-uploaded_at", "-id"))
    return [(line, _newest(line, vault)) for line in lines]


def _newest(line: Line, vault: Sequence[Evidence]) -> list[Evidence]:
    chosen: dict[int | None, Evidence] = {}
    for paper in vault:
        if line.takes(paper):
            chosen.setdefault(paper.year if len(line.years) > 1 else None, paper)
    return sorted(chosen.values(), key=lambda paper: (paper.year or 0, paper.pk))


def not_filed(call: Call, filed: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Required lines for which no paper of a submission stands; versions filed before years were kept count by kind."""
    known = [(paper["kind"], paper.get("year")) for paper in filed]
    return [
        line
        for line in lines_of(call)
        if line.is_required
        and not any(
            kind == line.kind and (not line.years or year is None or year in line.years) for kind, year in known
        )
    ]

"""Mark a place on a page of evidence, with a note. The mark hangs on the file, not on the version that was filed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from certification.models import Application, Highlight, Submission
from certification.permissions import may_see_desk, reviews
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused

WHOLE_PAGE = (0, 0, 1000, 1000)
MOST_PAGES = 2000


def highlight(
    application: Application,
    sha256: str,
    page: int,
    note: str,
    *,
    actor: Principal,
    box: tuple[int, int, int, int] = WHOLE_PAGE,
    criterion: str = "",
) -> Highlight:
    """`box` is left, top, width, height in thousandths of the page. Refused("invalid") without a note or off the page."""
    if not reviews(actor, application) or actor.user_id is None:
        raise Missing
    filed = {paper["sha256"] for s in application.submissions.all() for paper in s.evidence}
    if sha256 not in filed:
        raise Missing
    left, top, width, height = box
    off = min(box) < 0 or left + width > 1000 or top + height > 1000 or not 1 <= page <= MOST_PAGES
    if off or not note.strip():
        words = "标注超出了页面" if off else "请写一句标注，例：与审计报告第4页一致"
        raise Refused("invalid", words, [Problem(words, "note")])
    with transaction.atomic():
        row = Highlight.objects.create(
            application=application, enterprise_id=application.enterprise_id, region_path=application.region_path,
            sha256=sha256, page=page, left=left, top=top, width=width, height=height, criterion=criterion[:20],
            note=note.strip()[:300], by_id=actor.user_id, by_name=actor.name, office_name=actor.office_name, at=clock.now(),
        )  # fmt: skip
        record("highlight.make", application, actor=actor, detail={"page": page, "note": row.note})
    return row


def erase(application: Application, public_id: str, *, actor: Principal) -> None:
    """One's own mark, while one still has the case."""
    row = Highlight.objects.filter(application=application, public_id=public_id, by_id=actor.user_id).first()
    if row is None or not reviews(actor, application):
        raise Missing
    with transaction.atomic():
        record("highlight.erase", application, actor=actor, detail={"page": row.page, "note": row.note})
        row.delete()


@dataclass(frozen=True)
class Place:
    """Where a file is to be read: its paper in the newest version that has it."""

    paper: str
    title: str
    number: int


@dataclass(frozen=True)
class Placed:
    mark: Highlight
    place: Place
    url: str


def places(submissions: Iterable[Submission]) -> dict[str, Place]:
    """{sha256: place} of every file that was ever filed; of two papers with the same file the newest version's counts."""
    told: dict[str, Place] = {}
    for filed in sorted(submissions, key=lambda row: row.number, reverse=True):
        for paper in filed.evidence:
            told.setdefault(paper["sha256"], Place(paper["public_id"], paper["title"], filed.number))
    return told


def placed(marks: Iterable[Highlight], known: Mapping[str, Place], application: Application) -> list[Placed]:
    """Each mark with its place and the address that opens the paper at its page and frame."""
    return [
        Placed(mark, known[mark.sha256], address(mark, known[mark.sha256], application))
        for mark in marks
        if mark.sha256 in known
    ]


def address(mark: Highlight, place: Place, application: Application) -> str:
    asked = {"at": mark.criterion, "paper": place.paper, "page": mark.page}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('certification:case', args=[application.public_id])}?{query}#mark-{mark.public_id}"


def highlights_of(application: Application, submissions: Iterable[Submission], *, actor: Principal) -> list[Placed]:
    """Every mark on every paper of every version, by page; one query."""
    if not may_see_desk(actor, application):
        return []
    return placed(Highlight.objects.filter(application=application), places(submissions), application)

"""The middle pane of the desk: the papers of every version, the one that is open, its page, and the marks on all of them."""

from typing import Any

from django.http import HttpRequest

from certification.highlight import highlights_of
from certification.models import Application, Submission
from certification.standing import standing_of
from certification.worksheet import Row, compared, opening_paper
from enterprises import preview
from enterprises.dispute import documents
from enterprises.models import Enterprise
from enterprises.queries import evidence_visible_to
from foundation.refusals import Refused


def is_mark(request: HttpRequest) -> bool:
    """Whether what was sent is a mark on a page: its note belongs under the page, not to a verdict."""
    return "left" in request.POST


def evidence_pane(
    request: HttpRequest,
    application: Application,
    submissions: list[Submission],
    chosen: Row | None,
    firm: Enterprise | None,
) -> dict[str, Any]:
    """The papers of this submission, the one that is open, its page, its marks, and the version before; newest submission first.

    Papers of every version can be opened, so that a mark is found again however often the firm has filed since.
    Without the firm in sight neither papers nor today's other sources: the case is read as it was filed.
    """
    principal = request.principal  # type: ignore[attr-defined]
    current = submissions[0]
    numbers: dict[str, int] = {}
    for filed in submissions:
        for row in filed.evidence:
            numbers.setdefault(row["public_id"], filed.number)
    wanted = asked(request, "paper") or opening_paper(chosen, current)
    told: dict[str, Any] = {
        "paper": None, "marks": [], "pages": 0, "page": 1, "comparison": [], "older": None, "all_marks": [], "other_marks": [],
        "typed_mark": request.POST.get("note", "") if is_mark(request) else "",
    }  # fmt: skip
    if chosen is not None and chosen.facts:
        today = standing_of(firm, application.judged_on) if firm else {}
        behind = documents(firm, application.judged_on) if firm else {}
        told["comparison"] = compared(chosen, application, current, today, behind)
    if firm is not None:
        told["other_marks"] = highlights_of(application, submissions, actor=principal)
    if wanted not in numbers:
        return told
    paper = evidence_visible_to(principal).filter(public_id=wanted, enterprise_id=application.enterprise_id).first()
    if paper is None:
        return told
    try:
        told["pages"] = preview.page_count(paper)
    except Refused as refusal:
        told["unseen"] = refusal.sentence
    number = asked(request, "page")
    told["page"] = min(int(number), told["pages"]) if number.isascii() and number.isdigit() and int(number) > 0 else 1
    here = [m for m in told["other_marks"] if m.mark.sha256 == paper.sha256]
    earlier = (p for filed in submissions if filed.number < numbers[wanted] for p in filed.evidence)
    return told | {
        "paper": paper, "all_marks": here, "marks": [m.mark for m in here if m.mark.page == told["page"]],
        "other_marks": [m for m in told["other_marks"] if m.mark.sha256 != paper.sha256],
        "paper_number": numbers[wanted],
        "older": next((p for p in earlier if p["kind"] == paper.kind and p["sha256"] != paper.sha256), None),
    }  # fmt: skip


def asked(request: HttpRequest, name: str) -> str:
    """From the address; after a refused mark from the form, so that the same page stays open."""
    return (request.POST.get(name, "") if is_mark(request) else request.GET.get(name, ""))[:40]

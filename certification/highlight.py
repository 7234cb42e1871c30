"""Mark a place on a page of evidence, with a note. The mark hangs on the file, not on the version that was filed."""

from django.db import transaction

from certification.models import Application, Highlight
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


def highlights_on(application: Application, sha256: str, *, actor: Principal) -> list[Highlight]:
    if not may_see_desk(actor, application):
        return []
    return list(Highlight.objects.filter(application=application, sha256=sha256))

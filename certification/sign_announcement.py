"""定稿: the second person signs an announcement, and it is made some minutes later; until then it is taken back with a reason.

Nothing undoes an announcement: titles and certificates exist, firms and departments act on them. So the interval in which
somebody still sees the wrong line lies before it and not after (features C5; decision 0029).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from certification import announce
from certification.models import AnnouncementDraft
from certification.notify import tell_posts
from certification.permissions import ANNOUNCEMENT_DRAFT, is_provincial_reviewer
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue_many, work
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved, move

MAKE = "certification.announce"
UNSIGNED: dict[str, Any] = {"signed_by_id": None, "signed_by_name": "", "due_at": None}


def sign(row: AnnouncementDraft, *, actor: Principal) -> AnnouncementDraft:
    """By a leader who did not draft it. Refused as announcing itself is: what would stop it then is told now."""
    announce.refuse_who_may_not(row, actor)
    if row.state != "draft":
        raise already_moved(row, ANNOUNCEMENT_DRAFT)
    chosen = announce.to_be_announced(row)
    due = clock.now() + timedelta(minutes=settings.ANNOUNCEMENT_QUIET_MINUTES)
    with transaction.atomic():
        moved = move(
            row, "sign", actor=actor, machine=ANNOUNCEMENT_DRAFT, detail={"due_at": due.isoformat(), "count": len(chosen)},
            signed_by_id=actor.user_id, signed_by_name=actor.name, due_at=due,
        )  # fmt: skip
        key = f"{moved.public_id} {moved.version}"
        enqueue_many(MAKE, [(key, {"draft": moved.pk, "version": moved.version})], due_at=due)
    return moved


def take_back(row: AnnouncementDraft, *, actor: Principal, reason: str) -> AnnouncementDraft:
    """By whoever works on cases at the province, while the interval lasts: it is a draft again. Refused("invalid") without a reason."""
    if not is_provincial_reviewer(actor, row):
        raise Missing
    if row.state != "signed":
        raise already_moved(row, ANNOUNCEMENT_DRAFT)
    if not reason.strip():
        raise Refused("invalid", "收回公告要写明理由，会记入留痕。", [Problem("请写理由", "take-back-reason")])
    signer = row.signed_by
    with transaction.atomic():
        moved = move(row, "take_back", actor=actor, machine=ANNOUNCEMENT_DRAFT, reason=reason.strip(), **UNSIGNED)
        tell(moved, signer, f"{actor.name}收回了公告：{reason.strip()}")
    return moved


@work(MAKE)
def make_when_due(item: WorkItem) -> dict[str, Any]:
    """In the name of who signed it. A draft that was taken back, or signed anew since, is none of this row's business.

    What came up in the interval makes it a draft again, and its two people hear why: an announcement is never made in part
    unseen, and never tried again by itself.
    """
    row = AnnouncementDraft.objects.select_related("call", "signed_by").get(pk=item.payload["draft"])
    if row.state != "signed" or row.version != item.payload["version"] or row.signed_by is None:
        return {"announced": 0}
    signer = row.signed_by
    try:
        with transaction.atomic():
            made = announce.publish(row, actor=Principal.of_user(signer))
    except Refused as refusal:
        fresh = AnnouncementDraft.objects.get(pk=row.pk)
        if fresh.version != item.payload["version"]:
            return {"announced": 0}
        why = "签发人现在不是自治区的负责人。" if isinstance(refusal, Missing) else refusal.sentence
        with transaction.atomic():
            move(
                fresh, "take_back", actor=Principal.system(MAKE), machine=ANNOUNCEMENT_DRAFT, reason=f"到点没有公告：{why}", **UNSIGNED
            )  # fmt: skip
            tell(fresh, signer, f"到点没有公告：{why}")
        return {"announced": 0, "why": why}
    left = announce.left_out(row)
    if left:
        with transaction.atomic():
            tell(row, signer, f"已公告。{'、'.join(left)}有公示异议没有办结，这次没有公告。")
    return {"announced": made.certificates.count()}


def tell(row: AnnouncementDraft, signer: Any, words: str) -> None:
    """Both who stand behind it."""
    tell_posts(
        [person for person in (row.drafted_by, signer) if person is not None], f"公告：{row.title}"[:120],
        f"《{row.title}》（{row.document_number}）：{words}", about=row,
        url=reverse("certification:announcement_draft", args=[row.public_id]), what_to_do="打开公告稿核对",
    )  # fmt: skip

"""建议取消 → 上报 → 国家结果: a national title is ended by the ministry; the portal proposes, reports and records.

Each step tells the firm. The bar begins when the ministry's result is recorded, not with the proposal.
"""

from typing import Any

from django.db import transaction

from certification import exit_letters
from certification.exit import ground_of, tell
from certification.letter import confirmed_remedy
from certification.models import Exit
from certification.permissions import EXIT
from certification.reach import end_titles, heir
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.models import MessageKind
from foundation.refusals import Missing
from foundation.transitions import move


def propose(row: Exit, reason: str, *, actor: Principal) -> Exit:
    """The province's own act, and so with the remedies; served like a decision. Refused("conflict") while nobody worded them."""
    remedy = confirmed_remedy("不能决定报建议取消", exit_letters.AGAIN)
    with transaction.atomic():
        moved = move(
            row, "propose", actor=actor, machine=EXIT, reason=reason, detail={"office": actor.office_name},
            decision=reason.strip()[:4000], decided_by_id=actor.user_id, decided_on=clock.today(), remedy=remedy,
        )  # fmt: skip
        sent = tell(row, "报建议取消称号决定书", exit_letters.proposal(row, reason.strip()), "打开查看决定和救济途径")
        moved.decision_notices = [message.public_id for message in sent]
        Exit.objects.filter(pk=row.pk).update(decision_notices=moved.decision_notices)
    return moved


def national_step(row: Exit, act: str, reason: str, *, actor: Principal) -> Exit:
    """One step with its letter. What has ended meanwhile is not ended twice; the bar counts all the same."""
    if act == "propose":
        return propose(row, reason, actor=actor)
    if act not in ("report", "record_national_end", "record_national_keep"):
        raise Missing
    today, words = clock.today(), reason.strip()
    kept: dict[str, Any] = {}
    if act == "record_national_end":
        words = words or "国家公告取消"
        kept = {
            "ended_on": today, "document_number": words[:60], "barred_until": ground_of(row).barred_until(today),
            "remedy": confirmed_remedy("不能登记并告知企业", exit_letters.AGAIN),
        }  # fmt: skip
    with transaction.atomic():
        moved = move(row, act, actor=actor, machine=EXIT, reason=reason, detail={"office": actor.office_name}, **kept)
        if act == "record_national_end":
            title = heir(row.certificate)
            end_titles([title] if title else [], words, today, actor=actor)
        _tell(row, act, words)
    return moved


def _tell(row: Exit, act: str, words: str) -> None:
    subject, body, to_do = exit_letters.national(row, act, words)
    tell(row, subject, body, to_do, MessageKind.LEGAL if act == "record_national_end" else MessageKind.COURTESY)

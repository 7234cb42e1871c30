"""Legal service (送达): who has it, since when, what proves it, and what an office does when nothing does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.mailroom.models import Fallback, Message, MessageKind, Proof
from foundation.mailroom.posting import inbox
from foundation.mailroom.signals import notice_opened
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.paths import PROVINCE, path_range
from foundation.workdays.counting import add_workdays

COUNTS = ("opened", "served")
"""What proves service. That a provider took the letter proves that we sent it, not that anybody has it."""


def served_at(message: Message) -> datetime | None:
    """When the person had it, by the earliest proof; a paper's own day counts, not the day it was written up."""
    told = [_moment(proof) for proof in message.proofs.all() if proof.what in COUNTS]
    return min(told, default=None)


def is_served(message: Message) -> bool:
    return served_at(message) is not None


def _moment(proof: Proof) -> datetime:
    if proof.served_on is None:
        return proof.at
    return timezone.make_aware(datetime.combine(proof.served_on, time.min))


def open_letter(message: Message, *, actor: Principal) -> Message:
    """The recipient opens it: read from now on; a served notice is proved by it, once."""
    if actor.user_id != message.recipient_id:
        raise Missing
    moment = clock.now()
    with transaction.atomic():
        first = Message.objects.filter(pk=message.pk, read_at=None).update(read_at=moment)
        if first and message.is_legal:
            Proof.objects.create(message=message, channel="in_app", what="opened", at=moment, by_name=actor.name)
            record("notice.open", message, actor=actor, audience="applicant")
            _close_tasks(message, moment)
            notice_opened.send(sender=Message, message=message, actor=actor)
    message.refresh_from_db()
    return message


def open_about(thing: models.Model, *, actor: Principal) -> None:
    """Somebody of the firm opens the thing itself that the notices are about: that serves it, and is proved.

    Who came to the firm after the notices went out has none of his own; the proof then hangs on the first of them.
    """
    label, number = thing._meta.label_lower, str(getattr(thing, "public_id", ""))
    about = Message.objects.filter(about_type=label, about_id=number, kind=MessageKind.LEGAL)
    mine = list(about.filter(recipient_id=actor.user_id).order_by("id"))
    for message in mine:
        open_letter(message, actor=actor)
    if mine:
        return
    with transaction.atomic(), scoped(Principal.system("mailroom")):
        first = about.order_by("id").first()
        if first is None or any(is_served(row) for row in [first, *siblings(first)]):
            return
        moment, words = clock.now(), f"由同单位的{actor.name}打开"
        Proof.objects.create(
            message=first, channel="in_app", what="served", at=moment, by_name=actor.name, answer=words
        )  # fmt: skip
        record("notice.open", first, actor=actor, audience="applicant")
        _close_tasks(first, moment)


def siblings(message: Message) -> QuerySet[Message]:
    """The same notice to the other people of the same firm: one act of sending wrote them all."""
    if message.enterprise_id is None or not message.about_id:
        return Message.objects.none()
    return Message.objects.filter(_same(message)).exclude(pk=message.pk)


def _same(message: Message) -> Q:
    return Q(
        kind=message.kind, about_type=message.about_type, about_id=message.about_id, subject=message.subject,
        enterprise_id=message.enterprise_id, created_at=message.created_at,
    )  # fmt: skip


def _close_tasks(message: Message, moment: datetime) -> None:
    """A firm that has its letter by one of its people has it: nobody is rung up for the others.

    The task is the office's; the recipient has no sight of it.
    """
    with scoped(Principal.system("mailroom")):
        whose = [message.pk, *siblings(message).values_list("pk", flat=True)]
        Fallback.objects.filter(message_id__in=whose, closed_at=None).update(closed_at=moment)


def firm_served_at(letters: Iterable[Message]) -> dict[int, datetime]:
    """{message: when the firm had it}, by the earliest proof of any of its people."""
    groups: dict[tuple[Any, ...], list[Message]] = defaultdict(list)
    for row in letters:
        own = (row.pk,) if row.enterprise_id is None or not row.about_id else ()
        groups[(row.kind, row.about_type, row.about_id, row.subject, row.enterprise_id, row.created_at, *own)].append(
            row
        )
    found = {}
    for rows in groups.values():
        moments = [moment for row in rows if (moment := served_at(row)) is not None]
        if moments:
            found |= {row.pk: min(moments) for row in rows}
    return found


def mark_read(public_ids: list[str], *, actor: Principal) -> int:
    """Reminders only: a served notice is read by opening it."""
    mine = Message.objects.filter(recipient_id=actor.user_id, kind=MessageKind.COURTESY, read_at=None)
    return mine.filter(public_id__in=public_ids).update(read_at=clock.now())


def unproved() -> QuerySet[Message]:
    proved = Proof.objects.filter(message=OuterRef("pk"), what__in=COUNTS)
    same = Message.objects.exclude(about_id="").filter(
        kind=MessageKind.LEGAL, about_type=OuterRef("about_type"), about_id=OuterRef("about_id"), subject=OuterRef("subject"),
        enterprise_id=OuterRef("enterprise_id"), created_at=OuterRef("created_at"), proofs__what__in=COUNTS,
    )  # fmt: skip
    return Message.objects.filter(~Exists(proved), ~Exists(same), kind=MessageKind.LEGAL, fallback=None)


def open_fallbacks() -> int:
    """A task for the office where no electronic way is left, or where the configured time has passed without proof."""
    made = 0
    for message in unproved().prefetch_related("deliveries").order_by("id")[:500]:
        why = _why(message)
        if why:
            Fallback.objects.get_or_create(
                message=message,
                defaults={
                    "region_path": message.region_path or PROVINCE,
                    "enterprise_id": message.enterprise_id,
                    "why": why,
                    "opened_at": clock.now(),
                },
            )
            made += 1
    return made


def _why(message: Message) -> str:
    days = settings.SERVICE_PROOF_WORKDAYS
    sent_on = timezone.localtime(message.created_at).date()
    if days and clock.today() > add_workdays(sent_on, days):
        return f"发出后 {days} 个工作日没有送达证明"
    outside = [row.state for row in message.deliveries.all() if row.channel != "in_app"]
    if not outside:
        return "没有邮箱和手机，电子方式送不到"
    return "邮件和短信都没有送出" if all(state == "failed" for state in outside) else ""


def fallbacks(principal: Principal) -> QuerySet[Fallback]:
    """What is to be served by hand in the reach of the office, the oldest first."""
    rows = Fallback.objects.filter(closed_at=None).select_related("message__recipient")
    if not serves(principal):
        return rows.none()
    low, high = path_range(principal.office_path)
    return rows.filter(region_path__gte=low, region_path__lt=high)


def serves(principal: Principal) -> bool:
    return principal.is_official and principal.has_role("reviewer", "leader")


def serve_by_hand(fallback: Fallback, given: Mapping[str, Any], *, actor: Principal) -> Proof:
    """Close the task with evidence: on paper or by phone, on which day, by whom, under which number."""
    _require(fallback, actor)
    told = read_service(given, ("phone", "paper"), timezone.localtime(fallback.message.created_at).date())
    way, on, by, number = told
    with transaction.atomic():
        moment = clock.now()
        if not Fallback.objects.filter(pk=fallback.pk, closed_at=None).update(closed_at=moment):
            raise Refused("already_moved", "这份文书已经送达，可能有同事先办了一步，或对方已在系统里打开。")
        proof = Proof.objects.create(
            message=fallback.message, channel=way, what="served", at=moment, served_on=on, number=number,
            by_name=by, by_office=actor.office_name, answer=str(given.get("note", "")).strip()[:300],
        )  # fmt: skip
        _close_tasks(fallback.message, moment)
        detail = {"office": actor.office_name, "way": proof.get_channel_display(), "day": str(on), "number": number}
        record("notice.serve", fallback.message, actor=actor, detail=detail, audience="applicant")
    return proof


def read_service(given: Mapping[str, Any], ways: Iterable[str], sent_on: date) -> tuple[str, date, str, str]:
    """(way, day, by whom, number) of a service by hand, or what is missing of it."""
    way, on = str(given.get("way", "")), given.get("served_on")
    by, number = str(given.get("by", "")).strip()[:80], str(given.get("number", "")).strip()[:80]
    problems = []
    if way not in ways:
        problems.append(Problem("请选择送达方式", "way", hint="电话告知选“电话”，邮寄、当面或留置选“纸质”"))
    if not isinstance(on, date):
        problems.append(Problem("请填写送达日期", "served_on", hint="例：2026-04-01"))
    elif not sent_on <= on <= clock.today():
        problems.append(Problem("送达日期不对", "served_on", hint=f"应在发文日 {sent_on} 与今天 {clock.today()} 之间"))
    if not by:
        problems.append(Problem("请填写送达人", "by", hint="谁送的、谁打的电话"))
    if not number:
        problems.append(Problem("请填写回证或单号", "number", hint="送达回证编号、邮寄单号或通话记录编号"))
    if problems or not isinstance(on, date):
        raise Refused("invalid", f"还不能办结：有 {len(problems)} 处要填。", problems)
    return way, on, by, number


def note_attempt(fallback: Fallback, note: str, *, way: str, actor: Principal) -> Proof:
    """Nobody was reached: written down, and the task stays open."""
    _require(fallback, actor)
    if way not in ("phone", "paper") or not note.strip():
        problem = Problem("请选择方式并写明经过", "note", hint="例：4月1日10时拨打登记电话，无人接听")
        raise Refused("invalid", "还没有记下。", [problem])
    with transaction.atomic():
        proof = Proof.objects.create(
            message=fallback.message, channel=way, what="tried", at=clock.now(), answer=note.strip()[:300],
            by_name=actor.name, by_office=actor.office_name,
        )  # fmt: skip
        record(
            "notice.try", fallback.message, actor=actor, reason=note.strip()[:300], detail={"office": actor.office_name}
        )
    return proof


def _require(fallback: Fallback, actor: Principal) -> None:
    if not (serves(actor) and actor.reaches(fallback.region_path)):
        raise Missing


def to_read(principal_user: Any, kind: str = "") -> QuerySet[Message]:
    """The inbox, all of it or one kind."""
    rows = inbox(principal_user)
    return rows.filter(Q(kind=kind)) if kind in MessageKind.values else rows

"""Carry one delivery out of the house; the ledger claims it, counts attempts, retries and quarantines.

What can be promised. A provider that knows our id takes a letter once, however often it is tried. SMTP knows no such
thing: when the machine dies between the server's "250" and our commit, or the line breaks after DATA, nobody can say
whether it was taken. Then courtesy mail is not sent again (`unsure`), because a missing reminder is still in the inbox;
a served notice is sent once more under the same Message-ID, because a doubled one harms nobody and a lost one does.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings

from foundation import clock
from foundation.idle import may_stand_idle
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue_many, work
from foundation.mailroom.carriers import Letter, NotYet, Undeliverable, Unsure, carrier_for
from foundation.mailroom.models import Delivery, Message, Proof
from foundation.mailroom.sort import KIND

PUT_OFF = (1, 5, 30, 120)
"""Minutes until the next attempt when nobody took the letter. After the last one the ledger quarantines it."""
PROVED = {"sent": "handed", "failed": "failed", "unsure": "unsure"}


@work(KIND)
def carry(item: WorkItem) -> dict[str, Any]:
    """One delivery. A repeated knock finds it sent and does nothing."""
    row = Delivery.objects.select_related("message__recipient").get(pk=item.payload["delivery"])
    carrier = carrier_for(row.channel)
    if row.state not in ("pending", "failed"):
        return {"state": row.state}
    if carrier is None:
        raise LookupError(f"no way out for {row.channel}: it was there when the delivery was sorted")
    if not row.message.is_legal and row.message.read_at is not None:
        return _write(row, "silenced", "已在站内读过")
    may_double = item.broken_off and not carrier.knows_repetitions
    if may_double and not row.message.is_legal:
        return _write(row, "unsure", "上次发送中断，为避免重复不再发")
    # A slow server may use its whole time-out at every step; the row lock of the item is all that waits for it.
    may_stand_idle(120)
    letter = letter_of(row)
    row.provider_id = letter.provider_id
    try:
        answer = carrier.carry(letter)
    except NotYet as error:
        return _put_off(row, item, error)
    except Undeliverable as error:
        return _write(row, "failed", str(error))
    except Unsure as error:
        if row.message.is_legal and not item.payload.get("turn"):
            return _put_off(row, item, error)
        return _write(row, "unsure", str(error))
    return _write(row, "sent", answer + ("（上次发送中断，这是第二次）" if may_double else ""))


def _put_off(row: Delivery, item: WorkItem, error: Exception) -> dict[str, Any]:
    """Wait longer each time; the last attempt fails aloud, so that the operator sees it."""
    turn = int(item.payload.get("turn", 0))
    if turn >= len(PUT_OFF):
        raise error
    due = clock.now() + timedelta(minutes=PUT_OFF[turn])
    following = {"delivery": row.pk, "turn": turn + 1}
    enqueue_many(KIND, [(f"delivery:{row.pk}:{turn + 1}", following)], due_at=due)
    Delivery.objects.filter(pk=row.pk).update(answer=str(error)[:300])
    return {"put_off": due.isoformat(), "why": str(error)[:300]}


def _write(row: Delivery, state: str, answer: str) -> dict[str, Any]:
    moment = clock.now()
    sent_at = moment if state == "sent" else None
    Delivery.objects.filter(pk=row.pk).update(
        state=state, sent_at=sent_at, provider_id=row.provider_id, answer=answer[:300]
    )
    if row.message.is_legal and state in PROVED:
        Proof.objects.create(
            message=row.message, channel=row.channel, what=PROVED[state], at=moment, answer=answer[:300]
        )
    return {"state": state}


def letter_of(row: Delivery) -> Letter:
    message, person = row.message, row.message.recipient
    assert person is not None  # a letter that an office serves by hand has no delivery
    host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    if row.channel == "sms":
        return Letter(person.phone, message.subject, sms_text(message), f"{message.public_id}.sms")
    provider_id = f"<{message.public_id}.email@{host}>"
    return Letter(person.email, f"【天梯】{message.subject}", email_text(message), provider_id)


def cn(message: Message) -> str:
    day = message.due_on
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def email_text(message: Message) -> str:
    """What happened, what to do, by when, where; a served notice with its hash, so that a copy proves itself."""
    lines = [f"{message.recipient.name if message.recipient else ''}：", "", message.body, ""]
    lines += [f"要做什么：{message.what_to_do}"] if message.what_to_do else []
    lines += [f"最后一天：{cn(message)}"] if message.due_on else []
    lines += [f"在这里办：{settings.BASE_URL}{message.url}"] if message.url else []
    if message.is_legal:
        opened = f"{settings.BASE_URL}/messages/{message.public_id}/"
        lines += [
            "",
            "这是一份送达文书。请登录后打开，打开即留下送达记录：",
            opened,
            f"内容摘要（SHA-256）：{message.content_hash}",
        ]
    else:
        lines += ["", f"不想收到这类邮件，或改为每天一封汇总：{settings.BASE_URL}/messages/settings/"]
    return "\n".join(lines)


def sms_text(message: Message) -> str:
    """No body: a telephone lies about where others read it."""
    parts = [f"【天梯】{message.subject}"]
    parts += [message.what_to_do] if message.what_to_do else []
    parts += [f"最后一天{cn(message)}"] if message.due_on else []
    path = f"/messages/{message.public_id}/" if message.is_legal else message.url
    return "。".join(parts) + (f" {settings.BASE_URL}{path}" if path else "")

"""The daily digest: one e-mail with everything of the day that was not urgent, instead of many."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from foundation import clock
from foundation.idle import may_stand_idle
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue_many, work
from foundation.mailroom.carriers import Letter, NotYet, Undeliverable, Unsure, carrier_for
from foundation.mailroom.carry import cn
from foundation.mailroom.models import Delivery, Digest, Message, Way
from foundation.mailroom.sort import sort_all

KIND = "mail.digest"


def gather(on: date | None = None) -> int:
    """Put what waits for the digest into one per person and day; a second call of the day finds nothing new to gather.

    What was read in the portal meanwhile is not told again.
    """
    sort_all()
    day = on or clock.today()
    with transaction.atomic():
        waiting = Delivery.objects.filter(state="pending", way=Way.DIGEST, channel="email")
        waiting.filter(message__read_at__isnull=False).update(state="silenced", answer="已在站内读过")
        people = set(waiting.values_list("message__recipient_id", flat=True))
        told_today = set(Digest.objects.filter(on=day, person__in=people).values_list("person_id", flat=True))
        made = Digest.objects.bulk_create(
            [Digest(person_id=person, on=day) for person in sorted(people - told_today)], ignore_conflicts=True
        )
        mine = {d.person_id: d.pk for d in Digest.objects.filter(on=day, person__in=people - told_today)}
        for person, pk in mine.items():
            waiting.filter(message__recipient_id=person).update(state="digested", digest_id=pk)
        enqueue_many(KIND, [(f"digest:{pk}", {"digest": pk}) for pk in mine.values()])
    return len(made)


@work(KIND)
def carry_digest(item: WorkItem) -> dict[str, Any]:
    """One digest; the same promise as for courtesy mail: at most once, and `unsure` where nobody can know."""
    row = Digest.objects.select_related("person").get(pk=item.payload["digest"])
    carrier = carrier_for("email")
    if row.state != "pending":
        return {"state": row.state}
    if carrier is None:
        raise LookupError("no way out for e-mail: it was there when the digest was gathered")
    if not row.person.email:
        return _write(row, "failed", "账号没有邮箱")
    if item.broken_off:
        return _write(row, "unsure", "上次发送中断，为避免重复不再发")
    may_stand_idle(120)
    messages = list(Message.objects.filter(deliveries__digest=row).order_by("due_on", "id"))
    host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    row.provider_id = f"<digest-{row.pk}@{host}>"
    subject = f"【天梯】{row.on.month}月{row.on.day}日汇总：{len(messages)} 件事"
    try:
        answer = carrier.carry(Letter(row.person.email, subject, digest_text(row, messages), row.provider_id))
    except NotYet:
        raise
    except Undeliverable as error:
        return _write(row, "failed", str(error))
    except Unsure as error:
        return _write(row, "unsure", str(error))
    return _write(row, "sent", answer)


def _write(row: Digest, state: str, answer: str) -> dict[str, Any]:
    sent_at = clock.now() if state == "sent" else None
    Digest.objects.filter(pk=row.pk).update(
        state=state, sent_at=sent_at, provider_id=row.provider_id, answer=answer[:300]
    )
    Delivery.objects.filter(digest=row).update(sent_at=sent_at)
    return {"state": state}


def digest_text(row: Digest, messages: list[Message]) -> str:
    """What has a date first."""
    lines = [f"{row.person.name}：", "", f"昨天以来有 {len(messages)} 件事。", ""]
    dated = sorted(messages, key=lambda m: (m.due_on is None, m.due_on or row.on, m.pk))
    for number, message in enumerate(dated, 1):
        lines.append(f"{number}. {message.subject}")
        lines += [f"   要做什么：{message.what_to_do}"] if message.what_to_do else []
        lines += [f"   最后一天：{cn(message)}"] if message.due_on else []
        lines += [f"   {settings.BASE_URL}{message.url}"] if message.url else []
    return "\n".join([*lines, "", f"改通知方式：{settings.BASE_URL}/messages/settings/"])

"""`send()` writes messages and their deliveries in the caller's transaction; nothing leaves the house here."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models, transaction

from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Choice, Delivery, Fallback, Message, MessageKind, Topic
from foundation.regions.paths import PROVINCE


def send(
    to: Iterable[User],
    *,
    subject: str,
    body: str,
    url: str = "",
    kind: str = MessageKind.COURTESY,
    about: models.Model | None = None,
    topic: str = Topic.CASE,
    what_to_do: str = "",
    due_on: date | None = None,
) -> list[Message]:
    """One message per person, in-app at once; e-mail and SMS wait as rows where an address is known.

    A legal message takes every channel there is; SMS of a courtesy message only goes to whoever asked for it.
    """
    moment, people = clock.now(), list(to)
    by_sms = _wants_sms(people, topic, kind)
    written = []
    for person in people:
        message = Message(
            recipient=person,
            kind=kind,
            topic=topic,
            subject=" ".join(subject.split())[:120],
            body=body,
            what_to_do=what_to_do[:200],
            due_on=due_on,
            url=url,
            about_type=about._meta.label_lower if about is not None else "",
            about_id=str(getattr(about, "public_id", "")) if about is not None else "",
            region_path=getattr(about, "region_path", "") or "",
            enterprise_id=_enterprise_of(about),
            created_at=moment,
        )
        if message.is_legal:
            message.content_hash = hash_of(message)
        _write(message)
        rows = [Delivery(message=message, channel="in_app", state="sent", way="each", sent_at=moment)]
        if person.email:
            rows.append(Delivery(message=message, channel="email"))
        if person.phone and (message.is_legal or person.pk in by_sms):
            rows.append(Delivery(message=message, channel="sms"))
        Delivery.objects.bulk_create(rows)
        written.append(message)
    return written


def send_by_hand(
    *,
    subject: str,
    body: str,
    about: models.Model,
    why: str,
    url: str = "",
    topic: str = Topic.CASE,
    what_to_do: str = "",
    due_on: date | None = None,
) -> Message:
    """A served notice to an enterprise of which nobody can be reached here: written down, with the task for the office."""
    message = Message(
        recipient=None, kind=MessageKind.LEGAL, topic=topic, subject=" ".join(subject.split())[:120], body=body,
        what_to_do=what_to_do[:200], due_on=due_on, url=url, about_type=about._meta.label_lower,
        about_id=str(getattr(about, "public_id", "")), region_path=getattr(about, "region_path", "") or PROVINCE,
        enterprise_id=_enterprise_of(about), created_at=clock.now(),
    )  # fmt: skip
    message.content_hash = hash_of(message)
    with transaction.atomic(), scoped(Principal.system("mailroom")):
        message.save(force_insert=True)
        Fallback.objects.create(
            message=message, region_path=message.region_path, enterprise_id=message.enterprise_id, why=why[:120],
            opened_at=message.created_at,
        )  # fmt: skip
    return message


def _write(message: Message) -> None:
    """Whoever causes a message need not be able to see it: a firm that submits writes to its county."""
    with transaction.atomic(), scoped(Principal.system("mailroom")):
        message.save(force_insert=True)


def _wants_sms(people: list[User], topic: str, kind: str) -> set[int]:
    with_phone = [person.pk for person in people if person.phone]
    if kind == MessageKind.LEGAL or not with_phone or settings.SMS_ADAPTER == "none":
        return set()
    return set(Choice.objects.filter(person__in=with_phone, topic=topic, sms=True).values_list("person_id", flat=True))


def _enterprise_of(about: models.Model | None) -> int | None:
    if about is not None and about._meta.label_lower == "enterprises.enterprise":
        return int(about.pk)
    return getattr(about, "enterprise_id", None)


def hash_of(message: Message) -> str:
    """Over everything the person reads: whoever keeps a copy can prove what was served."""
    told = {
        "to": message.recipient.public_id if message.recipient else f"enterprise {message.enterprise_id}",
        "subject": message.subject,
        "body": message.body,
        "what_to_do": message.what_to_do,
        "due_on": message.due_on.isoformat() if message.due_on else "",
        "url": message.url,
        "about": f"{message.about_type}/{message.about_id}",
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def inbox(user: User) -> models.QuerySet[Message]:
    return Message.objects.filter(recipient=user)


def letters_about(thing: models.Model) -> models.QuerySet[Message]:
    """The mail log of a case: what was told to whom, how it went, what proves it. The caller has checked the sight."""
    return (
        Message.objects.filter(about_type=thing._meta.label_lower, about_id=str(getattr(thing, "public_id", "")))
        .select_related("recipient", "fallback")
        .prefetch_related("deliveries__digest", "proofs")
    )

"""`send()` writes messages and their deliveries in the caller's transaction; nothing leaves the house here."""

from collections.abc import Iterable

from django.db import models

from foundation import clock
from foundation.accounts.models import User
from foundation.mailroom.models import Delivery, Message, MessageKind


def send(
    to: Iterable[User],
    *,
    subject: str,
    body: str,
    url: str = "",
    kind: str = MessageKind.COURTESY,
    about: models.Model | None = None,
) -> list[Message]:
    """One message per person, in-app at once; e-mail waits as a row when an address is known."""
    moment = clock.now()
    written = []
    for person in to:
        message = Message.objects.create(
            recipient=person,
            kind=kind,
            subject=subject[:120],
            body=body,
            url=url,
            about_type=about._meta.label_lower if about is not None else "",
            about_id=str(getattr(about, "public_id", "")) if about is not None else "",
            created_at=moment,
        )
        rows = [Delivery(message=message, channel="in_app", state="sent", sent_at=moment)]
        if person.email:
            rows.append(Delivery(message=message, channel="email"))
        Delivery.objects.bulk_create(rows)
        written.append(message)
    return written


def inbox(user: User) -> models.QuerySet[Message]:
    return Message.objects.filter(recipient=user)

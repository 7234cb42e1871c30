"""What other rooms tell and ask: a title has ended, a served notice was opened, a firm is to go to another body."""

from typing import Any

from django.dispatch import receiver

from certification import handover
from certification.letter import note_opened
from certification.models import Letter
from certification.signals import certificate_ended
from certification.wind_up import wind_up
from enterprises.signals import Obstacle, body_change_asked, body_changed
from foundation.mailroom.signals import notice_opened


@receiver(certificate_ended)
def wind_up_with_the_title(certificate: Any, on: Any, reason: str, **_: Any) -> None:
    """In the transaction that ends the title."""
    wind_up(certificate, on, reason)


@receiver(notice_opened)
def open_its_letter(message: Any, actor: Any, **_: Any) -> None:
    if message.about_type != "certification.letter":
        return
    letter = Letter.objects.filter(public_id=message.about_id, state="served").first()
    if letter is not None:
        note_opened(letter, actor=actor)


@receiver(body_change_asked)
def tell_what_is_open(enterprise: Any, actor: Any, **_: Any) -> list[Obstacle]:
    return handover.in_the_way(enterprise, actor)


@receiver(body_changed)
def take_titles_and_drafts_along(enterprise: Any, before: str, actor: Any, **_: Any) -> None:
    """In the transaction that moves the firm."""
    handover.take_along(enterprise, before, actor)

"""What other rooms tell: a title has ended, or a served notice about a letter was opened from the inbox."""

from typing import Any

from django.dispatch import receiver

from certification.letter import note_opened
from certification.models import Letter
from certification.signals import certificate_ended
from certification.wind_up import wind_up
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

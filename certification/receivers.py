"""What the mailroom tells: a served notice about a letter was opened from the inbox, so the letter is."""

from typing import Any

from django.dispatch import receiver

from certification.letter import note_opened
from certification.models import Letter
from foundation.mailroom.signals import notice_opened


@receiver(notice_opened)
def open_its_letter(message: Any, actor: Any, **_: Any) -> None:
    if message.about_type != "certification.letter":
        return
    letter = Letter.objects.filter(public_id=message.about_id, state="served").first()
    if letter is not None:
        note_opened(letter, actor=actor)

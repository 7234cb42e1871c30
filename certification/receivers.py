"""A title has ended: what hangs on it is wound up in the same transaction."""

from typing import Any

from django.dispatch import receiver

from certification.signals import certificate_ended
from certification.wind_up import wind_up


@receiver(certificate_ended)
def wind_up_with_the_title(certificate: Any, on: Any, reason: str, **_: Any) -> None:
    wind_up(certificate, on, reason)

"""A certificate issued opens what the text gives with it; one that ended closes it, one given back opens it; all go with their firm."""

from typing import Any

from django.dispatch import receiver

from certification.signals import certificate_ended, certificate_issued, certificate_restored, consequences_asked
from enterprises.signals import body_changed
from incentives.entitle import entitle, open_with, reopen, take_along, withdraw


@receiver(certificate_issued)
def open_entitlements(certificate: Any, on: Any, **_: Any) -> None:
    entitle(certificate, on)


@receiver(certificate_ended)
def end_entitlements(certificate: Any, on: Any, reason: str, **_: Any) -> None:
    withdraw(certificate, on, reason)


@receiver(certificate_restored)
def restore_entitlements(certificate: Any, reason: str, **_: Any) -> None:
    reopen(certificate, reason)


@receiver(consequences_asked)
def tell_consequences(certificate: Any, **_: Any) -> list[str]:
    """What ending this title would close here; asked before anybody signs."""
    return [f"权益：{item.item}" for item in open_with(certificate)]


@receiver(body_changed)
def take_entitlements_along(enterprise: Any, **_: Any) -> None:
    """In the transaction that moves the firm."""
    take_along(enterprise)

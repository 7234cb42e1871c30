"""Open and end entitlements with the title they come from; idempotent, in the transaction of the title's own act."""

from datetime import date

from certification.models import Certificate
from enterprises.change_body import hand_over
from enterprises.models import Enterprise
from foundation.accounts.principal import Principal
from foundation.transitions import begin, move
from incentives.models import Entitlement, MeasureItem
from incentives.permissions import ENTITLEMENT


def entitle(certificate: Certificate, on: date) -> list[Entitlement]:
    """One entitlement per item that the text ties to this title; those that exist already are left alone."""
    house = Principal.system("entitle")
    known = set(Entitlement.objects.filter(certificate=certificate).values_list("item_id", flat=True))
    opened = []
    for item in MeasureItem.objects.filter(by_title=True, tiers__contains=[certificate.tier]).order_by("id"):
        if item.pk not in known:
            entitlement = Entitlement(
                enterprise=certificate.enterprise,
                region_path=certificate.region_path,
                certificate=certificate,
                item=item,
                opened_on=on,
            )
            opened.append(begin(entitlement, actor=house, machine=ENTITLEMENT))
    return opened


def withdraw(certificate: Certificate, on: date, reason: str) -> int:
    """End what the title gave; returns how many. Nothing delivered is claimed back (that needs a decision)."""
    house = Principal.system("entitle")
    rows = list(Entitlement.objects.filter(certificate=certificate, state="open").order_by("id"))
    for entitlement in rows:
        move(entitlement, "end", actor=house, machine=ENTITLEMENT, reason=reason, ended_on=on)
    return len(rows)


def reopen(certificate: Certificate, reason: str) -> int:
    """A title that was ended by a decision since set aside gives again what it gave; returns how many."""
    house = Principal.system("entitle")
    rows = list(Entitlement.objects.filter(certificate=certificate, state="ended").order_by("id"))
    for entitlement in rows:
        move(entitlement, "reopen", actor=house, machine=ENTITLEMENT, reason=reason, ended_on=None)
        if entitlement.region_path != certificate.region_path:
            hand_over(ENTITLEMENT.states.name, entitlement, certificate.region_path)
    return len(rows)


def open_with(certificate: Certificate) -> list[Entitlement]:
    """Open entitlements that come from this title, for who asks what its end would cost."""
    return list(Entitlement.objects.filter(certificate=certificate, state="open").select_related("item").order_by("id"))


def take_along(enterprise: Enterprise) -> int:
    """To the body that the firm belongs to now: what is open with its titles; returns how many. What has ended stays."""
    rows = list(Entitlement.objects.filter(enterprise=enterprise, state="open").order_by("id"))
    for entitlement in rows:
        hand_over(ENTITLEMENT.states.name, entitlement, enterprise.region_path)
    return len(rows)

"""一并影响: what falls, or is touched, when a title ends; shown to whoever asks for it and to whoever signs."""

from dataclasses import dataclass
from datetime import date

from certification.models import Application, Certificate
from certification.signals import consequences_asked
from certification.states import ACTIVE
from certification.tiers import Tier, is_national


@dataclass(frozen=True)
class Consequences:
    """What the end of a title would end with it."""

    titles: list[Certificate]
    national: list[Certificate]
    kept: list[Certificate]
    apart: list[Certificate]
    applications: list[Application]
    others: list[str]
    barred_until: date | None


def consequences_of(
    certificate: Certificate, *, every_tier: bool = False, barred_until: date | None = None
) -> Consequences:
    """The cascade in a constant number of queries; receivers of other storeys answer in sentences.

    `every_tier`: fraud reaches all provincial titles, and falls with a provincial one; beside a national title they
    stand `apart`, in a procedure of their own. Otherwise titles above are only named, because what becomes of a higher
    title is decided by itself.
    """
    order = list(Tier.values)
    held = list(
        Certificate.objects.filter(enterprise_id=certificate.enterprise_id, state="valid").exclude(pk=certificate.pk)
    )
    above = [c for c in held if order.index(c.tier) > order.index(certificate.tier)]
    provincial = [c for c in held if every_tier and not is_national(c.tier)]
    falling, apart = ([], provincial) if is_national(certificate.tier) else (provincial, [])
    others: list[str] = []
    for title in [certificate, *falling]:
        for _, told in consequences_asked.send(sender=Certificate, certificate=title):
            others += told
    return Consequences(
        falling,
        [c for c in (held if every_tier else above) if is_national(c.tier)],
        [c for c in above if c not in provincial and not is_national(c.tier)],
        apart,
        list(
            Application.objects.filter(enterprise_id=certificate.enterprise_id, state__in=ACTIVE).exclude(state="draft")
        ),
        others,
        barred_until,
    )

"""逐级培育: whether a higher title keeps or takes over the lower ones, as data (steps_up.yaml) with its mark.

A national title is never taken over: the portal did not give it.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from certification.models import Certificate, running
from certification.permissions import CERTIFICATE
from certification.signals import certificate_ended
from certification.tiers import Tier, is_national, label
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.transitions import move

FILE = Path(__file__).resolve().parent / "steps_up.yaml"


@dataclass(frozen=True)
class StepUp:
    """One pair of tiers; `mark` X: no text says so."""

    lower: str
    higher: str
    on_promotion: str
    on_expiry: str
    clause: str
    mark: str

    def __post_init__(self) -> None:
        order = list(Tier.values)
        wrong = (
            self.on_promotion not in ("keep", "absorb")
            or self.on_expiry not in ("expire", "absorb")
            or order.index(self.lower) >= order.index(self.higher)
            or is_national(self.lower)
        )
        if wrong:
            raise ValueError(f"{FILE.name}: {self.lower} → {self.higher}: {self.on_promotion}, {self.on_expiry}")


@lru_cache(maxsize=1)
def steps_up() -> tuple[StepUp, ...]:
    return tuple(StepUp(**row) for row in YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))["steps"])


def absorb_lower(higher: Certificate) -> int:
    """A title has just been given: lower ones that it takes over end with it. Returns how many."""
    taken = [step.lower for step in steps_up() if step.higher == higher.tier and step.on_promotion == "absorb"]
    rows = Certificate.objects.filter(enterprise_id=higher.enterprise_id, tier__in=taken, state="valid").order_by("id")
    return sum(absorb(row, higher) for row in rows)


def takes_over(lower: Certificate) -> Certificate | None:
    """The living higher title into which this one passes when its days are over; None where it simply expires."""
    above = [step.higher for step in steps_up() if step.lower == lower.tier and step.on_expiry == "absorb"]
    today = clock.today()
    living = Certificate.objects.filter(running(today), enterprise_id=lower.enterprise_id, tier__in=above)
    return living.order_by("-valid_until", "id").first()


def absorb(lower: Certificate, higher: Certificate) -> bool:
    on = min(clock.today(), lower.valid_until)
    reason = f"由{label(higher.tier)}（{higher.number}）接续"
    house = Principal.system("steps up")
    move(lower, "absorb", actor=house, machine=CERTIFICATE, ended_on=on, end_reason=reason)
    certificate_ended.send(sender=Certificate, certificate=lower, on=on, reason=reason)
    return True

"""What a title gives by the text alone, to one enterprise, while the title lasts."""

from django.db import models

from certification.models import Certificate
from foundation.regions.paths import PathField
from foundation.transitions import Stateful
from incentives.models.measure import MeasureItem
from incentives.states import ENTITLEMENT


class Entitlement(Stateful):
    """Opened with the certificate, ended with it; what was already delivered stays delivered."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="entitlements")
    region_path = PathField()
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="entitlements")
    item = models.ForeignKey(MeasureItem, on_delete=models.PROTECT, related_name="entitlements")
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        verbose_name = "权益"
        ordering = ["item", "-opened_on"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "item"], name="one_entitlement_per_title_and_item"),
            ENTITLEMENT.check("entitlement_state_is_known"),
        ]
        indexes = [models.Index(fields=["enterprise", "state"], name="entitlement_by_enterprise")]

    def __str__(self) -> str:
        return str(self.item.title)

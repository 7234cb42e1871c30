"""A title that ends without being taken away: given up by its holder, carried out of the region, or its holder is no more."""

from django.conf import settings
from django.db import models

from certification.models.certificate import Certificate
from certification.states import LEAVING
from certification.tiers import Tier
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class LeavingKind(models.TextChoices):
    GIVE_UP = "give_up", "自愿放弃"
    MIGRATE = "migrate", "跨省迁出"
    DISSOLVE = "dissolve", "主体终止（注销、吊销、被合并）"


class Leaving(Stateful):
    """Asked by the legal representative, or noted by an office with its source; accepted by another person."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="leavings")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    enterprise_name = models.CharField(max_length=120)
    region_path = PathField()
    tier = models.CharField(max_length=16, choices=Tier.choices)
    kind = models.CharField("方式", max_length=10, choices=LeavingKind.choices)
    reason = models.TextField("理由")
    source = models.CharField("来源", max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120, blank=True)
    answer = models.TextField("办理意见", blank=True)

    class Meta:
        verbose_name = "称号终止"
        ordering = ["-id"]
        constraints = [
            LEAVING.check("leaving_state_is_known"),
            models.UniqueConstraint(
                fields=["certificate"], condition=models.Q(state="asked"), name="one_open_leaving_per_title"
            ),
        ]
        indexes = [models.Index(fields=["region_path", "state"], name="leaving_desk")]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.get_tier_display()}"

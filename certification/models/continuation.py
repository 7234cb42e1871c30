"""The province's ruling on titles whose days end while a re-review that was applied for in time is still being decided."""

from django.conf import settings
from django.db import models

from certification.tiers import Tier
from foundation.public_ids import PublicId


class ContinuationRuling(models.Model):
    """Whether such titles stay in force until the re-review is decided. None is shipped; added only, the last that fits counts."""

    public_id = PublicId()
    tier = models.CharField("层级", max_length=16, choices=Tier.choices)
    ends_from = models.DateField("有效期截止起")
    ends_until = models.DateField("有效期截止止")
    keeps = models.BooleanField("办结以前继续有效", default=True)
    reason = models.TextField("理由")
    document_number = models.CharField("文号", max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "期满衔接裁定"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_until__gte=models.F("ends_from")), name="continuation_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}期满衔接"

"""A window lengthened because the portal failed near its end: drafted with the evidence, signed by an official."""

from django.conf import settings
from django.db import models

from certification.models.call import Call
from certification.states import EXTENSION
from foundation.regions.paths import PROVINCE, PathField
from foundation.transitions import Stateful


class Extension(Stateful):
    """One that stands per call and end of window; dismissed ones stay on record beside it.

    `evidence`: the failures in its last hours, as they were when it was signed or dismissed.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions")
    region_path = PathField(default=PROVINCE)
    old_closes_at = models.DateTimeField("原截止时间")
    new_closes_at = models.DateTimeField("延长至")
    minutes = models.PositiveIntegerField("故障分钟数")
    evidence = models.JSONField(default=list)
    reason = models.TextField("理由", blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=80, blank=True)
    told = models.PositiveIntegerField("已告知企业数", default=0)

    class Meta:
        verbose_name = "窗口延长"
        ordering = ["-id"]
        constraints = [
            EXTENSION.check("extension_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(new_closes_at__gt=models.F("old_closes_at")), name="extension_is_longer"
            ),
            models.UniqueConstraint(
                fields=["call", "old_closes_at"],
                condition=models.Q(state__in=["drafted", "signed"]),
                name="one_extension_per_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.call)

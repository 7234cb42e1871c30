"""Failures of the portal and the pulse that finds them. Public: no person and no enterprise is in them."""

from django.conf import settings
from django.db import models

from foundation.public_ids import PublicId


class Outage(models.Model):
    """One failure of ours. Without an end it lasts. Struck out, it stays readable and counts for nothing."""

    public_id = PublicId()
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)
    what = models.CharField("什么不能用", max_length=200)
    source = models.CharField(max_length=8, choices=[("probe", "监测"), ("manual", "人工登记")])
    evidence = models.TextField("依据", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80, blank=True)
    noted_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_reason = models.CharField("划去的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "故障"
        ordering = ["-began_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="outage_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(source="probe", ended_at=None),
                name="one_open_outage_of_the_probe",
            ),
        ]
        indexes = [models.Index(fields=["began_at"], name="outage_by_time")]

    def __str__(self) -> str:
        return self.what


class Pulse(models.Model):
    """The last minute in which the probe ran. One row."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"

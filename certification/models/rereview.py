"""The nightly look at every title: what is due, what is overdue, what today's facts no longer carry."""

from django.db import models

from certification.models.certificate import Certificate
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Cycle(models.Model):
    """One night. Any number of schedulers may open it; there is one."""

    night = models.DateField(unique=True)
    opened_at = models.DateTimeField()
    slices = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-night"]

    def __str__(self) -> str:
        return str(self.night)


class Outcome(models.Model):
    """What one night found for one title; unique, so that a repeated slice changes nothing."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="outcomes")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16)
    rule_set_code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "certificate"], name="one_outcome_per_title")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.certificate_id}"


class Finding(models.Model):
    """One line on the official's list: open while it holds, closed with the night that no longer finds it."""

    public_id = PublicId()
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="findings")
    region_path = PathField()
    kind = models.CharField(
        max_length=12,
        choices=[("due", "到期复核"), ("overdue", "年度更新未做"), ("unsupported", "现有数据不再支持")],
    )
    rule_set_code = models.CharField(max_length=40, blank=True)
    overlays = models.JSONField(default=list)
    why_rule_set = models.TextField(blank=True)
    sentences = models.JSONField(default=list)
    on = models.DateField()
    first_seen = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-on", "region_path", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "kind"], condition=models.Q(closed_on=None), name="one_open_finding"
            )
        ]
        indexes = [
            models.Index(fields=["region_path", "kind"], name="finding_open", condition=models.Q(closed_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind}"

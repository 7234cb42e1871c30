"""The clocks of the stages: limits as settings, pauses with a reason, and how long things really took."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.tiers import Tier
from foundation.regions.paths import PathField

STAGES = [("screening", "初审"), ("city_review", "市级审核"), ("province_review", "自治区审核")]


class StageLimit(models.Model):
    """Working days that a stage may take, and where the number comes from. 示例 until somebody has said so."""

    tier = models.CharField("层级", max_length=16, choices=Tier.choices)
    stage = models.CharField("环节", max_length=20, choices=STAGES)
    workdays = models.PositiveSmallIntegerField("工作日")
    source = models.CharField("依据", max_length=200)
    is_example = models.BooleanField(default=True)

    class Meta:
        verbose_name = "办理时限"
        ordering = ["tier", "stage"]
        constraints = [models.UniqueConstraint(fields=["tier", "stage"], name="one_limit_per_stage")]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} {self.get_stage_display()} {self.workdays}"


class Pause(models.Model):
    """The clock stands, and why: a site visit, an opinion that was asked for. The applicant sees the reason."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="pauses")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    stage = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=models.Q(until=None), name="one_open_pause")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.reason}"


class StageTime(models.Model):
    """How long one case really stayed at one desk, all its arrivals there together.

    No case and no firm is named, so that everybody may count it: `key` is a keyed hash of case and stage, empty on rows from
    before it was kept.
    """

    office_path = PathField()
    tier = models.CharField(max_length=16, choices=Tier.choices)
    stage = models.CharField(max_length=20, choices=STAGES)
    workdays = models.PositiveSmallIntegerField()
    left_on = models.DateField()
    key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="one_stage_time_per_case")
        ]
        indexes = [models.Index(fields=["office_path", "stage", "tier", "-left_on"], name="stage_time_usual")]

    def __str__(self) -> str:
        return f"{self.office_path} {self.stage} {self.workdays}"

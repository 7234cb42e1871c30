"""What is known of an enterprise, from whom, since when. Sources that disagree are kept side by side."""

from django.conf import settings
from django.db import models

from enterprises.models.enterprise import Enterprise


class Source(models.TextChoices):
    GOVERNMENT = "government", "政府数据"
    AUDITED = "audited", "审计报告"
    PLATFORM = "platform", "国家平台"
    SELF = "self", "企业填报"


PRECEDENCE = (Source.GOVERNMENT, Source.AUDITED, Source.PLATFORM, Source.SELF)


class Figure(models.Model):
    """One figure of one year: money as fen, else a quantity with its unit. A correction is a new row."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="figures")
    name = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField(null=True)
    quantity = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    unit = models.CharField(max_length=8, blank=True)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.SELF)
    evidence = models.ForeignKey("enterprises.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fen__isnull=False, quantity=None) | models.Q(fen=None, quantity__isnull=False),
                name="figure_is_money_or_quantity",
            )
        ]
        indexes = [models.Index(fields=["enterprise", "name", "year", "-id"], name="figure_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Statement(models.Model):
    """A yes, a choice or a list of choices; the latest row per source counts."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="statements")
    name = models.CharField(max_length=40)
    value = models.JSONField()
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.SELF)
    evidence = models.ForeignKey("enterprises.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["enterprise", "name", "-id"], name="statement_latest")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class AnnualReport(models.Model):
    """The yearly update of one enterprise: when it was confirmed first, by whom, what it said, and which parts are ticked.

    `groups` is {code: {"at", "by", "same"}} while it is worked on; `told` is what was confirmed last, line by line.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)
    platform_reference = models.CharField("国家平台更新编号", max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "year"], name="one_report_per_year")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.year}"

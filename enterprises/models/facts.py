"""What is known of an enterprise, from whom, since when. Sources that disagree are kept side by side."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from enterprises.models.enterprise import Enterprise
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Source(models.TextChoices):
    GOVERNMENT = "government", "政府数据"
    AUDITED = "audited", "审计报告"
    PLATFORM = "platform", "国家平台"
    SELF = "self", "企业填报"


PRECEDENCE = (Source.GOVERNMENT, Source.AUDITED, Source.PLATFORM, Source.SELF)
FROM_OFFICES = (Source.GOVERNMENT, Source.PLATFORM)
"""What offices enter; the firm answers for the others."""


class Figure(models.Model):
    """One figure of one year: money as fen, else a quantity with its unit. A correction is a new row.

    Neither of the two: the source took back what it had said, which only an office does (entry.py).
    """

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
                condition=models.Q(fen__isnull=False, quantity=None)
                | models.Q(fen=None, quantity__isnull=False)
                | models.Q(fen=None, quantity=None, source__in=FROM_OFFICES),
                name="figure_is_money_or_quantity",
            )
        ]
        indexes = [models.Index(fields=["enterprise", "name", "year", "-id"], name="figure_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class FigureEntry(models.Model):
    """登记的数据: which document stands behind a figure that an office entered, who entered it, and whether it was withdrawn."""

    public_id = PublicId()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="entries")
    figure = models.OneToOneField(Figure, on_delete=models.PROTECT, related_name="entry")
    name = models.CharField("数据项", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    source = models.CharField("来源种类", max_length=12, choices=[(s.value, s.label) for s in FROM_OFFICES])
    issuer = models.CharField("出具单位", max_length=120)
    document = models.CharField("文号或查询记录", max_length=120)
    dated_on = models.DateField("文件或查询日期")
    way = models.CharField(max_length=8, choices=[("desk", "人工登记"), ("api", "接口报送")])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120, blank=True)
    office_path = PathField(blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=80, blank=True)
    withdrawn_because = models.CharField("撤回的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "登记的数据"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "name", "year", "source", "document"],
                condition=models.Q(withdrawn_at=None),
                name="one_entry_per_document",
            )
        ]
        indexes = [models.Index(fields=["office_path", "office_name", "-id"], name="figure_entry_office")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.name} {self.year}"


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
    One that was made on the national platform is done by that: `platform_on` is its day, by the firm's own word or by the
    platform's list.
    """

    DONE = models.Q(confirmed_at__isnull=False) | models.Q(platform_on__isnull=False)

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)
    platform_reference = models.CharField("国家平台更新编号", max_length=40, blank=True)
    platform_on = models.DateField("国家平台更新日期", null=True)
    platform_source = models.CharField(
        "从哪里知道", max_length=4, choices=[("firm", "企业自报"), ("list", "国家平台名单")], blank=True
    )
    platform_noted_at = models.DateTimeField(null=True)
    platform_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    platform_office = models.CharField(max_length=120, blank=True)
    platform_paper = models.ForeignKey("enterprises.Evidence", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "year"], name="one_report_per_year")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.year}"

    @property
    def done_on(self) -> date | None:
        """The first day on which it was made, here or on the national platform."""
        here = timezone.localtime(self.confirmed_at).date() if self.confirmed_at else None
        return min([day for day in (here, self.platform_on) if day is not None], default=None)

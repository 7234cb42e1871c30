"""The year's targets: counts per tier and region, and the outcomes promised for 2027. Public documents."""

from django.db import models

from certification.tiers import Tier
from foundation.public_ids import PublicId
from foundation.regions.paths import PROVINCE, PathField


class Target(models.Model):
    """A number somebody promised, with the sentence it comes from. 1–3 is minimum 1, maximum 3."""

    public_id = PublicId()
    year = models.PositiveSmallIntegerField("年度")
    region_path = PathField(default=PROVINCE)
    tier = models.CharField(max_length=16, choices=Tier.choices)
    measure = models.CharField(
        "指标",
        max_length=20,
        choices=[
            ("new_titles", "本年新增"),
            ("rd_share", "户均研发占比"),
            ("digital_level_2", "数字化水平二级及以上占比"),
            ("trained_managers", "经营管理人才培训覆盖"),
        ],
        default="new_titles",
    )
    minimum = models.DecimalField("目标", max_digits=10, decimal_places=2)
    maximum = models.DecimalField("上限", max_digits=10, decimal_places=2, null=True, blank=True)
    is_exclusive = models.BooleanField("超过（不含本数）", default=False)
    unit = models.CharField(max_length=8, default="家")
    source = models.CharField("依据", max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "目标"
        ordering = ["year", "tier", "measure", "region_path"]
        constraints = [
            models.UniqueConstraint(fields=["year", "region_path", "tier", "measure"], name="one_target_per_measure")
        ]

    @property
    def amount(self) -> str:
        """1–3 家, 超过10%"""
        low = f"{self.minimum.normalize():f}"
        words = f"{low}–{self.maximum.normalize():f}" if self.maximum is not None else low
        return f"{'超过' if self.is_exclusive else ''}{words}{'' if self.unit == '%' else ' '}{self.unit}"

    def __str__(self) -> str:
        return f"{self.year} {self.get_tier_display()} {self.get_measure_display()}"

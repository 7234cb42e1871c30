"""A title with its certificate: who holds which step of the ladder, from when to when, by which announcement."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Greatest, Least

from certification.models.application import Application
from certification.models.continuation import ContinuationRuling
from certification.models.posting import Announcement
from certification.states import CERTIFICATE, CUT_SHORT
from certification.tiers import Tier
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


def running(day: date) -> models.Q:
    """Titles in force on the day: within their days, or kept open by a ruling until their re-review is decided."""
    return models.Q(state="valid", valid_from__lte=day) & (
        models.Q(valid_until__gte=day) | models.Q(kept_open_by__isnull=False)
    )


def held_days() -> models.Func:
    """[first valid day, the day after the last); closed on the day of the end where a title ended before its time.

    The database computes it, so that no way out can forget it, and a title that is given back has its days again.
    """
    after = models.Func(models.F("valid_until"), template="(%(expressions)s + 1)", output_field=models.DateField())
    ended = Greatest("valid_from", Least("ended_on", after))
    until = models.Case(models.When(state__in=list(CUT_SHORT), then=ended), default=after)
    return models.Func(models.F("valid_from"), until, function="daterange", output_field=DateRangeField())


class Certificate(Stateful):
    """Public by nature. `valid_until` is the last valid day as announced; `validity` are the days held, for the wall."""

    number = models.CharField("编号", max_length=40, unique=True)
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="certificates")
    enterprise_name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, db_index=True)
    region_path = PathField()
    tier = models.CharField(max_length=16, choices=Tier.choices)
    batch = models.CharField("批次", max_length=40, blank=True)
    document_number = models.CharField("公告文号", max_length=60, blank=True)
    announced_on = models.DateField("公告日期")
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止")
    validity = models.GeneratedField(expression=held_days(), output_field=DateRangeField(), db_persist=True)
    kept_open_by = models.ForeignKey(ContinuationRuling, null=True, on_delete=models.PROTECT, related_name="titles")
    ended_on = models.DateField(null=True)
    booked_on = models.DateField(
        "记入进出台账的日期",
        null=True,
        help_text="Only where the month of the end had been told already when the end was written down.",
    )
    end_reason = models.TextField(blank=True)
    origin = models.CharField(
        max_length=10,
        choices=[("announced", "本系统公告"), ("imported", "存量导入"), ("national", "国家公告")],
        default="announced",
    )
    entered_by = models.CharField(
        "进入路径", max_length=6, choices=[("score", "评分达标"), ("direct", "直通条件")], blank=True
    )
    rule_set_code = models.CharField(max_length=40, blank=True)
    application = models.OneToOneField(Application, null=True, on_delete=models.PROTECT, related_name="certificate")
    announcement = models.ForeignKey(Announcement, null=True, on_delete=models.PROTECT, related_name="certificates")

    class Meta:
        verbose_name = "称号"
        ordering = ["-announced_on", "number"]
        constraints = [
            CERTIFICATE.check("certificate_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="certificate_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="one_title_per_tier_at_a_time",
                expressions=[
                    ("enterprise", RangeOperators.EQUAL),
                    ("tier", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["tier", "state", "valid_until"], name="certificate_by_end"),
            models.Index(fields=["region_path", "tier", "state"], name="certificate_by_region"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.get_tier_display()}"

    def runs_on(self, day: date) -> bool:
        """The same as `running()`, for a row that is here already."""
        is_kept = self.kept_open_by_id is not None
        return self.state == "valid" and self.valid_from <= day and (day <= self.valid_until or is_kept)


class Sequence(models.Model):
    """A gapless number per purpose and year, drawn under a row lock."""

    purpose = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "year"], name="one_sequence_per_year")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.year}: {self.last}"

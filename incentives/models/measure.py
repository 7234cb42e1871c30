"""The fifteen measures: their text, their items, and the departments that answer for them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from certification.tiers import Tier
from incentives.ways import Way


class Measure(models.Model):
    """One numbered measure of the document, with its restored wording."""

    code = models.CharField(max_length=4, unique=True)
    title = models.CharField(max_length=40)
    clause = models.CharField(max_length=40)
    text = models.TextField()
    checked_on = models.DateField()

    class Meta:
        verbose_name = "激励措施"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Duty(models.Model):
    """A department named at the end of a measure; the first named leads by the order of the text only."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="duties")
    department = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["measure", "position"]
        constraints = [models.UniqueConstraint(fields=["measure", "department"], name="one_duty_per_department")]

    def __str__(self) -> str:
        return self.department


class MeasureItem(models.Model):
    """One deliverable of a measure: for whom, which way it comes, where to turn.

    `by_title` says that the text itself ties the item to the title; `channel` stays empty until the department that
    answers for it has told where and how it is claimed.
    """

    code = models.CharField(max_length=8, unique=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    audience = models.CharField(max_length=40)
    tiers = ArrayField(models.CharField(max_length=16, choices=Tier.choices), default=list)
    way = models.CharField(max_length=1, choices=Way.choices)
    by_title = models.BooleanField(default=False)
    condition = models.CharField(max_length=80, blank=True)
    channel = models.TextField("办理渠道", blank=True)
    channel_source = models.CharField("依据", max_length=120, blank=True)
    channel_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    channel_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "措施分项"
        ordering = ["measure", "position"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_internal(self) -> bool:
        return self.way == Way.INTERNAL

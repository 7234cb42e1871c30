"""Days of a firm's own term given back because the portal failed near its end: drafted with the evidence, signed by an official."""

from django.conf import settings
from django.db import models

from certification.states import TERM_EXTENSION
from enterprises.words import cn
from foundation.regions.paths import PROVINCE, PathField
from foundation.transitions import Stateful


class TermKind(models.TextChoices):
    """Terms that an office of ours has set for a firm."""

    HEARING = "hearing", "陈述申辩"
    REPORT = "report", "说明情况"
    CORRECTION = "correction", "补正"
    HELP = "help", "帮扶"


class TermExtension(Stateful):
    """One for all terms of a kind that end on one day; whom it touches is read when it is signed, no firm is named here.

    `evidence`: the failures in the last hours before that day was over, as they were when it was signed or dismissed.
    """

    kind = models.CharField("期限种类", max_length=10, choices=TermKind.choices)
    region_path = PathField(default=PROVINCE)
    ends_on = models.DateField("原最后一日")
    workdays = models.PositiveSmallIntegerField("延长的工作日")
    minutes = models.PositiveIntegerField("故障分钟数")
    evidence = models.JSONField(default=list)
    reason = models.TextField("理由", blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=80, blank=True)
    given = models.PositiveIntegerField("已延长件数", default=0)
    told = models.PositiveIntegerField("已告知企业数", default=0)

    class Meta:
        verbose_name = "期限延长"
        ordering = ["-id"]
        constraints = [
            TERM_EXTENSION.check("term_extension_state_is_known"),
            models.UniqueConstraint(
                fields=["kind", "ends_on"], condition=models.Q(state="drafted"), name="one_open_draft_per_term_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{cn(self.ends_on)}到期）"

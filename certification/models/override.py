"""推翻: against the machine, or although something is open about the firm, a case goes on; against the offices below it is refused.

Two people, a reason and words.
"""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from foundation.clock import now
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField

AGAINST = [("machine", "机器核算"), ("offices", "下级推荐"), ("matters", "情况和退出程序")]


class Override(models.Model):
    """One of each kind per submission: what it goes against, why, who asks, who signs. Without the signature it counts for nothing.

    `codes` say what is covered and never change with our wording; `named` are the words for matters, as they were read by who ruled.
    """

    public_id = PublicId()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="overrides")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    submission_number = models.PositiveSmallIntegerField()
    against = models.CharField("推翻什么", max_length=8, choices=AGAINST, default="machine")
    codes = models.JSONField("不满足的条件、推荐过的机关，或情况和程序", default=list)
    named = models.JSONField("当时的情况和程序", default=list)
    reason_code = models.CharField("理由", max_length=20)
    text = models.TextField("说明")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=80)
    asked_at = models.DateTimeField(default=now)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "推翻机器核算或下级推荐"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "submission_number", "against"],
                condition=models.Q(taken_back_at=None),
                name="one_override_per_submission",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by=None) | ~models.Q(signed_by=models.F("asked_by")),
                name="override_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def in_words(self) -> list[str]:
        """What was ruled on, for people."""
        return self.named or self.codes

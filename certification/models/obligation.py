"""Rulings on arguable days, reminders that were sent, and major changes that were reported."""

from django.conf import settings
from django.db import models

from certification.obligation_rules import book
from certification.states import MAJOR_CHANGE
from certification.tiers import Tier
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class DayRuling(models.Model):
    """An official says which of two arguable days counts, for one year and one tier or all. Added only; the last counts."""

    public_id = PublicId()
    code = models.CharField(max_length=20, choices=[("annual_update", "年度信息更新")])
    year = models.PositiveSmallIntegerField("年度")
    tier = models.CharField("层级", max_length=16, choices=Tier.choices, blank=True)
    day = models.DateField("裁定日期")
    reason = models.TextField("理由")
    document_number = models.CharField("文号", max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "期限裁定"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_code_display()}"


class Reminder(models.Model):
    """One step of the plan for one obligation, sent once: the row is the lock, the message hangs on it."""

    public_id = PublicId()
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=80)
    due_on = models.DateField()
    step = models.SmallIntegerField()
    is_legal = models.BooleanField(default=False)
    people = models.PositiveSmallIntegerField(default=0)
    rules_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "期限提醒"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "key", "due_on", "step"], name="one_reminder_per_obligation_and_step"
            )
        ]

    def __str__(self) -> str:
        return self.label


class MajorChange(Stateful):
    """更名、合并、重组、跨省迁移…: what changed, when, from what to what. Noted by an office or told by the firm;
    the first report stops the three months for good.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="major_changes")
    region_path = PathField()
    enterprise_name = models.CharField(max_length=120)
    kind = models.CharField("变化种类", max_length=12)
    happened_on = models.DateField("发生日期")
    source = models.CharField("从哪里知道", max_length=200, blank=True)
    before = models.TextField("变化之前", blank=True)
    after = models.TextField("变化之后", blank=True)
    evidence = models.ForeignKey("enterprises.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField("首次报告日期", null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by_name = models.CharField(max_length=80, blank=True)
    due_on = models.DateField("报告期限", null=True)
    answer = models.TextField("办理意见", blank=True)
    office_name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "重大变化"
        ordering = ["-id"]
        constraints = [MAJOR_CHANGE.check("major_change_state_is_known")]
        indexes = [models.Index(fields=["region_path", "state"], name="major_change_desk")]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.kind_words}"

    @property
    def kind_words(self) -> str:
        return str(book().rule("major_change").kinds.get(self.kind, self.kind))

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.reported_on is not None and self.reported_on > self.due_on

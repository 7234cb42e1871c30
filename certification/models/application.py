"""An application: a draft from the first click, then versions that were submitted and never change."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from certification.models.call import Call
from certification.states import ACTIVE, APPLICATION
from certification.tiers import CaseType, Tier
from foundation import clock
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class Application(Stateful):
    """One enterprise in one call. `answers` is the draft; what was filed lies in `Submission`.

    `field_versions` tells with which `draft_version` each answer was written last.
    `judged_on` is the day it was begun: from it the years of the answers count back, however long the case takes.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="applications")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    tier = models.CharField(max_length=16, choices=Tier.choices)
    case_type = models.CharField(max_length=8, choices=CaseType.choices)
    region_path = PathField()
    enterprise_name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18)
    rule_set_code = models.CharField(max_length=40)
    rule_set_hash = models.CharField(max_length=64)
    overlays = ArrayField(models.CharField(max_length=40), default=list)
    judged_on = models.DateField("核算基准日", default=clock.today)
    answers = models.JSONField(default=dict)
    draft_version = models.PositiveIntegerField(default=1)
    field_versions = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    receipt_number = models.CharField(max_length=30, unique=True, null=True)
    submitted_at = models.DateTimeField(null=True)
    first_filed_at = models.DateTimeField(
        "首次提交时间",
        null=True,
        help_text="Only where a refusal that was set aside lies before it: the day that counts.",
    )
    national_number = models.CharField("国家公告文号", max_length=60, blank=True)
    national_on = models.DateField("国家公告日期", null=True)
    stage_since = models.DateTimeField(null=True)
    returned_from = models.CharField(max_length=20, blank=True)
    refused_from = models.CharField("作出不予结论时的环节", max_length=20, blank=True)
    unlocked = ArrayField(models.CharField(max_length=80), default=list)
    outcome = models.CharField(max_length=16, blank=True)
    letter_number = models.CharField("推荐函文号", max_length=60, blank=True)
    external_id = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "申请"
        ordering = ["-id"]
        constraints = [
            APPLICATION.check("application_state_is_known"),
            models.UniqueConstraint(
                fields=["enterprise", "call"],
                condition=models.Q(state__in=ACTIVE),
                name="one_active_application_per_call",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "tier"],
                condition=models.Q(state__in=ACTIVE),
                name="one_active_application_per_tier",
            ),
        ]
        indexes = [
            models.Index(fields=["region_path", "state", "stage_since"], name="application_worklist"),
            models.Index(fields=["call", "state"], name="application_by_call"),
            models.Index(fields=["state", "stage_since", "id"], name="application_desk_order"),
            models.Index(
                fields=["stage_since", "id"], name="application_order", condition=models.Q(submitted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.get_tier_display()}{self.get_case_type_display()}"

    @property
    def is_draft(self) -> bool:
        """Nobody but the enterprise knows of it until it is filed."""
        return self.submitted_at is None

    @property
    def counts_from(self) -> date | None:
        """The day on which it was filed, or first filed, where a refusal since then was set aside."""
        moment = self.first_filed_at or self.submitted_at
        return timezone.localtime(moment).date() if moment else None


class Submission(models.Model):
    """What was filed, word for word: answers, facts by name with their sources, the hash of both, and the result.

    `facts` is what the rules were given; `conflicts` keeps beside it what other sources said: {name: [[source, value]]}.
    `listed` is what is told one by one, in full and in words: {"awards": [[title, detail], …]}.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    facts = models.JSONField()
    sources = models.JSONField(default=dict)
    conflicts = models.JSONField(default=dict)
    listed = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    result = models.JSONField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["application", "-number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_submission_per_number")]

    def __str__(self) -> str:
        return f"{self.application_id} 第{self.number}版"


class Correction(models.Model):
    """One return (退回补正): the fields named, why, by which clause; answered by the next submission."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="corrections")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    stage = models.CharField(max_length=20)
    office_name = models.CharField(max_length=120)
    items = models.JSONField()
    note = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(answered_at=None), name="one_open_correction"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.stage}"

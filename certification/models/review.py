"""What an office thought of an application at its stage: verdicts per criterion and one opinion."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from foundation.regions.paths import PathField


class Verdict(models.Model):
    """A reviewer's judgement on one criterion of one submission; `needs_person` asks for one with a reason.

    One that its author took back stays to be read and counts no more.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="verdicts")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    submission_number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20)
    criterion = models.CharField(max_length=20)
    verdict = models.CharField(
        max_length=10, choices=[("agree", "认可"), ("disagree", "不认可"), ("met", "判为满足"), ("unmet", "判为不满足")]
    )
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField("撤回时间", null=True)
    taken_back_reason = models.CharField("撤回理由", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "submission_number", "stage", "criterion"],
                condition=models.Q(taken_back_at=None),
                name="one_verdict_per_criterion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.criterion} {self.verdict}"


class Opinion(models.Model):
    """An office's conclusion at its stage; one that counts per submission and stage.

    A refusal that was taken back before it was served stays here and counts no more.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="opinions")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    submission_number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20)
    conclusion = models.CharField(
        max_length=12, choices=[("recommend", "推荐"), ("refuse", "不予推荐"), ("return", "退回补正")]
    )
    text = models.TextField(blank=True)
    office_name = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    client_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "submission_number", "stage"],
                condition=models.Q(taken_back_at=None),
                name="one_opinion_per_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.stage} {self.conclusion}"

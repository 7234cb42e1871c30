"""Expert review (专家评审): a pool of experts, a round with a published draw, blind copies, sealed scores."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models

from certification.models.application import Application
from certification.states import ASSIGNMENT, ROUND
from foundation.public_ids import PublicId
from foundation.regions.paths import PROVINCE, PathField
from foundation.transitions import Stateful


class Expert(models.Model):
    """A person of the pool. `ties` are what the office knows, `own_ties` what the person declared: names or credit codes."""

    public_id = PublicId()
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert")
    region_path = PathField(default=PROVINCE)
    fields = ArrayField(models.CharField(max_length=40), default=list)
    employer = models.CharField("工作单位", max_length=120)
    ties = models.JSONField("利害关系", default=list)
    own_ties = models.JSONField("本人申报的利害关系", default=list)
    own_ties_at = models.DateTimeField("本人申报时间", null=True)
    is_active = models.BooleanField("在库", default=True)

    class Meta:
        verbose_name = "评审专家"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.user)


class Round(Stateful):
    """One round of expert review. It names no firm and no expert, so everybody may read how it was drawn."""

    title = models.CharField("名称", max_length=80)
    field = models.CharField("专业领域", max_length=40, blank=True)
    per_case = models.PositiveSmallIntegerField("每件专家人数", validators=[MinValueValidator(1)])
    sheet = models.JSONField("评分表", default=list)
    seed = models.CharField("种子", max_length=64, blank=True)
    algorithm = models.CharField(max_length=80, blank=True)
    pool_size = models.PositiveIntegerField(default=0)
    case_count = models.PositiveIntegerField(default=0)
    record_hash = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "专家评审"
        ordering = ["-id"]
        constraints = [ROUND.check("round_state_is_known")]

    def __str__(self) -> str:
        return self.title


class RoundCase(models.Model):
    """A case of the round, with the version that is judged. Its own number keeps the draw free of names."""

    public_id = PublicId()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="cases")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="expert_reviews")
    region_path = PathField(default=PROVINCE)
    submission_number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "application"], name="one_case_per_round")]

    def __str__(self) -> str:
        return str(self.public_id)


class DrawLine(models.Model):
    """One expert's place in the draw of one case, or why the expert stood outside it; never changed."""

    case = models.ForeignKey(RoundCase, on_delete=models.PROTECT, related_name="lines")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    region_path = PathField(default=PROVINCE)
    ticket = models.CharField(max_length=64)
    rank = models.PositiveIntegerField()
    excluded = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["case", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["case", "expert"], name="one_line_per_expert_and_case"),
            models.UniqueConstraint(fields=["case", "rank"], name="one_rank_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.rank}"


class Assignment(Stateful):
    """An expert asked to judge a case, which he knows by `blind_code` only."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    case = models.ForeignKey(RoundCase, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="assignments")
    region_path = PathField(default=PROVINCE)
    blind_code = models.CharField(max_length=8)
    recused_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "评审任务"
        ordering = ["id"]
        constraints = [
            ASSIGNMENT.check("assignment_state_is_known"),
            models.UniqueConstraint(fields=["case", "expert"], name="one_assignment_per_expert_and_case"),
            models.UniqueConstraint(fields=["round", "expert", "blind_code"], name="one_case_per_blind_code"),
        ]

    def __str__(self) -> str:
        return f"评审件{self.blind_code}"


class Score(models.Model):
    """What an expert gave. The database shows it to nobody, the office included, until the round is closed.

    The key is the assignment's own, so that a row can be written without being read back.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, primary_key=True, related_name="score")
    region_path = PathField(default=PROVINCE)
    points = models.JSONField()
    comment = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.assignment_id}"


class BlindPaper(models.Model):
    """A paper of a case as experts get it: made again without its names, or withheld with the reason.

    For what was withheld the office may offer a copy redacted by hand (`redacted_sha256`); experts get it when a second
    person has read and approved it.
    """

    case = models.ForeignKey(RoundCase, on_delete=models.PROTECT, related_name="papers")
    region_path = PathField(default=PROVINCE)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=60)
    source_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    withheld = models.CharField(max_length=160, blank=True)
    redacted_sha256 = models.CharField("人工遮名件", max_length=64, blank=True)
    redacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    redacted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_number_per_blind_paper"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("redacted_by")),
                name="a_redacted_copy_has_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"材料{self.number}"

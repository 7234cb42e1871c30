"""An objection (异议): somebody says, under his or her own name, why one firm on a posted list should not be there."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.models.posting import Posting
from certification.states import OBJECTION
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class Objection(Stateful):
    """One person, one firm, one list. It carries no enterprise: the firm's own people must never see the row.

    `region_path` is that of the office whose list it is, so the wall shows it to that office and those above it only.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="objections")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="objections")
    region_path = PathField()
    submission_number = models.PositiveSmallIntegerField()
    receipt_number = models.CharField("受理编号", max_length=30, unique=True)
    code_hash = models.CharField(max_length=64)
    name = models.CharField("姓名", max_length=40)
    contact = models.CharField("联系方式", max_length=80)
    organisation = models.CharField("单位或住址", max_length=120, blank=True)
    relation = models.CharField("与被反映企业的关系", max_length=40, blank=True)
    facts = models.TextField("事实和依据")
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField("书面答复", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "异议"
        ordering = ["-id"]
        constraints = [OBJECTION.check("objection_state_is_known")]
        indexes = [models.Index(fields=["application", "state"], name="objection_by_application")]

    def __str__(self) -> str:
        """The number only: audit sentences and mails carry this, and must not carry a name."""
        return self.receipt_number


class ObjectionPaper(models.Model):
    """A file that came with an objection; kept by its hash like every other private file."""

    public_id = PublicId()
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="papers")
    region_path = PathField()
    original_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan_state = models.CharField(
        max_length=10,
        choices=[
            ("unscanned", "未配置扫描"),
            ("pending", "待扫描"),
            ("clean", "扫描通过"),
            ("refused", "扫描发现风险"),
        ],
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.sha256[:12]}"

"""A decision letter (决定文书): drafted from the trace, edited by one person, signed by another, then served."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.states import LETTER
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class Letter(Stateful):
    """What one office writes to one firm about one application. The firm sees it from the moment it is served."""

    HAND_WAYS = [("direct", "直接送达"), ("left", "留置送达"), ("post", "邮寄送达"), ("public", "公告送达")]

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    office_path = PathField()
    office_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=[("refusal", "不予推荐或认定"), ("grant", "认定结果告知")])
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=60, blank=True)
    ground = models.TextField("决定和总的理由", blank=True)
    reasons = models.JSONField("逐条理由", default=list)
    remedy = models.TextField("救济告知", blank=True)
    submission_number = models.PositiveSmallIntegerField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    edited_by_name = models.CharField("拟稿", max_length=80, blank=True)
    edited_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField("签发", max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField("送达", null=True)
    opened_at = models.DateTimeField("企业打开", null=True)
    hand_way = models.CharField("纸质送达方式", max_length=8, choices=HAND_WAYS, blank=True)
    hand_by = models.CharField("送达人", max_length=80, blank=True)
    hand_number = models.CharField("回证或单号", max_length=80, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "决定文书"
        ordering = ["-id"]
        constraints = [
            LETTER.check("letter_state_is_known"),
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=~models.Q(state="discarded"),
                name="one_letter_per_decision",
            ),
        ]
        indexes = [models.Index(fields=["office_path", "state"], name="letter_by_office")]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_draft(self) -> bool:
        """Nobody outside the office knows of it before it is served."""
        return self.state != "served"

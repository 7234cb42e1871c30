"""A file that proves something: private, named by its own hash, checked by structure before it is kept."""

from django.conf import settings
from django.db import models

from enterprises.models.enterprise import Enterprise
from foundation.public_ids import PublicId


class Evidence(models.Model):
    public_id = PublicId()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField("材料类别", max_length=40)
    title = models.CharField("材料名称", max_length=160)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    original_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan_state = models.CharField(
        max_length=10,
        choices=[
            ("unscanned", "未接入病毒扫描"),
            ("pending", "待扫描"),
            ("clean", "扫描通过"),
            ("refused", "发现风险"),
        ],
        default="unscanned",
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = "材料"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "kind", "sha256"], name="one_row_per_file_and_kind")
        ]

    def __str__(self) -> str:
        return self.title

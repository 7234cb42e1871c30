"""Who may act for an enterprise. The first to type a credit code is nobody yet: pending until verified."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from enterprises.models.enterprise import Enterprise
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Membership(models.Model):
    public_id = PublicId()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="memberships")
    region_path = PathField()
    enterprise_name = models.CharField(max_length=120)
    role = models.CharField(
        "身份",
        max_length=8,
        choices=[("owner", "法定代表人"), ("editor", "经办人"), ("viewer", "查看")],
        default="editor",
    )
    state = models.CharField(
        max_length=10,
        choices=[("pending", "待核实"), ("verified", "已核实"), ("refused", "未通过"), ("ended", "已结束")],
        default="pending",
    )
    method = models.CharField(
        "核实方式",
        max_length=10,
        choices=[
            ("", "未选择"),
            ("platform", "统一身份认证"),
            ("letter", "授权委托书"),
            ("colleague", "已核实的同事同意"),
        ],
        blank=True,
    )
    sees_data = models.BooleanField(
        "可见企业数据",
        default=True,
        help_text="Whoever merely typed the credit code of a known enterprise sees nothing of it before being verified.",
    )
    parts = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        verbose_name="负责的部分",
        help_text="Parts of the application this person fills in; none named means all.",
    )
    letter = models.ForeignKey("enterprises.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "enterprise"],
                condition=models.Q(state__in=["pending", "verified"]),
                name="one_open_membership",
            )
        ]
        indexes = [
            models.Index(
                fields=["region_path", "requested_at"],
                name="membership_letters",
                condition=models.Q(state="pending", method="letter"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.enterprise_name}"


class Takeover(models.Model):
    """Somebody verified took the place of a handler who is gone. Rows are only added: the history of who acted stays."""

    public_id = PublicId()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="takeovers")
    region_path = PathField()
    replaced = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(
        "凭什么接替", max_length=10, choices=[("platform", "统一身份认证"), ("letter", "授权委托书")]
    )
    reason = models.CharField("原因", max_length=200)
    sessions_ended = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.replaced} → {self.by}"

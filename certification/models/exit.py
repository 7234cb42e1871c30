"""取消称号 as due process: what is held against a firm, what it answers, who deliberated, who decided, what follows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from certification.models.arrived import Arrived
from certification.models.certificate import Certificate
from certification.states import EXIT, EXIT_CLOSED
from certification.tiers import Tier
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class Basis(models.TextChoices):
    """On whose word a decision is set aside."""

    OWN = "own", "本机关自行纠正"
    REVIEW = "review", "行政复议决定"
    COURT = "court", "人民法院生效裁判"
    MINISTRY = "ministry", "国家公告"


class Exit(Stateful):
    """One procedure about one title. Tiers 1–2 are decided here; a national title is only proposed to be ended."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="exits")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="exits")
    enterprise_name = models.CharField(max_length=120)
    region_path = PathField()
    tier = models.CharField(max_length=16, choices=Tier.choices)
    incident = models.ForeignKey("certification.Incident", null=True, on_delete=models.PROTECT, related_name="exits")
    ground = models.CharField("事由", max_length=24)
    clause = models.CharField("依据", max_length=200)
    facts = models.TextField("认定的事实")
    source = models.CharField("来源", max_length=200)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120)
    hearing_workdays = models.PositiveSmallIntegerField("陈述申辩期限（工作日）", null=True)
    titles = ArrayField(
        models.CharField(max_length=40),
        default=list,
        verbose_name="告知书写明一并取消的称号",
        help_text="Numbers of the other titles that the notice names; a title not named here is never ended by this procedure.",
    )
    extra_workdays = models.PositiveSmallIntegerField("因系统故障延长的工作日", default=0)
    noticed_at = models.DateTimeField(null=True)
    notices = ArrayField(models.CharField(max_length=32), default=list)
    paper_served_on = models.DateField(null=True)
    paper_number = models.CharField(max_length=80, blank=True)
    deliberation = models.TextField("审议意见", blank=True)
    answer_to_reply = models.TextField("对陈述申辩的回应", blank=True)
    panel = ArrayField(models.CharField(max_length=40), default=list)
    deliberated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField("决定", blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decision_notices = ArrayField(models.CharField(max_length=32), default=list)
    decision_paper_served_on = models.DateField(null=True)
    decision_paper_number = models.CharField(max_length=80, blank=True)
    remedy = models.TextField("救济告知", blank=True)
    barred_until = models.DateField("禁报的最后一日", null=True)
    ended_on = models.DateField(null=True)
    kept_on = models.DateField("国家公告保留称号的日期", null=True)
    suspended_since = models.DateTimeField(null=True)
    suspended_reason = models.CharField(max_length=200, blank=True)
    suspensions = models.JSONField(default=list, help_text="Past suspensions as [first day, last day].")
    source_fell_on = models.DateField("所依据的情况核实为误报的日期", null=True)
    set_aside_basis = models.CharField("撤销的依据", max_length=8, choices=Basis.choices, blank=True)
    set_aside_number = models.CharField("撤销文号", max_length=60, blank=True)
    set_aside_dated_on = models.DateField("撤销文书的日期", null=True)
    set_aside_reason = models.TextField("撤销的理由", blank=True)
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_aside_on = models.DateField(null=True)
    set_aside_notices = ArrayField(models.CharField(max_length=32), default=list)
    set_aside_paper_served_on = models.DateField(null=True)
    set_aside_paper_number = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "退出"
        ordering = ["-id"]
        constraints = [
            EXIT.check("exit_state_is_known"),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=~models.Q(state__in=list(EXIT_CLOSED)),
                name="one_open_exit_per_title",
            ),
        ]
        indexes = [models.Index(fields=["region_path", "state"], name="exit_by_region")]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.get_tier_display()}"


class Restoration(models.Model):
    """恢复: a title that had left the ladder is back on it. Public as titles are; added only, so that what was counted stays counted.

    It names the decision that was set aside; without one, the days were over and the re-review passed after all.
    `ended_on` is the day under which its end stands in the ledger, `ended_as` the state it had.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="restorations")
    exit = models.ForeignKey(Exit, null=True, on_delete=models.PROTECT, related_name="restorations")
    ended_as = models.CharField(max_length=30, default="revoked")
    ended_on = models.DateField("当时退出的日期")
    end_reason = models.TextField("当时的文号和事由")
    clause = models.CharField("当时的依据", max_length=200, blank=True)
    restored_on = models.DateField("恢复日期")
    document_number = models.CharField("撤销或公告文号", max_length=60)

    class Meta:
        verbose_name = "称号恢复"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.certificate} {self.restored_on}"

    @property
    def fate(self) -> str:
        """What the title is now, in a few words; the letter of the day says what it came back as."""
        title = self.certificate
        if title.state == "valid":
            return "称号已恢复"
        if title.state == "renewed":
            return "由其后的证书接续"
        if title.state == "revoked" and title.ended_on is not None and title.ended_on < self.restored_on:
            return "另由其他决定取消，称号不恢复"
        return "按有效期届满记载" if title.state == "expired" else "恢复后又已终止"


class ExitReply(Arrived):
    """陈述申辩: what the firm says, kept word for word; the last one may say that this is all."""

    exit = models.ForeignKey(Exit, on_delete=models.PROTECT, related_name="replies")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    text = models.TextField()
    is_final = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.exit_id} {self.by_name}"

"""What is reported of an enterprise from outside, what the firm says to it, and the help that comes before an exit."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from certification.incident_kinds import incident_kinds
from certification.models.arrived import Arrived
from certification.models.certificate import Certificate
from certification.models.rereview import Finding
from certification.states import ASSISTANCE, INCIDENT
from certification.tiers import Tier
from enterprises.vocabulary import vocabulary
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class Incident(Stateful):
    """One event with its source. It opens a check of the titles; it never decides one."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="incidents")
    enterprise_name = models.CharField(max_length=120)
    region_path = PathField()
    kind = models.CharField("情况种类", max_length=24)
    happened_on = models.DateField("发生或列入日期")
    source = models.CharField("来源单位", max_length=120)
    document = models.CharField("文号或查询记录", max_length=120)
    facts = models.TextField("情况")
    way = models.CharField(max_length=8, choices=[("desk", "人工登记"), ("list", "名单导入"), ("api", "接口报送")])
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120, blank=True)
    reply_workdays = models.PositiveSmallIntegerField("说明情况的期限（工作日）")
    extra_workdays = models.PositiveSmallIntegerField("因系统故障延长的工作日", default=0)
    notices = ArrayField(models.CharField(max_length=32), default=list)
    paper_served_on = models.DateField(null=True)
    paper_number = models.CharField(max_length=80, blank=True)
    verdict = models.TextField("核实意见", blank=True)
    verdict_office = models.CharField(max_length=120, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_path = PathField(blank=True, default="")
    proved = models.CharField("写入的事实", max_length=40, blank=True)
    proved_before = models.JSONField(null=True, help_text="What government data said of that fact before.")

    class Meta:
        verbose_name = "情况"
        ordering = ["-id"]
        constraints = [
            INCIDENT.check("incident_state_is_known"),
            models.UniqueConstraint(
                fields=["enterprise", "kind", "happened_on", "document"],
                condition=~models.Q(state="false_alarm"),
                name="one_report_per_event",
            ),
        ]
        indexes = [models.Index(fields=["region_path", "state"], name="incident_desk")]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.kind_words}"

    @property
    def kind_words(self) -> str:
        known = incident_kinds().get(self.kind)
        return known.label if known else self.kind

    @property
    def proved_words(self) -> str:
        """What offices say of the firm on the strength of this report."""
        return vocabulary().facts[self.proved].label if self.proved else ""


class IncidentReply(Arrived):
    """说明情况: what the firm says to it, kept word for word."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="replies")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.by_name}"


class Assistance(Stateful):
    """帮扶 for one title: what is missing, by when, and who helps. Where the ground asks for it, no exit without it."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="assistances")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    enterprise_name = models.CharField(max_length=120)
    region_path = PathField()
    tier = models.CharField(max_length=16, choices=Tier.choices)
    ground = models.CharField("可能的事由", max_length=24, blank=True)
    finding = models.OneToOneField(Finding, null=True, on_delete=models.PROTECT, related_name="assistance")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="assistances")
    missing = models.JSONField("缺什么", default=list)
    due_on = models.DateField("帮扶期最后一日")
    result = models.TextField("结果", blank=True)

    class Meta:
        verbose_name = "帮扶"
        ordering = ["-id"]
        constraints = [
            ASSISTANCE.check("assistance_state_is_known"),
            models.UniqueConstraint(
                "certificate",
                "ground",
                Coalesce("incident_id", 0),
                Coalesce("finding_id", 0),
                condition=models.Q(state="open"),
                name="one_open_help_per_light",
            ),
        ]
        indexes = [models.Index(fields=["region_path", "state", "due_on"], name="assistance_desk")]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.get_tier_display()}"


class AssistanceNote(models.Model):
    """What was done: a call, a visit, advice, or the firm's own word. Both sides read it; nothing is rewritten."""

    assistance = models.ForeignKey(Assistance, on_delete=models.PROTECT, related_name="notes")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    text = models.TextField()
    is_firm = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assistance_id} {self.by_name}"

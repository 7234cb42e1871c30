"""征求部门意见: one question to one department about one case, and its structured answer."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.states import CONSULTATION
from certification.tiers import Tier
from foundation.regions.paths import PathField
from foundation.transitions import Stateful

FINDINGS = (("none", "没有"), ("found", "有"), ("unclear", "查不清"))


class Consultation(Stateful):
    """Asked by rule or by hand. The department sees who is asked about and what, and nothing else of the case."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="consultations")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    enterprise_name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18)
    region_path = PathField()
    tier = models.CharField(max_length=16, choices=Tier.choices)
    department = models.CharField("部门", max_length=16)
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField("问什么", max_length=200)
    rules_version = models.CharField(max_length=20)
    due_on = models.DateField("答复期限")
    finding = models.CharField("答复", max_length=8, choices=FINDINGS, blank=True)
    clause = models.CharField("依据", max_length=200, blank=True)
    details = models.TextField("具体情况", blank=True)
    document = models.CharField("文号", max_length=120, blank=True)
    way = models.CharField(max_length=8, choices=[("account", "部门账号"), ("paper", "来函登记")], blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_by_name = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    ruling = models.TextField("人工判断", blank=True)
    ruled_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "部门意见"
        ordering = ["application", "id"]
        constraints = [
            CONSULTATION.check("consultation_state_is_known"),
            models.UniqueConstraint(fields=["application", "department"], name="a_department_is_asked_once_per_case"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="consultation_due")]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.question}"

    @property
    def needs_ruling(self) -> bool:
        """Silence, and every answer but a plain "none", wait for a person."""
        return not self.ruling and (self.state == "silent" or (self.state == "answered" and self.finding != "none"))

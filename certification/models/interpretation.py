"""口径: a question asked at a criterion and the province's dated answer, citable by number."""

from django.conf import settings
from django.db import models

from certification.states import INTERPRETATION
from foundation.transitions import Stateful


class Interpretation(Stateful):
    """Belongs to a criterion of a rule set, not to a case: the text names no firm."""

    rule_set_code = models.CharField(max_length=40)
    criterion = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    clause = models.CharField(max_length=200, blank=True)
    question = models.TextField("问题")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=80)
    asked_office = models.CharField(max_length=120)
    number = models.CharField("编号", max_length=30, unique=True, null=True)
    answer = models.TextField("答复", blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True)
    answered_on = models.DateField(null=True)
    mark_path = models.CharField("同时核实的待确认项", max_length=200, blank=True)

    class Meta:
        verbose_name = "口径"
        ordering = ["-id"]
        constraints = [INTERPRETATION.check("interpretation_state_is_known")]
        indexes = [models.Index(fields=["rule_set_code", "criterion"], name="interpretation_at_criterion")]

    def __str__(self) -> str:
        return self.number or f"{self.rule_set_code} {self.title}"

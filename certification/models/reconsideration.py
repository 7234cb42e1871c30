"""A reconsideration (复审): the firm asks that a refusal be looked at again, by people who had no part in it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from certification.models.application import Application
from certification.models.letter import Letter
from certification.states import RECONSIDERATION
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class Reconsideration(Stateful):
    """One request against one served refusal. `deciders` are the people who may not handle it, fixed when it comes in."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="reconsiderations")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reconsiderations")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    office_path = PathField()
    grounds = models.TextField("请求和理由")
    deciders = ArrayField(models.BigIntegerField(), default=list)
    is_late = models.BooleanField("超过期限", null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    requested_by_name = models.CharField(max_length=80)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    handled_by_name = models.CharField("复审人", max_length=80, blank=True)
    answer = models.TextField("复审决定和理由", blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "复审"
        ordering = ["-id"]
        constraints = [
            RECONSIDERATION.check("reconsideration_state_is_known"),
            models.UniqueConstraint(
                fields=["letter"], condition=~models.Q(state="withdrawn"), name="one_reconsideration_per_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"对{self.letter}的复审"

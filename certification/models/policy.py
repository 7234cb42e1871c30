"""Published policy: rule sets and yearly notices. The row's text is canonical; git holds the seed packs."""

from django.conf import settings
from django.db import models

from certification.states import RULE_SET
from certification.tiers import Tier
from foundation.transitions import Stateful


class RuleText(Stateful):
    """A pack as text, with the hash of its content; immutable once published (a trigger sees to it)."""

    code = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class RuleSet(RuleText):
    """One standard for one tier, valid from a date."""

    tier = models.CharField(max_length=16, choices=Tier.choices, blank=True)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)

    class Meta:
        verbose_name = "规则集"
        ordering = ["tier", "-effective_from", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["code", "revision"], name="one_rule_set_revision"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(state="published"), name="one_published_rule_set"
            ),
            RULE_SET.check("rule_set_state_is_known"),
        ]


class Overlay(RuleText):
    """A yearly notice laid over a rule set: what it waives, narrows or points elsewhere."""

    class Meta:
        verbose_name = "年度通知"
        ordering = ["-code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "revision"], name="one_overlay_revision"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(state="published"), name="one_published_overlay"
            ),
            RULE_SET.check("overlay_state_is_known"),
        ]


class Confirmation(models.Model):
    """A "to be confirmed" mark that an official has looked into: kept, confirmed or corrected, with the source."""

    rule_code = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    note = models.TextField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule_code", "content_hash", "path"], name="one_confirmation_per_value")
        ]

    def __str__(self) -> str:
        return f"{self.rule_code} {self.path}"

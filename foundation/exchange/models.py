"""What other systems learn from us: the change feed, safe retries, and the clients that may ask."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from oauth2_provider.models import AbstractApplication

from foundation.regions.models import Level
from foundation.regions.paths import PROVINCE, PathField


class Change(models.Model):
    """One committed change. `position` is its place in the feed, given after the commit; see announce.py.

    `is_draft` marks what only its own writers may know of; the feed leaves it out.
    """

    seq = models.BigAutoField(primary_key=True)
    position = models.BigIntegerField(null=True, unique=True)
    type = models.CharField(max_length=40)
    public_id = models.CharField(max_length=32)
    credit_code = models.CharField(max_length=18, blank=True)
    region_path = PathField()
    enterprise_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    op = models.CharField(max_length=10, default="update")
    is_draft = models.BooleanField(default=False)
    changed_fields = ArrayField(models.CharField(max_length=60), default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["region_path", "position"], name="change_in_region"),
            models.Index(fields=["seq"], name="change_to_number", condition=models.Q(position=None)),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type} {self.op}"


class IdempotencyKey(models.Model):
    """A stored answer: written in the transaction of the effect, so a twin waits and reads it."""

    principal = models.CharField(max_length=80)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key


class ApiClient(AbstractApplication):
    """A system of a city or county: client credentials only, with a reach and the scopes it may ask for."""

    reach = PathField(default=PROVINCE)
    allowed_scopes = ArrayField(models.CharField(max_length=40), default=list)

    class Meta(AbstractApplication.Meta):
        verbose_name = "接口客户端"

    @property
    def level(self) -> str:
        depth = self.reach.count("/")
        return (Level.PROVINCE, Level.CITY, Level.COUNTY)[min(depth, 2)]

"""What happened, who did it, why: append-only, written in the transaction of the change itself."""

from django.db import models

from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Audience(models.TextChoices):
    OFFICE = "office", "机关内部"
    APPLICANT = "applicant", "申请企业可见"
    PUBLIC = "public", "公开"


class CurrentTransaction(models.Func):
    """The number of the writing transaction: lets a reader stop before those that are still open."""

    template = "pg_current_xact_id()::text::bigint"
    allowed_default = True
    output_field = models.BigIntegerField()


class AuditEvent(models.Model):
    """One event. Things are named by (type, public id), never by foreign key: the record outlives them."""

    public_id = PublicId()
    txid = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120, blank=True)
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=32)
    region_path = PathField(blank=True)
    enterprise_id = models.BigIntegerField(null=True)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    sentence = models.TextField()
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.OFFICE)
    ip = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_of_thing"),
            models.Index(fields=["enterprise_id", "-id"], name="audit_of_enterprise"),
            models.Index(fields=["txid", "id"], name="audit_to_seal"),
        ]

    def __str__(self) -> str:
        return self.sentence


class AuditSeal(models.Model):
    """A signature over the rows from position `first` on, and over the seal before.

    `horizon`: nothing below is open, in the database cluster that `cluster` names; empty before it was noted.
    """

    number = models.PositiveIntegerField(primary_key=True)
    format = models.PositiveSmallIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    first = models.BigIntegerField()
    count = models.PositiveIntegerField()
    horizon = models.BigIntegerField()
    at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    cluster = models.CharField(max_length=20, default="")
    signature = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"seal {self.number}"


class AuditLink(models.Model):
    """One sealed row: where it stands in the chain, under which seal, with which digest."""

    event_id = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField(unique=True)
    seal = models.PositiveIntegerField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.position}: event {self.event_id}"


class Inspection(models.Model):
    """The last run of a night watch over the record ("verify") or the files ("reconcile"), in numbers."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.at}"

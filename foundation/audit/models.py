"""What happened, who did it, why: append-only, written in the transaction of the change itself."""

from django.db import models

from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Audience(models.TextChoices):
    OFFICE = "office", "机关内部"
    APPLICANT = "applicant", "申请企业可见"
    PUBLIC = "public", "公开"


class AuditEvent(models.Model):
    """One event. Things are named by (type, public id), never by foreign key: the record outlives them."""

    public_id = PublicId()
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
        ]

    def __str__(self) -> str:
        return self.sentence

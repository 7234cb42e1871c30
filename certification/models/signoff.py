"""The legal representative's signature under a draft, word for word: a later change asks for a new one."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from foundation.regions.paths import PathField


class SignOff(models.Model):
    """Rows are only added. `content_hash` is over all that would be filed, as it was shown."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="signatures")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "content_hash", "by"], name="one_signature_per_content")
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.content_hash[:12]}"

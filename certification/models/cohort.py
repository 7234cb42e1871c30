"""The titles that one call for re-review is for: which, by which rules, and which are visited."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from certification.models.call import Call
from certification.models.certificate import Certificate
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Cohort(models.Model):
    """Built once for a call. The seed is drawn by the portal; the share of visits is the office's own (示例 until set)."""

    public_id = PublicId()
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="cohort_list")
    ends_from = models.DateField("有效期止于（起）")
    ends_until = models.DateField("有效期止于（止）")
    share = models.PositiveSmallIntegerField("实地抽查比例（%）")
    seed = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=160)
    size = models.PositiveIntegerField(default=0)
    on_site = models.PositiveIntegerField(default=0)
    record_hash = models.CharField(max_length=64, blank=True)
    built_at = models.DateTimeField()
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    filled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.call)


class CohortTitle(models.Model):
    """One title that is due, with the rules of its own cohort and its place in the draw of its stratum."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="titles")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    stratum = models.CharField(max_length=60)
    rule_set_code = models.CharField(max_length=40)
    overlays = ArrayField(models.CharField(max_length=40), default=list)
    why_rule_set = models.TextField()
    ticket = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    is_on_site = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["stratum", "place"]
        constraints = [models.UniqueConstraint(fields=["cohort", "certificate"], name="a_title_once_in_a_cohort")]
        indexes = [models.Index(fields=["cohort", "stratum", "place"], name="cohort_in_order")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.certificate_id}"

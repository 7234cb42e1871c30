"""实地核查: who was chosen and why, what was looked at, photographed and signed on the spot."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.models.call import Call
from certification.states import VISIT
from certification.tiers import Tier
from foundation.public_ids import PublicId
from foundation.regions.paths import PROVINCE, PathField
from foundation.transitions import Stateful

BY_LIST = "复核名单抽中"
"""What a visit says that the list of a re-review has drawn: it may have no sample of its own."""

VERDICTS = (("matches", "相符"), ("differs", "不符"), ("unverifiable", "现场无法核实"))


class VisitSample(models.Model):
    """One draw of a call: share, seed, version of the triggers and the numbers of the applications that took part.

    Whoever has the seed and the numbers can do it again; the numbers name no firm. Late applications get a draw of
    their own (`number` 2, 3, …). The seed is shown to everybody once each firm that was chosen knows its day.
    """

    public_id = PublicId()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="visit_samples")
    number = models.PositiveSmallIntegerField("第几次抽取", default=1)
    region_path = PathField(default=PROVINCE)
    share = models.PositiveSmallIntegerField("随机比例（%）")
    seed = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=160)
    triggers_version = models.CharField(max_length=20)
    among = models.PositiveIntegerField("参加抽取的申请数")
    triggered = models.PositiveIntegerField("触发数")
    drawn = models.PositiveIntegerField("随机抽中数")
    pool = models.JSONField("参加抽取的申请号", default=list)
    listed = models.JSONField("复核名单已抽中的申请号", default=list)
    fired = models.JSONField("触发的申请号", default=list)
    record_hash = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "实地核查抽取"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_visit_sample_per_number")]

    def __str__(self) -> str:
        return f"{self.call}（第{self.number}次）" if self.number > 1 else str(self.call)


class Visit(Stateful):
    """One case on the spot. `reasons`: why it was chosen, in words, with the version of the triggers."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    enterprise_name = models.CharField(max_length=120)
    region_path = PathField()
    tier = models.CharField(max_length=16, choices=Tier.choices)
    sample = models.ForeignKey(VisitSample, null=True, on_delete=models.PROTECT, related_name="visits")
    reasons = models.JSONField("为什么核查", default=list)
    planned_for = models.DateTimeField("约定时间", null=True)
    visitors = models.CharField("核查人员", max_length=120, blank=True)
    office_name = models.CharField(max_length=120, blank=True)
    finished_at = models.DateTimeField(null=True)
    summary = models.TextField("核查小结", blank=True)
    summary_key = models.CharField(max_length=40, blank=True)
    summary_by_name = models.CharField(max_length=80, blank=True)
    summary_at = models.DateTimeField(null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True)
    remark = models.TextField("企业意见", blank=True)

    class Meta:
        verbose_name = "实地核查"
        ordering = ["-id"]
        constraints = [
            VISIT.check("visit_state_is_known"),
            models.UniqueConstraint(
                fields=["application"], condition=~models.Q(state="cancelled"), name="one_live_visit_per_application"
            ),
        ]
        indexes = [models.Index(fields=["region_path", "state"], name="visit_desk")]

    def __str__(self) -> str:
        return f"{self.enterprise_name}　{self.get_tier_display()}"

    @property
    def is_drawn(self) -> bool:
        """Chosen by a draw of the province, by lot or by trigger; not by an office that wanted to see for itself."""
        return self.sample_id is not None or BY_LIST in self.reasons


class VisitLine(models.Model):
    """One claim to look at on the spot, and what was found. `key` is the phone's: sent twice, written once."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="lines")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    claim = models.TextField(blank=True)
    source = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=12, choices=VERDICTS, blank=True)
    note = models.TextField(blank=True)
    key = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["visit", "place"]
        constraints = [models.UniqueConstraint(fields=["visit", "place"], name="one_line_per_place")]

    def __str__(self) -> str:
        return self.title


class VisitPhoto(models.Model):
    """A picture taken on the spot, with the hash that the phone made of it before it was sent."""

    public_id = PublicId()
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    key = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    original_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    scan_state = models.CharField(max_length=10)
    hashed_at_capture = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    caption = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["visit", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "key"], name="one_photo_per_key")]

    def __str__(self) -> str:
        return self.original_name

"""Postings (公示) of a city or of the province, and the announcements (公告) that follow."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.models.call import Call
from certification.states import POSTING
from certification.tiers import Tier
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class Posting(Stateful):
    """A public list for a stated time, with our contact and the disciplinary office's beside it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="postings")
    level = models.CharField(max_length=10, choices=[("city", "市级"), ("province", "自治区级")])
    region_path = PathField()
    office_name = models.CharField(max_length=120)
    title = models.CharField("标题", max_length=160)
    document_number = models.CharField("文号", max_length=60, blank=True)
    body = models.TextField("正文", blank=True)
    contact = models.CharField("受理联系方式", max_length=80, blank=True)
    disciplinary_contact = models.CharField("派驻纪检监察组联系方式", max_length=80, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField("最后一日", null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    file_hash = models.CharField("存档文件指纹", max_length=64, blank=True)
    meeting = models.ForeignKey(
        "certification.Meeting", null=True, on_delete=models.PROTECT, related_name="postings", verbose_name="审议会"
    )
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_by_name = models.CharField("拟稿人", max_length=80, blank=True)
    told_at = models.DateTimeField("通知企业的时间", null=True)

    class Meta:
        verbose_name = "公示"
        ordering = ["-starts_on", "-id"]
        constraints = [POSTING.check("posting_state_is_known")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Never public so far: nobody outside the office knows of it, nor of its being taken back."""
        return self.starts_on is None


class PostingItem(models.Model):
    """One line of the list: names and codes as they were on the day, nothing personal."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="posting_items")
    place = models.PositiveSmallIntegerField()
    enterprise_name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18)
    region_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "application"], name="one_line_per_application"),
            models.UniqueConstraint(fields=["posting", "place"], name="one_place_per_line"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.enterprise_name}"


class Announcement(models.Model):
    """The announcement: 公告 for 创新型, 认定 for the upper provincial tier; national ones are only recorded."""

    public_id = PublicId()
    call = models.ForeignKey(Call, null=True, on_delete=models.PROTECT, related_name="announcements")
    tier = models.CharField(max_length=16, choices=Tier.choices)
    title = models.CharField("标题", max_length=160)
    document_number = models.CharField("公告文号", max_length=60)
    batch = models.CharField("批次", max_length=40)
    announced_on = models.DateField("公告日期")
    source_url = models.URLField("来源", blank=True)
    is_national = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "公告"
        ordering = ["-announced_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["document_number", "tier"], name="one_announcement_per_number")]

    def __str__(self) -> str:
        return f"{self.document_number} {self.title}"

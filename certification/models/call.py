"""A call (批次通知): which tier, which case, which window, by which rules, with which papers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from certification.models.policy import RuleSet
from certification.states import CALL, ROUTES
from certification.tiers import CaseType, Tier
from foundation.regions.paths import PROVINCE, PathField
from foundation.transitions import Stateful


class Call(Stateful):
    """One batch. The rule set is pinned with the reason why it applies; the hash says which text."""

    tier = models.CharField("层级", max_length=16, choices=Tier.choices)
    case_type = models.CharField("事项", max_length=8, choices=CaseType.choices, default=CaseType.NEW)
    year = models.PositiveSmallIntegerField("年度")
    batch = models.CharField("批次", max_length=40)
    title = models.CharField("通知名称", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    cohort = models.PositiveSmallIntegerField("复核的认定年度", null=True, blank=True)
    opens_at = models.DateTimeField("开放时间")
    closes_at = models.DateTimeField("截止时间")
    route = models.CharField("受理路径", max_length=8, choices=list(ROUTES.items()), default="county")
    posting_length = models.PositiveSmallIntegerField("公示时长", default=5)
    posting_unit = models.CharField(
        "公示时长单位", max_length=8, choices=[("day", "日"), ("workday", "工作日")], default="workday"
    )
    has_city_posting = models.BooleanField("市级也公示", default=False)
    documents = models.JSONField("材料清单", default=list, blank=True)
    instructions = models.TextField("填报说明", blank=True)
    contact = models.CharField("咨询电话", max_length=80, blank=True)
    disciplinary_contact = models.CharField("派驻纪检监察组联系方式", max_length=80, blank=True)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="calls")
    overlays = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    notice_hashes = models.JSONField(default=dict, help_text="{code: content hash} of the notices as the draft was saved with them.")
    why_rule_set = models.TextField("适用理由")
    region_path = PathField(default=PROVINCE)

    class Meta:
        verbose_name = "批次"
        ordering = ["-opens_at", "-id"]
        constraints = [
            CALL.check("call_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_closes_after_it_opens"
            ),
            models.UniqueConstraint(fields=["tier", "case_type", "year", "batch"], name="one_call_per_batch"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

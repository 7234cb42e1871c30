"""Things an enterprise has one by one: rights, awards, listings, honours, financing, institutions, certificates."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from enterprises.models.enterprise import Enterprise
from enterprises.models.facts import Source
from foundation.public_ids import PublicId


class Item(models.Model):
    public_id = PublicId()
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.SELF)
    evidence = models.ForeignKey(
        "enterprises.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField()

    class Meta:
        abstract = True


class IntellectualProperty(Item):
    """One right. What is not known stays empty and may count, never counts for certain."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="intellectual_property")
    kind = models.CharField("类别", max_length=20)
    title = models.CharField("名称", max_length=160)
    number = models.CharField("登记号", max_length=60, blank=True)
    applied_on = models.DateField("申请日", null=True, blank=True)
    granted_on = models.DateField("授权日", null=True, blank=True)
    acquired = models.CharField("取得方式", max_length=12, blank=True)
    transferred_on = models.DateField("受让日", null=True, blank=True)
    holder_rank = models.PositiveSmallIntegerField("权利人排名", null=True, blank=True)
    related = models.BooleanField("与主导产品相关", null=True)
    applied = models.BooleanField("已应用并产生效益", null=True)
    high_value = ArrayField(models.CharField(max_length=20), null=True, blank=True)
    is_implemented = models.BooleanField("已实施", null=True)
    product_income_fen = models.BigIntegerField("产业化产品上年收入（分）", null=True, blank=True)

    class Meta:
        ordering = ["kind", "granted_on", "id"]

    def __str__(self) -> str:
        return self.title


class Award(Item):
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="awards")
    title = models.CharField("奖励名称", max_length=160)
    level = models.CharField("级别", max_length=12, blank=True)
    rank = models.PositiveSmallIntegerField("获奖单位排名", null=True, blank=True)
    certified_on = models.DateField("证书日期", null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Contest(Item):
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="maker_contest")
    listing = models.CharField("名单", max_length=8)
    announced_on = models.DateField("公布日期", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.listing} {self.announced_on}"


class Honour(Item):
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="honours")
    name = models.CharField("荣誉", max_length=30)
    number = models.CharField("编号", max_length=60, blank=True)
    valid_until = models.DateField("有效期止", null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Financing(Item):
    """Equity paid in by a qualified institution; old shares, debt swaps and grants are not this."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="financing")
    investor = models.CharField("投资机构", max_length=120)
    record_code = models.CharField("备案编码", max_length=40, blank=True)
    amount_fen = models.BigIntegerField("实缴金额（分）")
    share_sold = models.DecimalField("出让股权（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    is_qualified = models.BooleanField("合格机构投资者", default=True)
    paid_on = models.DateField("到账日期")

    def __str__(self) -> str:
        return f"{self.investor} {self.paid_on}"


class RdInstitution(Item):
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="rd_institutions")
    name = models.CharField("名称", max_length=120)
    level = models.CharField("级别", max_length=12)
    document_number = models.CharField("认定文号", max_length=80, blank=True)
    approved_on = models.DateField("认定日期", null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class ManagementCertificate(Item):
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="certificates_held")
    name = models.CharField("认证名称", max_length=120)
    number = models.CharField("证书号", max_length=80, blank=True)
    valid_until = models.DateField("有效期止", null=True, blank=True)
    is_overseas_product = models.BooleanField("发达国家和地区产品认证", default=False)

    def __str__(self) -> str:
        return self.name


class OutsideTitle(Item):
    """A dated title of another department (科技型中小企业, 瞪羚 …). It is no title of this ladder.

    A valid entry as 科技型中小企业 counts where a rule asks for it; the others are for the calendar only.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="outside_titles")
    kind = models.CharField(
        "名称",
        max_length=20,
        choices=[
            ("tech_sme", "科技型中小企业（科技部门入库）"),
            ("high_tech", "高新技术企业"),
            ("tech_giant", "自治区科技小巨人（不是专精特新“小巨人”）"),
            ("gazelle", "瞪羚企业"),
            ("eaglet", "雏鹰企业"),
            ("leader", "行业领先示范企业"),
        ],
    )
    number = models.CharField("编号", max_length=60, blank=True)
    valid_until = models.DateField("有效期止")

    class Meta:
        ordering = ["valid_until", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "kind", "valid_until"], name="one_outside_title_per_end")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

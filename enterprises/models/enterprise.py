"""An enterprise, by its unified credit code. Its place is the body that recommends it, not the code's digits."""

from django.db import models

from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Enterprise(models.Model):
    public_id = PublicId()
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("企业名称", max_length=120)
    region_path = PathField()
    industry_division = models.CharField("行业大类（2位）", max_length=2, blank=True)
    industry_class = models.CharField("行业小类（4位）", max_length=4, blank=True)
    main_product = models.CharField("主导产品", max_length=120, blank=True)
    established_on = models.DateField("成立日期", null=True, blank=True)
    registered_capital_fen = models.BigIntegerField("注册资本（分）", null=True, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    contact_email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("通讯地址", max_length=200, blank=True)
    zjtx_reference = models.CharField("国家培育平台编号", max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "企业"
        ordering = ["name"]
        indexes = [models.Index(fields=["region_path", "name"], name="enterprise_by_region")]

    def __str__(self) -> str:
        return self.name


class NameHistory(models.Model):
    """A former name and the day it ended; the credit code stays."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=120)
    until = models.DateField()

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return self.name


class FormerBody(models.Model):
    """A body that recommended the enterprise before, to which one it went, from which day, why. Rows are only added.

    The body that was left keeps seeing the row: it is what is told to it of a firm that it sees no longer.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="former_bodies")
    region_path = PathField()
    to_path = PathField()
    until = models.DateField("变更日期")
    reason = models.TextField("理由")
    office_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "原推荐单位"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.region_path} → {self.to_path}"

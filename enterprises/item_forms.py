"""One form per kind of thing an enterprise has one by one. Money in 万元 here, fen inside."""

from typing import Any

from django import forms

from enterprises.facts import FEN
from enterprises.forms import Dressed, in_wan
from enterprises.models import (
    Award,
    Contest,
    Evidence,
    Financing,
    Honour,
    IntellectualProperty,
    ManagementCertificate,
    RdInstitution,
)
from enterprises.words import CHOICES

NOT_KNOWN = [("", "还不清楚"), ("true", "是"), ("false", "否")]


def words(key: str, blank: str = "请选择", without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [("", blank)] + [(str(k), v) for k, v in CHOICES[key].items() if k not in without]


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ItemForm(Dressed, forms.ModelForm):  # type: ignore[type-arg]
    """`values()` is what `items.keep()` takes."""

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"] = forms.ModelChoiceField(
            papers, label="证明材料", required=False, empty_label="还没有上传", to_field_name="public_id",
            help_text="先在“材料”里上传，再在这里选",
        )  # fmt: skip
        if self.instance.pk and self.instance.evidence_id:
            self.initial["evidence"] = Evidence.objects.filter(pk=self.instance.evidence_id).first()
        self.dress()

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


def maybe(label: str, help_text: str = "") -> forms.Field:
    """Yes, no, or not known."""
    return forms.TypedChoiceField(
        label=label, choices=NOT_KNOWN, required=False, empty_value=None, coerce=lambda v: v == "true",
        help_text=help_text,
    )  # fmt: skip


def money(label: str, required: bool = False, help_text: str = "例：1234.56") -> forms.DecimalField:
    return forms.DecimalField(
        label=f"{label}（万元）", required=required, min_value=0, max_digits=16, decimal_places=6, help_text=help_text
    )


class IntellectualPropertyForm(ItemForm):
    kind = forms.ChoiceField(label="类别", choices=words("kind"))
    acquired = forms.ChoiceField(label="取得方式", choices=words("acquired", "还不清楚"), required=False)
    related = maybe("与主导产品相关")
    applied = maybe("已实际应用并产生效益")
    is_implemented = maybe("专利已实施", "自己实施、许可或作价入股，都算实施")
    product_income = money("产业化产品上年收入", help_text="用这项专利生产的产品上一年度的销售收入，例：320")
    high_value = forms.MultipleChoiceField(
        label="高价值情形",
        choices=[*words("high_value")[1:], ("-", "都没有")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="发明专利维持超过 10 年由授权日推算，不用选",
    )

    class Meta:
        model = IntellectualProperty
        fields = [
            "kind", "title", "number", "applied_on", "granted_on", "acquired", "transferred_on", "holder_rank",
            "related", "applied", "high_value", "is_implemented",
        ]  # fmt: skip
        widgets = {"applied_on": day(), "granted_on": day(), "transferred_on": day()}
        help_texts = {"holder_rank": "权利人有多个时，本企业排第几，例：1", "number": "例：ZL202310000000.0（虚构）"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("related", "applied", "is_implemented"):
            self.initial[name] = {True: "true", False: "false"}.get(getattr(self.instance, name), "")
        if self.instance.product_income_fen is not None:
            self.initial["product_income"] = in_wan(self.instance.product_income_fen)
        if self.instance.high_value == []:
            self.initial["high_value"] = ["-"]

    def values(self) -> dict[str, Any]:
        made = super().values()
        income = made.pop("product_income")
        made["product_income_fen"] = None if income is None else int(income * FEN)
        chosen = made["high_value"]
        made["high_value"] = [v for v in chosen if v != "-"] if chosen else None
        return made


class AwardForm(ItemForm):
    level = forms.ChoiceField(label="级别", choices=words("level"))

    class Meta:
        model = Award
        fields = ["title", "level", "rank", "certified_on"]
        widgets = {"certified_on": day()}
        help_texts = {"rank": "本企业在获奖单位中排第几，例：2", "certified_on": "证书落款日期"}


class ContestForm(ItemForm):
    listing = forms.ChoiceField(label="名单", choices=words("listing"))

    class Meta:
        model = Contest
        fields = ["listing", "announced_on"]
        widgets = {"announced_on": day()}
        help_texts = {"announced_on": "正式发布名单的日期"}


class HonourForm(ItemForm):
    name = forms.ChoiceField(label="荣誉", choices=words("name"))

    class Meta:
        model = Honour
        fields = ["name", "number", "valid_until"]
        widgets = {"valid_until": day()}
        help_texts = {"valid_until": "当日仍有效；没有有效期的留空"}


class FinancingForm(ItemForm):
    amount = money("实缴金额", required=True, help_text="老股转让、债转股、政府补助不算，例：800")
    is_qualified = forms.BooleanField(label="投资方是备案的合格机构投资者", required=False)

    class Meta:
        model = Financing
        fields = ["investor", "record_code", "paid_on", "share_sold", "is_qualified"]
        widgets = {"paid_on": day()}
        help_texts = {
            "share_sold": "这一次出让的股权比例，超过 30% 的不计入新增股权融资，例：12.5",
            "record_code": "基金业协会备案编码",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["amount"] = in_wan(self.instance.amount_fen)

    def clean_share_sold(self) -> Any:
        share = self.cleaned_data["share_sold"]
        if share is not None and not 0 <= share <= 100:
            raise forms.ValidationError("比例在 0 到 100 之间")
        return share

    def values(self) -> dict[str, Any]:
        made = super().values()
        made["amount_fen"] = int(made.pop("amount") * FEN)
        return made


class RdInstitutionForm(ItemForm):
    level = forms.ChoiceField(label="级别", choices=words("rd_institution_level", without=("none",)))

    class Meta:
        model = RdInstitution
        fields = ["name", "level", "document_number", "approved_on"]
        widgets = {"approved_on": day()}
        help_texts = {
            "name": "例：自治区企业技术中心",
            "document_number": "认定文件的文号；只有牌匾、没有认定文件的不算认定",
        }


class ManagementCertificateForm(ItemForm):
    class Meta:
        model = ManagementCertificate
        fields = ["name", "number", "valid_until", "is_overseas_product"]
        widgets = {"valid_until": day()}
        help_texts = {"name": "例：质量管理体系认证", "valid_until": "过了有效期的不再计入"}


FORMS: dict[str, type[ItemForm]] = {
    "intellectual_property": IntellectualPropertyForm,
    "awards": AwardForm,
    "maker_contest": ContestForm,
    "honours": HonourForm,
    "financing": FinancingForm,
    "rd_institutions": RdInstitutionForm,
    "certificates": ManagementCertificateForm,
}

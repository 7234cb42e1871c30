"""Forms of the enterprise's pages: what was typed, shown again as typed, with problems at the field."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from enterprises.facts import FEN, plain
from enterprises.invite import ROLES
from enterprises.models import Enterprise, Evidence
from enterprises.plausible import example
from enterprises.vocabulary import Fact, vocabulary
from enterprises.words import CHOICES
from enterprises.yearly import YearRow
from foundation.form_words import words_for
from foundation.refusals import Problem, Refused
from foundation.regions.models import bodies

NOTHING = "-"
YES_NO = [("", "还不清楚"), ("yes", "是"), ("no", "否")]

PAPER_KINDS = [
    ("licence", "营业执照"),
    ("audit", "年度审计报告"),
    ("rd_audit", "研发费用专项审计"),
    ("social", "社保缴费人数证明"),
    ("credit", "公共信用报告"),
    ("rd", "研发机构设立或认定文件"),
    ("share", "市场占有率说明"),
    ("right", "知识产权证书"),
    ("certificate", "体系或产品认证证书"),
    ("award", "奖励和荣誉证书"),
    ("financing", "股权融资到账凭证"),
    ("field", "主导产品所属领域说明"),
    ("digital", "数字化水平测评结果"),
    ("truth", "真实性声明"),
    ("other", "其他"),
]


def in_wan(fen: int) -> str:
    """fen → 万元 as people type it."""
    return plain(Decimal(fen) / FEN)


class Dressed:
    """Gives every widget its class, its description and its error mark, and collects problems for the top of the page."""

    fields: dict[str, forms.Field]

    def dress(self) -> None:
        for name, field in self.fields.items():
            widget = field.widget
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = words_for(field)["required"]
            if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
                continue
            widget.attrs["class"] = "in"
            if field.help_text:
                widget.attrs.setdefault("aria-describedby", f"id_{name}-h")

    def refuse(self, refusal: Refused) -> None:
        """Put a verb's problems at their fields. What is missing is no mistake of the form."""
        if refusal.code == "not_found":
            raise refusal
        for problem in refusal.problems or [Problem(refusal.sentence)]:
            self.hints[problem.field, problem.message] = problem
            at = problem.field if problem.field in self.fields else None
            self.add_error(at, problem.message)  # type: ignore[attr-defined]

    @property
    def hints(self) -> dict[tuple[str, str], Problem]:
        if not hasattr(self, "_hints"):
            self._hints: dict[tuple[str, str], Problem] = {}
        return self._hints

    @property
    def problems(self) -> list[Problem]:
        found = []
        for name, messages in self.errors.items():  # type: ignore[attr-defined]
            field = self.fields.get(name)
            for message in messages:
                known = self.hints.get((name, message)) or self.hints.get(("", message))
                if known is None:
                    label = (
                        f"{field.label}："
                        if field is not None and field.label and str(field.label) not in message
                        else ""
                    )
                    known = Problem(f"{label}{message}", name if field is not None else "")
                found.append(known)
        return found


class RegisterForm(Dressed, forms.Form):
    code = forms.CharField(
        label="统一社会信用代码", help_text="营业执照上的 18 位，例：91640104MA76ABCD2X", max_length=40
    )
    name = forms.CharField(label="企业名称", help_text="与营业执照一致", max_length=120)
    region_path = forms.ChoiceField(label="所在县（市、区）或开发区", help_text="按实际生产经营地选择，由它初审")
    person = forms.CharField(label="您的姓名", max_length=60)
    phone = forms.CharField(label="手机", help_text="审核人员会用它联系您", max_length=20)
    email = forms.EmailField(label="电子邮箱", help_text="用于找回密码和接收提醒")
    username = forms.CharField(
        label="用户名", help_text="字母或数字，4 到 30 位，例：zhangkuaiji", min_length=4, max_length=30
    )
    password = forms.CharField(
        label="密码",
        help_text="至少 12 位，不要用常见密码或姓名。几个不相干的词连在一起，好记也安全",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一遍密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "请再输一遍密码"},
    )  # fmt: skip
    terms = forms.BooleanField(
        label="我所填的是本人和本企业的真实信息，知道核实之前可以填报、不能提交",
        error_messages={"required": "请阅读并勾选"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", "请选择")]
        known = bodies()
        for body in known.values():
            if body.is_first_examiner and body.is_active:
                city = known.get(body.parent_path)
                above = city.short_name if city and city.level == "city" else ""
                chosen.append((body.path, above + body.short_name))
        self.fields["region_path"].choices = chosen  # type: ignore[attr-defined]
        self.dress()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "两次输入的密码不一样")
        return cleaned


class PlatformForm(Dressed, forms.Form):
    role = forms.ChoiceField(
        label="您在这家企业的身份", choices=[("owner", "法定代表人"), ("editor", "经办人")], widget=forms.RadioSelect
    )
    consent = forms.BooleanField(
        label="同意把姓名和核实结果交给天梯", error_messages={"required": "不同意就不能用这种方式核实"}
    )


class UploadForm(Dressed, forms.Form):
    file = forms.FileField(
        label="文件",
        help_text="PDF、JPG、PNG、DOCX 或 XLSX，每个不超过 20 MB",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"}),
        error_messages={"required": "请选择要上传的文件", "empty": "文件是空的"},
    )
    kind = forms.ChoiceField(label="材料类别", choices=PAPER_KINDS)
    title = forms.CharField(label="材料名称", help_text="不填就用文件名", max_length=160, required=False)
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year), f"{year} 年") for year in range(on.year, on.year - 5, -1)]
        self.fields["year"].choices = [("", "不分年度"), *years]  # type: ignore[attr-defined]
        self.dress()


class LetterForm(Dressed, forms.Form):
    file = forms.FileField(
        label="盖章的授权委托书",
        help_text="扫描件或照片，PDF、JPG 或 PNG，不超过 20 MB",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "请选择要上传的文件", "empty": "文件是空的"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class InviteForm(Dressed, forms.Form):
    who = forms.CharField(label="对方的用户名或邮箱", max_length=120)
    role = forms.ChoiceField(label="权限", choices=list(ROLES.items()), help_text="经办人可以填报和提交，查看只能看")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class ProfileForm(Dressed, forms.ModelForm):  # type: ignore[type-arg]
    registered_capital = forms.DecimalField(
        label="注册资本（万元）", min_value=0, max_digits=16, decimal_places=6, required=False, help_text="例：1200"
    )

    class Meta:
        model = Enterprise
        fields = [
            "legal_representative", "established_on", "main_product", "industry_division", "industry_class",
            "contact_name", "contact_phone", "contact_email", "address", "zjtx_reference",
        ]  # fmt: skip
        widgets = {"established_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "industry_division": "GB/T 4754-2017，例：34 通用设备制造业填 34",
            "industry_class": "例：3451",
            "zjtx_reference": "国家优质中小企业梯度培育平台上的编号，有的话填",
            "contact_phone": "审核人员会用它联系您",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.registered_capital_fen is not None:
            self.initial["registered_capital"] = in_wan(self.instance.registered_capital_fen)
        self.dress()


class FiguresForm(Dressed, forms.Form):
    """Three years in one table; each column may rest on an audit report in the vault."""

    def __init__(self, *args: Any, rows: Iterable[YearRow], papers: Iterable[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            for cell in row.cells:
                label = f"{cell.year}年{row.label.removeprefix('其中：')}（{row.unit}）"
                attrs = {"inputmode": "decimal", "aria-label": label, "autocomplete": "off"}
                self.fields[cell.name] = forms.CharField(
                    label=label, required=False, max_length=40, initial=cell.value, widget=forms.TextInput(attrs=attrs)
                )
        self.years = [cell.year for cell in self.rows[0].cells]
        reports = list(papers)
        for year in self.years:
            choices = [("", "企业填报")] + [
                (p.public_id, f"审计报告：{p.title}") for p in reports if p.year in (year, None)
            ]
            attrs = {"aria-label": f"{year}年的数取自"}
            self.fields[f"paper_{year}"] = forms.ChoiceField(
                label=f"{year}年的数取自", choices=choices, required=False, widget=forms.Select(attrs=attrs)
            )
        self.dress()

    def table(self) -> list[tuple[YearRow, list[tuple[Any, Any]]]]:
        return [(row, [(cell, self[cell.name]) for cell in row.cells]) for row in self.rows]

    def papers(self) -> list[tuple[int, Any]]:
        return [(year, self[f"paper_{year}"]) for year in self.years]

    def given(self, year: int) -> dict[str, str]:
        names = [cell.name for row in self.rows for cell in row.cells if cell.year == year]
        return {name: self.cleaned_data[name] for name in names}


class FactsForm(Dressed, forms.Form):
    """One question per fact of a section, made from the vocabulary."""

    def __init__(self, *args: Any, names: Iterable[str], known: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(names)
        for name in self.names:
            fact = vocabulary().facts[name]
            self.fields[name] = question(fact, known.get(name))
        self.dress()

    def given(self) -> dict[str, Any]:
        """Values in the shape of the vocabulary. An answer that is no longer chosen is None: taken back."""
        made: dict[str, Any] = {}
        for name in self.names:
            fact, typed = vocabulary().facts[name], self.cleaned_data[name]
            if fact.type == "bool":
                made[name] = {"yes": True, "no": False}.get(typed)
            elif fact.type == "list[enum]":
                made[name] = None if not typed else [v for v in typed if v != NOTHING]
            else:
                made[name] = typed or None
        return made


def question(fact: Fact, value: Any) -> forms.Field:
    """The form field that asks for a fact."""
    label = f"{fact.label}（{fact.unit}）" if fact.unit and fact.name != "digital_level" else fact.label
    words = CHOICES.get(fact.name, {})
    common: dict[str, Any] = {"label": label, "required": False, "help_text": fact.help}
    if fact.type == "bool":
        initial = {True: "yes", False: "no"}.get(value, "")
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, initial=initial, **common)
    if fact.type == "list[enum]":
        choices = [(v, words.get(v, v)) for v in fact.of] + [(NOTHING, "以上都没有")]
        initial_list = [NOTHING] if value == [] else value
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, initial=initial_list, **common
        )
    if fact.of:
        choices = [("", "还不清楚")] + [(str(v), words.get(v, str(v))) for v in fact.of]
        return forms.ChoiceField(choices=choices, initial="" if value is None else str(value), **common)
    common["help_text"] = "，".join(part for part in (fact.help, example(fact)) if part)
    return forms.CharField(
        max_length=40, initial=value, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common
    )

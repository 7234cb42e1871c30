"""Forms of the province's desks; each `read()` gives clean values or a refusal with a problem per field."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from certification import matters
from certification.models import Basis, Call
from certification.paper_list import papers_from
from certification.paper_templates import template
from certification.states import ROUTES
from certification.tiers import CaseType, Tier
from foundation.form_words import NamingForm
from foundation.refusals import Problem, Refused


class ReadingForm(NamingForm):
    """A form whose errors are refusals: said once, in one shape."""

    def read(self) -> dict[str, Any]:
        if not self.is_valid():
            problems = [Problem(str(error), name) for name, errors in self.errors.items() for error in errors]
            raise Refused("invalid", "有几处需要更正，已填的都还在。", problems)
        return dict(self.cleaned_data)

    def refuse(self, refusal: Refused) -> None:
        """What a verb refused, at the field that it names; what read() has refused stands there already."""
        for problem in refusal.problems:
            if problem.field in self.fields and problem.field not in self.errors:
                self.add_error(problem.field, problem.message)


def line(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "in", **attributes})


class NationalForm(ReadingForm):
    document_number = forms.CharField(label="国家公告文号", max_length=60, widget=line())
    batch = forms.CharField(
        label="批次", max_length=40, required=False, widget=line(), help_text="按国家公告写，例：第八批"
    )
    announced_on = forms.DateField(label="公告日期", widget=forms.DateInput(attrs={"class": "in", "type": "date"}))
    source_url = forms.URLField(
        label="公告链接", required=False, assume_scheme="https", widget=forms.URLInput(attrs={"class": "in"})
    )


class SetAsideForm(ReadingForm):
    """On whose word a decision to end a title is gone; only the ministry gives back what it took."""

    basis = forms.ChoiceField(label="撤销的依据", choices=Basis.choices)
    document_number = forms.CharField(
        label="撤销文书的文号", max_length=60, help_text="例：宁政复决〔2026〕12号；本机关纠正的，填撤销决定的文号"
    )
    dated_on = forms.DateField(
        label="撤销文书的日期", widget=forms.DateInput(attrs={"type": "date"}), help_text="以文书落款的日期为准"
    )
    reason = forms.CharField(
        label="撤销的理由", max_length=4000, widget=forms.Textarea, help_text="企业会看到：原决定错在哪里，凭什么撤销"
    )

    def __init__(self, *args: Any, is_national: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            choice for choice in Basis.choices if (choice[0] == Basis.MINISTRY) == is_national
        ]
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"


class LocalDateTime(forms.DateTimeInput):
    input_type = "datetime-local"

    def format_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            moment = timezone.localtime(value) if timezone.is_aware(value) else value
            return moment.strftime("%Y-%m-%dT%H:%M")
        return super().format_value(value)


class RulingForm(NamingForm):
    """Why a case goes on although something is open about the firm; what is wrong with it is said by the verb (matters.py)."""

    ruling_code = forms.ChoiceField(label="理由", choices=matters.choices)
    ruling_text = forms.CharField(
        label="说明",
        widget=forms.Textarea,
        help_text="查了什么、依据哪份材料、为什么不影响本次办理；不写企业以外的人的姓名",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"


class CallForm(NamingForm):
    tier = forms.ChoiceField(label="层级", choices=Tier.choices)
    case_type = forms.ChoiceField(label="事项", choices=CaseType.choices)
    year = forms.IntegerField(label="年度", min_value=2022, max_value=2100)
    batch = forms.CharField(label="批次", max_length=40, help_text="例：第二批")
    title = forms.CharField(label="通知名称", max_length=120)
    document_number = forms.CharField(label="文号", max_length=60, required=False)
    cohort = forms.IntegerField(label="复核哪一年公告的", required=False, help_text="只用于复核，例：2023")
    opens_at = forms.DateTimeField(label="开放时间", widget=LocalDateTime)
    closes_at = forms.DateTimeField(label="截止时间", widget=LocalDateTime, help_text="以本系统时钟为准")
    route = forms.ChoiceField(
        label="受理路径", choices=list(ROUTES.items()), help_text="企业先向哪一级提交；开发区和宁东按各自的推荐路径"
    )
    posting_length = forms.IntegerField(label="公示时长", min_value=1, max_value=60, help_text="按通知写")
    posting_unit = forms.ChoiceField(
        label="公示时长单位", choices=[("", "请选择"), ("workday", "工作日"), ("day", "日")], help_text="按通知写"
    )
    has_city_posting = forms.BooleanField(label="市级也公示", required=False)
    papers = forms.CharField(
        label="材料清单",
        widget=forms.Textarea,
        required=False,
        help_text="一行一项；行首加 * 表示必交。写明年度的按年度核对。例：*2025年度审计报告。已按层级和事项的清单模板带入，请对照通知核对；哪些必交待确认",
    )
    instructions = forms.CharField(label="填报说明", widget=forms.Textarea, required=False)
    contact = forms.CharField(label="咨询电话", max_length=80, required=False)
    disciplinary_contact = forms.CharField(
        label="派驻纪检监察组联系方式", max_length=80, help_text="公示时与我们的联系方式并列"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "in"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("opens_at") and told.get("closes_at") and told["closes_at"] <= told["opens_at"]:
            self.add_error("closes_at", "截止时间要晚于开放时间。")
        return told

    def with_template(self) -> "CallForm":
        """The form as it was typed, with the list that its tier and case usually ask for in place of the one in it."""
        typed = {name: self[name].value() for name in self.fields}
        typed["papers"] = template(str(typed["tier"] or ""), str(typed["case_type"] or ""))
        return CallForm(initial=typed)

    def values(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        told["documents"] = papers_from(told.pop("papers"))
        return told

    @staticmethod
    def initial_of(call: Call) -> dict[str, Any]:
        told = {name: getattr(call, name) for name in CallForm.base_fields if name != "papers"}
        told["papers"] = "\n".join(("*" if p.get("required") else "") + p["title"] for p in call.documents)
        return told

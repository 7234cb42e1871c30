"""Forms of expert review at the province's desk."""

from typing import Any

from django import forms

from certification.conflicts import TIES
from foundation.form_words import NamingForm

KINDS = {words: code for code, words in TIES.items()}


class RoundForm(NamingForm):
    title = forms.CharField(label="本轮名称", max_length=80, help_text="会公开，请不要写企业名称")
    field = forms.CharField(
        label="专业领域", max_length=40, required=False, help_text="只从这一领域的专家中抽取；不填则全库抽取"
    )
    per_case = forms.IntegerField(label="每件专家人数", min_value=1, max_value=15)
    sheet = forms.CharField(
        label="评分表", widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一项，写“评审要点|满分”。门户不预设要点和分值，由本单位按评审方案填写",
    )  # fmt: skip

    def clean_sheet(self) -> list[tuple[str, int]]:
        lines = []
        for number, line in enumerate(self.cleaned_data["sheet"].splitlines(), 1):
            if not line.strip():
                continue
            words, _, most = line.replace("｜", "|").rpartition("|")
            if not words.strip() or not most.strip().isdigit() or not 1 <= int(most.strip()[:6]) <= 1000:
                raise forms.ValidationError(f"第 {number} 行：写成“评审要点|满分”，满分是 1 至 1000 的整数")
            lines.append((words.strip(), int(most)))
        return lines


def tie_lines(told: str) -> list[dict[str, str]]:
    """Lines of "种类|企业名称或代码" as ties; a line that is none is an error with its number."""
    ties = []
    for number, line in enumerate(told.splitlines(), 1):
        if not line.strip():
            continue
        kind, _, who = line.replace("｜", "|").partition("|")
        if kind.strip() not in KINDS or not who.strip():
            raise forms.ValidationError(f"第 {number} 行：写成“种类|企业名称或代码”，种类是 {'、'.join(KINDS)}")
        ties.append({"kind": KINDS[kind.strip()], "who": who.strip()})
    return ties


class ExpertForm(NamingForm):
    account = forms.CharField(label="账号", max_length=150, help_text="已由单位管理员设为“评审专家”岗位的账号")
    employer = forms.CharField(label="工作单位", max_length=120)
    specialities = forms.CharField(label="专业领域", max_length=200, help_text="用顿号隔开，例：机械、材料")
    ties = forms.CharField(
        label="利害关系", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一项，写“种类|企业名称或统一社会信用代码”。种类：" + "、".join(KINDS),
    )  # fmt: skip
    in_pool = forms.BooleanField(label="在库", required=False, initial=True)

    def clean_ties(self) -> list[dict[str, str]]:
        return tie_lines(self.cleaned_data["ties"])

    def refuse(self, problems: Any, sentence: str) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
        if not problems:
            self.add_error(None, sentence)


class OwnTiesForm(NamingForm):
    """What an expert declares himself."""

    ties = forms.CharField(
        label="我的利害关系", required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一项，写“种类|企业名称或统一社会信用代码”。种类：" + "、".join(KINDS) + "。没有的留空",
    )  # fmt: skip

    def clean_ties(self) -> list[dict[str, str]]:
        return tie_lines(self.cleaned_data["ties"])

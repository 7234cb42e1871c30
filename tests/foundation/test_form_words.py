"""Every form says of which field it speaks, and how to mend it."""

from datetime import timedelta

import pytest

from certification.views.cohort import CohortForm
from certification.views.forms import CallForm
from certification.views.round_forms import RoundForm
from foundation import clock
from foundation.form_words import NamingForm

GIVEN = {
    "tier": "innovative", "case_type": "new", "year": "2026", "batch": "第一批", "title": "通知（测试）", "route": "county",
    "posting_length": "5", "posting_unit": "workday", "disciplinary_contact": "（测试）",
}  # fmt: skip


def errors(form):
    return {name: list(told) for name, told in form.errors.items()}


def test_what_is_missing_is_called_by_its_name():
    assert errors(CallForm(GIVEN)) == {"opens_at": ["请填写开放时间"], "closes_at": ["请填写截止时间"]}
    assert errors(CallForm({}))["route"] == ["请选择受理路径"]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"posting_length": "0"}, "posting_length", "公示时长不能小于1"),
        ({"posting_length": "61"}, "posting_length", "公示时长不能大于60"),
        ({"year": "今年"}, "year", "年度要填整数"),
        ({"title": "长" * 121}, "title", "通知名称最多120字，现在有121字"),
        ({"opens_at": "2026-02-30T09:00"}, "opens_at", "开放时间不是一个日期，请重新选择"),
    ],
)
def test_what_cannot_be_taken_says_why(given, field, words):
    day = clock.now().strftime("%Y-%m-%dT%H:%M")
    later = (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    assert errors(CallForm(GIVEN | {"opens_at": day, "closes_at": later} | given)) == {field: [words]}


def test_what_a_form_says_itself_stays():
    told = errors(RoundForm({"title": "一轮", "per_case": "3", "sheet": "要点"}))
    assert told == {"sheet": ["第 1 行：写成“评审要点|满分”，满分是 1 至 1000 的整数"]}
    assert issubclass(RoundForm, NamingForm)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("300", "实地抽查比例（%）不能大于100"),
        ("-1", "实地抽查比例（%）不能小于0"),
        ("", "请填写实地抽查比例（%）"),
        ("几成", "实地抽查比例（%）要填整数"),
    ],
)
def test_a_percent_sign_in_the_name_of_a_field_is_a_sign_and_nothing_else(share, words):
    form = CohortForm({"ends_from": "2027-01-01", "ends_until": "2027-12-31", "share": share})
    assert errors(form) == {"share": [words]}

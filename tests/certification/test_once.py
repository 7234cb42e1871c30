"""一次性告知: before a case goes back, everything that could come back a second time is named, field by field."""

import pytest

from certification import gates, once, review
from certification.apply import steps_of
from certification.form import all_fields
from certification.models import Application
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def case(house):
    return Application.objects.filter(state="screening", region_path="64/6401/640104", tier="little_giant")[0]


def county():
    return Principal.of_user(User.objects.get(username="xingqing"))


def told(case, *chosen):
    return {hint.field: hint.why for hint in once.overlooked(case, chosen)}


def judge_the_rest(case):
    for code in review.open_points(case):
        review.judge(case, code, "met", actor=county(), note="已核对")


def condition(case, *outcomes):
    """A hard condition with a question of its own in the form, and that question."""
    known = gates.criteria_of(case)
    lines = case.submissions.order_by("-number")[0].result["criteria"]
    for line in lines:
        own = [f for f in all_fields(steps_of(case)).values() if line["code"] in f.criteria and not f.is_judged]
        if own and gates.is_gate(line, known) and line["outcome"] in outcomes:
            return line["code"], own[0].name
    raise LookupError(outcomes)


def rewrite(case, **values):
    filed = case.submissions.order_by("-number")[0]
    type(filed).objects.filter(pk=filed.pk).update(**values)


def found(case, code, outcome):
    lines = case.submissions.order_by("-number")[0].result["criteria"]
    return {"criteria": [line | ({"outcome": outcome} if line["code"] == code else {}) for line in lines]}


def test_a_condition_without_data_is_named_at_every_question_that_was_left_empty(case):
    code, name = condition(case, "met")
    filed = case.submissions.order_by("-number")[0]
    rewrite(case, result=filed.result | found(case, code, "unknown"), facts=filed.facts | {name: None})
    assert "缺数据" in told(case)[name]
    review.judge(case, code, "met", actor=county(), note="附注载明")
    assert name not in told(case)


def test_a_point_that_a_person_must_judge_is_named_until_it_is_judged(case):
    judge_the_rest(case)
    code, name = condition(case, "met")
    filed = case.submissions.order_by("-number")[0]
    rewrite(case, result=filed.result | found(case, code, "needs_person"))
    assert "要由您判断，还没有判断" in told(case)[name]
    review.judge(case, code, "met", actor=county(), note="已核对")
    assert name not in told(case)


def test_where_the_form_asks_nothing_of_it_the_text_on_the_product_is_named(case):
    unjudged = [code for code in review.open_points(case) if not any(code in f.criteria and not f.is_judged for f in all_fields(steps_of(case)).values())]  # fmt: skip
    assert unjudged and "还没有判断" in told(case)["product_text"]
    assert "product_text" not in told(case, "product_text")


def test_what_the_machine_found_not_met_is_named_unless_the_reviewer_sees_it_otherwise(case):
    judge_the_rest(case)
    code, name = condition(case, "met")
    filed = case.submissions.order_by("-number")[0]
    rewrite(case, result=filed.result | found(case, code, "unmet"))
    assert "机器核算不满足" in told(case)[name]
    review.judge(case, code, "met", actor=county(), note="按更正后的报告")
    assert name not in told(case)


def test_a_figure_that_another_source_tells_otherwise_is_named_with_both_values(case):
    judge_the_rest(case)
    rewrite(case, conflicts={"revenue_y0": [["audited", "4800"]]})
    why = told(case)["revenue_y0"]
    assert "审计报告 4,800 万元" in why and "不一致" in why
    for code in all_fields(steps_of(case))["revenue_y0"].criteria:
        if gates.criteria_of(case)[code].gate and not case.verdicts.filter(criterion=code).exists():
            review.judge(case, code, "agree", actor=county(), note="两个数都看过")
    assert "revenue_y0" not in told(case)


def test_several_reasons_for_one_field_are_told_together(case):
    judge_the_rest(case)
    code, name = condition(case, "met")
    filed = case.submissions.order_by("-number")[0]
    rewrite(case, result=filed.result | found(case, code, "unmet"), conflicts={name: [["audited", "1"]]})
    assert "机器核算不满足" in told(case)[name] and "不一致" in told(case)[name]

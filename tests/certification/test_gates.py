"""A condition that must hold and has no data is nobody's "met": every office judges it with a reason, or sends the case back."""

import pytest

from certification import apply, gates, obstacles, override, review, verdicts
from certification.models import Application
from enterprises.models import Figure
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused
from portal.demo.cases import ANSWERS, judge_all
from tests.certification.listable import listable
from tests.certification.lists import published


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def line_of(case, code):
    lines = case.submissions.order_by("-number")[0].result["criteria"]
    return next(line for line in lines if line["code"] == code)


def without_data(case):
    known = gates.criteria_of(case)
    lines = case.submissions.order_by("-number")[0].result["criteria"]
    return [line["code"] for line in lines if gates.is_without_data(line, known)]


def emptied(case):
    """A hard condition of the case that the machine found met, as if its data had not been filed."""
    known = gates.criteria_of(case)
    filed = case.submissions.order_by("-number")[0]
    lines = [dict(line) for line in filed.result["criteria"]]
    judged = set(case.verdicts.values_list("criterion", flat=True))
    chosen = next(x for x in lines if gates.is_gate(x, known) and x["outcome"] == "met" and x["code"] not in judged)
    chosen["outcome"] = "unknown"
    type(filed).objects.filter(pk=filed.pk).update(result=filed.result | {"criteria": lines})
    return chosen["code"]


@pytest.fixture
def filed(house):
    """The firm leaves its R&D expenses empty, as it may, and files."""
    draft = Application.objects.get(enterprise__memberships__user__username="qiye-wang", state="draft")
    Figure.objects.filter(enterprise=draft.enterprise, name="rd_expense").delete()
    member = who("qiye-wang")
    apply.save(draft, ANSWERS | {"main_product": "示例"}, seen_version=draft.draft_version, actor=member)
    apply.submit(draft, actor=member)
    return Application.objects.get(pk=draft.pk)


def test_a_firm_that_leaves_its_research_expenses_empty_is_not_recommended_unjudged(filed):
    county = who("dawukou")
    missing = without_data(filed)
    assert missing and set(missing) <= set(review.open_points(filed))
    for code in review.open_points(filed):
        if code not in missing:
            review.judge(filed, code, "met", actor=county, note="已核对")
    with pytest.raises(Refused, match="需要您判断") as told:
        review.recommend(filed, actor=county, opinion="同意")
    assert {problem.field for problem in told.value.problems} == set(missing)
    filed.refresh_from_db()
    assert filed.state == "screening"


def test_a_verdict_where_data_are_missing_says_met_or_unmet_and_on_what_ground(filed):
    county, code = who("dawukou"), without_data(filed)[0]
    for verdict in ("agree", "disagree"):
        with pytest.raises(Refused, match="没有判") as told:
            review.judge(filed, code, verdict, actor=county, note="看过")
        assert told.value.problems[0].clause == line_of(filed, code)["clause"]
    with pytest.raises(Refused, match="理由") as told:
        review.judge(filed, code, "met", actor=county, note=" ")
    assert "缺数据" in told.value.problems[0].hint
    review.judge(filed, code, "met", actor=county, note="专项审计报告第4页载明研发费用 230 万元")
    assert code not in review.open_points(filed)


def test_the_next_office_judges_again_and_the_firm_may_be_asked_instead(filed):
    for code in review.open_points(filed):
        review.judge(filed, code, "met", actor=who("dawukou"), note="已看材料")
    review.recommend(filed, actor=who("dawukou"), opinion="同意")
    assert filed.state == "city_review" and set(without_data(filed)) <= set(review.open_points(filed))
    city = who("shizuishan")
    with pytest.raises(Refused, match="需要您判断"):
        review.recommend(filed, actor=city, opinion="同意")
    review.return_for_correction(filed, [{"field": "rd_expense_y0", "reason": "研发费用没有填"}], actor=city)
    assert filed.state == "returned"


def test_the_desk_says_that_data_are_missing_and_offers_to_judge_or_to_send_back(house, filed):
    code = without_data(filed)[0]
    page = house.signed_in("dawukou").get(f"/desk/cases/{filed.public_id}/?at={code}").content.decode()
    assert "缺数据，须人工判断或退回补正" in page and "须人工判断或退回补正</small>" in page
    assert 'value="met" data-agree>判为满足' in page and "待您判断" in page
    assert f'href="/desk/cases/{filed.public_id}/return/?criterion={code}"' in page


def test_the_province_lists_nothing_whose_hard_condition_has_no_data_and_no_verdict(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk")[0]
    listable(case)
    code = emptied(case)
    named = gates.titles_of(case)[code]
    assert named != code and obstacles.obstacles([case])[case.pk] == [f"还有 1 条需要自治区判断：{named}"]
    with pytest.raises(Refused, match="需要自治区判断"):
        published(case.call, [case], actor=who("sheng-chuzhang"))
    review.judge(case, code, "met", actor=who("sheng-shenhe"), note="审计报告附注载明（测试）")
    assert published(case.call, [case], actor=who("sheng-chuzhang")).state == "running"


def test_what_is_judged_unmet_for_want_of_data_needs_a_second_signature_like_any_other(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk")[0]
    listable(case)
    code = emptied(case)
    review.judge(case, code, "unmet", actor=who("sheng-shenhe"), note="没有数据可凭（测试）")
    assert [line["code"] for line in override.contradicted(case)] == [code]


def test_a_scored_indicator_without_data_stops_nobody(house):
    case = Application.objects.filter(state="screening", region_path="64/6401/640104").order_by("pk")[0]
    filed = case.submissions.order_by("-number")[0]
    lines = [line | ({"outcome": "unknown"} if "max" in line else {}) for line in filed.result["criteria"]]
    before = review.open_points(case)
    type(filed).objects.filter(pk=filed.pk).update(result=filed.result | {"criteria": lines})
    assert review.open_points(case) == before


def test_every_condition_without_data_that_the_demo_has_passed_on_was_judged_with_a_reason(house):
    passed = Application.objects.filter(state__in=["posted", "decided", "granted", "recommended", "national_granted"])
    seen = 0
    for case in passed:
        for code in without_data(case):
            rows = case.verdicts.filter(criterion=code, stage="province_review")
            assert rows.exists() and all(row.note for row in rows), (case, code)
            seen += 1
    assert seen


def test_a_verdict_that_was_taken_back_no_longer_speaks_for_the_province(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk")[0]
    listable(case)
    code, reviewer = emptied(case), who("sheng-shenhe")
    review.judge(case, code, "met", actor=reviewer, note="审计报告附注载明（测试）")
    assert obstacles.unjudged([case]) == {}
    verdicts.take_back(case, code, actor=reviewer, reason="看错了年度")
    assert obstacles.unjudged([case]) == {case.pk: [code]}
    with pytest.raises(Refused, match="需要自治区判断"):
        published(case.call, [case], actor=who("sheng-chuzhang"))


def test_an_objection_that_was_taken_back_asks_for_no_signature(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk")[0]
    listable(case)
    code, reviewer = emptied(case), who("sheng-shenhe")
    before = override.contradicted(case)
    review.judge(case, code, "unmet", actor=reviewer, note="没有数据可凭（测试）")
    assert len(override.contradicted(case)) == len(before) + 1
    verdicts.take_back(case, code, actor=reviewer, reason="材料在另一份文件里")
    assert override.contradicted(case) == before


def test_the_county_s_not_met_is_not_silenced_by_a_later_office_that_agrees_with_the_machine(house):
    case = Application.objects.filter(state="screening", region_path="64/6401/640104", tier="innovative")[0]
    known, county, reviewer = gates.criteria_of(case), who("xingqing"), who("sheng-shenhe")
    lines = case.submissions.order_by("-number")[0].result["criteria"]
    code = next(x["code"] for x in lines if gates.is_gate(x, known) and x["outcome"] == "met")
    review.judge(case, code, "disagree", actor=county, note="与审计报告不符（测试）")
    for office in ("xingqing", "yinchuan"):
        if case.state == "city_review":
            review.judge(case, code, "agree", actor=who(office))
        judge_all(case, who(office))
        review.recommend(case, actor=who(office), opinion="同意")
    review.judge(case, code, "agree", actor=reviewer)
    listable(case)
    told = next(line for line in override.contradicted(case) if line["code"] == code)
    assert "初审" in told["judged"] and county.name in told["judged"] and "不认可" in told["judged"]
    page = house.signed_in("sheng-shenhe").get(f"/desk/cases/{case.public_id}/").content.decode()
    assert told["judged"] in page
    with pytest.raises(Refused, match="第二人签字"):
        published(case.call, [case], actor=who("sheng-chuzhang"))
    said = {"reason_code": "source_preferred", "text": "按审计报告判断，县里看的是更正前的报告（测试）"}
    override.sign(override.ask(case, said, actor=reviewer), actor=who("sheng-chuzhang"))
    assert published(case.call, [case], actor=who("sheng-chuzhang")).state == "running"


def test_the_county_that_thinks_again_takes_its_objection_back_and_no_signature_is_asked(house):
    case = Application.objects.filter(state="screening", region_path="64/6401/640104", tier="innovative")[0]
    known, county = gates.criteria_of(case), who("xingqing")
    lines = case.submissions.order_by("-number")[0].result["criteria"]
    code = next(x["code"] for x in lines if gates.is_gate(x, known) and x["outcome"] == "met")
    review.judge(case, code, "disagree", actor=county, note="与审计报告不符（测试）")
    assert code in {line["code"] for line in override.contradicted(case)}
    verdicts.take_back(case, code, actor=county, reason="看的是更正前的报告")
    review.judge(case, code, "agree", actor=county)
    assert code not in {line["code"] for line in override.contradicted(case)}

"""Which standard applies is told with its reason; where that cannot be told, nothing runs and an official reads why."""

import re
from datetime import date

import pytest

from certification.rules import document
from certification.rules.assess import assess
from certification.rules.notices import Clash
from certification.rules.resolve import Unresolvable, resolve

LIBRARY = document.load_all()
ON = date(2026, 8, 1)


def asked(library=LIBRARY, **case):
    return resolve(library, **{"tier": "little_giant", "case_type": "new", "on": ON} | case)


def notice(code: str, more: str = "", number: str = "") -> str:
    return (
        f"schema: tianti-overlay/1\ncode: {code}\ntitle: 通知\norigin: {{title: 通知, number: {number or f'〔2026〕{code}号'}}}\n"
        "checked_on: 2026-08-01\napplies: {tier: little_giant, case_types: [new, renewal], from: 2026-01-01, until: 2026-12-31}\n"
        f"{more}\n"
    )  # fmt: skip


def with_notices(**texts: str):
    return document.Library({**LIBRARY.texts, **{f"{code}.yaml": notice(code, more) for code, more in texts.items()}})


# -- the three questions of the year 2026 ---------------------------------------------------------------------------------


def test_a_new_little_giant_of_2026_is_judged_by_the_standard_of_2026():
    found = asked()
    assert (found.rule_set, found.overlays) == ("T3-2026", ())
    assert found.reason == (
        "专精特新“小巨人”企业新申请，判定日 2026年8月1日：工信部企业〔2026〕2号附件2自 2026年4月1日 起施行，现行有效，适用 T3-2026。"
    )


def test_the_little_giants_of_2023_are_re_reviewed_in_2026_by_the_standard_of_2022():
    found = asked(case_type="renewal", cohort=2023)
    assert (found.rule_set, found.overlays) == ("T3-2022", ("2026-117",))
    assert found.reason == (
        "专精特新“小巨人”企业复核，判定日 2026年8月1日，2023 年公告的一批：工信厅企业函〔2026〕117号规定按工信部企业〔2022〕63号附件3把握，适用 T3-2022。"
    )


def test_an_innovative_firm_is_still_judged_by_the_standard_of_2022():
    found = asked(tier="innovative")
    assert (found.rule_set, found.overlays) == ("T1-2022", ())
    assert found.reason == (
        "创新型中小企业新申请，判定日 2026年8月1日：工信部企业〔2022〕63号附件1自 2022年8月1日 起施行，现行有效，适用 T1-2022。"
    )


@pytest.mark.parametrize(
    ("case", "wanted"),
    [
        ({"tier": "specialised", "on": date(2026, 3, 31)}, "T2-2022"),
        ({"tier": "specialised", "on": date(2026, 4, 1)}, "T2-2026"),
        ({"on": date(2026, 3, 31)}, "T3-2022"),
        ({"on": date(2026, 4, 1)}, "T3-2026"),
        ({"case_type": "renewal", "on": date(2026, 12, 31)}, "T3-2022"),
        ({"case_type": "renewal", "on": date(2027, 1, 1)}, "T3-2026"),
        ({"tier": "champion"}, "T4-2023"),
    ],
)
def test_a_standard_holds_from_its_first_day_to_its_last(case, wanted):
    assert asked(**case).rule_set == wanted


def test_a_notice_laid_over_a_standard_is_told_with_what_it_changes():
    found = asked(case_type="renewal", on=date(2025, 9, 1))
    assert (found.rule_set, found.overlays) == ("T3-2022", ("2025-190",))
    assert found.reason.endswith(
        "适用 T3-2022。叠加工信厅企业函〔2025〕190号：2025年复核企业不考核近两年主营业务收入平均增长率；"
        "本年度暂不受理上年度营业收入5000万元以下企业的申请与复核。"
    )


def test_a_notice_for_one_cohort_leaves_the_others_alone():
    library = document.Library(
        {**LIBRARY.texts, "a.yaml": notice("A", "use: T3-2022").replace("until: 2026-12-31", "cohorts: [2023]")}
    )
    assert [asked(library, cohort=year).rule_set for year in (2023, 2024, None)] == ["T3-2022", "T3-2026", "T3-2026"]


# -- two notices that contradict each other -------------------------------------------------------------------------------

GATE = "gates: [{code: %s, title: %s, clause: 第1条, mark: V, requirement: 要求, test: {flag: own_brand}}]"
MOVED = "replace: [{rule_set: T3-2026, parameter: growth_min, value: %s, case_types: [%s], clause: 第1条, mark: V, sentence: 增长率}]"
CLASHES = {
    "they point to two standards": ("use: T3-2022", "use: T3-2026", "指向不同的规则集（T3-2022、T3-2026）"),
    "they move one number to two places": (MOVED % ("3%", "new"), MOVED % ("4%", "new"), "对“T3-2026 growth_min”的规定不一致"),
    "they add a gate of one code": (GATE % ("g", "受理范围"), GATE % ("g", "别的范围"), "对“条件 g”的规定不一致"),
    "they add a gate of one title": (GATE % ("g", "受理范围"), GATE % ("h", "受理范围"), "对“受理范围”的规定不一致"),
}  # fmt: skip


@pytest.mark.parametrize("what", CLASHES)
def test_two_clashing_notices_refuse_to_run_and_both_are_named(what):
    first, second, words = CLASHES[what]
    library = with_notices(A=first, B=second)
    with pytest.raises(Unresolvable, match=f"〔2026〕A号与〔2026〕B号{re.escape(words)}，相互冲突，不能运行"):
        asked(library)


@pytest.mark.parametrize("what", [what for what in CLASHES if "point" not in what])
def test_whoever_names_the_two_notices_himself_is_refused_as_well(what):
    first, second, words = CLASHES[what]
    library = with_notices(A=first, B=second)
    both = [library.overlay("A"), library.overlay("B")]
    with pytest.raises(Clash, match=f"〔2026〕A号与〔2026〕B号{re.escape(words)}"):
        assess(library.rule_set("T3-2026"), {}, on=ON, overlays=both)


def test_two_notices_that_say_the_same_or_speak_of_other_cases_run_together():
    same = with_notices(A=MOVED % ("3%", "new"), B=MOVED % ("3%", "new"))
    assert asked(same).overlays == ("A", "B")
    apart = with_notices(A=MOVED % ("3%", "new"), B=MOVED % ("4%", "renewal"))
    for case_type in ("new", "renewal"):
        answer = assess(
            apart.rule_set("T3-2026"), {}, on=ON, case_type=case_type, overlays=[apart.overlay("A"), apart.overlay("B")]
        )
        assert answer.notices == ("A", "B")


# -- what cannot be resolved ----------------------------------------------------------------------------------------------


def refused(library=LIBRARY, **case) -> str:
    with pytest.raises(Unresolvable) as refusal:
        asked(library, **case)
    return str(refusal.value)


def test_a_day_before_every_standard_says_that_there_is_none():
    assert refused(on=date(2022, 7, 31)) == "专精特新“小巨人”企业新申请，判定日 2022年7月31日：没有在这一天有效的标准。"


def test_two_standards_on_one_day_are_both_named():
    again = LIBRARY.text("T3-2026").replace("code: T3-2026", "code: T3-2027", 1)
    library = document.Library({**LIBRARY.texts, "t3-2027.yaml": again})
    assert refused(library) == (
        "专精特新“小巨人”企业新申请，判定日 2026年8月1日：同时有 T3-2026、T3-2027 有效，请先停用其中之一。"
    )


def test_a_notice_that_points_to_nothing_is_named():
    assert refused(with_notices(A="use: T9-9999")) == "〔2026〕A号指向的规则集 T9-9999 不存在。"

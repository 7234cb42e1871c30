"""Whoever writes a standard wrongly is told in which file and at which place, before anybody is judged by it."""

import pytest

from certification.rules import document
from certification.rules.assess import plan_for
from certification.rules.problems import PackError

SIZE = {"size": document.seed_library().size}
SOUND = """\
schema: tianti-pack/1
code: X-2026
tier: specialised
title: 标准
origin: {title: 办法, number: 〔2026〕1号}
effective: {from: 2026-01-01, until: null}
checked_on: 2026-11-01
parameters:
  rd_min: {value: 100万元, clause: 第1条, mark: V}
counts:
  rights: {of: intellectual_property, label: 知识产权, clause: 第2条, mark: V, where: {kind: [invention], granted_on: {older_than: 2}, holder_rank: {le: 3}, high_value: {nonempty: true}}}
measures:
  rd_share: {expr: rd_expense_y0 / revenue_y0, label: 研发占比, unit: "%"}
categories:
  innovation: {title: 创新, max: 15}
pass_mark: 10分
criteria:
  - {code: C1, title: 研发, clause: 第1条, mark: V, requirement: 要求, test: {id: rd, m: rd_expense_y0, ge: $rd_min}}
  - {code: C2, title: 其他, clause: 第2条, mark: V, requirement: 要求, test: {at_least: 1, of: [{ref: C1}, {flag: own_brand}, {count: rights, ge: 1}]}}
indicators:
  - {code: I1, title: 占比, category: innovation, max: 10, clause: 第3条, mark: V, measure: rd_share, ge: [[5%, 10], [3%, 5]]}
  - {code: I2, title: 质量, category: innovation, max: 5, clause: 第3条, mark: V, fact: quality, adds: {each: 3}}
"""
NOTICE = """\
schema: tianti-overlay/1
code: N-2026
title: 通知
origin: {title: 通知, number: 〔2026〕2号}
checked_on: 2026-11-01
applies: {tier: specialised, case_types: [new, renewal], from: 2026-01-01}
over: X-2026
waive: [{rule_set: X-2026, test: rd, case_types: [renewal], clause: 第1条, mark: V, sentence: 不考核}]
replace: [{rule_set: X-2026, parameter: rd_min, value: 80万元, case_types: [new], clause: 第1条, mark: V, sentence: 调整}]
gates: [{code: G1, title: 受理, clause: 第2条, mark: V, requirement: 要求, test: {m: revenue_y0, ge: 1000万元}}]
"""

BROKEN = {
    # as text
    "a key written twice": ("title: 标准\n", "title: 标准\ntitle: 再写\n", "", 'found duplicate key "title"'),
    "text that is not YAML": ("title: 标准\n", "title: [标准\n", "", "while parsing a flow sequence"),
    # the shape
    "a key nobody knows": ("title: 标准\n", "title: 标准\nsubtitle: 副题\n", "subtitle", "Extra inputs are not permitted"),
    "no code": ("code: X-2026\n", "", "code", "Field required"),
    "another schema": ("tianti-pack/1", "tianti-pack/2", "schema", "Input should be 'tianti-pack/1'"),
    "a day that is none": ("checked_on: 2026-11-01", "checked_on: 2026-11-31x", "checked_on", "date"),
    "a number without its clause": ("{value: 100万元, clause: 第1条, mark: V}", "{value: 100万元, mark: V}", "parameters.rd_min.clause", "Field required"),
    "a number without its mark": ("{value: 100万元, clause: 第1条, mark: V}", "{value: 100万元, clause: 第1条}", "parameters.rd_min.mark", "Field required"),
    "a number nobody found": ("clause: 第1条, mark: V}\ncounts", "clause: 第1条, mark: X}\ncounts", "parameters.rd_min.mark", "Input should be 'V', 'M' or 'C'"),
    "a number given in two ways": ("{value: 100万元,", "{value: 100万元, values: {2026-01-01: 90万元},", "parameters.rd_min", "须且只须写一个"),
    "a condition without its clause": ("title: 研发, clause: 第1条,", "title: 研发,", "criteria.0.clause", "Field required"),
    "a condition with a mark nobody knows": ("title: 研发, clause: 第1条, mark: V", "title: 研发, clause: 第1条, mark: Q", "criteria.0.mark", "Input should be 'V', 'M', 'C' or 'X'"),
    "an indicator without its clause": ("max: 5, clause: 第3条,", "max: 5,", "indicators.1.clause", "Field required"),
    "a count without its mark": ("label: 知识产权, clause: 第2条, mark: V,", "label: 知识产权, clause: 第2条,", "counts.rights.mark", "Field required"),
    "a measure in two ways": ("{expr: rd_expense_y0 / revenue_y0,", "{expr: rd_expense_y0, growth_of: revenue,", "measures.rd_share", "写 expr，或者写 growth_of 和 formula"),
    "a formula nobody knows": ("{expr: rd_expense_y0 / revenue_y0,", "{growth_of: revenue, formula: median,", "measures.rd_share.formula", "Input should be"),
    # facts, measures, counts
    "a fact nobody knows in a measure": ("rd_expense_y0 / revenue_y0", "rd_expense_y9 / revenue_y0", "measures.rd_share", "没有这个数值事实：rd_expense_y9"),
    "a measure that is no arithmetic": ("rd_expense_y0 / revenue_y0", "max(rd_expense_y0)", "measures.rd_share", "只能用加减乘除、事实名和整数"),
    "a measure over no fact": ("rd_expense_y0 / revenue_y0", "3 / 2", "measures.rd_share", "算式里没有事实：3 / 2"),
    "a flag nobody knows": ("{flag: own_brand}", "{flag: own_brands}", "criteria.C2.test.of[1]", "没有这个事实，或类型不对：own_brands"),
    "a fact of another type": ("{flag: own_brand}", "{flag: revenue_y0}", "criteria.C2.test.of[1]", "没有这个事实，或类型不对：revenue_y0"),
    "a comparison of what nobody knows": ("m: rd_expense_y0, ge", "m: rd_cost, ge", "criteria.C1.test", "没有这个指标或事实：rd_cost"),
    "a choice that does not exist": ("{flag: own_brand}", "{fact: market_position, in: [ahead]}", "criteria.C2.test.of[1].in", "market_position没有这个取值：'ahead'"),
    "a count nobody wrote": ("{count: rights, ge: 1}", "{count: patents, ge: 1}", "criteria.C2.test.of[2]", "没有这个计数：patents"),
    "a count of what is no list": ("of: intellectual_property,", "of: revenue_y0,", "counts.rights.of", "没有这个列表事实：revenue_y0"),
    "a sub-key nobody knows": ("{kind: [invention],", "{sort: [invention],", "counts.rights.where.sort", "intellectual_property没有这个子项"),
    "a kind nobody knows": ("{kind: [invention],", "{kind: [idea],", "counts.rights.where.kind", "kind没有这个取值：'idea'"),
    "years that are no number": ("{older_than: 2}", "{older_than: two}", "counts.rights.where.granted_on.older_than", "应为年数"),
    "years beyond every calendar": ("{older_than: 2}", "{older_than: 3000}", "counts.rights.where.granted_on.older_than", "应为年数"),
    "a date test nobody knows": ("{older_than: 2}", "{younger_than: 2}", "counts.rights.where.granted_on.younger_than", "不认识的条件，或与子项的类型不符"),
    "a rank that is no number": ("{le: 3}", '{le: "3"}', "counts.rights.where.holder_rank.le", "le 写整数，nonempty 只写 true"),
    "a list that is to be empty": ("{nonempty: true}", "{nonempty: false}", "counts.rights.where.high_value.nonempty", "le 写整数，nonempty 只写 true"),
    # conditions
    "an operator nobody knows": ("{flag: own_brand}", "{m: revenue_y0, above: 3万元}", "criteria.C2.test.of[1]", "不认识的条件：above、m"),
    "a negation": ("{flag: own_brand}", "{not: {flag: own_brand}}", "criteria.C2.test.of[1]", "不认识的条件：not"),
    "more than there are": ("at_least: 1,", "at_least: 4,", "criteria.C2.test.at_least", "须在 1 与项数之间"),
    "nothing to choose from": ("{at_least: 1, of: [{ref: C1}, {flag: own_brand}, {count: rights, ge: 1}]}", "{any: []}", "criteria.C2.test.any", "应为非空的列表"),
    "a case type nobody knows": ("{flag: own_brand}", "{flag: own_brand, when: always}", "criteria.C2.test.of[1].when", "只能是 new 或 renewal"),
    "a parameter nobody wrote": ("ge: $rd_min", "ge: $rd_least", "criteria.C1.test.ge", "没有这个参数：$rd_least"),
    "a number nobody can read": ("ge: $rd_min", "ge: 壹佰万元", "criteria.C1.test.ge", "读不懂的数：壹佰万元"),
    "a number with a point": ("{count: rights, ge: 1}", "{count: rights, ge: 1.5}", "criteria.C2.test.of[2].ge", "应为带单位的数，写作文字或整数，现为 1.5"),
    "money held against a share": ("ge: $rd_min", "ge: 3%", "criteria.C1.test.ge", "单位不符：上年度研发费用以“万元”计，门槛写作 3%"),
    "a score of no class": ("{flag: own_brand}", "{score: growth, ge: 5}", "criteria.C2.test.of[1]", "没有这一类得分：growth"),
    "a condition that leans on a later one": ("{ref: C1}", "{ref: C3}", "criteria.C2.test", "引用的 C3 须写在它之前"),
    "two conditions of one code": ("{code: C2,", "{code: C1,", "criteria", "代码重复"),
    # points
    "points that do not add up": ("{title: 创新, max: 15}", "{title: 创新, max: 16}", "categories.innovation", "各指标满分之和与本类满分不符"),
    "an indicator of no class": ("title: 质量, category: innovation, max: 5", "title: 质量, category: other, max: 0", "categories.innovation", "各指标满分之和与本类满分不符"),
    "a class called the total": ("categories:\n", "categories:\n  total: {title: 总, max: 0}\n", "categories.total", "total 是总分，不能作一类的名称"),
    "bands that do not fall": ("[[5%, 10], [3%, 5]]", "[[5%, 10], [3%, 10]]", "indicators.I1", "分档须由高到低，最高档等于满分"),
    "a highest band below the full score": ("[[5%, 10], [3%, 5]]", "[[5%, 9], [3%, 5]]", "indicators.I1", "分档须由高到低，最高档等于满分"),
    "a band nobody reaches": ("[[5%, 10], [3%, 5]]", "[[5%, 10], [8%, 5]]", "indicators.I1.ge", "各档边界须依次放宽，否则后面的档永远到不了"),
    "points below nothing": ("adds: {each: 3}", "adds: {each: -3}", "indicators.I2", "分值不小于零，最多六位小数：-3"),
    "steps that are worth nothing": ("fact: quality, adds: {each: 3}", "fact: segment_years, steps: {every: 2, points: 0}", "indicators.I2.steps.points", "每档分值应大于零"),
    "two ways to score": ("adds: {each: 3}", "adds: {each: 3}, value: true", "indicators.I2", "须且只须有一种计分方式：value、steps、adds 或分档"),
    "points that lean on points": ("fact: quality, adds: {each: 3}", "bands: [{test: {score: total, ge: 5}, points: 5}]", "indicators.I2.bands[0].test", "指标先于条件计算，不能引用条件或得分"),
    "points that lean on a condition": ("fact: quality, adds: {each: 3}", "bands: [{test: {all: [{ref: C1}]}, points: 5}]", "indicators.I2.bands[0].test", "指标先于条件计算，不能引用条件或得分"),
    "points for renewals only": ("fact: quality, adds: {each: 3}", "bands: [{test: {when: renewal, flag: own_brand}, points: 5}]", "indicators.I2.bands[0].test", "分档对新申请和复核一样，通知也不豁免分档，不能写 when 或 id"),
    "points with a name to be waived by": ("fact: quality, adds: {each: 3}", "bands: [{test: {id: brand, flag: own_brand}, points: 5}]", "indicators.I2.bands[0].test", "分档对新申请和复核一样，通知也不豁免分档，不能写 when 或 id"),
    "a product no machine holds": ("rd_expense_y0 / revenue_y0", "rd_expense_y0 * revenue_y1 * revenue_y2 / revenue_y0", "indicators.I1.ge[0]", "取值范围过宽，128位也不能保证精确"),
}  # fmt: skip
BROKEN_NOTICES = {
    "a notice without the day it was checked": ("checked_on: 2026-11-01\n", "", "checked_on", "Field required"),
    "a waiver without its clause": ("case_types: [renewal], clause: 第1条, mark: V,", "case_types: [renewal], mark: V,", "waive.0.clause", "Field required"),
    "a replaced number without its mark": ("clause: 第1条, mark: V, sentence: 调整", "clause: 第1条, sentence: 调整", "replace.0.mark", "Field required"),
    "a waiver of a test that is not there": ("test: rd,", "test: growth,", "waive[0].test", "X-2026 没有这个条件：growth"),
    "a replaced number that is not there": ("parameter: rd_min,", "parameter: rd_least,", "replace[0].parameter", "X-2026 没有这个参数：rd_least"),
    "a gate whose code is taken": ("{code: G1,", "{code: C1,", "gates.C1", "代码重复"),
    "a gate over a fact nobody knows": ("m: revenue_y0, ge: 1000万元", "flag: big", "gates.G1.test", "没有这个事实，或类型不对：big"),
    "a gate that leans on nothing": ("{m: revenue_y0, ge: 1000万元}", "{ref: C9}", "gates.G1.test", "引用的 C9 须写在它之前"),
}  # fmt: skip


def library(pack=SOUND, notice=NOTICE):
    return document.Library({"a/pack.yaml": pack, "b/notice.yaml": notice}, _compiled=dict(SIZE))


def laid(pack=SOUND, notice=NOTICE):
    made = library(pack, notice)
    return [plan_for(made.rule_set("X-2026"), case, [made.overlay("N-2026")]) for case in ("new", "renewal")]


def test_the_sound_standard_and_its_notice_can_be_judged_by():
    assert [plan.order for plan, _ in laid()] == [("C1", "C2", "G1", "I1", "I2")] * 2


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_with_a_standard_is_told_with_its_place(what):
    sound, broken, path, words = BROKEN[what]
    assert SOUND.count(sound) == 1
    with pytest.raises(PackError) as refusal:
        library(SOUND.replace(sound, broken)).rule_set("X-2026")
    told = refusal.value
    assert (told.file, told.path) == ("a/pack.yaml", path)
    assert words in told.what
    assert str(told) == f"a/pack.yaml: {path + ': ' if path else ''}{told.what}"


@pytest.mark.parametrize("what", BROKEN_NOTICES)
def test_what_is_wrong_with_a_notice_is_told_with_its_place(what):
    sound, broken, path, words = BROKEN_NOTICES[what]
    assert NOTICE.count(sound) == 1
    with pytest.raises(PackError) as refusal:
        laid(notice=NOTICE.replace(sound, broken))
    assert (refusal.value.file, refusal.value.path) == ("b/notice.yaml", path)
    assert words in refusal.value.what


def test_two_files_of_one_code_are_refused_and_the_second_is_named():
    with pytest.raises(PackError) as refusal:
        document.Library({"a.yaml": SOUND, "b.yaml": SOUND})
    assert (refusal.value.file, refusal.value.path, refusal.value.what) == ("b.yaml", "code", "X-2026 已有同名规则")


def test_a_text_that_is_a_list_is_no_standard():
    with pytest.raises(PackError, match=r"^list\.yaml: 应为一个映射$"):
        document.parse("- 1\n", "list.yaml")


def test_no_word_of_a_standard_runs_as_a_programme():
    """The name of a class goes into the generated function as a text, whatever it is."""
    name = "x = __import__('os').abort()  #"
    pack = SOUND.replace("  innovation: {", f'  "{name}": {{').replace("category: innovation", f'category: "{name}"')
    _, judge = plan_for(library(pack).rule_set("X-2026"), "new", [])
    assert judge({}, {"rights": None}).points.keys() == {"I1", "I2"}

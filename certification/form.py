"""The application form as data: steps and fields of the 申请书, joined with the questions of the pinned rule set."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from certification.form_fields import (
    BASIC,
    BESIDE_THE_RULES,
    CAPITAL,
    DECLARATION,
    MARKETED,
    OVERVIEW,
    PRODUCT,
    REFINED,
    SPEAKS_TO,
    FormField,
)
from certification.rules.compiling import CompiledRuleSet
from enterprises.items import LISTINGS
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES
from enterprises.yearly import BASES, fact_named, names_for


@dataclass(frozen=True)
class Step:
    code: str
    title: str
    lead: str
    fields: tuple[FormField, ...] = field(default=())


GROUPS = (
    ("identity", "基本条件", "照实回答；政府数据会核对"),
    ("finance", "经济效益指标", "金额单位万元，与赋码审计报告一致；已知的数已经带入"),
    ("specialisation", "专业化与主导产品", "细分市场、主导产品和产业链"),
    ("refinement", "精细化与特色化", "数字化、质量管理、市场占有率"),
    ("innovation", "创新能力", "研发、知识产权、奖励"),
)
MERGED = {
    "size": "finance",
    "people": "finance",
    "characteristics": "refinement",
    "platform": "refinement",
    "champion": "specialisation",
}

DERIVED = {"holds"}
LIST_HELP = {"rd_institutions": "院士专家工作站、博士后工作站也列在这里"}


def steps_for(rule_set: CompiledRuleSet) -> list[Step]:
    """Cover and basics, then the rule set's questions by group, then papers and declaration.

    Above 创新型 the form also asks for the owners and the listing (一), for all figures of three years (二), and for
    products, quality, markets and research (三 to 六), whatever the rules read of them.
    """
    whole = rule_set.tier != "innovative"
    by_group: dict[str, list[FormField]] = {}
    judges: dict[str, tuple[str, ...]] = {}
    for question in rule_set.questions():
        if question.fact in DERIVED:
            continue
        group = MERGED.get(question.group, question.group)
        by_group.setdefault(group, []).append(fact_field(question.fact, question.criteria))
        if question.judged_by_person:
            judges[question.fact] = question.criteria
    asked = {one.name for group in by_group.values() for one in group}
    basic = (*BASIC, *CAPITAL) if whole else BASIC
    made = [Step("basic", "基本情况", "登记信息和联系方式，已知的已经带入", asked_of(basic, whole))]
    for code, title, lead in GROUPS:
        fields = [*(asked_of(PRODUCT, whole) if code == "specialisation" else ()), *by_group.get(code, [])]
        if whole:
            fields += beside_the_rules(code, asked)
        if fields:
            made.append(Step(code, title, lead, tuple(speaking(field, judges) for field in fields)))
    made.append(Step("papers", "附件材料", "按材料清单上传；同一份材料不用重复传"))
    made.append(Step("overview", "企业介绍", "供审核人员了解企业", OVERVIEW))
    made.append(Step("declaration", "声明与提交", "检查一遍，签名后提交", DECLARATION))
    return made


def beside_the_rules(code: str, asked: Collection[str]) -> list[FormField]:
    """What the form asks in this step and no rule of the set reads: figures, facts, lists and texts."""
    names = [name for name in BESIDE_THE_RULES.get(code, ()) if name not in asked]
    made = [yearly_field(name) for name in FIGURES if name not in asked] if code == "finance" else []
    if code != "refinement":
        return made + [optional_field(name) for name in names]
    first = [optional_field(name) for name in names if name == "digital_level"]
    return [*first, *REFINED, *(optional_field(name) for name in names if name != "digital_level"), *MARKETED]


def optional_field(name: str) -> FormField:
    """A fact or a list of the data sheet that the form asks for: an answer, which becomes a fact when it is filed."""
    if name in vocabulary().facts:
        return replace(fact_field(name), is_fact=False, mark="M")
    return FormField(name, LISTINGS[name].label, "list", help=LIST_HELP.get(name, ""), mark="M")


def speaking(field: FormField, judges: Mapping[str, tuple[str, ...]]) -> FormField:
    """The field with the criteria that a person judges by it."""
    judged = judges.get(SPEAKS_TO.get(field.name, ""), ())
    return replace(field, criteria=(*field.criteria, *judged)) if judged else field


def asked_of(fields: Iterable[FormField], whole: bool) -> tuple[FormField, ...]:
    return tuple(field for field in fields if whole or not field.is_above_first)


def fact_field(name: str, criteria: tuple[str, ...] = ()) -> FormField:
    fact = vocabulary().facts[name]
    choices = tuple((value, CHOICES.get(name, {}).get(value, str(value))) for value in fact.of)
    kind = "enum" if fact.of and fact.type == "int" else fact.type
    return FormField(
        name,
        fact.label,
        kind,
        fact.unit,
        fact.help,
        choices,
        is_fact=True,
        is_judged=fact.judged_by_person,
        is_required=False,
        criteria=criteria,
    )


FIGURES = tuple(name for base in BASES for name in names_for(base))


def yearly_field(name: str) -> FormField:
    """A figure that the form asks for and no rule reads: an answer that becomes a figure of the enterprise when filed."""
    fact = fact_named(name)
    if fact is None:
        raise LookupError(name)
    return FormField(name, fact.label, fact.type, fact.unit, fact.help)


def all_fields(steps: list[Step]) -> Mapping[str, FormField]:
    return {field_.name: field_ for step in steps for field_ in step.fields}

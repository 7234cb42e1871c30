"""The application form as data: steps and fields of the 申请书, joined with the questions of the pinned rule set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from certification.rules.compiling import CompiledRuleSet
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES


@dataclass(frozen=True)
class FormField:
    """One question. `kind`: text, long, decimal, int, bool, enum, list[enum], date, list."""

    name: str
    label: str
    kind: str
    unit: str = ""
    help: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    is_fact: bool = False
    is_judged: bool = False
    is_required: bool = False
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    code: str
    title: str
    lead: str
    fields: tuple[FormField, ...] = field(default=())


def text(name: str, label: str, help_: str = "", required: bool = True, kind: str = "text") -> FormField:
    return FormField(name, label, kind, help=help_, is_required=required)


BASIC = (
    text("legal_representative", "法定代表人"),
    text("actual_controller", "实际控制人"),
    text("controller_nationality", "实际控制人国籍", required=False),
    text("contact_name", "联系人"),
    text("contact_phone", "联系电话", "手机或座机，审核人员会用它联系您"),
    text("address", "通讯地址"),
    text("registered_capital", "注册资本（万元）", required=False),
    text("industry_division", "所属行业（大类2位）", "例：34 通用设备制造业"),
    text("industry_class", "具体细分领域（小类4位）", "例：3451", required=False),
    FormField(
        "ownership",
        "企业类型",
        "enum",
        choices=tuple((x, x) for x in ("国有", "合资", "民营", "外资")),
        is_required=True,
    ),
    FormField(
        "listing", "上市情况", "enum", choices=tuple((x, x) for x in ("无计划", "有计划", "已上市")), is_required=False
    ),
)
PRODUCT = (
    text("main_product", "主导产品名称"),
    text("product_code", "产品类别（统计用产品分类代码）", required=False),
    text("product_text", "主导产品介绍", "用途、关键指标、与同类产品的对比，500字以内", kind="long"),
    text("chain_text", "产业链配套说明", "所属产业链和环节；为哪些龙头企业配套", required=False, kind="long"),
)
OVERVIEW = (
    text("overview", "企业总体情况介绍", "2000字以内", kind="long"),
    FormField(
        "helper",
        "这份申请是谁帮您填的",
        "enum",
        "如实说明即可。全程免费，工信部门未委托任何机构代办",
        choices=tuple((x, x) for x in ("本企业自己填写", "中小企业服务中心协助（免费）", "付费委托了中介机构")),
        is_required=True,
    ),
)
DECLARATION = (
    FormField("truth", "本企业对填报内容和所附材料的真实性负责，如有虚假，愿意承担相应责任", "bool", is_required=True),
    FormField("compliance", "近三年未发生重大安全、质量、环境等事故，未列入严重失信主体名单", "bool", is_required=True),
    text("signed_by", "法定代表人或其授权人签名（姓名）"),
)

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


def steps_for(rule_set: CompiledRuleSet) -> list[Step]:
    """Cover and basics, then the rule set's questions by group, then papers and declaration."""
    by_group: dict[str, list[FormField]] = {}
    for question in rule_set.questions():
        if question.fact in DERIVED:
            continue
        group = MERGED.get(question.group, question.group)
        by_group.setdefault(group, []).append(fact_field(question.fact, question.criteria))
    made = [Step("basic", "基本情况", "登记信息和联系方式，已知的已经带入", BASIC)]
    for code, title, lead in GROUPS:
        fields = by_group.get(code, [])
        if code == "specialisation":
            fields = [*PRODUCT, *fields]
        if fields:
            made.append(Step(code, title, lead, tuple(fields)))
    made.append(Step("papers", "附件材料", "按材料清单上传；同一份材料不用重复传"))
    made.append(Step("overview", "企业介绍", "供审核人员了解企业", OVERVIEW))
    made.append(Step("declaration", "声明与提交", "检查一遍，签名后提交", DECLARATION))
    return made


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


def all_fields(steps: list[Step]) -> Mapping[str, FormField]:
    return {field_.name: field_ for step in steps for field_ in step.fields}

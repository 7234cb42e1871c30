"""The application form as data: steps and fields of the 申请书, joined with the questions of the pinned rule set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from certification.rules.compiling import CompiledRuleSet
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES
from enterprises.yearly import BASES, fact_named, names_for


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


def choice(name: str, label: str, *words: str, help_: str = "", required: bool = False) -> FormField:
    return FormField(name, label, "enum", help=help_, choices=tuple((x, x) for x in words), is_required=required)


BASIC = (
    text("registered_on", "注册时间", required=False, kind="date"),
    text("registered_capital", "注册资本（万元）", required=False),
    text("legal_representative", "法定代表人"),
    text("actual_controller", "实际控制人"),
    text("controller_nationality", "实际控制人国籍", required=False),
    text("contact_name", "联系人"),
    text("contact_phone", "联系电话", "手机或座机，审核人员会用它联系您"),
    text("contact_email", "电子邮箱", "例：name@example.com", required=False),
    text("address", "通讯地址"),
    text("postcode", "邮政编码", "6 位数字", required=False),
    text("industry_division", "所属行业（大类2位）", "例：34 通用设备制造业"),
    text("industry_class", "具体细分领域（小类4位）", "例：3451", required=False),
    choice("ownership", "企业类型", "国有", "合资", "民营", "外资", required=True),
)
CAPITAL = (
    text("controlling_shareholder", "控股股东", "没有的填“无”", required=False),
    text("controlled_name", "与现有小巨人存在控股关系的，填该企业名称", required=False),
    text("group_similar_name", "同集团有主导产品相似的企业获认定或申报的，填该企业名称", required=False),
    choice("listing", "上市情况", "无计划", "有计划", "已上市"),
    text("listing_code", "已上市的，填股票代码", required=False),
    choice("listing_progress", "上市进程", "未股改", "已股改", "已提交申请", help_="有计划的填"),
    choice(
        "listing_place", "拟上市地", "上交所主板", "上交所科创板", "深交所主板", "深交所创业板", "北交所", "境外",
        help_="有计划的填",
    ),
)  # fmt: skip
"""申请书 一 asks these above the first step of the ladder; the self-assessment of 创新型 does not."""
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
        help="如实说明即可。全程免费，工信部门未委托任何机构代办",
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
    """Cover and basics, then the rule set's questions by group, then papers and declaration.

    Above 创新型 the form also asks for the owners and the listing (一) and for all figures of three years (二), whatever the
    rules read of them.
    """
    whole = rule_set.tier != "innovative"
    by_group: dict[str, list[FormField]] = {}
    for question in rule_set.questions():
        if question.fact in DERIVED:
            continue
        group = MERGED.get(question.group, question.group)
        by_group.setdefault(group, []).append(fact_field(question.fact, question.criteria))
    basic = (*BASIC, *CAPITAL) if whole else BASIC
    made = [Step("basic", "基本情况", "登记信息和联系方式，已知的已经带入", basic)]
    for code, title, lead in GROUPS:
        fields = by_group.get(code, [])
        if code == "specialisation":
            fields = [*PRODUCT, *fields]
        if code == "finance" and whole:
            asked = {one.name for group in by_group.values() for one in group}
            fields = [*fields, *(yearly_field(name) for name in FIGURES if name not in asked)]
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


FIGURES = tuple(name for base in BASES for name in names_for(base))


def yearly_field(name: str) -> FormField:
    """A figure that the form asks for and no rule reads: an answer that becomes a figure of the enterprise when filed."""
    fact = fact_named(name)
    if fact is None:
        raise LookupError(name)
    return FormField(name, fact.label, fact.type, fact.unit, fact.help)


def all_fields(steps: list[Step]) -> Mapping[str, FormField]:
    return {field_.name: field_ for step in steps for field_ in step.fields}

"""The fields of the 申请书 that no rule asks for, as data: what each is called, which values fit, how long it may be.

Source: the application form (申请书) of the fifth batch, parts 一 to 九. Its parts 三 to 八 and the end of 二 are known at
second hand only: what is asked from there carries the mark M, is never required, and is shown as 待确认 until somebody has
compared it with the original form.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from enterprises.showing import grouped
from enterprises.words import cn

DAY, NUMBER = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?\d{1,20}(\.\d{1,10})?")
LINE, PAGE = 200, 2000
"""Characters of a one-line answer and of a text where the form itself names no limit: room enough, short of any harm."""


@dataclass(frozen=True)
class FormField:
    """One question. `kind`: text, long, decimal, int, bool, enum, list[enum], date, list.

    `longest` counts characters; `pattern` must fit the whole answer, and `shape` says in words what fits.
    `is_of_year`: said anew in every application, for it speaks of one year. `is_above_first`: not asked for 创新型, whose
    self-assessment has no such place. `mark` is M where the field is not yet compared with the original form, else V.
    """

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
    longest: int = 0
    pattern: str = ""
    shape: str = ""
    is_of_year: bool = False
    is_above_first: bool = False
    mark: str = "V"

    @property
    def limit(self) -> int:
        """Characters that the answer may have; 0 where its length says nothing."""
        return self.longest or {"text": LINE, "long": PAGE}.get(self.kind, 0)

    def said(self, value: Any) -> str:
        """The answer with its unit as people read it: 2,700 万元, 15.3%, 2011年7月23日; what is not of its kind stays as typed."""
        typed = str(value)
        if self.kind == "date" and DAY.fullmatch(typed):
            with suppress(ValueError):  # a draft keeps a day that the calendar has not
                return cn(date.fromisoformat(typed))
        if self.unit and self.kind in ("decimal", "int") and NUMBER.fullmatch(typed):
            typed = grouped(typed)
        return f"{typed}{'' if self.unit == '%' else ' '}{self.unit}".strip()


def text(name: str, label: str, help_: str = "", required: bool = True, kind: str = "text", **more: Any) -> FormField:
    return FormField(name, label, kind, help=help_, is_required=required, **more)


def choice(
    name: str, label: str, *words: str, help_: str = "", required: bool = False, kind: str = "enum", **more: Any
) -> FormField:
    return FormField(name, label, kind, help=help_, choices=tuple((x, x) for x in words), is_required=required, **more)


PHONE: dict[str, Any] = {
    "longest": 30,
    "pattern": r"[0-9+(（][0-9+\-—() （）转]{4,29}",
    "shape": "填一个号码，例：0951-5678901 或 13900000000",
}
EMAIL: dict[str, Any] = {"longest": 254, "pattern": r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", "shape": "例：name@example.com"}

BASIC = (
    text("registered_on", "注册时间", "与营业执照一致", required=False, kind="date"),
    text(
        "registered_place", "注册地（省、市、县）", "与营业执照一致，例：宁夏回族自治区银川市兴庆区", required=False, longest=60,
        is_above_first=True,
    ),
    FormField("registered_capital", "注册资本", "decimal", unit="万元"),
    text("legal_representative", "法定代表人", longest=60),
    text("legal_phone", "法定代表人电话", "手机或座机", required=False, is_above_first=True, **PHONE),
    text("actual_controller", "实际控制人", longest=60),
    text("controller_nationality", "实际控制人国籍", required=False, longest=40),
    text("contact_name", "联系人", longest=60),
    text("contact_phone", "联系电话", "手机或座机，审核人员会用它联系您", **PHONE),
    text("contact_fax", "传真", required=False, is_above_first=True, **PHONE),
    text("contact_email", "电子邮箱", "例：name@example.com", required=False, **EMAIL),
    text("address", "通讯地址", longest=200),
    text("postcode", "邮政编码", "6 位数字", required=False, pattern="[0-9]{6}", shape="6 位数字，例：750001"),
    text(
        "industry_division", "所属行业（大类2位）", "例：34 通用设备制造业", longest=60,
        pattern=r"[A-Ta-t]?\s*[0-9]{2}(?![0-9]).*", shape="先写 2 位大类代码，例：34 通用设备制造业",
    ),
    text(
        "industry_class", "具体细分领域（小类4位）", "例：3451", required=False, longest=60,
        pattern="[0-9]{4}(?![0-9]).*", shape="先写 4 位小类代码，例：3451 滚动轴承制造",
    ),
    choice("ownership", "企业类型", "国有", "合资", "民营", "外资", required=True),
)  # fmt: skip
CAPITAL = (
    text("controlling_shareholder", "控股股东", "没有的填“无”", required=False, longest=120),
    text("controlled_name", "与现有小巨人存在控股关系的，填该企业名称", required=False, longest=120),
    text("group_similar_name", "同集团有主导产品相似的企业获认定或申报的，填该企业名称", required=False, longest=120),
    choice("listing", "上市情况", "无计划", "有计划", "已上市"),
    text("listing_code", "已上市的，填股票代码", required=False, longest=20),
    choice("listing_progress", "上市进程", "未股改", "已股改", "已提交申请", help_="有计划的填"),
    choice(
        "listing_place", "拟上市地", "上交所主板", "上交所科创板", "深交所主板", "深交所创业板", "北交所", "境外",
        help_="有计划的填",
    ),
)  # fmt: skip
"""申请书 一 asks these above the first step of the ladder; the self-assessment of 创新型 does not."""
PRODUCT = (
    text("main_product", "主导产品名称", longest=120),
    text("product_code", "产品类别（统计用产品分类代码）", required=False, longest=40),
    FormField(
        "main_product_revenue", "主导产品上年度收入", "decimal", unit="万元", help="占营业收入的比例由系统算出",
        is_of_year=True, is_above_first=True, mark="M",
    ),
    text("product_text", "主导产品介绍", "用途、关键指标、与同类产品的对比，500字以内", kind="long", longest=500),
    text("chain_text", "产业链配套说明", "所属产业链和环节；为哪些龙头企业配套", required=False, kind="long"),
)  # fmt: skip
REFINED = (
    choice(
        "business_systems", "核心业务信息系统", "研发设计", "生产制造", "供应链", "财务", "其他", help_="有信息系统支撑的都勾上",
        kind="list[enum]", is_above_first=True, mark="M",
    ),
    FormField("on_cloud", "核心业务已上云", "bool", is_above_first=True, mark="M"),
    FormField("certificates", "管理体系认证与产品国际认证", "list", is_above_first=True, mark="M"),
    text("quality_awards", "质量奖", "名称、授予部门、年份", False, is_above_first=True, mark="M"),
    text(
        "standards_told", "标准", "国际、国家、行业、团体标准各主持、参与几项，写明编号", False, "long", longest=1000,
        is_above_first=True, mark="M",
    ),
    text("green_titles", "绿色工厂等", "名称和年份", False, is_above_first=True, mark="M"),
)  # fmt: skip
"""申请书 四."""
MARKETED = (
    FormField(
        "market_share_before", "主导产品全国细分市场占有率，上上年度", "decimal", unit="%", is_of_year=True,
        is_above_first=True, mark="M",
    ),
    FormField(
        "market_rank_before", "主导产品全国细分市场占有率排名，上上年度", "int", unit="名", is_of_year=True,
        is_above_first=True, mark="M",
    ),
    text("brand_trademark", "自主品牌的商标注册号", "有几个的用顿号分开", False, is_above_first=True, mark="M"),
    FormField(
        "brand_revenue", "自主品牌上年度收入", "decimal", unit="万元", is_of_year=True, is_above_first=True, mark="M"
    ),
    text(
        "big_customers", "为知名大企业配套", "写明企业名称和金额", False, "long", longest=1000, is_above_first=True, mark="M"
    ),
)  # fmt: skip
"""申请书 五. Asked after the shares of the last year, which are facts."""
BESIDE_THE_RULES = {
    "finance": ("financing",),
    "refinement": ("digital_level", "market_share_national", "market_rank_national", "market_share_world", "own_brand"),
    "innovation": ("intellectual_property", "rd_institutions", "awards", "maker_contest"),
}
"""What parts 二 and 四 to 六 ask of the vocabulary and of the lists of the data sheet, whether a rule reads it or not."""
SPEAKS_TO = {
    "market_share_national": "market_position",
    "market_rank_national": "market_position",
    "market_share_before": "market_position",
    "market_rank_before": "market_position",
    "market_share_world": "market_position",
    "own_brand": "market_position",
}
"""Answer → the fact that a person judges by it: such answers stand beside that person's criterion, for experts as well."""
YEAR_BEFORE = {"market_share_national": "market_share_before", "market_rank_national": "market_rank_before"}
BY_ITSELF = "本企业自己填写"
OVERVIEW = (
    text("overview", "企业总体情况介绍", "2000字以内", kind="long", longest=2000),
    choice(
        "helper", "这份申请是谁帮您填的", BY_ITSELF, "中小企业服务中心协助（免费）", "付费委托了中介机构",
        help_="如实说明即可。全程免费，工信部门未委托任何机构代办", required=True,
    ),
)  # fmt: skip
DECLARATION = (
    FormField("truth", "本企业对填报内容和所附材料的真实性负责，如有虚假，愿意承担相应责任", "bool", is_required=True),
    FormField("compliance", "近三年未发生重大安全、质量、环境等事故，未列入严重失信主体名单", "bool", is_required=True),
    text("signed_by", "法定代表人或其授权人签名（姓名）", longest=60),
)

"""The data sheet by section: which facts are asked where. What a person judges or a list tells is not asked here."""

from dataclasses import dataclass

from enterprises.vocabulary import vocabulary

TOLD_BY_LISTS = {
    "has_rd_institution", "rd_institution_level", "approved_provincial_rd_institution", "management_certificate",
    "overseas_product_certificate", "equity_financing_2y", "equity_financing_3y",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """`facts` are names of the vocabulary; `lists` are listings kept beside them."""

    code: str
    title: str
    lead: str
    facts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def asked(*groups: str) -> tuple[str, ...]:
    return tuple(
        name
        for name, fact in vocabulary().facts.items()
        if fact.group in groups
        and not fact.judged_by_person
        and not fact.item
        and name != "holds"
        and name not in TOLD_BY_LISTS
        and not name.endswith(("_y0", "_y1", "_y2"))
    )


def sections() -> tuple[Section, ...]:
    """In the order of the application form."""
    return (
        Section(
            "identity", "基本条件", "以营业执照和公开系统为准，照实回答；政府数据会核对。", asked("identity", "size")
        ),
        Section("specialisation", "专业化", "细分市场和主导产品。", asked("specialisation")),
        Section("refinement", "精细化", "数字化、质量、信息系统和认证。", asked("refinement"), ("certificates",)),
        Section("characteristics", "特色化", "主导产品的市场占有率和排名，填最近一年的。", asked("characteristics")),
        Section(
            "innovation",
            "创新能力",
            "一项一条；没有的，点“没有”，系统才知道不是漏填。",
            asked("innovation"),
            ("intellectual_property", "rd_institutions", "awards", "maker_contest", "honours", "financing"),
        ),
        Section(
            "platform",
            "国家平台发展评价",
            "得分由国家培育平台计算，本系统只记录，不自己算。",
            ("development_score_y0", "development_score_y1"),
        ),
        Section("champion", "单项冠军专项", "只有申报制造业单项冠军才用到。", asked("champion")),
    )


def section_named(code: str) -> Section | None:
    return next((section for section in sections() if section.code == code), None)

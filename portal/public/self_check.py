"""自测 without an account: one page of numbers, three tiers at once, both current standards, nothing stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from certification import library
from certification.form import FormField, fact_field
from certification.rules.assess import Assessment, assess
from certification.rules.gap import Gap, gaps
from certification.rules.resolve import resolve
from certification.tiers import label
from certification.years import is_yearly
from enterprises import report
from enterprises.vocabulary import vocabulary
from foundation.refusals import Problem

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "企业和规模",
        ("size_sector", "employees_y0", "rd_staff_y0", "segment_years"),
    ),
    (
        "三年的数（万元）",
        (
            "revenue_y0", "revenue_y1", "revenue_y2", "main_revenue_y0", "main_revenue_y1", "main_revenue_y2",
            "rd_expense_y0", "rd_expense_y1", "net_profit_y0", "total_assets_y0", "total_liabilities_y0",
            "equity_financing_2y", "equity_financing_3y",
        ),
    ),
    (
        "产品、质量和数字化",
        ("strategic_emerging", "key_field", "digital_level", "quality", "own_brand", "management_certificate",
         "overseas_product_certificate", "core_business_systems", "market_share_national", "market_rank_national"),
    ),
    (
        "创新",
        ("has_rd_institution", "rd_institution_level", "approved_provincial_rd_institution", "development_score_y0"),
    ),
)  # fmt: skip
HOLDS = ("innovative", "specialised", "tech_sme")
CONFIRMED: tuple[tuple[str, str, tuple[tuple[str, bool], ...]], ...] = (
    (
        "legal",
        "境内登记的独立法人；没有列入经营异常名录和严重失信主体名单；近三年没有重大安全（含网络、数据安全）、质量、环境事故或违法，"
        "没有偷漏税，没有数据造假",
        (
            ("registered_in_prc", True), ("independent_legal_person", True), ("on_abnormal_list", False),
            ("serious_dishonesty", False), ("major_incident_3y", False), ("tax_evasion_3y", False), ("data_fraud_3y", False),
        ),
    ),
    ("no_prohibited", "产品不属禁止、限制或淘汰类", (("prohibited_product", False),)),
    ("no_control", "与已认定的“小巨人”企业没有控股关系", (("controlled_by_little_giant", False),)),
    ("no_similar", "同集团内没有主导产品相似的企业已获认定“小巨人”", (("group_similar_product", False),)),
)  # fmt: skip
"""(box, what is ticked, what it states). A box states what its words say and nothing else; unticked it states nothing."""


@dataclass(frozen=True)
class Answer:
    """One tier by one standard."""

    tier: str
    label: str
    code: str
    title: str
    why: str
    result: Assessment
    missing: list[Gap]


def questions() -> list[tuple[str, list[FormField]]]:
    """Groups with their fields; the figures of the three years are asked in a table of their own."""
    return [(title, [fact_field(name) for name in names if not is_yearly(name)]) for title, names in GROUPS]


def names() -> set[str]:
    return {name for _, group in GROUPS for name in group}


def typed(data: Any) -> dict[str, Any]:
    """What stands in the form by fact name, as it was typed: the shape that `report()` takes."""
    given: dict[str, Any] = {}
    for _, names in GROUPS:
        for name in names:
            fact = vocabulary().facts[name]
            if fact.type == "list[enum]":
                if data.getlist(name):
                    given[name] = data.getlist(name)
            elif fact.type == "bool":
                if data.get(name) in ("yes", "no"):
                    given[name] = data.get(name) == "yes"
            else:
                given[name] = data.get(name, "").strip()
    return given


def read(data: Any) -> tuple[dict[str, Any], list[Problem]]:
    """Facts from the form: empty and unticked mean unknown; the two counts of rights become listed rights."""
    clean, problems = report.read(typed(data))
    problems += report.contradictions(clean)
    facts: dict[str, Any] = dict(clean)
    held = [tier for tier in data.getlist("holds") if tier in HOLDS]
    if held or "none" in data.getlist("holds"):
        facts["holds"] = held
    for box, _, stated in CONFIRMED:
        if data.get(box) == "yes":
            facts |= dict(stated)
    rights, wrong = _rights(data)
    if rights is not None:
        facts["intellectual_property"] = rights
    if data.get("high_tech") == "yes":  # other honours are not asked: without this one nothing is known of them
        facts["honours"] = [{"name": "high_tech_enterprise", "valid_until": "9999-12-31"}]
    if data.get("prizes") == "no":  # whoever has one is told that it counts, not that it is missing
        facts |= {"awards": [], "maker_contest": []}
    return facts, problems + wrong


def _rights(data: Any) -> tuple[list[dict[str, Any]] | None, list[Problem]]:
    """So many class-I rights of its own, so many class-II; None when neither was filled."""
    made: list[dict[str, Any]] = []
    filled = False
    for name, kind in (("class1_count", "invention"), ("class2_count", "software_copyright")):
        raw = data.get(name, "").strip()
        if not raw:
            continue
        if not raw.isdigit() or int(raw) > 1000:
            return None, [Problem("请填 0 到 1000 的整数", name, hint="例：2")]
        filled = True
        made += [
            {"kind": kind, "related": True, "applied": True, "acquired": "self", "holder_rank": 1, "high_value": []}
        ] * int(raw)
    for right in made:
        if right["kind"] == "invention":
            right["granted_on"] = "2024-01-01"
    return (made if filled else None), []


def answers(facts: dict[str, Any], on: date) -> list[Answer]:
    """Tiers 1–3 by the standard in force; where a tier has an older one beside it, by that as well."""
    published = library.published()
    told = []
    for tier in ("innovative", "specialised", "little_giant"):
        found = resolve(published, tier=tier, case_type="new", on=on)
        codes = [found.rule_set] + [
            c for c in ("T2-2022", "T3-2022") if c[1] == found.rule_set[1] and c != found.rule_set
        ]
        for code in codes:
            rule_set = published.rule_set(code)
            usable = {name: value for name, value in facts.items() if value not in ("", None)}
            result = assess(rule_set, usable, on=on)
            why = (
                found.reason
                if code == found.rule_set
                else "旧标准，2026年4月1日起不再用于新申请，供对照；2026年度“小巨人”复核仍用。"
            )
            if code == "T2-2022":
                why = "旧标准，2026年4月1日起不再用于新申请，供对照。"
            told.append(
                Answer(tier, label(tier), code, rule_set.document.title, why, result, gaps(rule_set, usable, on=on))
            )
    return told

"""About three hundred invented enterprises with three years of facts, from one seed."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from certification.tiers import Tier
from enterprises.credit_code import make_code
from enterprises.models import (
    AnnualReport,
    Enterprise,
    Figure,
    Honour,
    IntellectualProperty,
    ManagementCertificate,
    RdInstitution,
    Statement,
)
from foundation import clock
from foundation.regions.models import bodies

SEED = 20261123
COUNT = 300
FEN = 1_000_000

PRODUCTS = (
    "精密轴承", "碳基材料", "数控机床附件", "煤化工助剂", "特种合金", "智能仪表", "枸杞深加工", "葡萄酒装备", "光伏支架",
    "锂电隔膜", "高压开关", "工业阀门", "氨纶纤维", "蛋氨酸", "节能电机", "电力金具", "滴灌设备", "乳制品检测",
    "矿用传感器", "石墨电极", "铝镁型材", "医药中间体", "软件系统", "物联网终端", "铸钢件", "环保滤料", "风电塔筒",
    "橡胶密封件", "起重机械", "半导体硅片",
)  # fmt: skip

WEIGHTS = {
    "64/6401/640104": 7, "64/6401/640105": 9, "64/6401/640106": 10, "64/6401/640121": 6, "64/6401/640122": 8,
    "64/6401/640181": 6, "64/6401/JK": 10, "64/6402/640202": 8, "64/6402/640205": 5, "64/6402/640221": 6,
    "64/6403/640302": 6, "64/6403/640303": 2, "64/6403/640323": 2, "64/6403/640324": 2, "64/6403/640381": 6,
    "64/6404/640402": 3, "64/6404/640422": 1, "64/6404/640423": 1, "64/6404/640424": 1, "64/6404/640425": 1,
    "64/6405/640502": 5, "64/6405/640521": 4, "64/6405/640522": 1, "64/ND": 7,
}  # fmt: skip


@dataclass
class Profile:
    """How strong an invented firm is (0–1); everything else follows from it and from chance."""

    enterprise: Enterprise
    strength: float
    product: str


def make_profiles(rng: random.Random) -> list[Profile]:
    known = bodies()
    paths = rng.choices(list(WEIGHTS), weights=list(WEIGHTS.values()), k=COUNT)
    made = []
    for serial, path in enumerate(paths, 1):
        product = PRODUCTS[serial % len(PRODUCTS)]
        parent = known.get(path.rpartition("/")[0])
        place = parent.short_name.removesuffix("市") if parent and parent.level == "city" else known[path].short_name
        gb = known[path].gb_code or "640181"
        name = f"{place}示例{product}{serial:03d}有限公司（演示）"
        made.append(
            Profile(
                Enterprise(
                    credit_code=make_code(gb, 700000 + serial),
                    name=name,
                    region_path=path,
                    industry_division=rng.choice(["26", "30", "32", "33", "34", "35", "38", "39", "40"]),
                    main_product=product,
                    established_on=date(rng.randint(2003, 2021), rng.randint(1, 12), rng.randint(1, 28)),
                    registered_capital_fen=rng.randrange(300, 9000, 50) * FEN,
                    legal_representative=rng.choice("赵钱孙李周吴郑王") + "某（演示）",
                    contact_name=rng.choice("冯陈褚卫蒋沈韩杨") + "某（演示）",
                    contact_phone="0951-000 0000",
                    address=f"{known[path].short_name}示例路{serial}号（演示）",
                    created_at=clock.now(),
                ),
                rng.random(),
                product,
            )
        )
    Enterprise.objects.bulk_create([profile.enterprise for profile in made])
    return made


def make_facts(rng: random.Random, profiles: list[Profile]) -> None:
    figures: list[Figure] = []
    statements: list[Statement] = []
    for profile in profiles:
        figures += figures_of(rng, profile)
        statements += statements_of(rng, profile)
    Figure.objects.bulk_create(figures, batch_size=2000)
    Statement.objects.bulk_create(statements, batch_size=2000)
    make_rights(rng, profiles)
    last = clock.today().year - 1
    AnnualReport.objects.bulk_create(
        AnnualReport(enterprise=p.enterprise, year=last, confirmed_at=clock.now())
        for p in profiles
        if rng.random() < 0.93
    )


def figures_of(rng: random.Random, profile: Profile) -> list[Figure]:
    s, last = profile.strength, clock.today().year - 1
    made: list[Figure] = []
    moment = clock.now()

    def put(name: str, year: int, value: float, unit: str = "万元", source: str = "audited") -> None:
        money = unit == "万元"
        made.append(
            Figure(
                enterprise=profile.enterprise,
                name=name,
                year=year,
                fen=round(value * 100) * (FEN // 100) if money else None,
                quantity=None if money else round(value, 2),
                unit="fen" if money else unit,
                source=source,
                seen_at=moment,
            )
        )

    revenue = 700 + 14000 * s**1.6 * rng.uniform(0.7, 1.3)
    growth = rng.uniform(-0.05, 0.12) + 0.12 * s
    main_share = min(0.99, 0.62 + 0.36 * s**0.5 * rng.uniform(0.9, 1.1))
    rd_share = 0.018 + 0.06 * s * rng.uniform(0.6, 1.4)
    employees = max(9, round(18 + 260 * s * rng.uniform(0.6, 1.3)))
    for back in range(3):
        year, earned = last - back, revenue / (1 + growth) ** back
        put("revenue", year, earned)
        put("main_revenue", year, earned * main_share)
        if back < 2:
            put("rd_expense", year, earned * rd_share * rng.uniform(0.93, 1.03))
    put("net_profit", last, revenue * rng.uniform(0.01, 0.14))
    assets = revenue * rng.uniform(0.8, 1.6)
    put("total_assets", last, assets)
    put("total_liabilities", last, assets * rng.uniform(0.25, 0.72))
    put("employees", last, employees, "人", "government")
    put("rd_staff", last, round(employees * (0.06 + 0.2 * s)), "人", "self")
    put("segment_years", last, rng.randint(2, 4) + round(9 * s), "年", "self")
    if rng.random() < 0.8:
        put("digital_level", last, min(4, max(1, round(0.3 + 2.6 * s * rng.uniform(0.5, 1.2)))), "级", "platform")
    put("core_business_systems", last, rng.randint(0, 3) + round(2 * s), "项", "self")
    put("market_share_national", last, round(1 + 14 * s * rng.uniform(0.6, 1.2), 1), "%", "self")
    put("market_rank_national", last, max(1, round(30 - 27 * s)), "名", "self")
    put("equity_financing_2y", last, 0, "万元", "self")
    put("equity_financing_3y", last, 0, "万元", "self")
    this_year = clock.today().year
    put("development_score", this_year, round(34 + 36 * s * rng.uniform(0.8, 1.1), 1), "分", "platform")
    put("development_score", this_year - 1, round(32 + 36 * s * rng.uniform(0.8, 1.1), 1), "分", "platform")
    if s > WHOLE_FORM:
        for back in range(2):
            for name, value in beside(profile, revenue / (1 + growth) ** back, assets):
                put(name, last - back, value, source="self")
    return made


WHOLE_FORM = 0.5
"""Firms as strong as this apply above the first step, where the form asks for all figures of part 二."""


def beside(profile: Profile, earned: float, assets: float) -> list[tuple[str, float]]:
    """Figures that no rule reads, by chance of their own: everything else of the world stays as it was."""
    rng = random.Random(f"{SEED}-{profile.enterprise.credit_code}")
    exports = rng.uniform(0.05, 0.3) if rng.random() < 0.3 else 0.0
    loan = assets * rng.uniform(0.05, 0.2)
    return [
        ("main_cost", earned * rng.uniform(0.5, 0.62)),
        ("selling_expense", earned * rng.uniform(0.02, 0.05)),
        ("admin_expense", earned * rng.uniform(0.04, 0.09)),
        ("taxes_paid", earned * rng.uniform(0.02, 0.05)),
        ("valuation", assets * rng.uniform(1.2, 2.5)),
        ("export_revenue", earned * exports),
        ("bank_loan", loan),
        ("bank_credit", loan * rng.uniform(1.2, 2.0)),
    ]


def statements_of(rng: random.Random, profile: Profile) -> list[Statement]:
    s, moment = profile.strength, clock.now()
    fine: dict[str, tuple[Any, str]] = {
        "registered_in_prc": (True, "government"),
        "independent_legal_person": (True, "government"),
        "on_abnormal_list": (rng.random() < 0.01, "government"),
        "serious_dishonesty": (False, "government"),
        "prohibited_product": (False, "self"),
        "major_incident_3y": (rng.random() < 0.01, "self"),
        "data_fraud_3y": (False, "self"),
        "controlled_by_little_giant": (False, "self"),
        "group_similar_product": (False, "self"),
        "size_sector": ("software" if profile.product == "软件系统" else "industry", "government"),
        "strategic_emerging": (rng.random() < 0.45, "self"),
        "key_field": (rng.choice(["fills_gap", "six_bases_or_supplier", "none", "none"]), "self"),
        "quality": (rng.sample(["quality_system_certificate", "own_brand", "standards"], rng.randint(1, 3)), "self"),
        "own_brand": (s > 0.4, "self"),
        "management_certificate": (s > 0.25, "self"),
        "overseas_product_certificate": (s > 0.85, "self"),
        "has_rd_institution": (s > 0.35, "self"),
        "rd_institution_level": (
            "provincial" if s > 0.75 else "city" if s > 0.5 else "below_city" if s > 0.3 else "none",
            "self",
        ),
        "approved_provincial_rd_institution": (s > 0.8, "self"),
        "none_of": (["awards", "maker_contest", "honours"], "self"),
    }
    if rng.random() < 0.9:
        fine["tax_evasion_3y"] = (False, "government")
    return [
        Statement(enterprise=profile.enterprise, name=name, value=value, source=source, seen_at=moment)
        for name, (value, source) in fine.items()
    ]


def make_rights(rng: random.Random, profiles: list[Profile]) -> None:
    rights, honours, institutions, certificates = [], [], [], []
    moment, today = clock.now(), clock.today()
    for profile in profiles:
        for n in range(round(6 * profile.strength * rng.uniform(0.6, 1.4))):
            right = IntellectualProperty(
                enterprise=profile.enterprise,
                kind=rng.choice(["invention", "invention", "utility_model", "utility_model", "software_copyright"]),
                title=f"一种{profile.product}的制造方法{n + 1}（演示）",
                number=f"演示-{profile.enterprise.pk}-{n + 1}",
                granted_on=date(today.year - rng.randint(0, 8), rng.randint(1, 11), rng.randint(1, 28)),
                acquired="transferred" if rng.random() < 0.1 else "self",
                holder_rank=1 if rng.random() < 0.9 else 4,
                related=True,
                applied=rng.random() < 0.8,
                high_value=[],
                is_implemented=rng.random() < 0.7,
                product_income_fen=rng.randrange(0, 900) * FEN,
                seen_at=moment,
            )
            if not right.is_implemented:
                right.product_income_fen = None
            if right.kind == "software_copyright":
                right.is_implemented = right.product_income_fen = None
            rights.append(right)
        if profile.strength > 0.6 and rng.random() < 0.7:
            until = date(today.year + rng.randint(0, 2), rng.randint(1, 12), 28)
            honours.append(
                Honour(enterprise=profile.enterprise, name="high_tech_enterprise", valid_until=until, seen_at=moment)
            )
        if profile.strength > 0.75:
            institutions.append(
                RdInstitution(
                    enterprise=profile.enterprise,
                    name=f"{profile.product}工程技术研究中心（演示）",
                    level="provincial",
                    document_number="宁示例函〔2023〕1号（演示）" if profile.strength > 0.8 else "",
                    seen_at=moment,
                )
            )
            certificates.append(
                ManagementCertificate(
                    enterprise=profile.enterprise,
                    name="质量管理体系认证（演示）",
                    number=f"演示-Q-{profile.enterprise.pk}",
                    valid_until=date(today.year + 2, 6, 30),
                    seen_at=moment,
                )
            )
    for right in rights:
        if right.acquired == "transferred":
            right.transferred_on = date(today.year - 2, 6, 1)
    IntellectualProperty.objects.bulk_create(rights, batch_size=1000)
    Honour.objects.bulk_create(honours)
    RdInstitution.objects.bulk_create(institutions)
    ManagementCertificate.objects.bulk_create(certificates)


TIERS_BY_STRENGTH = (
    (Tier.INNOVATIVE, 0.25, 0.9),
    (Tier.SPECIALISED, 0.5, 0.8),
    (Tier.LITTLE_GIANT, 0.86, 0.5),
    (Tier.CHAMPION, 0.97, 0.35),
)

"""Facts that pass, and the same with a few of them moved to a border, taken away or spoilt: where rules are decided."""

import random
from datetime import date
from typing import Any

from facts_at_random import some_facts, some_value

from enterprises.vocabulary import vocabulary

EDGES = {
    "main_revenue_y0": ["1499.999999", "3600", "4500", "9999.99", "8800", "5500"],
    "segment_years": ["1.99", "2", "2.999", "3", "3.5", "10", "11"], "digital_level": [0, 1, 2, 3, 4],
    "market_rank_national": [1, 3, 4], "market_rank_world": [1, 3, 4], "rd_staff_y0": [0, 9, 10, 50, 99, 100],
    "development_score_y0": ["49.99", "50", "59.999", "60"], "development_score_y1": ["49.99", "50", "59.999", "60"],
    "related_field_years": ["4.99", "5", "9.99", "10"], "local_feature_points": ["0", "7.5", "15", "16", "-1", "9.1234567"],
}  # fmt: skip


def right(on: date, **other: Any) -> dict[str, Any]:
    return {"kind": "invention", "related": True, "applied": True, "acquired": "self",
            "granted_on": on.replace(year=on.year - 3, day=min(on.day, 28)).isoformat(), "holder_rank": 1, "high_value": [], **other}  # fmt: skip


def passing(on: date) -> dict[str, Any]:
    """Passes every standard of every tier but the pending judgements of persons."""
    sound = dict.fromkeys(["on_abnormal_list", "serious_dishonesty", "prohibited_product", "major_incident_3y", "tax_evasion_3y",
                           "data_fraud_3y", "controlled_by_little_giant", "group_similar_product"], False)  # fmt: skip
    judged = dict.fromkeys(["product_field", "chain_key_role", "innovation_leading", "quality_leading", "brand_international",
                            "management_sound"], True)  # fmt: skip
    return sound | judged | {
        "registered_in_prc": True, "independent_legal_person": True, "holds": ["innovative", "specialised"],
        "size_sector": "industry", "employees_y0": 200, "revenue_y0": "10000", "revenue_y1": "9500", "revenue_y2": "9000",
        "main_revenue_y0": "9000", "main_revenue_y1": "8500", "main_revenue_y2": "8000", "rd_expense_y0": "700", "rd_expense_y1": "650",
        "net_profit_y0": "1000", "total_assets_y0": "10000", "total_liabilities_y0": "5000", "equity_financing_2y": "0",
        "equity_financing_3y": "0", "rd_staff_y0": 40, "segment_years": 11, "strategic_emerging": True, "key_field": "fills_gap",
        "digital_level": 3, "quality": ["quality_system_certificate", "own_brand"], "core_business_systems": 2,
        "management_certificate": True, "overseas_product_certificate": False, "own_brand": True, "local_feature_points": "10",
        "market_share_national": "12", "market_rank_national": 2, "market_share_world": "1", "market_rank_world": 3,
        "market_position": "front", "intellectual_property": [right(on) for _ in range(4)], "awards": [], "maker_contest": [],
        "honours": [], "has_rd_institution": True, "rd_institution_level": "provincial", "approved_provincial_rd_institution": False,
        "development_score_y0": "65", "development_score_y1": "66", "related_field_years": 12, "new_product": False,
    }  # fmt: skip


def share_of(rng: random.Random, whole: str) -> str:
    """A share of a sum at, just above or just below one of the thresholds."""
    percent = rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 20, 50, 55, 60, 65, 70, 75, 80, 90])
    fen = int(float(whole) * 1_000_000 * percent / 100) + rng.choice([-1, 0, 0, 0, 1])
    return f"{fen // 1_000_000}.{fen % 1_000_000:06d}" if fen >= 0 else "-0.000001"


def spoilt_right(rng: random.Random, on: date) -> dict[str, Any]:
    fact = vocabulary().facts["intellectual_property"]
    item = right(on)
    for key in rng.sample(sorted(fact.item), rng.choice([0, 1, 2, 3])):
        if rng.random() < 0.2:
            item.pop(key, None)
        else:
            item[key] = some_value(rng, fact.item[key], on)
    if item.get("acquired") == "transferred" and rng.random() < 0.9:
        item.setdefault("transferred_on", some_value(rng, fact.item["transferred_on"], on))
    return item


def moved(rng: random.Random, on: date) -> dict[str, Any]:
    """The passing enterprise with nought to four facts changed."""
    facts = passing(on)
    stray = some_facts(rng, on, 0)
    if rng.random() < 0.1:
        scale = rng.choice([4, 40, 4])
        for name in list(facts):
            if name.startswith(("revenue", "main_revenue", "rd_expense", "total")):
                facts[name] = str(int(facts[name]) * scale)
    for name in rng.sample(sorted(vocabulary().facts), rng.choice([0, 1, 2, 2, 3, 4, 8])):
        chance = rng.random()
        if chance < 0.2:
            facts.pop(name, None)
        elif name == "intellectual_property":
            facts[name] = [spoilt_right(rng, on) for _ in range(rng.choice([0, 1, 1, 2, 4, 5]))]
        elif name in ("rd_expense_y0", "main_revenue_y0", "net_profit_y0") and chance < 0.7:
            facts[name] = share_of(rng, facts.get("revenue_y0", "10000"))
        elif name == "total_liabilities_y0" and chance < 0.7:
            facts[name] = share_of(rng, facts.get("total_assets_y0", "10000"))
        elif name in EDGES and chance < 0.8:
            facts[name] = rng.choice(EDGES[name])
        elif chance > 0.93 and vocabulary().facts[name].type == "decimal":
            facts[name] = rng.choice(["0", "-1", "-0.01", 0])
        else:
            facts[name] = stray[name]
    return facts

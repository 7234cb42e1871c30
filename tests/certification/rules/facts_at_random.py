"""Facts for every name of the vocabulary: boundary-stuffed, with holes, for property tests."""

import random
from datetime import date, timedelta
from typing import Any

from enterprises.vocabulary import Fact, vocabulary

MONEY = ["0", "0.01", "99.99", "100", "105", "200", "260", "300", "499.99", "500", "999.99", "1000", "1200", "1499", "1500",
         "2000", "2850", "3000", "3100", "3400", "3500", "4000", "4999.99", "5000", "6000", "6500", "8000", "9999.999999", "10000",
         "20000", "40000", "60000", "120000", "0.0000001"]  # fmt: skip
SMALL = ["0", "1", "1.9", "2", "2.5", "3", "4", "5", "9.99", "10", "15", "49.9", "50", "59.999", "60", "100"]
WHOLE = [0, 1, 2, 3, 5, 8, 10, 12, 19, 20, 50, 80, 100, 150, 180, 299, 300, 999, 1000, 2000]
YEARS = [0, 1, 2, 3, 10, 11]


def some_date(rng: random.Random, on: date) -> str:
    """Near an anniversary of the day of judgement, or on 29 February."""
    if rng.random() < 0.1:
        return rng.choice(["2016-02-29", "2020-02-29", "2024-02-29"])
    year = on.year - rng.choice(YEARS)
    day = min(on.day, 28)
    return (date(year, on.month, day) + timedelta(days=rng.choice([-2, -1, 0, 0, 1, 2]))).isoformat()


def some_value(rng: random.Random, fact: Fact, on: date) -> Any:
    if fact.type == "bool":
        return rng.random() < 0.7
    if fact.type == "decimal":
        value = rng.choice(MONEY if fact.unit == "万元" else SMALL)
        return f"-{value}" if fact.name == "net_profit_y0" and rng.random() < 0.2 else value
    if fact.type == "int":
        return rng.choice(fact.of) if fact.of else rng.choice(WHOLE)
    if fact.type == "date":
        return some_date(rng, on)
    if fact.type == "enum":
        return rng.choice(fact.of)
    if fact.type == "list[enum]":
        return rng.sample(list(fact.of), rng.randint(0, len(fact.of)))
    return [
        {key: some_value(rng, inner, on) for key, inner in fact.item.items() if rng.random() < 0.93}
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 5]))
    ]


def some_facts(rng: random.Random, on: date, holes: float) -> dict[str, Any]:
    facts = {name: some_value(rng, fact, on) for name, fact in vocabulary().facts.items() if rng.random() >= holes}
    if rng.random() < 0.6:
        facts |= {"registered_in_prc": True, "independent_legal_person": True}
        facts |= dict.fromkeys(["on_abnormal_list", "serious_dishonesty", "prohibited_product", "major_incident_3y",
                                "tax_evasion_3y", "data_fraud_3y", "controlled_by_little_giant", "group_similar_product"], False)  # fmt: skip
    return facts

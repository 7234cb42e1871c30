"""What cannot be true of a set of figures, and what looks like a slip. Contradictions are refused, slips are warned."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from enterprises.vocabulary import Fact
from enterprises.yearly import BACK, BASES, fact_named
from foundation.refusals import Problem

PARTS_OF = (
    ("main_revenue", "revenue", "主营业务收入不会超过营业收入"),
    ("rd_staff", "employees", "研发人员不会超过从业人员"),
)
SLIP, JUMP = Decimal(10000), Decimal(100)
"""元 entered as 万元 is a factor of 10,000; a factor of 100 between two years is seldom business."""

INCOME_PER_HEAD = Decimal(5000)
"""万元 of revenue a person, beyond which a unit is doubted."""

CAN_BE_NEGATIVE = {"net_profit"}
PEOPLE = {"employees", "rd_staff"}


def label(name: str) -> str:
    fact = fact_named(name)
    return fact.label if fact else name


def example(fact: Fact) -> str:
    if fact.unit == "万元":
        return "填数字，单位万元，例：1234.56"
    return {"int": "填整数，例：86", "decimal": "填数字，例：12.5", "date": "例：2026-01-31"}.get(fact.type, "")


def out_of_range(fact: Fact, value: Any) -> Problem | None:
    if fact.minimum is not None and value < fact.minimum:
        return Problem(f"{fact.label}不会小于 {fact.minimum}", fact.name, hint=example(fact))
    if fact.maximum is not None and value > fact.maximum:
        hint = f"单位是{fact.unit}，请核对是否填成了元" if fact.unit == "万元" else example(fact)
        return Problem(f"{fact.label}不会大于 {fact.maximum:,}", fact.name, hint=hint)
    if fact.unit == "万元" and value != round(value, 6):
        return Problem(f"{fact.label}最多填到分（万元后 6 位小数）", fact.name, hint=example(fact))
    if fact.type == "decimal" and value != round(value, 6):
        return Problem(f"{fact.label}最多填 6 位小数", fact.name, hint=example(fact))
    return None


def contradictions(facts: Mapping[str, Any]) -> list[Problem]:
    """Values that cannot both be true."""
    found = []
    for back in BACK:
        for part, whole, why in PARTS_OF:
            name, other = f"{part}_y{back}", f"{whole}_y{back}"
            small, large = facts.get(name), facts.get(other)
            if small is not None and large is not None and Decimal(str(small)) > Decimal(str(large)):
                found.append(Problem(f"{label(name)} {small} 大于{label(other)} {large}", name, hint=why))
    return found


def warnings(facts: Mapping[str, Any]) -> list[Problem]:
    """What looks like a slip of the unit. Warned, never refused: a real firm may really have grown."""
    found = []
    for base in BASES:
        if base in CAN_BE_NEGATIVE:
            continue
        for back in (0, 1):
            problem = _jump(base, back, facts)
            if problem:
                found.append(problem)
    for back in BACK:
        spent, earned = _number(facts, f"rd_expense_y{back}"), _number(facts, f"revenue_y{back}")
        if spent is not None and earned and spent > earned:
            why = f"{label(f'rd_expense_y{back}')}大于当年营业收入"
            found.append(_slip(why, f"rd_expense_y{back}", "请核对单位，金额单位是万元"))
        heads = _number(facts, f"employees_y{back}")
        if earned and heads and earned / heads > INCOME_PER_HEAD:
            why = f"{label(f'revenue_y{back}')}合人均 {earned / heads:,.0f} 万元"
            found.append(_slip(why, f"revenue_y{back}", "像是把元填成了万元，请核对单位和人数"))
    return found


def _jump(base: str, back: int, facts: Mapping[str, Any]) -> Problem | None:
    name = f"{base}_y{back}"
    now, before = _number(facts, name), _number(facts, f"{base}_y{back + 1}")
    if not now or not before:
        return None
    ratio = now / before
    times = ratio if ratio >= 1 else 1 / ratio
    if times < JUMP:
        return None
    why = f"{label(name)}与前一年相差 {times:,.0f} 倍"
    if base in PEOPLE:
        return _slip(why, name, "请核对人数和年度")
    slip = times >= SLIP / 10
    return _slip(why, name, "像是把元填成了万元，请核对单位" if slip else "请核对单位和年度，金额单位是万元")


def _slip(why: str, name: str, hint: str) -> Problem:
    return Problem(why, name, hint=hint, code="unit_jump")


def _number(facts: Mapping[str, Any], name: str) -> Decimal | None:
    value = facts.get(name)
    return None if value is None else Decimal(str(value))

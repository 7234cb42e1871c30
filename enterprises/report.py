"""Keep facts: what the enterprise reports, checked against the vocabulary, never thrown away."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from enterprises.facts import FEN, facts_of, is_figure, stored_name
from enterprises.models import Enterprise, Figure, Source, Statement
from enterprises.permissions import may_edit
from enterprises.vocabulary import BadFact, Fact, vocabulary
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

JUMP = Decimal(10000)

PARTS_OF = (
    ("main_revenue", "revenue", "主营业务收入不会超过营业收入"),
    ("rd_staff", "employees", "研发人员不会超过从业人员"),
)


def report(
    enterprise: Enterprise, given: Mapping[str, Any], *, actor: Principal, on: date, source: str = Source.SELF
) -> list[str]:
    """Write what changed and return its names. Refused("invalid") with a problem per field; then nothing is written."""
    if not actor.is_system and not may_edit(actor, enterprise.pk):
        raise Missing
    clean, problems = read(given)
    before = facts_of(enterprise, on)
    problems += contradictions({**{n: f.value for n, f in before.items()}, **clean})
    if problems:
        raise Refused("invalid", "有几处数据需要更正，已填的都还在。", problems)
    changed = [n for n, v in clean.items() if n not in before or _differs(before[n].value, v)]
    if not changed:
        return []
    with transaction.atomic():
        _write(enterprise, {name: clean[name] for name in changed}, actor=actor, on=on, source=source)
        labels = "、".join(vocabulary().facts[name].label for name in changed)
        detail = {"names": labels, "fields": changed}
        record("enterprise.facts", enterprise, actor=actor, detail=detail, audience="applicant")
        announce("enterprise", enterprise, fields=changed)
    return changed


def read(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Typed values, and a problem for every value that is not of its type or out of its range. Empty means not given."""
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, raw in given.items():
        fact = vocabulary().facts.get(name)
        if fact is None:
            problems.append(Problem(f"没有“{name}”这个数据项", name))
            continue
        if raw is None or raw == "":
            continue
        try:
            value = fact.read(raw.replace(",", "").strip() if isinstance(raw, str) and is_figure(name) else raw)
        except BadFact:
            problems.append(Problem(f"{fact.label}读不懂：“{raw}”", name, hint=_example(fact)))
            continue
        problem = out_of_range(fact, value)
        if problem:
            problems.append(problem)
        else:
            clean[name] = value
    return clean, problems


def out_of_range(fact: Fact, value: Any) -> Problem | None:
    if fact.minimum is not None and value < fact.minimum:
        return Problem(f"{fact.label}不会小于 {fact.minimum}", fact.name, hint=_example(fact))
    if fact.maximum is not None and value > fact.maximum:
        return Problem(
            f"{fact.label}不会大于 {fact.maximum:,}", fact.name, hint=f"单位是{fact.unit}，请核对是否填成了元"
        )
    if fact.unit == "万元" and value != round(value, 6):
        return Problem(f"{fact.label}最多填到分（万元后 6 位小数）", fact.name)
    return None


def _example(fact: Fact) -> str:
    if fact.unit == "万元":
        return "填数字，单位万元，例：1234.56"
    return {"int": "填整数，例：86", "decimal": "填数字，例：12.5", "date": "例：2026-01-31"}.get(fact.type, "")


def contradictions(facts: Mapping[str, Any]) -> list[Problem]:
    """Values that cannot both be true."""
    found = []
    for back in ("_y0", "_y1", "_y2"):
        for part, whole, why in PARTS_OF:
            small, large = facts.get(part + back), facts.get(whole + back)
            if small is not None and large is not None and Decimal(str(small)) > Decimal(str(large)):
                label = vocabulary().facts[part + back].label
                found.append(
                    Problem(
                        f"{label} {small} 大于{vocabulary().facts[whole + back].label} {large}", part + back, hint=why
                    )
                )
    return found


def warnings(facts: Mapping[str, Any]) -> list[Problem]:
    """What looks like a slip of the unit: a jump of 10,000 times, or R&D beyond revenue. Warned, never refused."""
    found = []
    for name in ("revenue", "main_revenue", "rd_expense"):
        now, before = facts.get(f"{name}_y0"), facts.get(f"{name}_y1")
        if now and before:
            ratio = Decimal(str(now)) / Decimal(str(before))
            if ratio >= JUMP / 10 or ratio <= 10 / JUMP:
                label = vocabulary().facts[f"{name}_y0"].label
                found.append(
                    Problem(
                        f"{label}与前一年相差 {_times(ratio)} 倍，像是把元填成了万元",
                        f"{name}_y0",
                        code="unit_jump",
                        hint="金额单位是万元",
                    )
                )
    for back in ("_y0", "_y1"):
        spent, earned = facts.get(f"rd_expense{back}"), facts.get(f"revenue{back}")
        if spent and earned and Decimal(str(spent)) > Decimal(str(earned)):
            label = vocabulary().facts[f"rd_expense{back}"].label
            found.append(
                Problem(
                    f"{label}大于当年营业收入，请核对单位", f"rd_expense{back}", code="unit_jump", hint="金额单位是万元"
                )
            )
    return found


def _times(ratio: Decimal) -> str:
    return f"{(ratio if ratio >= 1 else 1 / ratio):,.0f}"


def _differs(old: Any, new: Any) -> bool:
    if isinstance(new, Decimal | int) and not isinstance(new, bool):
        return Decimal(str(old)) != Decimal(str(new))
    return bool(old != new)


def _write(enterprise: Enterprise, clean: Mapping[str, Any], *, actor: Principal, on: date, source: str) -> None:
    common = {"enterprise": enterprise, "source": source, "seen_at": clock.now(), "by_id": actor.user_id}
    for name, value in clean.items():
        fact = vocabulary().facts[name]
        if fact.type == "list":
            continue
        if is_figure(name):
            base, year = stored_name(name, on)
            if fact.unit == "万元":
                Figure.objects.create(name=base, year=year, fen=int(value * FEN), unit="fen", **common)
            else:
                Figure.objects.create(name=base, year=year, quantity=value, unit=fact.unit, **common)
        else:
            Statement.objects.create(name=name, value=value, **common)

"""Whether a colleague saved something newer while a form was open; nothing is overwritten unseen."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from enterprises.facts import facts_of, stored_name
from enterprises.models import FROM_OFFICES, Enterprise, Figure, Statement
from enterprises.report import read
from enterprises.showing import shown
from enterprises.vocabulary import Fact
from enterprises.yearly import fact_named, known_values
from foundation.accounts.principal import Principal
from foundation.refusals import Problem


def mark(enterprise: Enterprise) -> str:
    """What the latest rows are now; kept hidden in the form."""
    figures = Figure.objects.filter(enterprise=enterprise).aggregate(last=Max("id"))["last"] or 0
    statements = Statement.objects.filter(enterprise=enterprise).aggregate(last=Max("id"))["last"] or 0
    return f"{figures}-{statements}"


def overtaken(
    enterprise: Enterprise, seen: str, given: Mapping[str, Any], *, actor: Principal, on: date
) -> list[Problem]:
    """One problem for each field that somebody else changed since `seen` to something other than what is given now."""
    try:
        figures, statements = (int(part) for part in seen.split("-"))
    except ValueError:
        return []
    rows = Figure.objects.filter(enterprise=enterprise, id__gt=figures).exclude(by_id=actor.user_id)
    rows = rows.exclude(source__in=FROM_OFFICES)  # kept beside the firm's own: saving replaces nothing of theirs
    newer: dict[Any, str] = {(n, y): str(by) for n, y, by in rows.values_list("name", "year", "by__name")}
    answers = Statement.objects.filter(enterprise=enterprise, id__gt=statements).exclude(by_id=actor.user_id)
    newer |= {name: str(by) for name, by in answers.values_list("name", "by__name")}
    if not newer:
        return []
    known = known_values(enterprise, on) | {name: fact.value for name, fact in facts_of(enterprise, on).items()}
    clean, _ = read(given)
    found = []
    for name, value in given.items():
        named = fact_named(name)
        who = newer.get(stored_name(name, on)) or newer.get(name)
        if named is None or who is None or _agrees(named, known.get(name), value, clean.get(name)):
            continue
        mine, theirs = _told(named, value), _told(named, known.get(name))
        found.append(
            Problem(
                f"{named.label}：{who}刚改为{theirs}，您填的是{mine}",
                name,
                hint="核对后再保存一次，以您这次填的为准",
                code="stale",
            )
        )
    return found


def _agrees(named: Fact, theirs: Any, typed: Any, mine: Any) -> bool:
    """Whether saving would leave the newer value as it is: 1,200 is 1200, and an empty cell writes nothing."""
    if named.type not in ("int", "decimal"):
        return str(theirs) == str(typed)
    return typed in (None, "") or (mine is not None and theirs is not None and Decimal(str(theirs)) == mine)


def _told(named: Fact, value: Any) -> str:
    if value is None or value == "":
        return "“空”"
    try:
        return f"“{shown(named, value)}”"
    except (ArithmeticError, ValueError):
        return f"“{value}”"

"""What a rule sees of an enterprise: its facts, the titles it holds on the day, links to titled firms."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from certification.models import Certificate
from certification.states import WAS_HELD
from enterprises.facts import Fact, facts_of_many
from enterprises.models import Enterprise


def titles_held(ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """Tiers whose title is valid on the day, by enterprise."""
    held: dict[int, list[str]] = defaultdict(list)
    rows = Certificate.objects.filter(
        enterprise_id__in=list(ids), state__in=WAS_HELD, valid_from__lte=on, valid_until__gte=on
    )
    for pk, tier in rows.order_by("tier").values_list("enterprise_id", "tier"):
        if tier not in held[pk]:
            held[pk].append(tier)
    return held


def standing_of(enterprise: Enterprise, on: date) -> dict[str, Fact]:
    """facts_of() plus `holds`."""
    return standing_of_many([enterprise], on)[enterprise.pk]


def standing_of_many(enterprises: Iterable[Enterprise], on: date) -> dict[int, dict[str, Fact]]:
    """The same for many, in a constant number of queries."""
    listed = list(enterprises)
    facts = facts_of_many(listed, on)
    held = titles_held([e.pk for e in listed], on)
    for pk, known in facts.items():
        stated = known.get("holds")
        others = [t for t in (stated.value if stated else []) if t == "tech_sme"]
        known["holds"] = Fact("holds", held.get(pk, []) + others, "titles")
    return facts


def plain_standing(enterprise: Enterprise, on: date) -> dict[str, Any]:
    """Names and values, the shape that the rules read."""
    return {name: fact.value for name, fact in standing_of(enterprise, on).items()}

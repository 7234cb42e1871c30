"""What a rule sees of an enterprise: its facts, the titles it holds on the day, links to titled firms."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from certification.models import Certificate, running
from certification.states import WAS_HELD
from enterprises.facts import Fact, facts_of_many
from enterprises.models import Enterprise, OutsideTitle, Source

TECH_SME = "tech_sme"
"""The one title of another department that a rule of this ladder reads."""


def titles_held(ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """Tiers whose title is valid on the day, by enterprise."""
    held: dict[int, list[str]] = defaultdict(list)
    rows = Certificate.objects.filter(
        Q(state__in=WAS_HELD, valid_from__lte=on, valid_until__gte=on) | running(on), enterprise_id__in=list(ids)
    )
    for pk, tier in rows.order_by("tier").values_list("enterprise_id", "tier"):
        if tier not in held[pk]:
            held[pk].append(tier)
    return held


def outside_held(ids: Iterable[int], on: date) -> set[int]:
    """Who has noted an entry as 科技型中小企业 that is valid on the day."""
    rows = OutsideTitle.objects.filter(enterprise_id__in=list(ids), kind=TECH_SME, valid_until__gte=on)
    return set(rows.values_list("enterprise_id", flat=True))


def standing_of(enterprise: Enterprise, on: date) -> dict[str, Fact]:
    """facts_of() plus `holds`."""
    return standing_of_many([enterprise], on)[enterprise.pk]


def standing_of_many(enterprises: Iterable[Enterprise], on: date) -> dict[int, dict[str, Fact]]:
    """The same for many, in a constant number of queries."""
    listed = list(enterprises)
    facts = facts_of_many(listed, on)
    ids = [e.pk for e in listed]
    held, outside = titles_held(ids, on), outside_held(ids, on)
    for pk, known in facts.items():
        others = [TECH_SME] if pk in outside else []
        # Nobody but the firm has said so: a list is as trustworthy as its least trusted item.
        known["holds"] = Fact("holds", held.get(pk, []) + others, Source.SELF if others else "titles")
    return facts


def plain_standing(enterprise: Enterprise, on: date) -> dict[str, Any]:
    """Names and values, the shape that the rules read."""
    return {name: fact.value for name, fact in standing_of(enterprise, on).items()}

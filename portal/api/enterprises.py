"""Enterprises in the client's reach, and one with its facts and titles."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from certification.models import Certificate
from certification.queries import certificates
from certification.states import CERTIFICATE
from certification.tiers import Tier
from enterprises import credit_code
from enterprises.facts import Fact, facts_of, facts_of_many
from enterprises.models import Enterprise
from enterprises.queries import visible_to
from foundation import clock
from foundation.refusals import Missing
from foundation.regions.paths import path_range
from portal.api.paging import ById
from portal.api.resource import FIELDS, TOTAL, Resource, include_of
from portal.api.shapes import EnterpriseDetailShape, EnterpriseShape, TitleShape

PARTS = ("facts", "titles")


class EnterpriseQuery(serializers.Serializer):
    region = serializers.CharField(required=False, max_length=40, help_text="只取这个路径及以下")
    name = serializers.CharField(required=False, max_length=60, help_text="名称中的字")


class Enterprises(Resource):
    """辖区内的企业，按编号顺序。"""

    pagination_class = ById
    scope = "enterprises:read"
    query = EnterpriseQuery
    shape = EnterpriseShape
    includes = PARTS

    @extend_schema(
        operation_id="list_enterprises",
        parameters=[EnterpriseQuery, FIELDS, TOTAL, include_of(*PARTS, default="不写就不附带")],
        responses=EnterpriseShape(many=True),
    )
    def get(self, request: Any) -> Response:
        asked = self.asked()
        rows = visible_to(self.principal)
        if "region" in asked:
            low, high = path_range(asked["region"])
            rows = rows.filter(region_path__gte=low, region_path__lt=high)
        if "name" in asked:
            rows = rows.filter(name__contains=asked["name"])
        return self.listed(rows, EnterpriseShape)

    def parts(self, part: str, page: list[Enterprise]) -> list[Any]:
        if part == "facts":
            known = facts_of_many(page, clock.today())
            return [facts_told(known[firm.pk]) for firm in page]
        held: dict[int, list[Certificate]] = defaultdict(list)
        rows = certificates(self.principal).filter(enterprise__in=page).order_by("-announced_on", "number")
        for title in rows:
            held[title.enterprise_id].append(title)
        return [TitleShape(held[firm.pk], many=True).data for firm in page]


class OneEnterprise(Resource):
    """一家企业：今天起算的事实（带来源和不一致的值）和全部称号。"""

    scope = "enterprises:read"
    shape = EnterpriseDetailShape
    includes = PARTS

    @extend_schema(
        operation_id="read_enterprise", parameters=[FIELDS, include_of(*PARTS, default="不写就全部附带")],
        responses=EnterpriseDetailShape,
    )  # fmt: skip
    def get(self, request: Any, code: str) -> Response:
        self.asked()
        return self.told(detail(firm_of(self.principal, code), self.principal))

    def narrowed(self, body: dict[str, Any]) -> dict[str, Any]:
        kept = PARTS if self.included is None else self.included
        return super().narrowed({name: value for name, value in body.items() if name in kept or name not in PARTS})


def firm_of(principal: Any, code: str) -> Enterprise:
    """The enterprise of a credit code in the client's reach; Missing for every other."""
    found = visible_to(principal).filter(credit_code=credit_code.normalise(code)[:18]).first()
    if found is None:
        raise Missing
    return found


def facts_told(facts: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """Each fact as it counts today, its source, and what other sources say, by name."""
    told = [
        {
            "name": fact.name, "value": fact.value, "source": fact.source, "year": fact.year,
            "seen_at": fact.seen_at.isoformat() if fact.seen_at else None,
            "conflicting": [{"source": source, "value": value} for source, value in fact.conflicting],
        }
        for fact in facts.values()
    ]  # fmt: skip
    return sorted(told, key=lambda fact: str(fact["name"]))


def detail(enterprise: Enterprise, principal: Any) -> dict[str, Any]:
    """The enterprise, its facts of today with their sources, and its titles, ended ones included."""
    titles = certificates(principal).filter(enterprise=enterprise).order_by("-announced_on", "number")
    return {
        **EnterpriseShape(enterprise).data,
        "facts": facts_told(facts_of(enterprise, clock.today())),
        "titles": TitleShape(titles, many=True).data,
    }


class TitleQuery(serializers.Serializer):
    region = serializers.CharField(required=False, max_length=40)
    tier = serializers.ChoiceField(choices=Tier.choices, required=False)
    state = serializers.ChoiceField(choices=list(CERTIFICATE.labels), required=False)
    credit_code = serializers.CharField(required=False, max_length=18)


class Titles(Resource):
    """辖区内的称号；已结束的也在，以状态区分。"""

    pagination_class = ById
    scope = "titles:read"
    query = TitleQuery
    shape = TitleShape

    @extend_schema(operation_id="list_titles", parameters=[TitleQuery, FIELDS, TOTAL], responses=TitleShape(many=True))
    def get(self, request: Any) -> Response:
        asked = self.asked()
        rows = certificates(self.principal)
        if "region" in asked:
            low, high = path_range(asked.pop("region"))
            rows = rows.filter(region_path__gte=low, region_path__lt=high)
        return self.listed(rows.filter(**asked), TitleShape)

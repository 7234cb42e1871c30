"""Enterprises in the client's reach, and one with its facts and titles."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from certification.queries import certificates
from certification.states import CERTIFICATE
from certification.tiers import Tier
from enterprises import credit_code
from enterprises.facts import facts_of
from enterprises.models import Enterprise
from enterprises.queries import visible_to
from foundation import clock
from foundation.refusals import Missing
from foundation.regions.paths import path_range
from portal.api.paging import ById
from portal.api.resource import Resource
from portal.api.shapes import EnterpriseDetailShape, EnterpriseShape, TitleShape


class EnterpriseQuery(serializers.Serializer):
    region = serializers.CharField(required=False, max_length=40, help_text="只取这个路径及以下")
    name = serializers.CharField(required=False, max_length=60, help_text="名称中的字")


class Enterprises(Resource):
    """辖区内的企业，按编号顺序。"""

    pagination_class = ById
    scope = "enterprises:read"
    query = EnterpriseQuery

    @extend_schema(operation_id="list_enterprises", parameters=[EnterpriseQuery], responses=EnterpriseShape(many=True))
    def get(self, request: Any) -> Response:
        asked = self.asked()
        rows = visible_to(self.principal)
        if "region" in asked:
            low, high = path_range(asked["region"])
            rows = rows.filter(region_path__gte=low, region_path__lt=high)
        if "name" in asked:
            rows = rows.filter(name__contains=asked["name"])
        return self.listed(rows, EnterpriseShape)


class OneEnterprise(Resource):
    """一家企业：今天起算的事实（带来源和不一致的值）和全部称号。"""

    scope = "enterprises:read"

    @extend_schema(operation_id="read_enterprise", responses=EnterpriseDetailShape)
    def get(self, request: Any, code: str) -> Response:
        self.asked()
        return self.told(detail(self.find(code), self.principal))

    def find(self, code: str) -> Enterprise:
        found = visible_to(self.principal).filter(credit_code=credit_code.normalise(code)[:18]).first()
        if found is None:
            raise Missing
        return found


def detail(enterprise: Enterprise, principal: Any) -> dict[str, Any]:
    """The enterprise, its facts of today with their sources, and its titles, ended ones included."""
    facts = [
        {
            "name": fact.name, "value": fact.value, "source": fact.source, "year": fact.year,
            "seen_at": fact.seen_at.isoformat() if fact.seen_at else None,
            "conflicting": [{"source": source, "value": value} for source, value in fact.conflicting],
        }
        for fact in facts_of(enterprise, clock.today()).values()
    ]  # fmt: skip
    titles = certificates(principal).filter(enterprise=enterprise).order_by("-announced_on", "number")
    return {
        **EnterpriseShape(enterprise).data,
        "facts": sorted(facts, key=lambda fact: str(fact["name"])),
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

    @extend_schema(operation_id="list_titles", parameters=[TitleQuery], responses=TitleShape(many=True))
    def get(self, request: Any) -> Response:
        asked = self.asked()
        rows = certificates(self.principal)
        if "region" in asked:
            low, high = path_range(asked.pop("region"))
            rows = rows.filter(region_path__gte=low, region_path__lt=high)
        return self.listed(rows.filter(**asked), TitleShape)

"""情况报送: another department's system tells what it knows of one enterprise. It opens a check and decides nothing."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from certification import incident
from certification.incident_kinds import incident_kinds
from enterprises.models import Enterprise
from portal.api.enterprises import firm_of
from portal.api.paging import ById
from portal.api.resource import FIELDS, TOTAL, Resource
from portal.api.rulesets import refuse_unknown
from portal.api.shapes import IncidentShape


class IncidentBody(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[(kind.code, kind.label) for kind in incident_kinds().values()])
    happened_on = serializers.DateField(help_text="发生或列入日期，不晚于今天")
    source = serializers.CharField(max_length=120, help_text="来源单位")
    document = serializers.CharField(max_length=120, help_text="文号；没有文号的写查询系统和日期")
    facts = serializers.CharField(max_length=4000, help_text="何时、何事、由谁认定；企业会看到")


class Incidents(Resource):
    """一家企业的情况：读取，或报送一件。同一种类、日期、文号只登记一次。"""

    pagination_class = ById
    scope = "incidents:read"
    write_scope = "incidents:write"
    shape = IncidentShape

    @extend_schema(operation_id="list_incidents", parameters=[FIELDS, TOTAL], responses=IncidentShape(many=True))
    def get(self, request: Any, code: str) -> Response:
        self.asked()
        rows = incident.visible(self.principal).filter(enterprise=firm_of(self.principal, code))
        return self.listed(rows, IncidentShape)

    @extend_schema(
        operation_id="report_incident",
        request=IncidentBody,
        responses={201: IncidentShape},
        parameters=[OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Any, code: str) -> Response:
        firm = firm_of(self.principal, code)
        read = IncidentBody(data=request.data)
        read.is_valid(raise_exception=True)
        refuse_unknown(request.data, read)
        return self.once(lambda: self.write(firm, dict(read.validated_data)))

    def write(self, firm: Enterprise, said: dict[str, Any]) -> dict[str, Any]:
        made = incident.report(firm, said, actor=self.principal, way="api")
        return dict(IncidentShape(made).data)

"""数据报送: another department's system tells one figure of a firm with its document. What the firm says stays beside it."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from enterprises import entry
from enterprises.enterable import enterables
from enterprises.models import FROM_OFFICES, Enterprise, FigureEntry
from enterprises.queries import entries_visible_to
from portal.api.enterprises import firm_of
from portal.api.paging import ById
from portal.api.resource import FIELDS, TOTAL, Resource
from portal.api.rulesets import refuse_unknown
from portal.api.shapes import FigureEntryShape

TOLD = OpenApiExample(
    "研发费用",
    value={
        "name": "rd_expense", "year": 2025, "value": "3260.5", "unit": "万元", "source": "government", "issuer": "某市税务局",
        "document": "研发费用加计扣除汇总 2026年第1号", "dated_on": "2026-03-15",
    },
    request_only=True,
)  # fmt: skip


class FigureBody(serializers.Serializer):
    name = serializers.ChoiceField(
        choices=[(named.base, named.label) for named in enterables().values()], help_text="词表中的数据项，不带年度后缀"
    )
    year = serializers.IntegerField(min_value=2000, max_value=2100, help_text="数据所属的年度")
    value = serializers.CharField(max_length=40, help_text="按 unit 的单位，写成文本，例：3260.5")
    unit = serializers.CharField(max_length=8, help_text="该数据项的单位：万元、人、%、分 等；写错单位的不收")
    source = serializers.ChoiceField(choices=[(s.value, s.label) for s in FROM_OFFICES])
    issuer = serializers.CharField(max_length=120, help_text="出具数据的单位")
    document = serializers.CharField(max_length=120, help_text="文号；没有文号的写查询系统和查询编号")
    dated_on = serializers.DateField(help_text="文件或查询的日期，不晚于今天")


class Figures(Resource):
    """一家企业由单位登记的数据：读取，或报送一个。企业填报的数不被覆盖；采用哪个、还有谁怎么说，见企业的 facts。"""

    pagination_class = ById
    scope = "figures:read"
    write_scope = "figures:write"
    shape = FigureEntryShape

    @extend_schema(operation_id="list_figures", parameters=[FIELDS, TOTAL], responses=FigureEntryShape(many=True))
    def get(self, request: Any, code: str) -> Response:
        self.asked()
        rows = entries_visible_to(self.principal).filter(enterprise=firm_of(self.principal, code))
        return self.listed(rows, FigureEntryShape)

    @extend_schema(
        operation_id="report_figure",
        request=FigureBody,
        responses={201: FigureEntryShape},
        examples=[TOLD],
        parameters=[OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Any, code: str) -> Response:
        firm = firm_of(self.principal, code)
        read = FigureBody(data=request.data)
        read.is_valid(raise_exception=True)
        refuse_unknown(request.data, read)
        return self.once(lambda: self.write(firm, dict(read.validated_data)))

    def write(self, firm: Enterprise, said: dict[str, Any]) -> dict[str, Any]:
        made: FigureEntry = entry.enter(firm, said, actor=self.principal, way="api")
        return dict(FigureEntryShape(made).data)

"""Applications in the client's reach, and the opinion of a county's or city's own system on one of them."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from certification import overrule, review
from certification.models import Application
from certification.permissions import APPLICATION
from certification.queries import applications
from certification.states import APPLICATION as TABLE
from certification.tiers import Tier
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.paths import path_range
from portal.api.paging import ById
from portal.api.resource import FIELDS, TOTAL, Resource
from portal.api.rulesets import refuse_unknown
from portal.api.shapes import ApplicationDetailShape, ApplicationShape, CorrectionShape, OpinionShape

CONCLUSIONS = {"recommend": "推荐", "return": "退回补正", "refuse": "不予推荐"}


class ApplicationQuery(serializers.Serializer):
    region = serializers.CharField(required=False, max_length=40)
    tier = serializers.ChoiceField(choices=Tier.choices, required=False)
    state = serializers.ChoiceField(choices=[s for s in TABLE.labels if s != "draft"], required=False)
    credit_code = serializers.CharField(required=False, max_length=18)


class Applications(Resource):
    """辖区内已提交的申请；草稿只有企业自己能看到。"""

    pagination_class = ById
    scope = "applications:read"
    query = ApplicationQuery
    shape = ApplicationShape

    @extend_schema(
        operation_id="list_applications",
        parameters=[ApplicationQuery, FIELDS, TOTAL],
        responses=ApplicationShape(many=True),
    )
    def get(self, request: Any) -> Response:
        asked = self.asked()
        rows = applications(self.principal)
        if "region" in asked:
            low, high = path_range(asked.pop("region"))
            rows = rows.filter(region_path__gte=low, region_path__lt=high)
        return self.listed(rows.filter(**asked), ApplicationShape)


class OneApplication(Resource):
    """一件申请：提交时的事实快照、核算结果、退回和意见，以及本客户端现在能做什么。"""

    scope = "applications:read"
    shape = ApplicationDetailShape

    @extend_schema(operation_id="read_application", parameters=[FIELDS], responses=ApplicationDetailShape)
    def get(self, request: Any, public_id: str) -> Response:
        self.asked()
        return self.told(detail(find(self.principal, public_id), self.principal))


def find(principal: Any, public_id: str) -> Application:
    found = applications(principal).filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


def detail(application: Application, principal: Any) -> dict[str, Any]:
    """The case as it was last filed, with what the offices have said and what this client may do."""
    filed = application.submissions.order_by("-number").first()
    acts = {t.act for t in APPLICATION.acts_for(principal, application)}
    named = {
        "recommend": acts & {"recommend_to_city", "recommend_to_province"},
        "return": acts & {"return_for_correction"},
        "refuse": acts & {"refuse"},
    }
    return {
        **ApplicationShape(application).data,
        "submission_number": filed.number if filed else 0,
        "facts": filed.facts if filed else {},
        "result": filed.result if filed else {},
        "open_points": review.open_points(application) if filed else [],
        "corrections": CorrectionShape(application.corrections.all(), many=True).data,
        "opinions": OpinionShape(application.opinions.all(), many=True).data,
        "acts": [name for name, open_ in named.items() if open_],
    }


class VerdictBody(serializers.Serializer):
    criterion = serializers.CharField(max_length=20)
    verdict = serializers.ChoiceField(choices=list(review.VERDICTS.items()))
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class ReturnBody(serializers.Serializer):
    field = serializers.CharField(max_length=80, help_text="要更正的字段名，材料写 papers")
    reason = serializers.CharField(max_length=500)
    clause = serializers.CharField(max_length=120, allow_blank=True, default="")


class OpinionBody(serializers.Serializer):
    conclusion = serializers.ChoiceField(choices=list(CONCLUSIONS.items()))
    text = serializers.CharField(max_length=4000, allow_blank=True, default="", help_text="意见；不予推荐时必填")
    verdicts = VerdictBody(many=True, default=list, help_text="对需要人判断的条目逐条给出结论")
    reason_code = serializers.ChoiceField(
        choices=list(overrule.reasons().items()),
        default="",
        allow_blank=True,
        help_text="不予推荐而下级推荐过时的理由；不填按“见理由全文”",
    )
    items = ReturnBody(many=True, default=list, help_text="退回补正时逐项列出字段和理由")
    due_on = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="退回补正时的最后一天，要是以后的工作日；不填按本单位通常的期限",
    )


class Opinions(Resource):
    """提交本环节的审核意见。用同一个 Idempotency-Key 重发，得到同一个答复。"""

    scope = "applications:review"

    @extend_schema(
        operation_id="write_opinion",
        request=OpinionBody,
        responses={201: ApplicationDetailShape},
        parameters=[
            OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True),
            OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True),
        ],
    )
    def post(self, request: Any, public_id: str) -> Response:
        application = find(self.principal, public_id)
        read = OpinionBody(data=request.data)
        read.is_valid(raise_exception=True)
        refuse_unknown(request.data, read)
        return self.once(lambda: self.write(application, read.validated_data))

    def write(self, application: Application, said: dict[str, Any]) -> dict[str, Any]:
        self.unchanged_since(detail(application, self.principal))
        for verdict in said["verdicts"]:
            review.judge(
                application, verdict["criterion"], verdict["verdict"], actor=self.principal, note=verdict["note"]
            )
        if said["items"] and said["conclusion"] != "return":
            raise Refused("invalid", "只有退回补正时才列更正字段。", [Problem("不应有更正字段", "items")])
        if said["due_on"] and said["conclusion"] != "return":
            raise Refused("invalid", "只有退回补正时才有补正期限。", [Problem("不应有补正期限", "due_on")])
        if said["conclusion"] == "recommend":
            review.recommend(application, actor=self.principal, opinion=said["text"])
        elif said["conclusion"] == "return":
            items = [dict(item) for item in said["items"]]
            review.return_for_correction(
                application, items, actor=self.principal, note=said["text"], due_on=said["due_on"]
            )
        else:
            review.refuse(application, actor=self.principal, reason=said["text"], reason_code=said["reason_code"])
        return detail(find(self.principal, application.public_id), self.principal)

"""Published standards, which of them applies and why, and a judgement without storing anything."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from certification import library
from certification.models import RuleSet
from certification.rules.assess import assess
from certification.rules.notices import Clash
from certification.rules.resolve import Unresolvable, resolve
from certification.tiers import CaseType
from enterprises.vocabulary import BadFact
from foundation.refusals import Missing, Problem, Refused
from portal.api.paging import ById
from portal.api.resource import FIELDS, TOTAL, Resource
from portal.api.shapes import RuleSetShape, TierQuery

MOST_NOTICES = 10


class RuleSets(Resource):
    """已发布的标准。"""

    pagination_class = ById
    scope = "rules:evaluate"
    shape = RuleSetShape

    @extend_schema(operation_id="list_rulesets", parameters=[FIELDS, TOTAL], responses=RuleSetShape(many=True))
    def get(self, request: Any) -> Response:
        self.asked()
        return self.listed(RuleSet.objects.filter(state="published"), RuleSetShape)


class ResolvedShape(serializers.Serializer):
    rule_set = serializers.CharField()
    notices = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField()


class Resolve(Resource):
    """某层级、某事项在某一天适用哪个标准，为什么。"""

    scope = "rules:evaluate"
    query = TierQuery

    @extend_schema(operation_id="resolve_ruleset", parameters=[TierQuery], responses=ResolvedShape)
    def get(self, request: Any) -> Response:
        asked = self.asked()
        try:
            found = resolve(
                library.published(), tier=asked["tier"], case_type=asked["case_type"], on=asked["on"],
                cohort=asked.get("cohort"),
            )  # fmt: skip
        except Unresolvable as error:
            raise Refused("conflict", str(error)) from error
        return self.told({"rule_set": found.rule_set, "notices": list(found.overlays), "reason": found.reason})


class CaseBody(serializers.Serializer):
    on = serializers.DateField(help_text="判定日")
    case_type = serializers.ChoiceField(choices=CaseType.choices, default="new")
    notices = serializers.ListField(child=serializers.CharField(max_length=40), default=list, max_length=MOST_NOTICES)
    facts = serializers.DictField(help_text="事实名见规则词表；金额以万元计，可用字符串写小数")


class AssessmentShape(serializers.Serializer):
    rule_set = serializers.CharField()
    on = serializers.DateField()
    outcome = serializers.ChoiceField(choices=["met", "unmet", "needs_person", "unknown", "not_applicable"])
    size = serializers.CharField()
    score = serializers.JSONField(allow_null=True)
    criteria = serializers.ListField(child=serializers.JSONField())


class Evaluate(Resource):
    """按某个标准试算一家企业：与页面同一个函数，不保存任何内容。"""

    scope = "rules:evaluate"

    @extend_schema(operation_id="evaluate", request=CaseBody, responses=AssessmentShape)
    def post(self, request: Any, code: str) -> Response:
        published = library.published()
        if not RuleSet.objects.filter(code=code, state="published").exclude(tier="").exists():
            raise Missing
        read = CaseBody(data=request.data)
        read.is_valid(raise_exception=True)
        refuse_unknown(request.data, read)
        case = read.validated_data
        unknown = [name for name in case["notices"] if name not in published.documents]
        if unknown:
            raise Refused("invalid", "没有这个年度通知。", [Problem(f"没有 {name}", "notices") for name in unknown])
        overlays = [published.overlay(name) for name in case["notices"]]
        try:
            told = judge(published.rule_set(code), case["facts"], case["on"], case["case_type"], overlays)
        except BadFact as error:
            name, _, words = str(error).partition(": ")
            raise Refused(
                "invalid", "事实中有不能使用的值。", [Problem(words or str(error), f"facts.{name}")]
            ) from error
        except Clash as error:
            raise Refused("conflict", str(error)) from error
        return Response(told)


def judge(rule_set: Any, facts: dict[str, Any], on: date, case_type: str, overlays: list[Any]) -> dict[str, Any]:
    return assess(rule_set, facts, on=on, case_type=case_type, overlays=overlays).as_dict()


def refuse_unknown(body: Any, read: serializers.Serializer) -> None:
    """A name the shape does not know is a slip of the sender, not something to ignore."""
    unknown = [name for name in body if name not in read.fields]
    if unknown:
        raise Refused("invalid", "请求中有不认识的字段。", [Problem("没有这个字段", name) for name in unknown])

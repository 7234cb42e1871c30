"""What leaves the house: one shape per resource, personal data left out. Dates ISO 8601, money 万元 as text."""

from typing import Any

from rest_framework import serializers

from certification.models import Application, Certificate, Correction, Incident, Opinion, RuleSet
from certification.permissions import APPLICATION, CERTIFICATE, INCIDENT
from certification.tiers import CaseType, Tier
from enterprises.enterable import enterables
from enterprises.entry import value_of
from enterprises.facts import plain
from enterprises.models import Enterprise, FigureEntry
from foundation.exchange.models import Change
from foundation.regions.models import bodies


class RegionShape(serializers.Serializer):
    path = serializers.CharField(help_text="推荐机构路径，例 64/6401/640104")
    name = serializers.CharField()
    gb_code = serializers.CharField(help_text="GB/T 2260；开发区为空")


class StateShape(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()


def region_of(path: str) -> dict[str, str]:
    body = bodies()[path]
    return {"path": path, "name": body.short_name, "gb_code": body.gb_code}


class Located(serializers.ModelSerializer):
    """Things with a place and an opaque id."""

    id = serializers.CharField(source="public_id", read_only=True)
    region = serializers.SerializerMethodField()

    def get_region(self, thing: Any) -> RegionShape:
        return region_of(thing.region_path)  # type: ignore[return-value]


class EnterpriseShape(Located):
    class Meta:
        model = Enterprise
        fields = ["id", "credit_code", "name", "region", "industry_division", "industry_class", "main_product",
                  "established_on", "zjtx_reference", "version"]  # fmt: skip


class TitleShape(Located):
    id = serializers.CharField(source="number", read_only=True, help_text="证书编号")
    state = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = ["id", "credit_code", "enterprise_name", "region", "tier", "state", "batch", "document_number",
                  "announced_on", "valid_from", "valid_until", "ended_on", "origin", "rule_set_code"]  # fmt: skip

    def get_state(self, thing: Certificate) -> StateShape:
        return {"code": thing.state, "label": CERTIFICATE.label(thing).applicant}  # type: ignore[return-value]


class FactShape(serializers.Serializer):
    """One fact as it counts, its source, and what other sources say."""

    name = serializers.CharField()
    value = serializers.JSONField()
    source = serializers.CharField()
    seen_at = serializers.DateTimeField(allow_null=True)
    year = serializers.IntegerField(allow_null=True)
    conflicting = serializers.ListField(child=serializers.JSONField())


class EnterpriseDetailShape(EnterpriseShape):
    facts = FactShape(many=True)
    titles = TitleShape(many=True)

    class Meta(EnterpriseShape.Meta):
        fields = [*EnterpriseShape.Meta.fields, "facts", "titles"]


class ApplicationShape(Located):
    state = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = ["id", "receipt_number", "credit_code", "enterprise_name", "region", "tier", "case_type", "state",
                  "rule_set_code", "overlays", "outcome", "submitted_at", "stage_since", "version"]  # fmt: skip

    def get_state(self, thing: Application) -> StateShape:
        return {"code": thing.state, "label": APPLICATION.label(thing).officer}  # type: ignore[return-value]


class CorrectionShape(serializers.ModelSerializer):
    class Meta:
        model = Correction
        fields = ["stage", "office_name", "items", "note", "due_on", "opened_at", "answered_at"]


class OpinionShape(serializers.ModelSerializer):
    class Meta:
        model = Opinion
        fields = ["stage", "submission_number", "conclusion", "text", "office_name", "at"]


class ApplicationDetailShape(ApplicationShape):
    submission_number = serializers.IntegerField()
    facts = serializers.JSONField(help_text="提交时的事实快照，名称见规则词表")
    result = serializers.JSONField(help_text="提交时按钉住的规则核算的结果")
    open_points = serializers.ListField(
        child=serializers.CharField(), help_text="本环节还要人判断的条目，含缺数据的硬条件；判为满足或不满足，须写理由"
    )
    corrections = CorrectionShape(many=True)
    opinions = OpinionShape(many=True)
    acts = serializers.ListField(child=serializers.CharField(), help_text="本客户端现在可以提交的结论")

    class Meta(ApplicationShape.Meta):
        fields = [*ApplicationShape.Meta.fields, "submission_number", "facts", "result", "open_points", "corrections",
                  "opinions", "acts"]  # fmt: skip


class IncidentShape(Located):
    state = serializers.SerializerMethodField()

    class Meta:
        model = Incident
        fields = ["id", "enterprise_name", "region", "kind", "happened_on", "source", "document", "facts", "way", "state",
                  "verdict", "created_at", "version"]  # fmt: skip

    def get_state(self, thing: Incident) -> StateShape:
        return {"code": thing.state, "label": INCIDENT.label(thing).officer}  # type: ignore[return-value]


class FigureEntryShape(serializers.ModelSerializer):
    """A figure that an office entered. What else is said of the same figure: `facts` of the enterprise."""

    id = serializers.CharField(source="public_id", read_only=True)
    credit_code = serializers.SerializerMethodField()
    value = serializers.SerializerMethodField()
    unit = serializers.SerializerMethodField()

    class Meta:
        model = FigureEntry
        fields = ["id", "credit_code", "name", "year", "value", "unit", "source", "issuer", "document", "dated_on", "way",
                  "office_name", "at", "withdrawn_at", "withdrawn_because"]  # fmt: skip

    def get_credit_code(self, thing: FigureEntry) -> str:
        return str(thing.enterprise.credit_code)

    def get_value(self, thing: FigureEntry) -> str:
        value = value_of(thing.figure)
        return plain(value) if value is not None else ""

    def get_unit(self, thing: FigureEntry) -> str:
        named = enterables().get(thing.name)
        return named.fact.unit if named else ""


class RuleSetShape(serializers.ModelSerializer):
    class Meta:
        model = RuleSet
        fields = ["code", "revision", "title", "tier", "effective_from", "effective_until", "content_hash"]


class ChangeShape(serializers.ModelSerializer):
    seq = serializers.CharField(help_text="全序位置；续读请用返回的 next")
    id = serializers.CharField(source="public_id")
    region = serializers.CharField(source="region_path")

    class Meta:
        model = Change
        fields = ["seq", "type", "id", "credit_code", "region", "version", "op", "changed_fields", "at"]


class TierQuery(serializers.Serializer):
    tier = serializers.ChoiceField(choices=Tier.choices)
    case_type = serializers.ChoiceField(choices=CaseType.choices, default="new")
    on = serializers.DateField(help_text="判定日，例 2026-11-23")
    cohort = serializers.IntegerField(required=False, min_value=2000, max_value=2100, help_text="复核哪一年公告的")

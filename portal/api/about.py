"""What needs no scope: the schema, the meaning of a problem, who I am, and everything that does not exist."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.refusals import STATUS, Missing
from portal.api.permissions import Public
from portal.api.problems import TITLES, codes
from portal.api.resource import Resource


@lru_cache(maxsize=1)
def schema_text() -> bytes:
    """The OpenAPI document as JSON; it only changes with the code, so a process makes it once."""
    schema = spectacular_settings.DEFAULT_GENERATOR_CLASS().get_schema(request=None, public=True)
    return bytes(OpenApiJsonRenderer().render(schema, renderer_context={}))


class Schema(APIView):
    permission_classes = [Public]
    authentication_classes: list[Any] = []

    @extend_schema(exclude=True)
    def get(self, request: Any) -> HttpResponse:
        return HttpResponse(schema_text(), content_type="application/vnd.oai.openapi+json")


class Problems(APIView):
    """Where the `type` of a problem leads."""

    permission_classes = [Public]
    authentication_classes: list[Any] = []

    @extend_schema(exclude=True)
    def get(self, request: Any, code: str) -> Response:
        statuses = codes().get(code)
        if statuses is None:
            raise Missing
        told = STATUS.get(code, statuses[0])
        return Response({"code": code, "status": told, "title": TITLES.get(told, "错误"), "statuses": statuses})


class MeShape(serializers.Serializer):
    client_id = serializers.CharField()
    name = serializers.CharField()
    reach = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())


class AnyClient(Public):
    """Any valid token, whatever its scopes."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return bool(request.principal.kind == "client")


class Me(Resource):
    """本客户端的辖区和权限范围。"""

    permission_classes = [AnyClient]

    @extend_schema(operation_id="me", responses=MeShape)
    def get(self, request: Any) -> Response:
        self.asked()
        me = self.principal
        return Response(
            {"client_id": me.actor_id, "name": me.name, "reach": me.office_path, "scopes": sorted(me.scopes)}
        )


class Elsewhere(APIView):
    """Every other address under /api/: the same resource with or without its last slash, else the common 404."""

    permission_classes = [Public]
    authentication_classes: list[Any] = []
    schema = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        path = request.path
        other = path[:-1] if path.endswith("/") else path + "/"
        try:
            match = resolve(other)
        except Resolver404 as error:
            raise Missing from error
        if getattr(match.func, "cls", None) is Elsewhere:
            raise Missing
        return match.func(request, *match.args, **match.kwargs)

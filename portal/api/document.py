"""What the OpenAPI document says beyond the views: the token, the scope of each operation, the problems."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from foundation.refusals import STATUS

PROBLEM = {
    "type": "object",
    "description": "RFC 9457；errors 逐项给出位置、原因、依据和改法",
    "required": ["type", "title", "status", "detail", "code", "errors", "retryable"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "examples": sorted(STATUS)},
        "instance": {"type": "string"},
        "traceId": {"type": "string"},
        "retryable": {"type": "boolean"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("pointer", "code", "message", "clause", "hint")},
            },
        },
    },
}
ALWAYS = {"401": "没有有效的令牌", "403": "令牌没有这个权限范围", "404": "没有找到，或不在辖区", "422": "内容不能接受"}
ON_WRITE = {
    "400": "缺少 Idempotency-Key 或 JSON 有误", "409": "与现状冲突", "412": "内容已被更新", "428": "缺少 If-Match",
}  # fmt: skip


class ClientToken(OpenApiAuthenticationExtension):
    target_class = "portal.api.authentication.ClientAuthentication"
    name = "client_credentials"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        from django.conf import settings

        scopes = settings.OAUTH2_PROVIDER["SCOPES"]
        return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes}}}

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        scope = getattr(auto_schema.view, "scope", "")
        return {self.name: [scope] if scope else []}


def add_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Every operation may answer with a problem; one shape for all of them."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            told = ALWAYS | (ON_WRITE if method == "post" else {})
            for status, words in told.items():
                operation["responses"].setdefault(status, {"description": words, "content": content})
    return result

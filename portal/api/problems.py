"""Every error is an RFC 9457 problem: what, where, why (clause), how to mend. Never a trace."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from foundation.refusals import STATUS, Missing, Problem, Refused

TITLES = {
    400: "请求有误", 401: "没有有效的令牌", 403: "不允许", 404: "没有找到", 405: "不支持这个方法", 406: "不支持这种格式",
    409: "与现状冲突", 412: "内容已被更新", 413: "内容过大", 415: "只接受 application/json", 422: "内容不能接受",
    428: "缺少前提条件", 429: "请求过于频繁", 500: "系统出错", 503: "暂不可用",
}  # fmt: skip


def codes() -> dict[str, list[int]]:
    """{code: the statuses it is told with}: refusals, DRF's own errors, and those of the resources; a new one lists itself."""
    found: dict[str, set[int]] = {code: {status} for code, status in STATUS.items()}
    kinds: list[type[exceptions.APIException]] = [exceptions.APIException]
    for kind in kinds:
        kinds += kind.__subclasses__()
        found.setdefault(str(kind.default_code), set()).add(kind.status_code)
    return {code: sorted(statuses) for code, statuses in sorted(found.items())}


def problem(status: int, code: str, detail: str, problems: tuple[Problem, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "type": f"/api/v1/problems/{code}",
        "title": TITLES.get(status, "错误"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [
            {"pointer": pointer_of(p.field), "code": p.code, "message": p.message,
             "clause": p.clause, "hint": p.hint}
            for p in problems
        ],
        "retryable": status in (409, 429, 503),
        **more,
    }  # fmt: skip


def pointer_of(field: str) -> str:
    """Verbs name a field by dots; what is a pointer already stays."""
    return f"/{field.replace('.', '/')}" if field and not field.startswith("/") else field


def of_refusal(refusal: Refused) -> dict[str, Any]:
    return problem(refusal.status, refusal.code, refusal.sentence, refusal.problems, **refusal.detail)


def problem_response(request: HttpRequest, refusal: Refused) -> JsonResponse:
    body = of_refusal(refusal) | {"instance": request.path, "traceId": getattr(request, "request_id", "")}
    return JsonResponse(body, status=refusal.status, content_type="application/problem+json")


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Unknown errors stay exceptions: they are logged and answered as a bare 500."""
    if isinstance(error, Http404 | PermissionDenied):
        error = Missing()
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    request = context["request"]._request
    if isinstance(error, Refused):
        status, body = error.status, of_refusal(error)
    elif isinstance(error, exceptions.APIException):
        status = error.status_code
        body = problem(status, str(getattr(error, "default_code", "error")), _words(error), _fields(error))
    else:
        return None
    body |= {"instance": request.path, "traceId": getattr(request, "request_id", "")}
    headers = {"WWW-Authenticate": error.auth_header} if getattr(error, "auth_header", None) else None
    return Response(body, status=status, headers=headers, content_type="application/problem+json")


def _words(error: exceptions.APIException) -> str:
    return "请求中有需要更正的地方。" if isinstance(error.detail, dict | list) else str(error.detail)


def _fields(error: exceptions.APIException) -> tuple[Problem, ...]:
    return tuple(_told(error.detail, "")) if isinstance(error.detail, dict) else ()


def _told(detail: Any, pointer: str) -> Iterator[Problem]:
    """DRF nests its errors as the body is nested: each plain sentence with its JSON pointer (RFC 6901), /items/1/reason."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield from _told(inner, pointer if name == api_settings.NON_FIELD_ERRORS_KEY else f"{pointer}/{step}")
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            yield from _told(inner, f"{pointer}/{place}" if isinstance(inner, dict | list) else pointer)
    else:
        yield Problem(str(detail), pointer)

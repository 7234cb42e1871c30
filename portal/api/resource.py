"""What every resource does: one scope, strict queries, a strong ETag, safe retries."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, Serializer
from rest_framework.views import APIView

from foundation.accounts.principal import Principal
from foundation.exchange.idempotency import answer_once, fingerprint
from foundation.refusals import Problem, Refused
from portal.api.paging import ById
from portal.api.permissions import HasScope


class PreconditionRequired(APIException):
    status_code = 428
    default_code = "precondition_required"
    default_detail = "请带上 If-Match，值为最近一次读取得到的 ETag。"


class Stale(APIException):
    status_code = 412
    default_code = "stale"
    default_detail = "内容在您读取之后已被更新，请重新读取后再提交。"


class KeyRequired(APIException):
    status_code = 400
    default_code = "idempotency_key_required"
    default_detail = "请带上 Idempotency-Key（8 至 128 个可见字符），重发同一请求时用同一个键。"


class Resource(APIView):
    """A view names its `scope` (and `write_scope`, where writing is a right of its own); reading goes through `visible_to` of the storey it belongs to."""

    permission_classes = [HasScope]
    scope = ""
    write_scope = ""
    query: type[Serializer] | None = None

    @property
    def principal(self) -> Principal:
        return self.request.principal  # type: ignore[no-any-return]

    def asked(self) -> dict[str, Any]:
        """The query, checked: an unknown, repeated or malformed parameter is refused, never ignored."""
        given = self.request.query_params
        known = set(self.query().fields) if self.query else set()
        problems = [
            Problem("没有这个查询参数", name, hint="、".join(sorted(known)))
            for name in given
            if name not in known | {"limit", "cursor"}
        ]
        problems += [Problem("同一参数写了两次", name) for name in given if len(given.getlist(name)) > 1]
        if problems:
            raise Refused("invalid", "查询参数有误。", problems)
        if self.query is None:
            return {}
        read = self.query(data={name: given[name] for name in given if name in known})
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)

    def listed(self, rows: Any, shape: type[BaseSerializer]) -> Response:
        pages = ById()
        page = pages.paginate_queryset(rows, self.request, view=self)
        return pages.get_paginated_response(shape(page, many=True).data)

    def told(self, body: dict[str, Any], status: int = 200) -> Response:
        """A single thing with its ETag; 304 when the reader has it already."""
        tag = etag(body)
        if self.request.method in ("GET", "HEAD") and tag in tags(self.request.headers.get("If-None-Match", "")):
            return Response(status=304, headers={"ETag": tag})
        return Response(body, status=status, headers={"ETag": tag, "Cache-Control": "no-cache"})

    def unchanged_since(self, body: dict[str, Any]) -> None:
        """PreconditionRequired without If-Match, Stale when it names another state than `body`."""
        given = self.request.headers.get("If-Match", "")
        if not given:
            raise PreconditionRequired
        if etag(body) not in tags(given):
            raise Stale

    def once(self, effect: Callable[[], dict[str, Any]], status: int = 201) -> Response:
        """Run `effect` once per Idempotency-Key; a twin gets the stored answer, word for word."""
        key = self.request.headers.get("Idempotency-Key", "")
        if not (8 <= len(key) <= 128 and key.isprintable()):
            raise KeyRequired
        mark = fingerprint(self.request.method or "", self.request.path, canonical(self.request.data))
        (code, body), replayed = answer_once(self.principal, key, mark, lambda: (status, effect()))
        headers = {"ETag": etag(body)} | ({"Idempotent-Replayed": "true"} if replayed else {})
        return Response(body, status=code, headers=headers)


def canonical(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)


def etag(body: dict[str, Any]) -> str:
    return f'"{hashlib.sha256(canonical(body).encode()).hexdigest()[:32]}"'


def tags(header: str) -> set[str]:
    return {part.strip() for part in header.split(",")}

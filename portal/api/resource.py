"""What every resource does: one scope, strict queries, a strong ETag, safe retries."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, Serializer
from rest_framework.views import APIView

from foundation.accounts.principal import Principal
from foundation.exchange.idempotency import answer_once, fingerprint
from foundation.refusals import Problem, Refused
from portal.api.paging import ById
from portal.api.permissions import HasScope

TOTAL = OpenApiParameter("total", OpenApiTypes.STR, enum=["true"], description="true：另给符合条件的总数 total")
FIELDS = OpenApiParameter("fields", OpenApiTypes.STR, description="只要这些字段，逗号分隔")


def include_of(*parts: str, default: str) -> OpenApiParameter:
    words = f"附带的部分，逗号分隔：{'、'.join(parts)}；{default}"
    return OpenApiParameter("include", OpenApiTypes.STR, description=words)


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
    shape: type[Serializer] | None = None
    """What it answers with, where `fields` may choose from it."""
    includes: tuple[str, ...] = ()
    chosen: frozenset[str] = frozenset()
    included: tuple[str, ...] | None = None

    @property
    def principal(self) -> Principal:
        return self.request.principal  # type: ignore[no-any-return]

    def asked(self) -> dict[str, Any]:
        """The query, checked: an unknown, repeated or malformed parameter is refused, never ignored.

        `filter[tier]` is `tier`. What only shapes the answer (fields, include, total, limit, cursor) is kept aside.
        """
        given = self.request.query_params
        own = set(self.query().fields) if self.query else set()
        known = own | shaping(self)
        problems = [
            Problem("没有这个查询参数", name, hint="、".join(sorted(known)))
            for name in given
            if plain(name, own) not in known
        ]
        told: dict[str, str] = {}
        for name in given:
            once = plain(name, own)
            if len(given.getlist(name)) > 1 or once in told:
                problems.append(Problem("同一参数写了两次", name))
            told[once] = given[name]
        if told.get("total", "true") != "true" and "total" in known:
            problems.append(Problem("只能写 true", "total", hint="不要总数时不写这个参数"))
        if problems:
            raise Refused("invalid", "查询参数有误。", problems)
        self.chosen = chosen_fields(told.get("fields", ""), self.shape)
        self.included = chosen_parts(told.get("include"), self.includes)
        if self.query is None:
            return {}
        read = self.query(data={name: value for name, value in told.items() if name in own})
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)

    def listed(self, rows: Any, shape: type[BaseSerializer]) -> Response:
        """One page, each row with the parts that were asked for and no others; `total` counts within the same sight."""
        pages = ById()
        page = pages.paginate_queryset(rows, self.request, view=self)
        told = [dict(row) for row in shape(page, many=True).data]
        for part in self.included or ():
            for row, more in zip(told, self.parts(part, page), strict=True):
                row[part] = more
        answer = pages.get_paginated_response([self.narrowed(row) for row in told])
        if self.request.query_params.get("total") == "true":
            answer.data["total"] = rows.count()
        return answer

    def parts(self, part: str, page: list[Any]) -> list[Any]:
        """What `include=part` adds to each row of a page, in a constant number of queries."""
        raise NotImplementedError(part)

    def narrowed(self, body: dict[str, Any]) -> dict[str, Any]:
        """Only what `fields` asks for, and what was included."""
        if not self.chosen:
            return body
        wanted = self.chosen | set(self.included or ())
        return {name: value for name, value in body.items() if name in wanted}

    def told(self, body: dict[str, Any], status: int = 200) -> Response:
        """A single thing with its ETag; 304 when the reader has it already. The ETag is of the whole, whatever was asked for."""
        tag = etag(body)
        if self.request.method in ("GET", "HEAD") and tag in tags(self.request.headers.get("If-None-Match", "")):
            return Response(status=304, headers={"ETag": tag})
        return Response(self.narrowed(body), status=status, headers={"ETag": tag, "Cache-Control": "no-cache"})

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


def shaping(view: Resource) -> set[str]:
    """Parameters that shape an answer and choose no rows."""
    if view.request.method not in SAFE_METHODS:
        return set()
    is_list = getattr(view, "pagination_class", None) is not None
    found = {"limit", "cursor"} | ({"total"} if is_list else set())
    return found | ({"fields"} if view.shape else set()) | ({"include"} if view.includes else set())


def plain(name: str, own: set[str]) -> str:
    """filter[tier] → tier, where that is a parameter of this resource."""
    inner = name.removeprefix("filter[").removesuffix("]")
    return inner if name == f"filter[{inner}]" and inner in own else name


def chosen_fields(told: str, shape: type[Serializer] | None) -> frozenset[str]:
    if not told or shape is None:
        return frozenset()
    known = set(shape().fields)
    return frozenset(_words(told, known, "fields", "没有这个字段"))


def chosen_parts(told: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """None: nothing was said; the resource then tells what it always tells."""
    return None if told is None else tuple(_words(told, set(known), "include", "没有这个部分"))


def _words(told: str, known: set[str], name: str, what: str) -> list[str]:
    words = [word.strip() for word in told.split(",") if word.strip()]
    unknown = [word for word in words if word not in known]
    if unknown:
        hint = "、".join(sorted(known))
        raise Refused(
            "invalid", "查询参数有误。", [Problem(f"{what}：{word[:40]}", name, hint=hint) for word in unknown]
        )
    return list(dict.fromkeys(words))


def canonical(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)


def etag(body: dict[str, Any]) -> str:
    return f'"{hashlib.sha256(canonical(body).encode()).hexdigest()[:32]}"'


def tags(header: str) -> set[str]:
    return {part.strip() for part in header.split(",")}

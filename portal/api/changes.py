"""The change feed: ordered, at least once, within reach. Drafts are not in it."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from foundation.exchange.announce import changes_since
from foundation.refusals import Problem, Refused
from portal.api.resource import Resource
from portal.api.shapes import ChangeShape

CURSOR = re.compile(r"[0-9]{1,18}", re.ASCII)


class ChangesQuery(serializers.Serializer):
    since = serializers.CharField(required=False, allow_blank=True, help_text="上次返回的 next；空为从头")
    limit = serializers.IntegerField(default=100, min_value=1, max_value=500)


class ChangesShape(serializers.Serializer):
    next = serializers.CharField(help_text="下一次的 since；没有新变更时不变")
    results = ChangeShape(many=True)


class Changes(Resource):
    """变更流：按提交顺序，至少一次；记住返回的 next 继续读。"""

    scope = "changes:read"
    query = ChangesQuery

    @extend_schema(operation_id="list_changes", parameters=[ChangesQuery], responses=ChangesShape)
    def get(self, request: Any) -> Response:
        asked = self.asked()
        since = asked.get("since", "")
        if since and not CURSOR.fullmatch(since):
            raise Refused("invalid", "since 不是本接口给出的游标。", [Problem("请用上次返回的 next", "since")])
        rows, cursor = changes_since(self.principal, since, asked["limit"])
        answer = Response({"next": cursor, "results": ChangeShape(rows, many=True).data})
        here = request.build_absolute_uri()
        links = {"first": remove_query_param(here, "since"), "next": replace_query_param(here, "since", cursor)}
        # The feed has no end: who has read everything asks the same address again.
        answer["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
        return answer

"""Cursor paging in an order that holds: by id, so that a row added meanwhile never shifts the others."""

from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param


class ById(CursorPagination):
    page_size = 50
    max_page_size = 500
    page_size_query_param = "limit"
    ordering = "id"
    invalid_cursor_message = "游标无效，请从头读取。"

    @property
    def first(self) -> str:
        """The same question from the beginning; RFC 8288 in the header only, for the body has had two links from the start."""
        return str(remove_query_param(self.base_url, self.cursor_query_param))

    def get_paginated_response(self, data: Any) -> Response:
        links = {"first": self.first, "next": self.get_next_link(), "prev": self.get_previous_link()}
        told = Response({"next": links["next"], "previous": links["prev"], "results": data})
        header = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
        if header:
            told["Link"] = header
        return told

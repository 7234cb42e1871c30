"""A client system at the other end of the wire."""

import json
from typing import Any

import pytest
from django.test import Client

YINCHUAN, XINGQING, SHIZUISHAN = "64/6401", "64/6401/640104", "64/6402"


class System:
    """A city's or county's system with a token."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.http = Client()

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} | more

    def get(self, path: str, **headers: str) -> Any:
        return self.http.get(f"/api/v1/{path}", headers=self.headers(headers))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        text = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.http.post(f"/api/v1/{path}", text, content_type="application/json", headers=self.headers(headers))


@pytest.fixture
def system(db, world):
    def connect(reach: str = YINCHUAN, scope: str | None = None) -> System:
        return System(world.token(reach, scope))

    return connect

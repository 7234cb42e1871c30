"""One strict JSON parser in front of everything: shallow, no duplicate keys, no NUL, no lone surrogates."""

import json
from decimal import Decimal
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

LARGEST = 1_000_000
DEEPEST = 20


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ParseError("请求内容超过 1 MB。")
        return strict_json(raw)


def strict_json(raw: bytes) -> Any:
    """The value; ParseError says what is not accepted."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError("请求内容不是 UTF-8。") from error
    _refuse_depth(text)
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"请求内容不是可用的 JSON：{error}") from error
    _refuse_text(value)
    return value


def _refuse_depth(text: str) -> None:
    depth = deepest = 0
    inside = escaped = False
    for character in text:
        if inside:
            inside = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    if deepest > DEEPEST:
        raise ParseError(f"请求内容嵌套超过 {DEEPEST} 层。")


def _constant(name: str) -> None:
    raise ValueError(f"{name} 不是数")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"重复的键 {key}")
        found[key] = value
    return found


def _refuse_text(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise ParseError("文字中有不能保存的字符。")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _refuse_text(key)
            _refuse_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_text(inner)

"""What the interface takes, from its own committed description: bodies that a view reads to the end, not only refuses."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from foundation import clock
from tests.building.addresses import Address

ROOT = Path(__file__).parents[2]
WORDS = "演练：按通知办理"


@cache
def described() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(ROOT / "openapi.yaml"))


def takes(address: Address) -> dict[str, Any] | None:
    """The schema of what a POST to this address carries; None where the interface takes no POST there."""
    for path, operations in described()["paths"].items():
        if path.lstrip("/").replace("{", "<str:").replace("}", ">") == address.route and "post" in operations:
            content = operations["post"]["requestBody"]["content"]
            return dict(resolved(content["application/json"]["schema"])) | {"shown": shown(content["application/json"])}
    return None


def shown(content: dict[str, Any]) -> dict[str, Any]:
    """The description's own example, where a text must be a number or words must fit each other; it has to be true."""
    return next((dict(one["value"]) for one in content.get("examples", {}).values()), {})


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    for part in [*schema.get("allOf", []), *schema.get("oneOf", [])[:1]]:
        schema = schema | resolved(part)
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return schema | resolved(described()["components"]["schemas"][name])
    return schema


def body_for(address: Address) -> dict[str, Any]:
    """A valid body: every text, every choice (the last of each) and every day; lists stay empty. {} where none is taken."""
    schema = takes(address) or {}
    given = {name: value(resolved(told)) for name, told in schema.get("properties", {}).items()}
    given |= schema.get("shown", {})
    return {name: one for name, one in given.items() if one is not None or name in schema.get("required", [])}


def value(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][-1]
    kind = schema.get("type")
    if kind == "string":
        return clock.today().isoformat() if schema.get("format") == "date" else WORDS[: schema.get("maxLength", 20)]
    return {"object": {}, "array": [], "integer": 1, "number": 1, "boolean": True}.get(str(kind))


def names() -> list[str]:
    """Every field of every body, and of what lies inside."""
    found: set[str] = set()

    def walk(schema: dict[str, Any]) -> None:
        schema = resolved(schema)
        for name, told in schema.get("properties", {}).items():
            found.add(name)
            walk(told)
        if "items" in schema:
            walk(schema["items"])

    for operations in described()["paths"].values():
        if "post" in operations and "requestBody" in operations["post"]:
            walk(operations["post"]["requestBody"]["content"]["application/json"]["schema"])
    return sorted(found)

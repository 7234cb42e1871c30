"""Every problem names its kind by an address, and the address answers."""

import ast
from pathlib import Path

import pytest
from django.test import Client
from rest_framework import exceptions

from portal.api.problems import codes

ROOT = Path(__file__).parents[3]
ROOMS = ("foundation", "enterprises", "certification", "incentives", "portal")
SOURCES = [p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")) if "migrations" not in p.parts]


def raised(text: str) -> set[str]:
    """Codes that stand in the source: what Refused() is given, and what an API error calls itself."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refused" and node.args:
            found |= {
                n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "default_code":
            found |= {n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)}
    return found


def everywhere() -> set[str]:
    own = {
        str(kind.default_code)
        for kind in vars(exceptions).values()
        if isinstance(kind, type) and issubclass(kind, exceptions.APIException)
    }
    return own.union(*(raised(p.read_text(encoding="utf-8")) for p in SOURCES))


def test_the_search_finds_what_somebody_might_write():
    assert raised('raise Refused("invalid" if x else "conflict", "…")\nclass A:\n    default_code = "new"') == {
        "invalid", "conflict", "new",
    }  # fmt: skip
    assert {"precondition_required", "idempotency_key_required", "parse_error", "not_found"} <= everywhere()


@pytest.mark.parametrize("code", sorted(everywhere()))
def test_the_address_of_every_code_that_is_raised_answers(db, code):
    answer = Client().get(f"/api/v1/problems/{code}")
    assert answer.status_code == 200, code
    told = answer.json()
    assert told["code"] == code and told["title"] and told["status"] in told["statuses"] == codes()[code]


def test_the_address_of_a_code_that_nobody_raises_is_missing(db):
    assert Client().get("/api/v1/problems/so_what").status_code == 404


def test_the_type_of_an_answer_leads_to_its_meaning(db, system):
    told = system().post("applications/none/opinions", {"conclusion": "recommend"}).json()
    assert Client().get(told["type"]).json()["status"] == told["status"]

"""S4: raw bytes, strange JSON, duplicate keys, wrong types and odd headers at every operation of the interface."""

import json
import logging
import random
import sys
from collections import Counter

import django

from tests.chaos.stage import arguments, prepare, tell

RAW = [
    b"", b"null", b"[]", b"{", b"\xff\xfe", b'"text"', b"NaN", b"1e999", b"[" * 50_000, b'{"a":' * 5_000, b'{"a":1,"a":2}',
    b'{"text":"\\u0000"}', b'{"text":"\\ud800"}', b'{"conclusion":"refuse","text":"\\ud83d"}', "\ufeff{}".encode(), b"a=1&b=2",
    b'{"facts":{"revenue_y0":1e308}}', b'{"facts":{"revenue_y0":"' + b"9" * 5000 + b'"}}', b'{"facts":' + b'{"x":[' * 40 + b"]}" * 40 + b"}",
    b'{"text":"' + b"x" * 1_200_000 + b'"}', '{"文":"\u202e\u0000"}'.encode(), b'{"__proto__":{"a":1}}', b"<xml/>",
]  # fmt: skip
ODD = [
    None,
    True,
    -1,
    0,
    10**30,
    1e308,
    "",
    " ",
    "=cmd|' /C calc'!A0",
    "\u202egpj.exe",
    "a" * 70_000,
    "'; DROP TABLE x; --",
    "<canary-x>",
    [],
    [[]],
    {},
    {"a": None},
    ["x"] * 3000,
]
QUERY = [
    "limit=-1",
    "limit=abc",
    "limit=999999999999999999999",
    "cursor=%00",
    "since=%F0%9F",
    "region=%00",
    "page=1&page=2",
    "tier=%ED%A0%80",
    "state=",
    "limit=1e9",
    "q=" + "a" * 9000,
]


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    from django.db import transaction

    from tests.building.addresses import addresses
    from tests.chaos import bodies
    from tests.chaos.matrix import Stage, Who

    if asked.plant == "lenient_parser":
        from rest_framework.parsers import JSONParser

        from portal.api.parsers import StrictJSONParser

        StrictJSONParser.parse = JSONParser.parse  # type: ignore[method-assign]
    stage = Stage()
    rng = random.Random(asked.seed)
    systems = [who for who in stage.people if "scopes" in who.name and " 1 scopes" not in who.name]
    statuses: Counter[int] = Counter()
    broken: Counter[str] = Counter()
    shapeless: Counter[str] = Counter()
    deaf: list[str] = []
    sent = 0

    def send(who, method: str, url: str, body: bytes | None, kind: str, place: str, state: str = '"x"') -> int:
        nonlocal sent
        sent += 1
        headers = who.headers | {"Idempotency-Key": f"drill-key-{sent}", "If-Match": state}

        with transaction.atomic():
            more = {"data": body, "content_type": kind} if body is not None else {}
            answer = getattr(who.client, method)(url, headers=headers, **more)
            transaction.set_rollback(True)
        statuses[answer.status_code] += 1
        if answer.status_code >= 500 and answer.status_code != 503:
            broken[f"{method} {place} {(body or b'')[:30]!r} {url[-40:]}"] += 1
        if 400 <= answer.status_code < 500 and "json" not in answer.headers.get("Content-Type", ""):
            shapeless[f"{answer.status_code} {place}"] += 1
        return int(answer.status_code)

    def let_in(address, urls: list[str]) -> list[tuple[Who, str, str]]:
        """(system, address, state it read): those whose well-formed body this address takes, so that a wrong one is read, too."""
        if bodies.takes(address) is None:
            return []
        whole = json.dumps(bodies.body_for(address)).encode()
        found = []
        for who in systems:
            for url in urls:
                state = stage.precautions(who, url)["If-Match"]
                if not found and send(who, "post", url, whole, "application/json", address.route, state) < 300:
                    found.append((who, url, state))
        return found

    fields = bodies.names()
    for address in addresses():
        if not address.is_api:
            continue
        every = list(stage.urls(address, stage.ids_for(address))) if "<" in address.route else ["/" + address.route]
        inside = let_in(address, every)
        if bodies.takes(address) is not None and not inside:
            deaf.append(address.route)
        for who, url, state in inside:
            whole = bodies.body_for(address)
            for name in whole:
                for odd in ODD if asked.full else rng.sample(ODD, 6):
                    sent_well = json.dumps(whole | {name: odd}).encode()
                    send(who, "post", url, sent_well, "application/json", address.route, state)
        for url in every[:2]:
            for who in systems[: 3 if asked.full else 1]:
                for body in RAW:
                    send(who, "post", url, body, "application/json", address.route)
                for kind in (
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=utf-16",
                    "",
                ):
                    send(who, "post", url, b'{"a":1}', kind, address.route)
                for _ in range(300 if asked.full else 25):
                    made = {name: rng.choice(ODD) for name in rng.sample(fields, rng.randint(1, 6))}
                    send(who, "post", url, json.dumps(made).encode(), "application/json", address.route)
                for query in QUERY:
                    send(who, "get", f"{url}?{query}", None, "", address.route)
                for method in ("put", "patch", "delete"):
                    send(who, method, url, b"{}", "application/json", address.route)
    counts = {"requests": sent, "never_reached": deaf, "statuses": dict(sorted(statuses.items())), "broken": dict(broken.most_common(6)) or 0, "errors_that_are_no_problem_json": dict(shapeless.most_common(6)) or 0}  # fmt: skip
    fine = not broken and not shapeless and not deaf and sent >= 800
    return tell("S4", asked, counts, "0 answers of 5xx, every refusal is problem+json", fine)


if __name__ == "__main__":
    sys.exit(main())

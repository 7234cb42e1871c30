"""S1: the access matrix. Every address and method, everybody, objects near and far, ids in path, body and filters."""

import json
import logging
import os
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import closing
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django
import psycopg2
from django.db import connection

from tests.chaos.stage import Arguments, arguments, prepare, tell

TOKENS = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|\d\d:\d\d|"(?:traceId|instance)": ?"[^"]*"'
)
NONCE = re.compile(r"'nonce-[^']*'")
"""What differs between any two answers: it is left out when a foreign answer is compared with a missing one."""


PART = "S1_PART"
"""Of the process that walks the second half of the addresses, on a copy of the database of its own."""


def main() -> int:
    asked = arguments()
    prepare()
    half = None if asked.plant or asked.full or os.environ.get(PART) else start_half(asked)
    try:
        return walk(asked, half)
    finally:
        if half is not None and half[0].poll() is None:
            half[0].kill()


def walk(asked: Arguments, half: tuple[subprocess.Popen[str], str] | None) -> int:
    django.setup()
    logging.disable(logging.CRITICAL)

    from tests.building.addresses import addresses, is_exempt
    from tests.chaos import planting
    from tests.chaos.bounds import out_of_place, without_a_record
    from tests.chaos.crowd import admits, few
    from tests.chaos.matrix import MISSING, Stage, system_scope

    if asked.plant:
        getattr(planting, asked.plant)()
    began = time.monotonic()
    stage = Stage()
    people = stage.people if asked.full else few(stage.people)
    cells, statuses, holes = 0, Counter(), []
    leaks: Counter[str] = Counter()
    writes: Counter[str] = Counter()
    told_apart: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    posted: Counter[int] = Counter()
    compared: Counter[str] = Counter()
    acted: Counter[str] = Counter()
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS") if asked.full else ("GET", "POST", "DELETE")
    with system_scope("drill"):
        filters = [
            {
                "q": "雀",
                "region": "64/6402",
                "state": "draft",
                "view": "all",
                "tier": "innovative",
                "page": "1",
                "kind": "due",
            },
            {
                "q": stage.pool["credit_code"][-1],
                "ordering": "-id",
                "enterprise": stage.pool["enterprise"][-1],
                "view": "draft",
            },
        ]

    def look(cell) -> None:
        nonlocal cells
        cells += 1
        statuses[cell.status] += 1
        place = f"{cell.who.name} {cell.method} {cell.address.route}"
        if cell.leaks:
            leaks[place] += 1
        for what in out_of_place(cell):
            writes[f"{place} {cell.status} {what}"] += 1
        acted.update(without_a_record(cell))
        if cell.status >= 500 and cell.status != 503:
            failures[place] += 1
        if cell.method == "POST":
            posted[cell.status] += 1

    mine = sorted(addresses(), key=lambda one: "<" not in one.route)
    if asked.plant:
        mine.sort(key=lambda one: not one.route.startswith("papers/"))  # private files tell soonest that a wall is down
    if half is not None or os.environ.get(PART):
        mine = mine[half is None :: 2]
    for address in mine:
        if asked.plant and len(leaks) + len(writes) > 2:
            break
        # A method that somebody of every kind was told the address does not know is not asked of the others.
        strangers = {method: {who.kind for who in people} for method in methods}

        def known(method: str, strangers=strangers) -> bool:
            return asked.full or bool(strangers[method])

        def ask(who, method, url, address=address, strangers=strangers):
            cell = stage.ask(who, method, url, address)
            if cell.status == 405:
                strangers[method].discard(who.kind)
            elif strangers[method]:
                strangers[method].add("somebody")  # answered: everybody is asked
            look(cell)
            return cell

        if "<" not in address.route:
            for turn, who in enumerate(people):
                read = False
                for method in methods:
                    if known(method):
                        read |= ask(who, method, "/" + address.route).reads_query
                for given in filters if asked.full else filters[turn % 2 :][:1] if read else ():
                    look(stage.ask(who, "GET", "/" + address.route, address, given))
            continue
        if is_exempt(address):
            continue
        ids = stage.ids_for(address)
        reached = False
        outside: dict[str, dict] = {}
        for who in people:
            # Who does not pass the door is never told apart by the id; one that exists is enough to see it, and what is
            # said of one that does not exist is asked by the first of a kind.
            inside = admits(address, who.principal)
            missing = {} if inside or asked.full else outside.get(who.kind, {})
            is_own = not missing
            if is_own:
                for url in stage.urls(address, [MISSING if "<int" not in address.route else "999999999"]):
                    missing = {m: ask(who, m, url) for m in methods if known(m)}
                if not inside:
                    outside.setdefault(who.kind, missing)
            asked_for = ids if asked.full else spread(ids) if inside else ids[-1:]
            for one, url in ((thing, url) for thing in asked_for for url in stage.urls(address, [thing])):
                for method in methods:
                    absent = missing.get(method)
                    # A method that the address does not know is refused before anybody looks at the id.
                    if not asked.full and (absent is None or absent.status == 405):
                        continue
                    cell = stage.ask(who, method, url, address)
                    look(cell)
                    reached |= cell.status not in (404, 405, 401, 403) and not turned_away(cell)
                    foreign = stage.is_foreign(who, one)
                    compared["foreign" if foreign else "near"] += 1
                    # What is missing to somebody looks like what was never there; what is foreign must be missing.
                    if (
                        absent is not None
                        and is_own
                        and (foreign or cell.status == absent.status == 404)
                        and same(cell) != same(absent)
                    ):
                        told_apart[f"{who.name} {method} {cell.status} for {absent.status} {address.route}"] += 1
        if not reached:
            holes.append(address.route)
    seconds = round(time.monotonic() - began)
    tallies = {
        "leaks": leaks,
        "writes": writes,
        "told_apart": told_apart,
        "failures": failures,
        "compared": compared,
        "acted": acted,
    }
    by_status = {"statuses": statuses, "posted": posted}
    if os.environ.get(PART):
        sys.stdout.write(json.dumps({"cells": cells, "holes": holes} | tallies | by_status) + "\n")
        return 0
    if half is not None:
        other = end_half(half)
        cells, holes = cells + other["cells"], holes + other["holes"]
        for name, counter in tallies.items():
            counter.update(other[name])
        for name, counter in by_status.items():
            counter.update({int(status): n for status, n in other[name].items()})
        seconds = round(time.monotonic() - began)
    kinds = defaultdict(int)
    for address in addresses():
        kinds["exempt" if is_exempt(address) else "guarded"] += 1
    counts = {
        "cells": cells, "addresses": dict(kinds), "people": len(people), "leaks": dict(leaks.most_common(5)) or 0,
        "foreign_writes": dict(writes.most_common(12)) or 0, "foreign_told_from_missing": dict(told_apart.most_common(5)) or 0,
        "changes_recorded": acted.pop("recorded", 0), "changes_without_a_record": dict(acted.most_common(5)) or 0,
        "failures": dict(failures.most_common(5)) or 0, "addresses_nobody_reached": holes,
        "foreign_ids_asked_for": compared["foreign"], "statuses": dict(sorted(statuses.items())), "posts": dict(sorted(posted.items())), "seconds": seconds,
    }  # fmt: skip
    fine = not (leaks or writes or told_apart or failures or holes or counts["changes_without_a_record"])
    fine = fine and counts["changes_recorded"] >= 40
    # Forms must come through to the views: some are done, few are malformed.
    fine = fine and posted[302] + posted[200] > sum(posted.values()) // 20 and posted[400] < sum(posted.values()) // 10
    fine = fine and cells >= (60_000 if asked.full else 15_000) and compared["foreign"] >= 1_000
    return tell(
        "S1",
        asked,
        counts,
        "0 leaks, 0 foreign writes, no change without a line on record, foreign = missing byte for byte, every address reached by somebody",
        fine,
    )


def start_half(asked: Arguments) -> tuple[subprocess.Popen[str], str]:
    """The short form walks in two processes: each request is rolled back, and on one database they would wait for each other."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = url.path.lstrip("/")
    copy = f"{name}_half"
    told = {"host": parse_qs(url.query).get("host", [url.hostname])[0], "port": url.port, "password": url.password}
    with closing(psycopg2.connect(user=url.username, dbname="postgres", **told)) as admin:
        admin.autocommit = True
        admin.cursor().execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        admin.cursor().execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    env = os.environ | {PART: "1", "DRILL_READY": "1", "DATABASE_URL": url._replace(path=f"/{copy}").geturl()}
    command = [sys.executable, "-m", "tests.chaos.s1", "--seed", str(asked.seed)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True), copy


def end_half(half: tuple[subprocess.Popen[str], str]) -> dict[str, Any]:
    """What the other process found; one that broke breaks the drill."""
    process, copy = half
    said, _ = process.communicate()
    connection.close()
    with connection.cursor() as db:
        db.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
    if process.returncode:
        raise SystemExit("the second half of the matrix broke")
    return dict(json.loads(said.strip().splitlines()[-1]))


def spread(ids: list[str]) -> list[str]:
    """The two that were put first because somebody can act on them, and the last, which is far from almost everybody."""
    return list(dict.fromkeys([*ids[:2], *ids[-1:]]))


def turned_away(cell) -> bool:
    """Sent off at the door, before anybody looked at what was asked for."""
    return cell.status == 401 or "/accounts/login/" in str(cell.headers.get("Location"))


def same(cell) -> tuple[Any, ...]:
    """Status, headers and body without what differs between any two answers."""
    # An address that stands in another, as the place to come back to, is written with its own signs escaped once more.
    words = {name: unquote(unquote(NONCE.sub("", value))) for name, value in cell.headers.items()}
    told = {name: value.replace(unquote(cell.url), "") for name, value in words.items()}
    told.pop("Content-Length", None)  # that of a body which names its own address
    return cell.status, told, TOKENS.sub(b"", cell.body).replace(cell.url.encode(), b"")


if __name__ == "__main__":
    sys.exit(main())

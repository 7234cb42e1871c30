"""Sessions shot while a request is inside its transaction, and firms who file meanwhile: what R14 does beside freezing."""

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2

INSIDE = (
    "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE usename = %s AND datname = %s AND xact_start IS NOT NULL"
)
"""Whoever is in a transaction at this moment is ended there."""


def shoot(told: dict[str, Any], rng: random.Random, goes_on: Callable[[], bool]) -> int:
    """As the database's superuser, several times a second; how many sessions died inside a transaction."""
    hit = 0
    gun = psycopg2.connect(host=told["HOST"], port=told["PORT"] or None, user="postgres", dbname=told["NAME"])
    gun.autocommit = True
    with gun.cursor() as do:
        while goes_on():
            do.execute(INSIDE, [told["USER"], told["NAME"]])
            hit += do.fetchone()[0]
            time.sleep(rng.uniform(0.05, 0.4))
    gun.close()
    return hit


def file_under_fire(
    people: dict[str, Any], told: dict[str, Any], rng: random.Random, at_least: float
) -> dict[str, Any]:
    """Everybody files, and tries again as people do; returns what they were promised and what the shots came to.

    The shots go on for `at_least` seconds and until two in three have filed; then the last ones are left in peace.
    """
    from tests.chaos.r4 import persist

    seen: Counter[str] = Counter()
    promised: list[str] = []

    def submit(number: str) -> None:
        for _ in range(5):
            answer = persist(people[number], lambda: people[number].post(f"/my/applications/{number}/submit/"), seen)
            if answer is not None and answer.status == 302:
                promised.append(number)
                return
            time.sleep(0.3)
            page = persist(people[number], lambda: people[number].get(f"/my/applications/{number}/"), seen)
            if page is not None and "NX-" in page.text:
                promised.append(number)
                return

    began = time.monotonic()
    with ThreadPoolExecutor(3) as crowd:
        under_way = [crowd.submit(submit, number) for number in people]

        def goes_on() -> bool:
            filed = sum(one.done() for one in under_way) * 3 >= len(under_way) * 2
            return time.monotonic() < began + at_least or (not filed and time.monotonic() < began + 10 * at_least)

        hit = shoot(told, rng, goes_on)
    for one in under_way:
        one.result()
    return {"shot_inside": hit, "promised": promised, "answers": dict(sorted(seen.items()))}


def lost_of(promised: list[str]) -> tuple[int, int]:
    """(promised and not stored, half there) of what was filed."""
    from tests.chaos.people import one

    stored = one(
        "SELECT count(*) FROM certification_application WHERE public_id = ANY (%s) AND state = 'screening'"
        " AND receipt_number <> ''",
        promised,
    )
    halves = one(
        "SELECT count(*) FROM certification_application a WHERE a.state IN ('draft', 'screening') AND (a.state = 'screening') <>"
        " EXISTS (SELECT 1 FROM certification_submission s WHERE s.application_id = a.id)"
    )
    return len(set(promised)) - stored, halves

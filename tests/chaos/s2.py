"""S2: the same reads with every scope of the portal switched off, people interleaved on one pooled connection.

Answers that are still being written after their request are among them, and after each request nobody's sight may be left
on the connection. The catalogue is read as well: row-level security on every table that is not open on purpose and with a reason
(tests/foundation/open_tables.py), forced for the owner, and a role that can step round neither.
"""

import logging
import random
import sys
from collections import Counter

import django
from django.db import connection

from tests.chaos.stage import arguments, prepare, tell
from tests.foundation.open_tables import WITHOUT


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    from tests.building.addresses import addresses, is_exempt
    from tests.chaos import planting
    from tests.chaos.matrix import MISSING, Stage
    from tests.chaos.streaming import rows_streamed

    with connection.cursor() as db:
        db.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
        tables = dict(db.fetchall())
        db.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        (mighty,) = db.fetchone()
        db.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
            " AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)"
        )
        views = [name for (name,) in db.fetchall()]
    naked = sorted(name for name, walled in tables.items() if not walled and name not in WITHOUT)
    walled = sum(tables.values())
    # Drafts are kept from offices, and files from those of no case role, by the portal alone: the database knows places and firms.
    stage = Stage(walls_only=True)
    opened = planting.no_python_scope()
    if asked.plant == "no_row_security":
        planting.no_row_security()
    elif asked.plant == "session_level":
        planting.session_level()
    rng = random.Random(asked.seed)
    jobs = []
    for address in addresses():
        if is_exempt(address):
            continue
        urls = (
            list(stage.urls(address, [*stage.ids_for(address)[:8], MISSING]))
            if "<" in address.route
            else ["/" + address.route]
        )
        jobs += [(who, url, address) for who in stage.people for url in urls]
    rng.shuffle(jobs)
    leaks: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    wanted = len(jobs) if asked.full else 2_500
    done = left_over = 0
    stage.bare = True
    posted_to = set()
    for who, url, address in jobs:
        if done == wanted:
            break
        if address.route in posted_to:
            continue  # knows no reading, as somebody was told
        # Committed as in the office: a rollback would itself give back a sight that outlived its request.
        cell = stage.ask(who, "GET", url, address, keep=True)
        done += 1
        left_over += sight_left()
        if cell.status == 405:
            posted_to.add(address.route)
        statuses[cell.status] += 1
        if cell.leaks:
            leaks[f"{who.name} {address.route}"] += 1
        if asked.plant and len(leaks) > 3:
            break
    streams, streamed = rows_streamed(stage, "/desk/")
    with connection.cursor() as db:
        db.execute("SELECT count(*) FROM certification_application")
        (unscoped,) = db.fetchone()
    counts = {
        "tables_walled": walled, "tables_naked": naked, "tables_open_on_purpose": len(WITHOUT), "views_not_invoker": views,
        "role_can_step_round": mighty, "scopes_switched_off": len(opened), "requests": done, "people": len(stage.people), "leaks": dict(leaks.most_common(5)) or 0,
        "rows_seen_by_nobody": unscoped, "sights_left_on_the_connection": left_over, "streams": streams,
        "rows_streamed_after_their_request": streamed, "statuses": dict(sorted(statuses.items())),
    }  # fmt: skip
    fine = (
        not (naked or views or mighty or leaks or unscoped or left_over or streamed)
        and walled >= 15
        and len(opened) >= 25
    )
    fine = fine and streams >= 20
    # A portal that answers nobody leaks nothing either: it must have shown pages, and broken none.
    broken = sum(many for status, many in statuses.items() if status >= 500 and status != 503)
    fine = fine and statuses[200] >= done // 20 and not broken
    return tell(
        "S2",
        asked,
        counts,
        "0 foreign rows without the portal's own scope; every table walled or open on purpose; nobody's sight is empty and"
        " nobody's is left behind; an answer that is written after its request reads nothing;"
        " at least one answer in twenty is a page, none is broken",
        fine,
    )


def sight_left() -> bool:
    """Whether the connection still knows whom it served last."""
    from foundation.accounts.scope import VARIABLES

    with connection.cursor() as db:
        told = ", ".join("coalesce(current_setting(%s, true), '')" for _ in VARIABLES)
        db.execute(f"SELECT {told}", VARIABLES)
        return any(word not in ("", "{}") for word in db.fetchone())


if __name__ == "__main__":
    sys.exit(main())

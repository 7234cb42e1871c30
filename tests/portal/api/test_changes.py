"""The feed: in order, within reach, without drafts, and never ahead of a writer who has not finished."""

import psycopg2
import pytest
from django.db import connection

from foundation.accounts.principal import Principal
from foundation.exchange.announce import changes_since

INSERT = """
INSERT INTO exchange_change (type, public_id, credit_code, region_path, version, op, is_draft, changed_fields, at)
VALUES ('application', %s, '', %s, 1, 'update', %s, '{}', now())
"""


def connect():
    told = connection.settings_dict
    return psycopg2.connect(
        host=told["HOST"], user=told["USER"], dbname=told["NAME"], password=told["PASSWORD"] or None
    )


@pytest.fixture
def writers(django_db_setup):
    """Two other processes with connections of their own; what they wrote is swept afterwards.

    Asked for before `db`, so that the sweeping comes after the test's own transaction, which holds the rows.
    """
    made = [connect(), connect()]
    yield made
    for one in made:
        one.rollback()
        with one.cursor() as cursor:
            cursor.execute("DELETE FROM exchange_change WHERE public_id LIKE 'feed-%'")
        one.commit()
        one.close()


def write(writer, name, region="64/6401/640104", draft=False):
    with writer.cursor() as cursor:
        cursor.execute(INSERT, (f"feed-{name}", region, draft))


def city(path="64/6401"):
    return Principal(kind="client", name="市系统", reach=(path,), office_path=path)


def names(principal, cursor="", limit=100):
    rows, after = changes_since(principal, cursor, limit)
    return [row.public_id.removeprefix("feed-") for row in rows], after


def test_a_slow_writer_is_never_skipped(writers, db):
    slow, fast = writers
    write(slow, "slow")
    write(fast, "fast")
    fast.commit()
    seen, cursor = names(city())
    assert seen == ["fast"]
    slow.commit()
    later, _ = names(city(), cursor)
    assert later == ["slow"]


def test_reading_in_small_steps_gives_everything_once(writers, db):
    writer = writers[0]
    for n in range(7):
        write(writer, str(n))
        writer.commit()
    found, cursor = [], ""
    while True:
        rows, cursor = names(city(), cursor, limit=3)
        if not rows:
            break
        found += rows
    assert found == [str(n) for n in range(7)]


def test_other_places_and_drafts_are_not_in_it(writers, db):
    writer = writers[0]
    write(writer, "mine")
    write(writer, "foreign", region="64/6402/640202")
    write(writer, "draft", draft=True)
    writer.commit()
    assert names(city())[0] == ["mine"]
    assert names(city("64/6402"))[0] == ["foreign"]


def test_what_was_rolled_back_never_appears(writers, db):
    writer = writers[0]
    write(writer, "gone")
    writer.rollback()
    write(writer, "kept")
    writer.commit()
    assert names(city())[0] == ["kept"]


def test_a_cursor_that_is_not_ours_is_refused(system, world):
    answer = system("64/6401").get("changes?since=yesterday")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/since")


def test_without_news_the_cursor_stays(system, world):
    body = system("64/6401").get("changes?since=99999999999").json()
    assert body == {"next": "99999999999", "results": []}

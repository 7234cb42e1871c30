"""A published rule is what it was when it was published: the database itself refuses another text, another hash, or its removal."""

from functools import lru_cache

import pytest
from django.db import IntegrityError, transaction

from certification import publish
from certification.models import RuleSet
from certification.rules.document import Library, PackError, content_hash, seed_library

TABLES = {"certification_ruleset": "T2-2022", "certification_overlay": "2025-190"}
CHANGED = {
    "text": "text || ' '", "content_hash": "repeat('0', 64)", "code": "'T9-9999'", "revision": "revision + 1",
}  # fmt: skip


@lru_cache(maxsize=1)
def second_edition() -> Library:
    return Library({name: text + "# 第二版\n" for name, text in seed_library().texts.items()})


@pytest.fixture
def shelf(house):
    """Every seed published, and the next revision of one rule set and one notice still a draft."""
    for row in publish.load(seed_library(), actor=house):
        publish.publish(row, actor=house)
    publish.load(second_edition(), actor=house)


def kept(sql, table):
    return sql(f"SELECT code, revision, text, content_hash, state FROM {table} ORDER BY code, revision")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("column", CHANGED)
def test_what_is_published_cannot_be_rewritten(shelf, sql, table, column):
    before = kept(sql, table)
    with pytest.raises(IntegrityError, match="a published rule cannot be changed"), transaction.atomic():
        sql(f"UPDATE {table} SET {column} = {CHANGED[column]} WHERE code = %s AND state = 'published'", TABLES[table])
    assert kept(sql, table) == before


@pytest.mark.parametrize("table", TABLES)
def test_what_is_published_cannot_be_removed_or_made_a_draft_again(shelf, sql, table):
    before = kept(sql, table)
    with pytest.raises(IntegrityError, match="a published rule cannot be deleted"), transaction.atomic():
        sql(f"DELETE FROM {table} WHERE code = %s AND state = 'published'", TABLES[table])
    with pytest.raises(IntegrityError, match="illegal edge published -> draft"), transaction.atomic():
        sql(f"UPDATE {table} SET state = 'draft' WHERE code = %s AND state = 'published'", TABLES[table])
    assert kept(sql, table) == before


@pytest.mark.parametrize("table", TABLES)
def test_it_may_be_retired_and_even_then_its_text_stays(shelf, sql, table):
    code = TABLES[table]
    ((text, mark),) = sql(f"SELECT text, content_hash FROM {table} WHERE code = %s AND state = 'published'", code)
    assert mark == content_hash(text)
    sql(f"UPDATE {table} SET state = 'retired' WHERE code = %s AND state = 'published'", code)
    for statement, told in (
        (f"UPDATE {table} SET text = 'x' WHERE code = %s AND state = 'retired'", "a published rule cannot be changed"),
        (f"DELETE FROM {table} WHERE code = %s AND state = 'retired'", "a published rule cannot be deleted"),
    ):
        with pytest.raises(IntegrityError, match=told), transaction.atomic():
            sql(statement, code)
    assert sql(f"SELECT text, content_hash FROM {table} WHERE code = %s AND state = 'retired'", code) == [(text, mark)]


@pytest.mark.parametrize("table", TABLES)
def test_a_draft_may_still_be_rewritten_and_thrown_away(shelf, sql, table):
    code = TABLES[table]
    sql(f"UPDATE {table} SET text = 'x', content_hash = 'y' WHERE code = %s AND state = 'draft'", code)
    assert sql(f"SELECT text, content_hash FROM {table} WHERE code = %s AND state = 'draft'", code) == [("x", "y")]
    sql(f"DELETE FROM {table} WHERE code = %s AND state = 'draft'", code)
    assert sql(f"SELECT state FROM {table} WHERE code = %s", code) == [("published",)]


def test_a_text_that_cannot_be_compiled_is_no_draft(house):
    """It reads well as a document; what it leans on does not exist."""
    texts = dict(seed_library().texts)
    name = seed_library().files["T2-2022"]
    broken = texts[name].replace("revenue_y0", "revenue_of_nobody")
    assert broken != texts[name]
    texts[name] = broken
    library = Library(texts)
    with pytest.raises(PackError, match="revenue_of_nobody"):
        publish.load(library, actor=house)
    assert not RuleSet.objects.filter(text=broken).exists()

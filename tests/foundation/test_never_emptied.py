"""What is kept for good is kept from everybody: the application's role, which owns the tables, a role that was let in, a superuser."""

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

KEPT = "('certification_letter', 'certification_ruleset', 'certification_overlay', 'mailroom_message')"
GUARDED = f"""
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND (t.tgname LIKE '%%append_only%%' OR c.relname IN {KEPT}) ORDER BY 1
"""  # nosec B608
WITHOUT_TRUNCATE = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgname !~ '(_edges|_touch)' AND t.tgtype & 8 = 8 AND t.tgtype & 3 = 3
AND NOT EXISTS (SELECT 1 FROM pg_trigger o WHERE o.tgrelid = c.oid AND o.tgtype & 32 = 32 AND NOT o.tgisinternal)
"""
"""Tables whose rows a trigger keeps from DELETE (8, before, each row) and none from TRUNCATE (32)."""
RULE = """
INSERT INTO certification_ruleset (public_id, state, version, created_at, updated_at, code, revision, title, text, content_hash,
 tier, effective_from) VALUES ('rule-that-stays0', 'draft', 1, now(), now(), 'STAYS-1', 1, 'title', 'text', 'hash', '', '2026-01-01')
"""
NOTICE = """
INSERT INTO certification_overlay (public_id, state, version, created_at, updated_at, code, revision, title, text, content_hash)
 VALUES ('note-that-stays0', 'draft', 1, now(), now(), '2026-STAYS', 1, 'title', 'text', 'hash')
"""
CHANGES = {
    "certification_ruleset": (
        "title = 'other'", "effective_from = '2025-01-01'", "effective_until = '2026-02-01'", "tier = 'champion'", "published_at = NULL",
        "drafted_by_id = -1", "created_at = '2020-01-01'", "text = 'other'", "public_id = 'other'",
    ),
    "certification_overlay": ("title = 'other'", "published_at = NULL", "text = 'other'", "revision = 2"),
}  # fmt: skip


@pytest.fixture(params=["the application's role, the owner", "a role that was let in", "a superuser"])
def ask(request, db):
    """Ask as one of three roles, each in a transaction that is rolled back. The owner is the application's role."""
    if request.param.startswith("the application"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tableowner = current_user FROM pg_tables WHERE schemaname = 'public'")
            assert cursor.fetchall() == [(True,)]
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            yield asking(cursor)
            transaction.set_rollback(True)
        return
    other = connection.copy()
    other.settings_dict = connection.settings_dict | {"USER": "postgres", "PASSWORD": ""}
    try:
        other.ensure_connection()
    except OperationalError:
        pytest.skip("the superuser of this server does not let us in")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        if request.param.startswith("a role"):
            cursor.execute("CREATE ROLE let_in NOSUPERUSER BYPASSRLS")
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO let_in")
            cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO let_in")
            cursor.execute("SET LOCAL ROLE let_in")
        yield asking(cursor)
    other.rollback()
    other.close()


def asking(cursor):
    def run(text):
        """The rows; or the database's own word, with the transaction as it was before."""
        cursor.execute("SAVEPOINT before")
        try:
            cursor.execute(text)
        except DatabaseError as refusal:
            cursor.execute("ROLLBACK TO SAVEPOINT before")
            return refusal
        return cursor.fetchall() if cursor.description else cursor.rowcount

    return run


def test_no_role_empties_a_table_that_is_kept(ask):
    tables = [name for (name,) in ask(GUARDED)]
    assert len(tables) > 20 and {
        "audit_auditevent",
        "mailroom_proof",
        "certification_letter",
        "mailroom_message",
    } <= set(tables)
    said = {name: ask(f"TRUNCATE {name} CASCADE") for name in tables}
    assert {name: str(word) for name, word in said.items() if not isinstance(word, IntegrityError)} == {}


def test_every_table_that_keeps_its_rows_from_delete_keeps_them_from_truncate(ask):
    assert ask(WITHOUT_TRUNCATE) == []


def test_a_table_without_it_is_found(db, sql):
    """Planted: somebody took the one trigger away."""
    sql("DROP TRIGGER certification_overlay_never_emptied ON certification_overlay")
    assert sql(WITHOUT_TRUNCATE) == [("certification_overlay",)]


@pytest.mark.parametrize("table", CHANGES)
def test_of_a_published_rule_only_the_state_moves(ask, table):
    ask(RULE if table.endswith("ruleset") else NOTICE)
    mine = f"UPDATE {table} SET {{}} WHERE content_hash = 'hash' AND revision = 1"
    assert ask(mine.format("title = 'still a draft'")) == 1
    assert ask(mine.format("state = 'published', published_at = now(), version = 2")) == 1
    for change in CHANGES[table]:
        said = ask(mine.format(change))
        assert isinstance(said, IntegrityError) and "a published rule cannot be changed" in str(said), (change, said)
    assert isinstance(ask(f"DELETE FROM {table} WHERE content_hash = 'hash'"), IntegrityError)
    assert ask(mine.format("state = 'retired', version = 3, updated_at = now()")) == 1
    assert isinstance(ask(mine.format("title = 'other'")), IntegrityError)

"""SQL walls for migrations: rows that are only added, states that only move along known edges."""

from collections.abc import Iterable

from django.db.migrations.operations import RunSQL


def edges_operation(table: str, initial: str, edges: Iterable[tuple[str, str]]) -> RunSQL:
    """The second wall in the database: a trigger that refuses edges and births that are not in the table."""
    function = f"{table}_edges"
    known = ", ".join(f"('{source}','{target}')" for source, target in edges)
    body = f"""
    CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> '{initial}' THEN
          RAISE EXCEPTION 'illegal birth state % in {table}', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({known}) THEN
        RAISE EXCEPTION 'illegal edge % -> % in {table}', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$"""
    return RunSQL(
        sql=[
            body,
            f'DROP TRIGGER IF EXISTS "{function}" ON "{table}"',
            f'CREATE TRIGGER "{function}" BEFORE INSERT OR UPDATE ON "{table}"'
            f' FOR EACH ROW EXECUTE FUNCTION "{function}"()',
        ],
        reverse_sql=[f'DROP TRIGGER IF EXISTS "{function}" ON "{table}"', f'DROP FUNCTION IF EXISTS "{function}"()'],
    )


def never_emptied_operation(table: str) -> RunSQL:
    """For a table whose rows are kept by triggers of their own: TRUNCATE, which asks no row's trigger, is refused as well."""
    function = f"{table}_never_emptied"
    return RunSQL(
        sql=[
            f"""CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{table} is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
            f'CREATE TRIGGER "{function}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION "{function}"()',
        ],
        reverse_sql=[f'DROP TRIGGER IF EXISTS "{function}" ON "{table}"', f'DROP FUNCTION IF EXISTS "{function}"()'],
    )


def append_only_operation(table: str) -> RunSQL:
    """Rows may be added, never changed or removed; deletion by TRUNCATE is refused as well."""
    function = f"{table}_append_only"
    return RunSQL(
        sql=[
            f"""CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
            f'CREATE TRIGGER "{function}" BEFORE UPDATE OR DELETE ON "{table}"'
            f' FOR EACH ROW EXECUTE FUNCTION "{function}"()',
            f'CREATE TRIGGER "{function}_all" BEFORE TRUNCATE ON "{table}"'
            f' FOR EACH STATEMENT EXECUTE FUNCTION "{function}"()',
        ],
        reverse_sql=[
            f'DROP TRIGGER IF EXISTS "{function}" ON "{table}"',
            f'DROP TRIGGER IF EXISTS "{function}_all" ON "{table}"',
            f'DROP FUNCTION IF EXISTS "{function}"()',
        ],
    )

"""Triggers that mark an enterprise as touched, whatever way a fact of it was written."""

from django.db.migrations.operations import RunSQL

EVENTS = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))


def touch_operation(table: str, name: str, *, enterprise: str = "enterprise_id") -> RunSQL:
    """A migration step. `name` is an SQL expression over the changed rows: a column, or a quoted word."""
    function = f"{table}_touch"
    make = f"""
    CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT {enterprise}, array_agg(DISTINCT {name}::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$"""  # nosec B608
    triggers = [
        f'CREATE TRIGGER "{function}_{event.lower()}" AFTER {event} ON "{table}"'
        f' REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "{function}"()'
        for event, rows in EVENTS
    ]
    gone = [f'DROP TRIGGER IF EXISTS "{function}_{event.lower()}" ON "{table}"' for event, _ in EVENTS]
    return RunSQL(sql=[make, *triggers], reverse_sql=[*gone, f'DROP FUNCTION IF EXISTS "{function}"()'])

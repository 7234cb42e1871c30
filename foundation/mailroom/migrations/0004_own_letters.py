"""A letter is seen by whom it was sent to, by the firm it is about and by the offices above that firm."""

from django.db import migrations

RULE = """
recipient_id::text = current_setting('app.person', true)
OR (coalesce(nullif(region_path, ''), '64') >= nullif(current_setting('app.lo', true), '')
    AND coalesce(nullif(region_path, ''), '64') < nullif(current_setting('app.hi', true), ''))
OR enterprise_id = ANY (coalesce(nullif(current_setting('app.enterprises', true), ''), '{}')::bigint[])
"""
TABLE = "mailroom_message"


class Migration(migrations.Migration):
    dependencies = [("mailroom", "0003_served_notices_stay")]
    operations = [
        migrations.RunSQL(
            sql=[
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY in_sight ON {TABLE} USING ({RULE}) WITH CHECK ({RULE})",
            ],
            reverse_sql=[
                f"DROP POLICY IF EXISTS in_sight ON {TABLE}",
                f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
            ],
        )
    ]

"""The day of a case, when each answer was written, what other sources said beside what was filed, and a mark when an outside title changes."""

from django.db import migrations, models

from enterprises.touching import touch_operation
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

BEGUN = """
UPDATE certification_application
SET judged_on = (coalesce(submitted_at, created_at) AT TIME ZONE 'Asia/Shanghai')::date
"""

WRITTEN = """
UPDATE certification_application AS a
SET field_versions = (SELECT coalesce(jsonb_object_agg(name, a.draft_version), '{}') FROM jsonb_object_keys(a.answers) AS name)
"""


def keep_the_day(apps, schema_editor):
    """What was filed was filed by the years of that day; a draft counts from the day it was begun.

    Which answer was written when is not known: each counts as written last, so that an open page asks once too often.
    """
    with scoped(Principal.system("migration")), schema_editor.connection.cursor() as cursor:
        cursor.execute(BEGUN)
        cursor.execute(WRITTEN)


class Migration(migrations.Migration):
    dependencies = [("certification", "0032_overruled_offices"), ("enterprises", "0006_touched")]

    operations = [
        migrations.AddField(model_name="submission", name="conflicts", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="application",
            name="judged_on",
            field=models.DateField(default=clock.today, verbose_name="核算基准日"),
        ),
        migrations.AddField(model_name="application", name="field_versions", field=models.JSONField(default=dict)),
        migrations.RunPython(keep_the_day, migrations.RunPython.noop),
        touch_operation("enterprises_outsidetitle", "'holds'"),
    ]

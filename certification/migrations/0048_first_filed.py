"""An application keeps the day on which its case was first filed, where a refusal since then was set aside."""

from django.db import migrations, models

FIRST = """
UPDATE certification_application a SET first_filed_at = f.first
FROM (SELECT a.id, min(e.submitted_at) AS first FROM certification_application a
  JOIN certification_application e ON e.enterprise_id = a.enterprise_id AND e.call_id = a.call_id AND e.id < a.id AND e.state = 'refused'
  JOIN certification_reconsideration r ON r.application_id = e.id AND r.state = 'set_aside'
  WHERE a.submitted_at IS NOT NULL GROUP BY a.id) f
WHERE f.id = a.id
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0047_days_of_ended_titles")]
    operations = [
        migrations.AddField(
            "application",
            "first_filed_at",
            models.DateTimeField(
                help_text="Only where a refusal that was set aside lies before it: the day that counts.",
                null=True,
                verbose_name="首次提交时间",
            ),
        ),
        migrations.RunSQL(
            [
                "SELECT set_config('app.lo', '6', true), set_config('app.hi', '7', true)",
                FIRST,
                "SELECT set_config('app.lo', '', true), set_config('app.hi', '', true)",
            ],
            migrations.RunSQL.noop,
        ),
    ]

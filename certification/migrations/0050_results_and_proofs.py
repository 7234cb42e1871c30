"""The ministry's result has its own number and day; a report that was found true keeps what it proved of the firm."""

from django.db import migrations, models

FROM_ANNOUNCEMENTS = """
UPDATE certification_application a SET national_number = c.document_number, national_on = c.announced_on
FROM certification_certificate c WHERE c.application_id = a.id AND c.origin = 'national'
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0049_matters_by_key")]
    operations = [
        migrations.AddField("application", "national_number", models.CharField(blank=True, default="", max_length=60, verbose_name="国家公告文号"), preserve_default=False),
        migrations.AddField("application", "national_on", models.DateField(null=True, verbose_name="国家公告日期")),
        migrations.AddField("incident", "proved", models.CharField(blank=True, default="", max_length=40, verbose_name="写入的事实"), preserve_default=False),
        migrations.AddField("incident", "proved_before", models.JSONField(help_text="What government data said of that fact before.", null=True)),
        migrations.RunSQL(
            [
                "SELECT set_config('app.lo', '6', true), set_config('app.hi', '7', true)",
                FROM_ANNOUNCEMENTS,
                "SELECT set_config('app.lo', '', true), set_config('app.hi', '', true)",
            ],
            migrations.RunSQL.noop,
        ),
    ]  # fmt: skip

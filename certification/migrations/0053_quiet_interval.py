"""The firms of a list are told when its quiet interval is over; those of the lists that ran before were told on the first day."""

from django.db import migrations, models

TOLD_AT_ONCE = "UPDATE certification_posting SET told_at = starts_on WHERE starts_on IS NOT NULL AND level = 'province'"


class Migration(migrations.Migration):
    dependencies = [("certification", "0052_two_people_publish")]
    operations = [
        migrations.AddField("posting", "told_at", models.DateTimeField(null=True, verbose_name="通知企业的时间")),
        migrations.RunSQL(TOLD_AT_ONCE, migrations.RunSQL.noop),
    ]

"""A running list may be taken down, and a member of a committee may be marked as absent."""

from django.db import migrations, models

from certification import states
from foundation.walls import edges_operation


class Migration(migrations.Migration):
    dependencies = [("certification", "0037_continuations")]
    operations = [
        migrations.AddField(
            model_name="meetingmember",
            name="absent_at",
            field=models.DateTimeField(null=True, verbose_name="记为缺席的时间"),
        ),
        edges_operation("certification_application", states.APPLICATION.initial, states.APPLICATION.edges),
    ]

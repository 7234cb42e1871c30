"""A call says at which level its cases begin; a draft may be filed with the city or the province."""

from django.db import migrations, models

from certification import states
from foundation.walls import edges_operation


class Migration(migrations.Migration):
    dependencies = [("certification", "0039_lists_as_filed")]
    operations = [
        migrations.AddField(
            model_name="call",
            name="route",
            field=models.CharField(
                choices=list(states.ROUTES.items()), default="county", max_length=8, verbose_name="受理路径"
            ),
        ),
        edges_operation("certification_application", states.APPLICATION.initial, states.APPLICATION.edges),
    ]

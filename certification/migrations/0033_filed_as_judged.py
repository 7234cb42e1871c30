"""What other sources said stays beside what was filed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certification", "0032_overruled_offices")]

    operations = [
        migrations.AddField(model_name="submission", name="conflicts", field=models.JSONField(default=dict)),
    ]

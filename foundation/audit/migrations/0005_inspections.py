"""The last result of each night watch, for figures and alerts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_cluster_of_a_seal")]
    operations = [
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
            ],
        ),
    ]

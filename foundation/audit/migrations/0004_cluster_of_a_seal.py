"""A seal names the database cluster whose transaction numbers its horizon is told in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seals")]
    operations = [
        migrations.AddField(
            model_name="auditseal",
            name="cluster",
            field=models.CharField(default="", max_length=20),
        ),
    ]

"""Marks of what changed, written by triggers on every table that holds facts of an enterprise."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from enterprises.touching import touch_operation
from foundation.accounts.scope import rls_through_enterprise

FACTS = {
    "figure": "name",
    "statement": "name",
    "annualreport": "'annual_report'",
    "intellectualproperty": "'intellectual_property'",
    "award": "'awards'",
    "contest": "'maker_contest'",
    "honour": "'honours'",
    "financing": "'financing'",
    "rdinstitution": "'rd_institutions'",
    "managementcertificate": "'certificates'",
}


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0005_outside_titles_and_updates")]
    operations = [
        migrations.CreateModel(
            name="Touched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="enterprises.enterprise"
                    ),
                ),
            ],
        ),
        rls_through_enterprise("enterprises_touched"),
        *[touch_operation(f"enterprises_{table}", name) for table, name in FACTS.items()],
    ]

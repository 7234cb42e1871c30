"""What a firm says on paper, at the counter or by phone is an answer like any other; one received in time reopens the panel's view."""

import django.db.models.deletion
from django.db import migrations, models

from certification import states
from foundation.walls import edges_operation

WAYS = [("online", "网上"), ("paper", "书面"), ("counter", "当面陈述"), ("phone", "电话")]


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0071_signed_announcements"),
        ("enterprises", "0018_figure_entries"),
    ]

    operations = [
        migrations.AddField(
            model_name="exitreply",
            name="evidence",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enterprises.evidence"
            ),
        ),
        *(
            migrations.AddField(model_name=model, name=name, field=field)
            for model in ("exitreply", "incidentreply")
            for name, field in (
                ("office_name", models.CharField(blank=True, max_length=120)),
                ("received_on", models.DateField(null=True, verbose_name="收到日期")),
                ("said_by", models.CharField(blank=True, max_length=80, verbose_name="陈述人")),
                ("way", models.CharField(choices=WAYS, default="online", max_length=8, verbose_name="方式")),
            )
        ),
        edges_operation("certification_exit", states.EXIT.initial, states.EXIT.edges),
    ]

"""Days of a firm's own term given back because the portal failed near its end."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.clock
import foundation.public_ids
import foundation.regions.paths
from certification import states
from foundation.walls import edges_operation

EXTRA = "因系统故障延长的工作日"


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0080_heard_by_any_way"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="extra_workdays",
                field=models.PositiveSmallIntegerField(default=0, verbose_name=EXTRA),
            )
            for model in ("exit", "incident")
        ),
        migrations.CreateModel(
            name="TermExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", foundation.public_ids.PublicId()),
                ("state", models.CharField(editable=False, max_length=30)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=foundation.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(default=foundation.clock.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hearing", "陈述申辩"),
                            ("report", "说明情况"),
                            ("correction", "补正"),
                            ("help", "帮扶"),
                        ],
                        max_length=10,
                        verbose_name="期限种类",
                    ),
                ),
                (
                    "region_path",
                    foundation.regions.paths.PathField(db_collation="C", default="64", max_length=40),
                ),
                ("ends_on", models.DateField(verbose_name="原最后一日")),
                ("workdays", models.PositiveSmallIntegerField(verbose_name="延长的工作日")),
                ("minutes", models.PositiveIntegerField(verbose_name="故障分钟数")),
                ("evidence", models.JSONField(default=list)),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("signed_by_name", models.CharField(blank=True, max_length=80)),
                ("given", models.PositiveIntegerField(default=0, verbose_name="已延长件数")),
                ("told", models.PositiveIntegerField(default=0, verbose_name="已告知企业数")),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "期限延长",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["dismissed", "drafted", "signed"])),
                        name="term_extension_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "drafted")),
                        fields=("kind", "ends_on"),
                        name="one_open_draft_per_term_and_day",
                    ),
                ],
            },
        ),
        edges_operation("certification_termextension", states.TERM_EXTENSION.initial, states.TERM_EXTENSION.edges),
    ]

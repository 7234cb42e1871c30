"""Sweeps of several kinds; what is known of each title; the facts in columns; marks when a title changes."""

import django.db.models.deletion
from django.db import migrations, models

import foundation.regions.paths
from enterprises.touching import touch_operation
from foundation.accounts.scope import rls_operation


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0020_obligations"),
        ("enterprises", "0006_touched"),
    ]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="judgement",
                        serialize=False,
                        to="certification.certificate",
                    ),
                ),
                ("region_path", foundation.regions.paths.PathField(db_collation="C", max_length=40)),
                ("outcome", models.CharField(max_length=16)),
                ("gates", models.CharField(max_length=60)),
                ("rule_set_code", models.CharField(max_length=40)),
                ("rule_key", models.CharField(max_length=16)),
                ("since", models.DateField()),
                ("flips_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "enterprise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="enterprises.enterprise",
                    ),
                ),
                ("region_path", foundation.regions.paths.PathField(db_collation="C", max_length=40)),
                ("facts", models.JSONField()),
                ("is_odd", models.BooleanField(default=False)),
                ("taken_on", models.DateField()),
                ("flips_on", models.DateField()),
            ],
        ),
        migrations.AlterModelOptions(
            name="cycle",
            options={"ordering": ["-night", "-id"]},
        ),
        migrations.AddField(
            model_name="cycle",
            name="key",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="cycle",
            name="kind",
            field=models.CharField(
                choices=[
                    ("changed", "变动复核"),
                    ("full", "全面复核"),
                    ("published", "规则发布"),
                    ("incident", "情况核查"),
                ],
                default="full",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="cycle",
            name="titles",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outcome",
            name="trace",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="outcome",
            name="was",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.AlterField(
            model_name="cycle",
            name="night",
            field=models.DateField(),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.UniqueConstraint(fields=("night", "kind", "key"), name="one_sweep_of_a_kind"),
        ),
        migrations.AddField(
            model_name="judgement",
            name="cycle",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="certification.cycle"
            ),
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(fields=["flips_on"], name="judgement_flips"),
        ),
        migrations.AddField(
            model_name="outcome",
            name="region_path",
            field=foundation.regions.paths.PathField(blank=True, db_collation="C", default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE certification_outcome o SET region_path = c.region_path FROM certification_certificate c WHERE c.id = o.certificate_id",
            migrations.RunSQL.noop,
        ),
        rls_operation("certification_judgement", enterprise=""),
        rls_operation("certification_outcome", enterprise=""),
        rls_operation("certification_snapshot"),
        touch_operation("certification_certificate", "'holds'"),
    ]

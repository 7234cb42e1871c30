"""Bodies that recommended an enterprise before: rows are only added, seen by the body that was left and by whoever sees the firm."""

import django.db.models.deletion
from django.db import migrations, models

import foundation.regions.paths
from foundation.walls import append_only_operation

TABLE = "enterprises_formerbody"
LEFT = (
    "(region_path >= nullif(current_setting('app.lo', true), '')"
    " AND region_path < nullif(current_setting('app.hi', true), ''))"
)
RULE = f'{LEFT} OR EXISTS (SELECT 1 FROM enterprises_enterprise e WHERE e.id = "{TABLE}".enterprise_id)'  # nosec B608


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0006_touched")]
    operations = [
        migrations.CreateModel(
            name="FormerBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_path", foundation.regions.paths.PathField(db_collation="C", max_length=40)),
                ("to_path", foundation.regions.paths.PathField(db_collation="C", max_length=40)),
                ("until", models.DateField(verbose_name="变更日期")),
                ("reason", models.TextField(verbose_name="理由")),
                ("office_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_bodies",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={"verbose_name": "原推荐单位", "ordering": ["-id"]},
        ),
        append_only_operation(TABLE),
        migrations.RunSQL(
            sql=[
                f'ALTER TABLE "{TABLE}" ENABLE ROW LEVEL SECURITY',
                f'ALTER TABLE "{TABLE}" FORCE ROW LEVEL SECURITY',
                f'CREATE POLICY in_sight ON "{TABLE}" USING ({RULE}) WITH CHECK ({RULE})',
            ],
            reverse_sql=[
                f'DROP POLICY IF EXISTS in_sight ON "{TABLE}"',
                f'ALTER TABLE "{TABLE}" NO FORCE ROW LEVEL SECURITY',
                f'ALTER TABLE "{TABLE}" DISABLE ROW LEVEL SECURITY',
            ],
        ),
    ]

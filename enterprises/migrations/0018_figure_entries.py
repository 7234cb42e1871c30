"""登记的数据: the document behind a figure that an office entered; and a figure that its office took back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.public_ids
import foundation.regions.paths
from foundation.accounts.scope import rls_through_enterprise


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0007_former_bodies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", foundation.public_ids.PublicId()),
                ("name", models.CharField(max_length=40, verbose_name="数据项")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "source",
                    models.CharField(
                        choices=[("government", "政府数据"), ("platform", "国家平台")],
                        max_length=12,
                        verbose_name="来源种类",
                    ),
                ),
                ("issuer", models.CharField(max_length=120, verbose_name="出具单位")),
                ("document", models.CharField(max_length=120, verbose_name="文号或查询记录")),
                ("dated_on", models.DateField(verbose_name="文件或查询日期")),
                (
                    "way",
                    models.CharField(choices=[("desk", "人工登记"), ("api", "接口报送")], max_length=8),
                ),
                ("by_name", models.CharField(max_length=80)),
                ("office_name", models.CharField(blank=True, max_length=120)),
                ("office_path", foundation.regions.paths.PathField(blank=True, db_collation="C", max_length=40)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by_name", models.CharField(blank=True, max_length=80)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="撤回的理由")),
            ],
            options={
                "verbose_name": "登记的数据",
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="figure",
            name="figure_is_money_or_quantity",
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fen__isnull", False), ("quantity", None)),
                    models.Q(("fen", None), ("quantity__isnull", False)),
                    models.Q(("fen", None), ("quantity", None), ("source__in", ("government", "platform"))),
                    _connector="OR",
                ),
                name="figure_is_money_or_quantity",
            ),
        ),
        migrations.AddField(
            model_name="figureentry",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="figureentry",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="enterprises.enterprise"
            ),
        ),
        migrations.AddField(
            model_name="figureentry",
            name="figure",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="entry", to="enterprises.figure"
            ),
        ),
        migrations.AddIndex(
            model_name="figureentry",
            index=models.Index(fields=["office_path", "office_name", "-id"], name="figure_entry_office"),
        ),
        migrations.AddConstraint(
            model_name="figureentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("enterprise", "name", "year", "source", "document"),
                name="one_entry_per_document",
            ),
        ),
        rls_through_enterprise("enterprises_figureentry"),
    ]

"""An annual update that was made on the national platform: its day, who says so, and what shows it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0018_figure_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="annualreport",
            name="platform_on",
            field=models.DateField(null=True, verbose_name="国家平台更新日期"),
        ),
        migrations.AddField(
            model_name="annualreport",
            name="platform_source",
            field=models.CharField(
                blank=True,
                choices=[("firm", "企业自报"), ("list", "国家平台名单")],
                max_length=4,
                verbose_name="从哪里知道",
            ),
        ),
        migrations.AddField(model_name="annualreport", name="platform_noted_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="annualreport",
            name="platform_noted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="annualreport",
            name="platform_office",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="annualreport",
            name="platform_paper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enterprises.evidence",
            ),
        ),
    ]

"""A dismissed extension may be followed by another for the same end; an override may be a ruling on what is open about the firm."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certification", "0042_a_way_back")]
    operations = [
        migrations.RemoveConstraint(model_name="extension", name="one_extension_per_end"),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["drafted", "signed"])),
                fields=("call", "old_closes_at"),
                name="one_extension_per_end",
            ),
        ),
        migrations.AlterField(
            model_name="override",
            name="against",
            field=models.CharField(
                choices=[("machine", "机器核算"), ("offices", "下级推荐"), ("matters", "情况和退出程序")],
                default="machine",
                max_length=8,
                verbose_name="推翻什么",
            ),
        ),
        migrations.AlterField(
            model_name="override",
            name="codes",
            field=models.JSONField(default=list, verbose_name="不满足的条件、推荐过的机关，或情况和程序"),
        ),
    ]

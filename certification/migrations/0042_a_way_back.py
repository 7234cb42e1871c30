"""A decision to end a title may be set aside: what is kept of it, the titles it gives back, and the edges in the database."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from certification import states
from foundation.walls import append_only_operation, edges_operation

EXITS = ["announced", "decided", "deliberated", "drafted", "dropped", "ended_nationally", "heard", "noticed", "proposed", "reported", "set_aside"]
BASES = [("own", "本机关自行纠正"), ("review", "行政复议决定"), ("court", "人民法院生效裁判"), ("ministry", "国家公告")]


class Migration(migrations.Migration):
    dependencies = [("certification", "0041_ways_in"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField("exit", "set_aside_basis", models.CharField(blank=True, choices=BASES, default="", max_length=8, verbose_name="撤销的依据"), preserve_default=False),
        migrations.AddField("exit", "set_aside_number", models.CharField(blank=True, default="", max_length=60, verbose_name="撤销文号"), preserve_default=False),
        migrations.AddField("exit", "set_aside_dated_on", models.DateField(null=True, verbose_name="撤销文书的日期")),
        migrations.AddField("exit", "set_aside_reason", models.TextField(blank=True, default="", verbose_name="撤销的理由"), preserve_default=False),
        migrations.AddField("exit", "set_aside_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AddField("exit", "set_aside_on", models.DateField(null=True)),
        migrations.AddField("exit", "set_aside_notices", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None)),
        migrations.AddField("exit", "set_aside_paper_served_on", models.DateField(null=True)),
        migrations.AddField("exit", "set_aside_paper_number", models.CharField(blank=True, default="", max_length=80), preserve_default=False),
        migrations.CreateModel(
            name="Restoration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ended_on", models.DateField(verbose_name="当时取消的日期")),
                ("end_reason", models.TextField(verbose_name="当时的文号和事由")),
                ("clause", models.CharField(max_length=200, verbose_name="当时的依据")),
                ("restored_on", models.DateField(verbose_name="恢复日期")),
                ("document_number", models.CharField(max_length=60, verbose_name="撤销文号")),
                ("certificate", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="restorations", to="certification.certificate")),
                ("exit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="restorations", to="certification.exit")),
            ],
            options={"verbose_name": "称号恢复", "ordering": ["-id"]},
        ),
        migrations.RemoveConstraint("exit", "exit_state_is_known"),
        migrations.AddConstraint("exit", models.CheckConstraint(condition=models.Q(("state__in", EXITS)), name="exit_state_is_known")),
        migrations.RemoveConstraint("exit", "one_open_exit_per_title"),
        migrations.AddConstraint(
            "exit",
            models.UniqueConstraint(
                condition=models.Q(("state__in", ["announced", "dropped", "ended_nationally", "set_aside"]), _negated=True),
                fields=("certificate",), name="one_open_exit_per_title",
            ),
        ),
        edges_operation("certification_exit", states.EXIT.initial, states.EXIT.edges),
        edges_operation("certification_certificate", states.CERTIFICATE.initial, states.CERTIFICATE.edges),
        append_only_operation("certification_restoration"),
    ]

"""A title that ended before its time holds its tier no longer; what the ledger has told of an end stays under its day."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations, models
from django.db.models.functions import Greatest, Least

from certification import states
from foundation.walls import edges_operation

CUT_SHORT = ["withdrawn", "migrated", "dissolved", "absorbed", "revoked"]
RANGE = django.contrib.postgres.fields.ranges.DateRangeField


def held_days() -> models.Func:
    after = models.Func(models.F("valid_until"), template="(%(expressions)s + 1)", output_field=models.DateField())
    ended = Greatest("valid_from", Least("ended_on", after))
    until = models.Case(models.When(state__in=CUT_SHORT, then=ended), default=after)
    return models.Func(models.F("valid_from"), until, function="daterange", output_field=RANGE())


class Migration(migrations.Migration):
    dependencies = [("certification", "0046_visit_summaries")]
    operations = [
        migrations.RemoveConstraint("certificate", "one_title_per_tier_at_a_time"),
        migrations.RemoveField("certificate", "validity"),
        migrations.AddField("certificate", "validity", models.GeneratedField(db_persist=True, expression=held_days(), output_field=RANGE())),
        migrations.AddConstraint(
            "certificate",
            django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("enterprise", RangeOperators.EQUAL), ("tier", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                name="one_title_per_tier_at_a_time",
            ),
        ),
        migrations.AddField(
            "certificate", "booked_on",
            models.DateField(help_text="Only where the month of the end had been told already when the end was written down.", null=True, verbose_name="记入进出台账的日期"),
        ),
        migrations.AlterField("restoration", "exit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="restorations", to="certification.exit")),
        migrations.AddField("restoration", "ended_as", models.CharField(default="revoked", max_length=30)),
        migrations.AlterField("restoration", "ended_on", models.DateField(verbose_name="当时退出的日期")),
        migrations.AlterField("restoration", "clause", models.CharField(blank=True, max_length=200, verbose_name="当时的依据")),
        migrations.AlterField("restoration", "document_number", models.CharField(max_length=60, verbose_name="撤销或公告文号")),
        edges_operation("certification_certificate", states.CERTIFICATE.initial, states.CERTIFICATE.edges),
    ]  # fmt: skip

"""Re-review lists: the titles of a call, in sight of their own offices and firms."""

import django.contrib.postgres.fields
import django.db.models.deletion
import foundation.public_ids
import foundation.regions.paths
from django.conf import settings
from django.db import migrations, models

from foundation.accounts.scope import rls_operation


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0023_sweeps'),
        ('enterprises', '0006_touched'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', foundation.public_ids.PublicId()),
                ('ends_from', models.DateField(verbose_name='有效期止于（起）')),
                ('ends_until', models.DateField(verbose_name='有效期止于（止）')),
                ('share', models.PositiveSmallIntegerField(verbose_name='实地抽查比例（%）')),
                ('seed', models.CharField(max_length=64)),
                ('algorithm', models.CharField(max_length=160)),
                ('size', models.PositiveIntegerField(default=0)),
                ('on_site', models.PositiveIntegerField(default=0)),
                ('record_hash', models.CharField(blank=True, max_length=64)),
                ('built_at', models.DateTimeField()),
                ('filled_at', models.DateTimeField(null=True)),
                ('built_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cohort_list', to='certification.call')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='CohortTitle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_path', foundation.regions.paths.PathField(db_collation='C', max_length=40)),
                ('stratum', models.CharField(max_length=60)),
                ('rule_set_code', models.CharField(max_length=40)),
                ('overlays', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('why_rule_set', models.TextField()),
                ('ticket', models.CharField(max_length=64)),
                ('place', models.PositiveIntegerField()),
                ('is_on_site', models.BooleanField(default=False)),
                ('told_at', models.DateTimeField(null=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certification.certificate')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='titles', to='certification.cohort')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprises.enterprise')),
            ],
            options={
                'ordering': ['stratum', 'place'],
                'indexes': [models.Index(fields=['cohort', 'stratum', 'place'], name='cohort_in_order')],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'certificate'), name='a_title_once_in_a_cohort')],
            },
        ),
        rls_operation("certification_cohorttitle"),
    ]

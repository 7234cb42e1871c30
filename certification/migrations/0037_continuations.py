import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.public_ids
from certification import states
from foundation.walls import append_only_operation, edges_operation


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0036_visits_and_redacted_copies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContinuationRuling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', foundation.public_ids.PublicId()),
                ('tier', models.CharField(choices=[('innovative', '创新型中小企业'), ('specialised', '专精特新中小企业'), ('little_giant', '专精特新“小巨人”企业'), ('champion', '制造业单项冠军企业')], max_length=16, verbose_name='层级')),
                ('ends_from', models.DateField(verbose_name='有效期截止起')),
                ('ends_until', models.DateField(verbose_name='有效期截止止')),
                ('keeps', models.BooleanField(default=True, verbose_name='办结以前继续有效')),
                ('reason', models.TextField(verbose_name='理由')),
                ('document_number', models.CharField(max_length=60, verbose_name='文号')),
                ('by_name', models.CharField(max_length=80)),
                ('office_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '期满衔接裁定',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_until__gte', models.F('ends_from'))), name='continuation_ends_after_it_starts')],
            },
        ),
        append_only_operation("certification_continuationruling"),
        migrations.AddField(
            model_name='certificate',
            name='kept_open_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='titles', to='certification.continuationruling'),
        ),
        edges_operation("certification_certificate", states.CERTIFICATE.initial, states.CERTIFICATE.edges),
    ]

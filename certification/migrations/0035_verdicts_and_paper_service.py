"""A verdict may be taken back by its author, and carried over to the next version; a letter may be handed over on paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0034_ways_out_mended'),
        ('enterprises', '0006_touched'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='hand_by',
            field=models.CharField(blank=True, max_length=80, verbose_name='送达人'),
        ),
        migrations.AddField(
            model_name='letter',
            name='hand_number',
            field=models.CharField(blank=True, max_length=80, verbose_name='回证或单号'),
        ),
        migrations.AddField(
            model_name='letter',
            name='hand_way',
            field=models.CharField(blank=True, choices=[('direct', '直接送达'), ('left', '留置送达'), ('post', '邮寄送达'), ('public', '公告送达')], max_length=8, verbose_name='纸质送达方式'),
        ),
        migrations.RemoveConstraint(
            model_name='verdict',
            name='one_verdict_per_criterion',
        ),
        migrations.AddField(
            model_name='verdict',
            name='carried_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certification.verdict'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='taken_back_at',
            field=models.DateTimeField(null=True, verbose_name='撤回时间'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='taken_back_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='撤回理由'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('application', 'submission_number', 'stage', 'criterion'), name='one_verdict_per_criterion'),
        ),
    ]

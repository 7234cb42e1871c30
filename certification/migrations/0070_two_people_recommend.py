"""Whom the province recommends to the ministry is drafted by one person before another one sends it."""

import django.db.models.deletion
import foundation.clock
import foundation.public_ids
import foundation.regions.paths
from django.conf import settings
from django.db import migrations, models

from certification import states
from foundation.accounts.scope import rls_operation
from foundation.walls import edges_operation


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0060_published_stays_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecommendationDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', foundation.public_ids.PublicId()),
                ('state', models.CharField(editable=False, max_length=30)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('region_path', foundation.regions.paths.PathField(db_collation='C', max_length=40)),
                ('title', models.CharField(max_length=160, verbose_name='标题')),
                ('letter_number', models.CharField(max_length=60, verbose_name='推荐函文号')),
                ('drafted_by_name', models.CharField(blank=True, max_length=80, verbose_name='拟稿人')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendation_drafts', to='certification.call')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '推荐稿',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RecommendationLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_path', foundation.regions.paths.PathField(db_collation='C', max_length=40)),
                ('place', models.PositiveSmallIntegerField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendation_lines', to='certification.application')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='certification.recommendationdraft')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.AddConstraint(
            model_name='recommendationdraft',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['discarded', 'draft', 'sent'])), name='recommendation_draft_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendationline',
            constraint=models.UniqueConstraint(fields=('draft', 'application'), name='one_recommendation_line_per_application'),
        ),
        edges_operation(
            "certification_recommendationdraft", states.RECOMMENDATION_DRAFT.initial, states.RECOMMENDATION_DRAFT.edges
        ),
        rls_operation("certification_recommendationdraft", enterprise=""),
        rls_operation("certification_recommendationline", enterprise=""),
    ]

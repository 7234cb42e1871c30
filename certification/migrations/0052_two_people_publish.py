"""A list remembers who drafted it, and an announcement is drafted by one person before another makes it."""

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
        ('certification', '0051_what_the_ministry_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='posting',
            name='drafted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='posting',
            name='drafted_by_name',
            field=models.CharField(blank=True, max_length=80, verbose_name='拟稿人'),
        ),
        migrations.CreateModel(
            name='AnnouncementDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', foundation.public_ids.PublicId()),
                ('state', models.CharField(editable=False, max_length=30)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('region_path', foundation.regions.paths.PathField(db_collation='C', max_length=40)),
                ('title', models.CharField(max_length=160, verbose_name='标题')),
                ('document_number', models.CharField(max_length=60, verbose_name='公告文号')),
                ('drafted_by_name', models.CharField(blank=True, max_length=80, verbose_name='拟稿人')),
                ('announcement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='certification.announcement')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcement_drafts', to='certification.call')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '公告稿',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AnnouncementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_path', foundation.regions.paths.PathField(db_collation='C', max_length=40)),
                ('place', models.PositiveSmallIntegerField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcement_lines', to='certification.application')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='certification.announcementdraft')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.AddConstraint(
            model_name='announcementdraft',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['announced', 'discarded', 'draft'])), name='announcement_draft_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='announcementline',
            constraint=models.UniqueConstraint(fields=('draft', 'application'), name='one_announcement_line_per_application'),
        ),
        edges_operation(
            "certification_announcementdraft", states.ANNOUNCEMENT_DRAFT.initial, states.ANNOUNCEMENT_DRAFT.edges
        ),
        rls_operation("certification_announcementdraft", enterprise=""),
        rls_operation("certification_announcementline", enterprise=""),
    ]

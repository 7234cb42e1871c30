"""An announcement is signed some minutes before it is made, and taken back until then."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from certification import states
from foundation.walls import edges_operation


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0070_two_people_recommend'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='announcementdraft',
            name='announcement_draft_state_is_known',
        ),
        migrations.AddField(
            model_name='announcementdraft',
            name='due_at',
            field=models.DateTimeField(null=True, verbose_name='到点公告的时间'),
        ),
        migrations.AddField(
            model_name='announcementdraft',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='announcementdraft',
            name='signed_by_name',
            field=models.CharField(blank=True, max_length=80, verbose_name='定稿人'),
        ),
        migrations.AddConstraint(
            model_name='announcementdraft',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['announced', 'discarded', 'draft', 'signed'])), name='announcement_draft_state_is_known'),
        ),
        edges_operation(
            "certification_announcementdraft", states.ANNOUNCEMENT_DRAFT.initial, states.ANNOUNCEMENT_DRAFT.edges
        ),
    ]

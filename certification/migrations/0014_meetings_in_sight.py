"""Meetings and votes are the province's own; a vote is given once."""

from django.db import migrations

from certification import states
from foundation.accounts.scope import rls_operation
from foundation.walls import append_only_operation, edges_operation


class Migration(migrations.Migration):
    dependencies = [("certification", "0013_meetings")]
    operations = [
        edges_operation("certification_meeting", states.MEETING.initial, states.MEETING.edges),
        rls_operation("certification_meeting", enterprise=""),
        rls_operation("certification_meetingmember", enterprise=""),
        rls_operation("certification_agendaitem", enterprise=""),
        rls_operation("certification_ballot", enterprise=""),
        append_only_operation("certification_ballot"),
    ]

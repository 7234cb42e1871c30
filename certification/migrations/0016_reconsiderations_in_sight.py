"""A reconsideration is seen by the firm that asked and by the offices of its region."""

from django.db import migrations

from certification import states
from foundation.accounts.scope import rls_operation
from foundation.walls import edges_operation


class Migration(migrations.Migration):
    dependencies = [("certification", "0015_reconsiderations")]
    operations = [
        edges_operation(
            "certification_reconsideration", states.RECONSIDERATION.initial, states.RECONSIDERATION.edges
        ),
        rls_operation("certification_reconsideration"),
    ]

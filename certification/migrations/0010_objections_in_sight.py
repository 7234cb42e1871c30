"""An objection is seen by the office whose list it is about and by those above; by no enterprise, ever."""

from django.db import migrations

from certification import states
from foundation.accounts.scope import rls_operation
from foundation.walls import edges_operation


class Migration(migrations.Migration):
    dependencies = [("certification", "0009_objections")]
    operations = [
        edges_operation("certification_objection", states.OBJECTION.initial, states.OBJECTION.edges),
        rls_operation("certification_objection", enterprise=""),
        rls_operation("certification_objectionpaper", enterprise=""),
    ]

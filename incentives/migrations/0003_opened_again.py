"""What a title gave opens again with a title that is given back."""

from django.db import migrations

from foundation.walls import edges_operation
from incentives.states import ENTITLEMENT


class Migration(migrations.Migration):
    dependencies = [("incentives", "0002_walls")]
    operations = [edges_operation("incentives_entitlement", ENTITLEMENT.initial, ENTITLEMENT.edges)]

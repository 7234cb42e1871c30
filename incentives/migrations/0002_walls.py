"""Edges and row-level security of entitlements."""

from django.db import migrations

from foundation.accounts.scope import rls_operation
from foundation.walls import edges_operation
from incentives.states import ENTITLEMENT


class Migration(migrations.Migration):
    dependencies = [("incentives", "0001_initial")]
    operations = [
        edges_operation("incentives_entitlement", ENTITLEMENT.initial, ENTITLEMENT.edges),
        rls_operation("incentives_entitlement"),
    ]

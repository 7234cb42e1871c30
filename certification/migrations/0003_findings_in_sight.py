"""A finding says which title may not be kept: only its own enterprise's offices and the enterprise may know."""

from django.db import migrations

from foundation.accounts.scope import rls_operation


class Migration(migrations.Migration):
    dependencies = [("certification", "0002_walls")]
    operations = [rls_operation("certification_finding", enterprise="")]

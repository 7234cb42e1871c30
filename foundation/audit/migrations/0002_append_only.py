"""The record may grow, nothing else: the database refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

from foundation.walls import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only_operation("audit_auditevent")]

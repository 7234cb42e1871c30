"""Who is on a list that has not been posted yet is the office's own business; a posted list is everybody's."""

from django.db import migrations

from foundation.accounts.scope import rls_by

POSTED_OR_OURS = (
    "EXISTS (SELECT 1 FROM certification_posting p WHERE p.id = posting_id AND (p.starts_on IS NOT NULL"
    " OR (p.region_path >= nullif(current_setting('app.lo', true), '')"
    " AND p.region_path < nullif(current_setting('app.hi', true), ''))))"
)


class Migration(migrations.Migration):
    dependencies = [("certification", "0043_standing_extensions_and_rulings")]
    operations = [rls_by("certification_postingitem", POSTED_OR_OURS)]

"""A stored answer holds a whole case: it is seen by whoever it was given to, and by the house that keeps forms' keys."""

from django.db import migrations

from foundation.accounts.scope import rls_by

OWN = (
    "principal = nullif(current_setting('app.actor', true), '')"
    " OR coalesce(current_setting('app.actor', true), '') LIKE 'system:%'"
)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_feed_positions")]
    operations = [rls_by("exchange_idempotencykey", OWN)]

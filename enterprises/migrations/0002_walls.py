"""Row-level security from the first day: an enterprise and all that belongs to it."""

from django.db import migrations

from foundation.accounts.scope import rls_operation, rls_through_enterprise

BELONGINGS = [
    "namehistory", "figure", "statement", "annualreport", "intellectualproperty", "award", "contest", "honour",
    "financing", "rdinstitution", "managementcertificate", "evidence",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_initial")]
    operations = [
        rls_operation("enterprises_enterprise", enterprise="id"),
        *[rls_through_enterprise(f"enterprises_{name}") for name in BELONGINGS],
    ]

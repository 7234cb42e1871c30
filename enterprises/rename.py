"""更名: the new name in the data sheet, the former one kept. Titles and what was filed keep the name of their day."""

from datetime import date

from django.db import transaction

from enterprises.models import Enterprise, NameHistory
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce


def rename(enterprise: Enterprise, name: str, on: date, *, actor: Principal) -> Enterprise:
    """Called by the office's act that settles the change: whoever may settle may write the name. The same name is no change."""
    before = enterprise.name
    if name == before:
        return enterprise
    with transaction.atomic():
        NameHistory.objects.create(enterprise=enterprise, name=before, until=on)
        enterprise.name = name
        enterprise.save(update_fields=["name"])
        record("enterprise.rename", enterprise, actor=actor, detail={"before": before}, audience="applicant")
        announce("enterprise", enterprise, fields=["name"])
    return enterprise

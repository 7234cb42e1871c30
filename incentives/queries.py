"""The one door for reading entitlements; measures are public."""

from django.db.models import QuerySet

from certification.queries import within_reach
from foundation.accounts.principal import Principal
from incentives.models import Entitlement, Measure


def visible_to(principal: Principal) -> QuerySet[Entitlement]:
    """Members see their own; offices see those at or below their body."""
    if principal.is_member:
        return Entitlement.objects.filter(enterprise_id__in=principal.enterprise_ids)
    return Entitlement.objects.filter(within_reach(principal))


def measures() -> QuerySet[Measure]:
    """All measures with duties and items, in three queries."""
    return Measure.objects.prefetch_related("duties", "items")

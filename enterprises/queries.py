"""The one door for reading enterprises and what belongs to them."""

from django.db.models import Q, QuerySet

from enterprises.models import Enterprise, Evidence, FigureEntry, FormerBody, Membership, Takeover
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing
from foundation.regions.paths import path_range

CASE_ROLES = ("reviewer", "leader")
"""Posts that work on cases. Who writes rules, gives posts or keeps the machine has no business in a firm's papers."""


def visible_to(principal: Principal) -> QuerySet[Enterprise]:
    """Members see their own; clients and those who work on cases see what lies at or below their body."""
    sight = Q(pk__in=principal.enterprise_ids)
    if principal.is_official and not principal.has_role(*CASE_ROLES):
        return Enterprise.objects.filter(sight)
    for path in principal.reach:
        low, high = path_range(path)
        sight |= Q(region_path__gte=low, region_path__lt=high)
    return Enterprise.objects.filter(sight)


def own_enterprise(principal: Principal) -> Enterprise:
    """The enterprise a member acts for; Missing when there is none."""
    found = visible_to(principal).filter(pk__in=principal.enterprise_ids).order_by("pk").first()
    if found is None:
        raise Missing
    return found


def gone_from(principal: Principal, enterprise_id: int) -> FormerBody | None:
    """How an enterprise left the reach of this office: all that the office still learns of it beside its own old cases."""
    sight = Q(pk__in=[])
    for path in principal.reach:
        low, high = path_range(path)
        sight |= Q(region_path__gte=low, region_path__lt=high)
    return FormerBody.objects.filter(sight, enterprise_id=enterprise_id).first()


def evidence_visible_to(principal: Principal) -> QuerySet[Evidence]:
    return Evidence.objects.filter(enterprise__in=visible_to(principal))


def entries_visible_to(principal: Principal) -> QuerySet[FigureEntry]:
    """登记的数据: whoever sees the firm sees every entry about it, with its document. A department's own: entry.entered_here()."""
    rows = FigureEntry.objects.filter(enterprise__in=visible_to(principal))
    return rows.select_related("figure", "enterprise").order_by("-id")


def letters(principal: Principal) -> QuerySet[Membership]:
    """Authorisation letters that wait for this office."""
    waiting = Membership.objects.filter(state="pending", method="letter")
    if not principal.reach:
        return waiting.none()
    low, high = path_range(principal.reach[0])
    return waiting.filter(region_path__gte=low, region_path__lt=high).select_related("user", "letter", "enterprise")


def own_memberships(principal: Principal) -> QuerySet[Membership]:
    """One's own links to enterprises, decided or not; shown to somebody who sees nothing else yet."""
    return Membership.objects.filter(user_id=principal.user_id).select_related("letter").order_by("-requested_at")


def colleagues_of(enterprise: Enterprise) -> QuerySet[Membership]:
    """Everybody who acts or asks to act for the enterprise."""
    rows = Membership.objects.filter(enterprise=enterprise, state__in=["pending", "verified"])
    return rows.select_related("user", "decided_by").order_by("requested_at", "id")


def takeovers_of(enterprise: Enterprise) -> QuerySet[Takeover]:
    """Who took whose place, newest first."""
    return Takeover.objects.filter(enterprise=enterprise).select_related("replaced__user", "by__user")


BY_EXPERT = "application.expert_look"
LOOKS = (
    "enterprise.view", "enterprise.unmask", "evidence.open", "application.look", "application.unmask", "visit.open_photo", BY_EXPERT,
)  # fmt: skip
"""Every act that shows somebody outside the firm what is the firm's; by name, since some belong to storeys above."""


def looks_at(enterprise: Enterprise) -> QuerySet[AuditEvent]:
    """Every time somebody opened the enterprise's data or papers; the office is told, not the person.

    An expert's look is written by the house, so that not even the row knows him.
    """
    rows = AuditEvent.objects.filter(enterprise_id=enterprise.pk, act__in=LOOKS)
    return rows.exclude(~Q(act=BY_EXPERT), actor_kind__in=["member", "system"]).order_by("-id")

"""Who may do what with an enterprise's own things."""

from django.db.models import QuerySet

from enterprises.models import Enterprise, FigureEntry, Membership
from foundation.accounts.principal import Principal
from foundation.regions.models import Level
from foundation.regions.paths import covers


def is_verified(principal: Principal, enterprise_id: int) -> bool:
    """The link between this person and the enterprise was verified, and the role may act."""
    if enterprise_id not in principal.enterprise_ids:
        return False
    return Membership.objects.filter(
        user_id=principal.user_id, enterprise_id=enterprise_id, state="verified", role__in=["owner", "editor"]
    ).exists()


def may_edit(principal: Principal, enterprise_id: int) -> bool:
    """Draft and keep facts: every member but a viewer, verified or not; a joiner only once verified."""
    return Membership.objects.filter(
        user_id=principal.user_id,
        enterprise_id=enterprise_id,
        state__in=["pending", "verified"],
        sees_data=True,
        role__in=["owner", "editor"],
    ).exists()


def may_edit_and_is_verified(principal: Principal, enterprise_id: int) -> tuple[bool, bool]:
    """Both answers in one query, for a page that shows both."""
    told = (
        Membership.objects.filter(
            user_id=principal.user_id, enterprise_id=enterprise_id, role__in=["owner", "editor"],
            state__in=["pending", "verified"],
        ).values_list("state", "sees_data")
    )  # fmt: skip
    links = list(told)
    return any(sees for _, sees in links), any(state == "verified" for state, _ in links)


def manages_colleagues(principal: Principal, enterprise_id: int) -> bool:
    """A verified member who is not a mere viewer vouches for colleagues; nobody unverified vouches for anybody."""
    return principal.is_member and is_verified(principal, enterprise_id)


def decides_letters(principal: Principal, membership: Membership) -> bool:
    """The body the enterprise belongs to, or one above it."""
    return (
        principal.is_official and principal.has_role("reviewer", "leader") and principal.reaches(membership.region_path)
    )


PROVEN = ("platform", "letter")
"""Verified by an identity platform or by a letter the county has read; a colleague's word is not enough to replace one."""


def parts_of(principal: Principal, enterprise_id: int) -> frozenset[str] | None:
    """The parts of the application this person fills in; None means all of them."""
    mine = Membership.objects.filter(
        user_id=principal.user_id, enterprise_id=enterprise_id, state__in=["pending", "verified"]
    )
    named = mine.values_list("parts", flat=True).first()
    return frozenset(named) if named else None


def speaks_for(principal: Principal, enterprise_id: int) -> bool:
    """Says a last word for the enterprise: the legal representative, or a handler of every part, verified."""
    return is_verified(principal, enterprise_id) and parts_of(principal, enterprise_id) is None


def verified_for(principal: Principal) -> QuerySet[Membership, int]:
    """The enterprises whose correspondence this person may read: proved to belong to them, viewers included."""
    mine = Membership.objects.filter(
        user_id=principal.user_id, state="verified", enterprise_id__in=principal.enterprise_ids
    )
    return mine.values_list("enterprise_id", flat=True)


def is_owner(principal: Principal, enterprise_id: int) -> bool:
    """The legal representative, verified."""
    return Membership.objects.filter(
        user_id=principal.user_id, enterprise_id=enterprise_id, state="verified", role="owner"
    ).exists()


def has_owner(enterprise_id: int) -> bool:
    return Membership.objects.filter(enterprise_id=enterprise_id, state="verified", role="owner").exists()


def divides_work(principal: Principal, enterprise_id: int) -> bool:
    """The legal representative says who fills in what; where there is none in the system, any verified handler."""
    if not manages_colleagues(principal, enterprise_id):
        return False
    return is_owner(principal, enterprise_id) or not has_owner(enterprise_id)


def changes_body(principal: Principal, enterprise: Enterprise) -> bool:
    """A leader above the body of the enterprise. Whether the new body is in reach as well is asked of the choice."""
    return (
        principal.is_official
        and principal.has_role("leader")
        and principal.level in (Level.CITY, Level.PROVINCE)
        and principal.reaches(enterprise.region_path)
    )


def enters_figures(principal: Principal, enterprise: Enterprise) -> bool:
    """The province's case workers, another department whose area the firm lies in, a system that reaches it."""
    if principal.kind == "client":
        return principal.reaches(enterprise.region_path)
    if not principal.is_official:
        return False
    if principal.has_role("department"):
        return covers(principal.office_path, enterprise.region_path)
    return (
        principal.level == Level.PROVINCE
        and principal.has_role("reviewer", "leader")
        and principal.reaches(enterprise.region_path)
    )


def withdraws_entry(principal: Principal, entry: FigureEntry) -> bool:
    """The office that entered it; the province's leader for every other."""
    if not principal.is_official or entry.withdrawn_at is not None:
        return False
    if (principal.office_path, principal.office_name) == (entry.office_path, entry.office_name):
        return principal.has_role("reviewer", "leader", "department")
    return principal.level == Level.PROVINCE and principal.has_role("leader")

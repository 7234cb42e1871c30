"""Who is asking: a person at a post, a member of an enterprise, a client system, the night shift, or nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

from foundation import clock
from foundation.regions.paths import covers

if TYPE_CHECKING:
    from foundation.accounts.models import User


@dataclass(frozen=True)
class Principal:
    """Immutable. `reach` are paths of recommending bodies; everything at or below them is in sight."""

    kind: str
    name: str
    actor_id: str = ""
    user_id: int | None = None
    office_name: str = ""
    office_path: str = ""
    level: str = ""
    roles: frozenset[str] = frozenset()
    reach: tuple[str, ...] = ()
    enterprise_ids: frozenset[int] = frozenset()
    scopes: frozenset[str] = frozenset()
    ip: str = ""
    request_id: str = ""

    @property
    def is_official(self) -> bool:
        return self.kind == "official"

    @property
    def is_member(self) -> bool:
        return self.kind == "member"

    @property
    def is_anonymous(self) -> bool:
        return self.kind == "anonymous"

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def reaches(self, path: str) -> bool:
        return any(covers(mine, path) for mine in self.reach)

    def from_address(self, ip: str, request_id: str) -> Principal:
        return replace(self, ip=ip, request_id=request_id)

    @classmethod
    def anonymous(cls) -> Principal:
        return cls(kind="anonymous", name="访客")

    @classmethod
    def system(cls, why: str) -> Principal:
        """Background work and commands; `why` is kept as the actor's id."""
        return cls(kind="system", name="系统", actor_id=why, reach=("64",))

    @classmethod
    def of_user(cls, user: User) -> Principal:
        """Two queries: posts held today, memberships not ended. An official is never an applicant as well.

        Asked at every request, so it reads plain values: building three objects per post took longer than both queries.
        """
        today = clock.today()
        posts = list(
            user.posts.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
            .order_by("-since", "id")
            .values_list("role", "office_id", "office__name", "office__body_id", "office__body__level")
        )
        if posts:
            _, first, office_name, path, level = posts[0]
            roles = frozenset(role for role, office, *_ in posts if office == first)
            if "expert" in roles:
                # Experts judge blind: whatever else the person holds, neither reach nor other roles come with it.
                roles = frozenset({"expert"})
            elif "department" in roles:
                # Other departments answer what they are asked; they see no region and no case.
                roles = frozenset({"department"})
            return cls(
                kind="official",
                name=str(user),
                actor_id=user.public_id,
                user_id=user.pk,
                office_name=office_name,
                office_path=path,
                level=level,
                roles=roles,
                reach=() if roles in ({"expert"}, {"department"}) else (path,),
            )
        members: Any = apps.get_model("enterprises", "Membership")
        ids = members.objects.filter(user=user, state__in=["pending", "verified"], sees_data=True).values_list(
            "enterprise_id", flat=True
        )
        return cls(
            kind="member",
            name=str(user),
            actor_id=user.public_id,
            user_id=user.pk,
            enterprise_ids=frozenset(ids),
        )

    @classmethod
    def of_client(cls, client: Any, scopes: frozenset[str]) -> Principal:
        """A city's or county's system: its reach and the scopes of this token."""
        return cls(
            kind="client",
            name=client.name,
            actor_id=client.client_id,
            office_name=client.name,
            office_path=client.reach,
            level=client.level,
            reach=(client.reach,),
            scopes=scopes,
        )

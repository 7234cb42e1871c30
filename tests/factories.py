"""Invented things for tests. No real firm, no real person."""

from itertools import count

from enterprises.credit_code import make_code
from enterprises.models import Enterprise, Membership
from foundation import clock
from foundation.accounts.models import User

SERIAL = count(1)


def make_enterprise(path: str = "64/6401/640104", name: str = "") -> Enterprise:
    number = next(SERIAL)
    return Enterprise.objects.create(
        credit_code=make_code("640104", number),
        name=name or f"示例企业{number}号有限公司",
        region_path=path,
        created_at=clock.now(),
    )


def make_member(enterprise: Enterprise, state: str = "verified", role: str = "owner") -> User:
    number = next(SERIAL)
    user = User.objects.create_user(
        f"member{number}", f"m{number}@example.org", "correct-horse-battery", name=f"经办{number}"
    )
    Membership.objects.create(
        user=user, enterprise=enterprise, region_path=enterprise.region_path, enterprise_name=enterprise.name,
        role=role, state=state, requested_at=clock.now(),
    )  # fmt: skip
    return user

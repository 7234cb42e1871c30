"""The demo's handlers: one who left and was replaced, one who is responsible for the figures, and offices that looked."""

from typing import Any

from django.contrib.auth.hashers import make_password

from enterprises.divide import divide
from enterprises.models import Enterprise, Evidence, Membership
from enterprises.takeover import take_over
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from portal.demo.people import hashed, make_password_for


def make_handlers(told: list[dict[str, Any]]) -> None:
    successor = User.objects.get(username="qiye-zhang")
    firm = Enterprise.objects.get(memberships__user=successor)
    gone = add(firm, "qiye-ma", "马经办（演示，已离职）", "letter")
    take_over(gone, actor=Principal.of_user(successor), reason="原经办人已离职，账号没有交接（演示）")
    looked_at(firm)
    boss = User.objects.get(username="qiye-wang")
    other = Enterprise.objects.get(memberships__user=boss)
    password = make_password_for("qiye-caiwu")
    clerk = add(other, "qiye-caiwu", "李财务（演示）", "colleague", hashed(password))
    divide(clerk, ["finance"], actor=Principal.of_user(boss))
    told.append(
        {
            "username": "qiye-caiwu", "password": password, "role": "企业（只负责财务部分）", "office": None,
            "region": other.region_path, "enterprise": other.name,
        }
    )  # fmt: skip


def add(firm: Enterprise, username: str, name: str, method: str, secret: str | None = None) -> Membership:
    """A verified editor; without a password nobody signs in as this person."""
    moment = clock.now()
    user = User.objects.create(username=username, name=name, password=secret or make_password(None))
    return Membership.objects.create(
        user=user, enterprise=firm, region_path=firm.region_path, enterprise_name=firm.name, role="editor",
        state="verified", method=method, requested_at=moment, decided_at=moment,
    )  # fmt: skip


def looked_at(firm: Enterprise) -> None:
    """What 谁看过我的材料 shows: the county opened the data sheet, the province a paper."""
    for username in ("xingqing", "sheng-shenhe"):
        official = Principal.of_user(User.objects.get(username=username))
        detail = {"office": official.office_name}
        record("enterprise.view", firm, actor=official, detail=detail, audience="applicant")
        paper = Evidence.objects.filter(enterprise=firm).first()
        if paper is not None:
            record("evidence.open", paper, actor=official, detail=detail, audience="applicant")

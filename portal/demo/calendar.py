"""The demo's calendar: one arguable day that was ruled, one reminder that was sent, one change that waits at its county."""

from datetime import timedelta

from certification import change, remind, rule_day
from enterprises.models import Enterprise
from enterprises.outside import note_outside
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped


def make_calendar(director: Principal) -> None:
    today = clock.today()
    next_year = today.year + 1
    rule_day.rule_day(
        {
            "year": str(next_year), "tier": "innovative", "day": f"{next_year}-05-31",
            "reason": "创新型的年度更新与其他层级同一天截止，便于企业一次办完（演示用示例，不是真实裁定）",
            "document_number": f"（演示）宁示例函〔{today.year}〕31号",
        },
        actor=director,
    )  # fmt: skip
    person = User.objects.get(username="qiye-zhang")
    firm, member = Enterprise.objects.get(memberships__user=person), Principal.of_user(person)
    note_outside(
        firm,
        {"kind": "tech_sme", "number": "（演示）", "valid_until": (today + timedelta(days=45)).isoformat()},
        actor=member,
    )
    change.report_change(
        firm,
        {
            "kind": "branch", "happened_on": (today - timedelta(days=20)).isoformat(),
            "before": "没有分支机构（演示）", "after": "在石嘴山市设立一处分公司，负责售后（演示）",
        },
        actor=member,
    )  # fmt: skip
    with scoped(Principal.system("demo")):
        remind.remind([firm.pk], today)

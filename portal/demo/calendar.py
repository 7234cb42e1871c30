"""The demo's calendar: one arguable day that was ruled, one reminder that was sent, one change that waits at its county."""

from datetime import timedelta
from typing import Any

from certification import apply, change, remind, rule_day
from certification import call as calls
from certification.models import Application, Call, Certificate
from certification.tiers import CaseType, Tier
from enterprises.models import AnnualReport, Enterprise
from enterprises.outside import note_outside
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.demo.cases import make_member


def make_calendar(director: Principal, told: list[dict[str, Any]]) -> None:
    today = clock.today()
    make_renewal(director, told)
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
    others = Enterprise.objects.filter(memberships__user__username="qiye-liu").values_list("pk", flat=True)
    with scoped(Principal.system("demo")):
        remind.remind([firm.pk, *others], today)


def make_renewal(director: Principal, told: list[dict[str, Any]]) -> None:
    """A call for re-review, and a firm whose title ends soon and that has begun."""
    busy = Application.objects.filter(tier=Tier.SPECIALISED).values("enterprise_id")
    enough = clock.today() + timedelta(days=20)
    soon = Certificate.objects.filter(
        tier=Tier.SPECIALISED, state="valid", enterprise__memberships=None, valid_until__gte=enough
    )
    title = soon.exclude(enterprise_id__in=busy).order_by("valid_until", "id").first()
    if title is None:
        return
    moment = clock.now()
    call = calls.draft(
        Call(
            tier=Tier.SPECIALISED, case_type=CaseType.RENEWAL, year=moment.year, batch="复核", cohort=title.announced_on.year,
            title=f"关于开展{moment.year}年专精特新中小企业到期复核的通知（演示）",
            document_number=f"（演示）宁示例函〔{moment.year}〕21号", opens_at=moment - timedelta(days=10),
            closes_at=(moment + timedelta(days=18)).replace(hour=18, minute=0, second=0, microsecond=0),
            instructions="从上次的申请书开始，只改变了的；本通知为演示内容。", contact="0951-000 0000（演示）",
            disciplinary_contact="派驻纪检监察组 0951-000 0001（演示）",
        ),
        actor=director,
    )  # fmt: skip
    calls.publish(call, actor=director)
    member = make_member(title.enterprise, "qiye-liu", "刘经理（演示）", told)
    # This firm forgot its update: the page shows the difference form, to be made up for.
    AnnualReport.objects.filter(enterprise=title.enterprise).update(confirmed_at=None)
    draft = apply.start(call, title.enterprise, actor=member)
    apply.save(
        draft, {"overview": "（演示）三年来持续专注同一细分市场。"}, seen_version=draft.draft_version, actor=member
    )

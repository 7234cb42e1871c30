"""The year's re-review of innovative firms: a call, its list and the draw of the visits."""

from datetime import timedelta

from certification import call as calls
from certification import cohort
from certification.models import Call, Cohort
from certification.tiers import CaseType, Tier, label
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.ledger.work import drain


def make_cohort(director: Principal) -> Cohort:
    moment = clock.now()
    call = calls.draft(
        Call(
            tier=Tier.INNOVATIVE,
            case_type=CaseType.RENEWAL,
            year=moment.year,
            batch="到期复核",
            title=f"关于开展{moment.year}年{label(Tier.INNOVATIVE)}到期复核的通知（演示）",
            document_number=f"（演示）宁示例函〔{moment.year}〕30号",
            opens_at=moment - timedelta(days=40),
            closes_at=(moment + timedelta(days=45)).replace(hour=18, minute=0, second=0, microsecond=0),
            posting_length=5,
            posting_unit="workday",
            documents=[],
            instructions="已填过的资料会带过来，只需核对变化的部分；本通知为演示内容。",
            contact="0951-000 0000（演示）",
            disciplinary_contact="派驻纪检监察组 0951-000 0001（演示）",
        ),
        actor=director,
    )
    call = calls.publish(call, actor=director)
    today = clock.today()
    made = cohort.build(call, today, today + timedelta(days=300), 10, actor=director)
    drain([cohort.FILL, cohort.TELL])
    return made

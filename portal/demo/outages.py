"""The demo's one failure, written down by hand, and the extensions it led to: dismissed, because it was made up for."""

from datetime import timedelta

from django.utils import timezone

from certification.extend import dismiss
from certification.extend_terms import dismiss as dismiss_days
from certification.models import Call, Extension, TermExtension, TermKind
from certification.permissions import EXTENSION, TERM_EXTENSION
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.outages.keep import write_down
from foundation.transitions import begin


def make_outages(leader: Principal) -> None:
    ended = timezone.localtime(clock.now()).replace(hour=9, minute=40, second=0, microsecond=0) - timedelta(days=6)
    began = ended - timedelta(minutes=42)
    told = {
        "began_at": began.isoformat(), "ended_at": ended.isoformat(), "what": "材料不能上传（演示，虚构）", "evidence": "来电记录3件（演示，虚构）",
    }  # fmt: skip
    row = write_down(told, actor=Principal.of_user(User.objects.get(username="sheng-xitong")))
    evidence = [
        {
            "began": began.isoformat(),
            "ended": ended.isoformat(),
            "what": row.what,
            "source": "人工登记",
            "id": row.public_id,
        }
    ]
    days = TermExtension(kind=TermKind.CORRECTION, ends_on=ended.date(), workdays=1, minutes=42, evidence=evidence)
    begin(days, actor=Principal.system("demo"), machine=TERM_EXTENSION, audience="office")
    dismiss_days(days, "演示：这一天到期的企业当天已经补正，不影响", actor=leader)
    call = Call.objects.filter(state="published", tier="innovative").order_by("-id").first()
    if call is None:
        return
    draft = Extension(
        call=call, old_closes_at=call.closes_at, new_closes_at=call.closes_at + timedelta(hours=24), minutes=42,
        evidence=evidence,
    )  # fmt: skip
    begin(draft, actor=Principal.system("demo"), machine=EXTENSION, audience="office")
    dismiss(draft, "演示：当日已恢复，离截止还早，不影响提交", actor=leader)

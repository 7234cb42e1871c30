"""The demo's visits: one that is fixed, for the firm of the tour, and one that waits for its firm's word."""

from datetime import timedelta

from django.utils import timezone

from certification import sample_visits, visit
from certification.models import Application
from certification.states import IN_REVIEW
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal


def make_visits() -> None:
    county = Principal.of_user(User.objects.get(username="xingqing"))
    when = (timezone.localtime(clock.now()) + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
    rows = Application.objects.filter(state__in=IN_REVIEW, region_path="64/6401/640104").order_by("id")
    mine = rows.filter(enterprise__memberships__user__username="qiye-zhang").first()
    others = rows.exclude(enterprise__memberships__user__username="qiye-zhang")
    for row in [*([mine] if mine else []), *others[:1]]:
        chosen = sample_visits.choose_one(row, "现场核对自述数据（演示）", actor=county)
        visit.plan(chosen, when.isoformat(), "赵审核（演示）、孙核查（演示）", actor=county)
        if row != mine:
            for line in chosen.lines.all():
                found = (
                    {"verdict": "differs", "note": "现场清点比申报少2人（演示）"}
                    if line.place == 1
                    else {"verdict": "matches", "note": ""}
                )
                visit.answer(chosen, line.place, found, actor=county)
            visit.finish(chosen, {"summary": "场所和设备与申报一致，人数有出入（演示）"}, actor=county)

"""Late is said aloud: the desk's leader and the office above are told once per stage, and the applicant sees it."""

from django.db import transaction
from django.db.models import Q

from certification import clocks
from certification.models import Application
from certification.states import IN_REVIEW
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.ledger.work import enqueue_many
from foundation.mailroom.posting import send
from foundation.regions.models import by_path

LATE = "certification.late"


def ask_for_the_late(limit: int = 2000) -> int:
    """One row of the ledger per case, stage and arrival, however often the hour strikes. Returns how many are late."""
    known = clocks.limits()
    wanted = Q(pk__in=[])
    for tier, stage in known:
        wanted |= Q(tier=tier, state=stage) | Q(tier=tier, state="to_refuse", refused_from=stage)
    rows = (
        Application.objects.filter(wanted, state__in=[*IN_REVIEW, "to_refuse"])
        .prefetch_related("pauses")
        .order_by("stage_since")
    )
    late = []
    for row in rows[:limit]:
        told = clocks.clock_of(row, known, [p for p in row.pauses.all() if p.stage == clocks.stage_of(row)])
        if told and told.is_late:
            late.append((f"{row.pk}:{told.stage}:{told.since.isoformat()}", {"application": row.pk}))
    enqueue_many(LATE, late)
    return len(late)


def tell_the_late(pk: int, *, actor: Principal) -> int:
    """Tell the leaders; nothing when the case has moved on meanwhile. Returns how many people were told."""
    application = Application.objects.filter(pk=pk).first()
    told = clocks.clock_of(application) if application else None
    if application is None or told is None or not told.is_late:
        return 0
    desk = clocks.desk_path(application, told.stage)
    people = leaders_of({desk, desk.rpartition("/")[0] or desk})
    body = by_path(desk)
    words = f"{application.enterprise_name}的申请在{body.name}已 {told.used} 个工作日，时限 {told.limit} 个。请安排办理，或暂停计时并写明理由。"
    with transaction.atomic():
        send(
            people, subject=f"办理超过时限：{application.enterprise_name}", body=words,
            url=f"/desk/cases/{application.public_id}/", about=application,
        )  # fmt: skip
        record("application.late", application, actor=actor, audience="applicant", detail={"office": body.name})
    return len(people)


def leaders_of(paths: set[str]) -> list[User]:
    today = clock.today()
    return list(
        User.objects.filter(
            Q(posts__until=None) | Q(posts__until__gte=today), is_active=True, posts__since__lte=today,
            posts__role="leader", posts__office__body__path__in=paths,
        ).distinct()
    )  # fmt: skip

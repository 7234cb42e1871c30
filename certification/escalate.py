"""Late is said aloud: the desk's leader and the office above are told once per stage, and the applicant sees it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from certification import clocks
from certification.models import Application, Certificate
from certification.notify import leaders_of, posted
from certification.obligation_rules import book
from certification.rule_continuation import awaited, ruling_for, undecided
from certification.states import IN_REVIEW
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.ledger.work import enqueue_many
from foundation.mailroom.posting import send
from foundation.regions.models import by_path

LATE = "certification.late"
ENDS = "certification.ends_undecided"


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


def ask_for_titles_that_end() -> int:
    """Titles near their last day whose re-review waits at a desk of ours: one row of the ledger each. Returns how many."""
    today = clock.today()
    soon = Certificate.objects.filter(
        state="valid", valid_until__gte=today, valid_until__lte=today + timedelta(days=book().served_from)
    )
    rows = list(undecided(soon).order_by("id").values_list("pk", "valid_until"))
    enqueue_many(ENDS, [(f"{pk}:{last.isoformat()}", {"certificate": pk}) for pk, last in rows])
    return len(rows)


def tell_the_desk_it_ends(pk: int, *, actor: Principal) -> int:
    """Tell the people of the desk and the province's leader before the last day; nothing when it was decided meanwhile."""
    title = Certificate.objects.filter(pk=pk, state="valid").first()
    application = awaited(title) if title else None
    if title is None or application is None:
        return 0
    stage = clocks.stage_of(application)
    province = application.region_path.split("/")[0]
    desk = clocks.desk_path(application, stage) if stage in IN_REVIEW else province
    ruling = ruling_for(title)
    then = (
        f"依{ruling.document_number}，办结以前称号继续有效。"
        if ruling
        else "没有裁定的，期满当日称号和权益即止；请在期满以前办结，需要衔接的由自治区负责人作出期满衔接裁定。"
    )
    with transaction.atomic():
        people = {*posted(("reviewer", "leader"), {desk}), *leaders_of({province})}
        send(
            sorted(people, key=lambda person: person.pk), subject=f"复核未办结，称号即将期满：{title.enterprise_name}",
            body=f"{title.get_tier_display()}（{title.number}）有效期至{cn(title.valid_until)}，复核申请还没有办结。{then}",
            url=f"/desk/cases/{application.public_id}/", about=application, due_on=title.valid_until, what_to_do="在期满以前办结复核",
        )  # fmt: skip
        record(
            "certificate.desk_told", title, actor=actor, audience="office",
            detail={"until": cn(title.valid_until), "office": by_path(desk).name},
        )  # fmt: skip
    return len(people)

"""The clock of a stage: working days used of the days allowed, pauses taken out, and what is usual at this desk.

Limits are settings of the province; the ones that ship are marked 示例 and are nobody's promise yet.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from certification.conceal import conceal
from certification.models import Application, Pause, StageLimit
from certification.permissions import is_provincial_reviewer, reviews
from certification.states import DESK_OF, IN_REVIEW
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.workdays.counting import add_workdays, workdays_between

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class StageClock:
    """`used` working days since the case came; `limit` and `due_on` are None where no limit is set."""

    stage: str
    since: datetime
    used: int
    limit: int | None
    due_on: date | None
    is_example: bool
    source: str
    paused: str

    @property
    def is_late(self) -> bool:
        return self.limit is not None and self.used > self.limit and not self.paused

    @property
    def left(self) -> int | None:
        return None if self.limit is None else self.limit - self.used


def limits() -> dict[tuple[str, str], StageLimit]:
    return {(row.tier, row.stage): row for row in StageLimit.objects.all()}


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def stage_of(application: Application) -> str:
    """The stage whose clock runs: a refusal that was not served yet is still its office's work."""
    return application.refused_from if application.state == "to_refuse" else application.state


def clock_of(
    application: Application, known: dict[tuple[str, str], StageLimit] | None = None, pauses: list[Pause] | None = None
) -> StageClock | None:
    """The running clock; None outside the review stages. Pass `known` and `pauses` for many."""
    stage = stage_of(application)
    if stage not in IN_REVIEW or application.stage_since is None:
        return None
    row = (limits() if known is None else known).get((application.tier, stage))
    if pauses is None:
        pauses = list(application.pauses.filter(stage=stage))
    since = application.stage_since
    stood = sum(paused_days(p, since) for p in pauses)
    used = max(0, workdays_between(day_of(since), clock.today()) - stood)
    still = next((p.reason for p in pauses if p.until is None), "")
    due_on = add_workdays(day_of(since), row.workdays + stood) if row else None
    return StageClock(
        stage, since, used, row.workdays if row else None, due_on,
        bool(row and row.is_example), row.source if row else "", still,
    )  # fmt: skip


def paused_days(pause: Pause, since: datetime) -> int:
    """Working days that a pause took out of the stage that began at `since`."""
    if pause.since < since:
        return 0
    until = day_of(pause.until) if pause.until else clock.today()
    return max(0, workdays_between(day_of(pause.since), until))


def pause(application: Application, reason: str, *, actor: Principal) -> Pause:
    """Stop the clock with a reason that the applicant reads."""
    if not reviews(actor, application):
        raise Missing
    if len(reason.strip()) < 4:
        raise Refused(
            "invalid", "请写明暂停计时的理由，企业会看到。", [Problem("请写理由，例：等待税务部门回函", "pause-reason")]
        )
    try:
        with transaction.atomic():
            row = Pause.objects.create(
                application=application, enterprise_id=application.enterprise_id, region_path=application.region_path,
                stage=application.state, reason=reason.strip()[:200], since=clock.now(), by_id=actor.user_id, by_name=actor.name,
            )  # fmt: skip
            record("application.pause", application, actor=actor, reason=row.reason, audience="applicant")
    except IntegrityError as error:
        raise Refused("conflict", "计时已经暂停，请刷新后再看。") from error
    return row


def resume(application: Application, *, actor: Principal) -> None:
    if not reviews(actor, application):
        raise Missing
    with transaction.atomic():
        ended = Pause.objects.filter(application=application, until=None).update(until=clock.now())
        if not ended:
            raise Refused("conflict", "计时没有暂停，请刷新后再看。")
        record("application.resume", application, actor=actor, audience="applicant")


def leave_stage(application: Application, office_path: str) -> None:
    """Called by the verb that moves a case on: keep how long it took here, and end a pause that is still open.

    A case that comes back to the desk, corrected or taken off a list, adds its days to its own row: it is one case, and
    five returns of it say nothing about what is usual.
    """
    told = clock_of(application)
    if told is None:
        return
    with connection.cursor() as cursor:
        # Two people pressing at once meet on the key; the slower one is refused by move(), and its days go with it.
        cursor.execute(
            "INSERT INTO certification_stagetime AS kept (office_path, tier, stage, workdays, left_on, key)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (key) WHERE NOT (key = '')"
            " DO UPDATE SET workdays = kept.workdays + EXCLUDED.workdays, left_on = EXCLUDED.left_on",
            [office_path, application.tier, told.stage, told.used, clock.today(), key_of(application, told.stage)],
        )
    Pause.objects.filter(application=application, until=None).update(until=clock.now())


def key_of(application: Application, stage: str) -> str:
    """The same for every arrival of a case at a stage; who knows the case's public number cannot make it."""
    words = f"{application.public_id}|{stage}"
    return salted_hmac("certification.stage_time", words, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Usual:
    """Of `cases` that left one desk within a year: the working days that were enough for half of them, and for 90 %."""

    cases: int
    half: int
    most: int


def usual(office_path: str = "", tier: str = "", stage: str = "") -> dict[tuple[str, str, str], Usual]:
    """{(office_path, tier, stage): Usual} by nearest rank; "" asks for all of them. One query.

    A desk with fewer cases than SMALL_CELL is left out: they say nothing about what is usual, and too much about one case.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT office_path, tier, stage, count(*), percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY workdays)"
            " FROM certification_stagetime WHERE %(path)s IN ('', office_path) AND %(tier)s IN ('', tier)"
            " AND %(stage)s IN ('', stage) AND left_on >= %(first)s GROUP BY office_path, tier, stage",
            {"path": office_path, "tier": tier, "stage": stage, "first": clock.today() - YEAR},
        )
        rows = cursor.fetchall()
    return {
        (path, step, at): Usual(count, int(half), int(most))
        for path, step, at, count, (half, most) in rows
        if conceal({"cases": count}, settings.SMALL_CELL)["cases"]
    }


def usual_days(office_path: str, tier: str, stage: str) -> int | None:
    """Working days within which 90 % of a year's cases left this desk; None where too few did."""
    told = usual(office_path, tier, stage).get((office_path, tier, stage))
    return told.most if told else None


def desk_path(application: Application, stage: str) -> str:
    """The body whose desk a stage is at: the firm's own, the city above it, the province."""
    if DESK_OF[stage] == ("province",):
        return application.region_path.split("/")[0]
    if stage == "city_review":
        return application.region_path.rpartition("/")[0]
    return application.region_path


def set_limit(tier: str, stage: str, workdays: int, source: str, *, actor: Principal) -> StageLimit:
    """The province says how long a stage may take, and by which paper; the mark 示例 goes."""
    if not (is_provincial_reviewer(actor, None) and actor.has_role("leader")):
        raise Missing
    problems: list[Problem] = []
    if not 1 <= workdays <= 120:
        problems.append(Problem("请填1到120之间的工作日数", "workdays"))
    if len(source.strip()) < 4:
        problems.append(Problem("请写明依据，例：文号和条款", "source"))
    if problems:
        raise Refused("invalid", "时限没有保存。", problems)
    values: dict[str, Any] = {"workdays": workdays, "source": source.strip()[:200], "is_example": False}
    with transaction.atomic():
        row, _ = StageLimit.objects.update_or_create(tier=tier, stage=stage, defaults=values)
        record("limit.set", row, actor=actor, detail={"workdays": workdays}, reason=source)
    return row

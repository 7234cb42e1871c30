"""公示: make a drafted list public (draft_list.py), let the time run, take it down, end it by the office's clock."""

import hashlib
from datetime import date, timedelta

from django.db import transaction

from certification import clocks
from certification.archive import archive
from certification.city_list import refuse_off_the_city_list
from certification.models import Application, Posting
from certification.notify import tell_applicants
from certification.object import held, release
from certification.obstacles import refuse_with_obstacles
from certification.permissions import APPLICATION, POSTING, publishes_posting, runs_posting, takes_down
from certification.second_person import refuse_the_same_person
from certification.tell_list import promise
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved, move
from foundation.workdays.counting import add_workdays


def last_day(start: date, length: int, unit: str) -> date:
    """Day one is the first day of the posting; in working days the last one is a working day."""
    if unit == "day":
        return start + timedelta(days=length - 1)
    return add_workdays(start - timedelta(days=1), length)


def start(posting: Posting, *, actor: Principal) -> Posting:
    """Day one of a drafted list, by a leader who did not draft it. What has changed since is asked again; one case that left stops it, by name.

    Refused: "forbidden" for the one who drafted it (second_person.py says who can), "conflict" with the names.
    """
    if not takes_down(actor, posting):
        raise Missing
    if posting.state != "draft":
        raise already_moved(posting, POSTING)
    if not publishes_posting(actor, posting):
        refuse_the_same_person(posting, actor)
    call = posting.call
    chosen = [i.application for i in posting.items.select_related("application").order_by("place")]
    refuse_what_has_moved_on(posting, chosen)
    today = clock.today()
    with transaction.atomic():
        begin_to_run(posting, today, last_day(today, call.posting_length, call.posting_unit), actor)
        for application in chosen if posting.level == "province" else []:
            clocks.leave_stage(application, clocks.desk_path(application, application.state))
            move(
                application, "post", actor=actor, machine=APPLICATION,
                detail={"posting": posting.title}, stage_since=clock.now(),
            )  # fmt: skip
        if posting.level == "province":
            promise(posting)
    return posting


def refuse_what_has_moved_on(posting: Posting, chosen: list[Application]) -> None:
    """Refused("conflict") with the names of the cases that cannot be listed now, whatever they were when it was drafted."""
    if posting.level == "city":
        refuse_off_the_city_list(posting.call, chosen)
        return
    gone = [a.enterprise_name for a in chosen if a.state != "province_review"]
    stopped = held(application.pk for application in chosen)
    gone += [a.enterprise_name for a in chosen if a.pk in stopped]
    if gone:
        raise Refused(
            "conflict", f"{'、'.join(gone)}已不在自治区审核环节，或有异议没有办结。请撤销这份名单，重新列入其余企业。",
            [Problem(f"{name}不能公示", "applications") for name in gone],
        )  # fmt: skip
    refuse_with_obstacles(chosen)


def take_down(posting: Posting, *, actor: Principal, reason: str) -> Posting:
    """A list that was published wrongly: it stays readable with the reason, and its cases go back to the desk they came from.

    Within the quiet interval nobody of the firms was told of it, and nobody is told that it is gone (tell_list.py). Cases of a
    city's list never left it. An objection that was lodged meanwhile is answered as ever and holds its case.
    """
    if not POSTING.can(actor, "cancel", posting):
        if posting.state == "running" or not runs_posting(actor, posting):
            raise Missing
        raise already_moved(posting, POSTING)
    if not reason.strip():
        raise Refused("invalid", "撤下公示要写明理由，会公开。", [Problem("请写明理由", "take-down-reason")])
    with transaction.atomic():
        move(posting, "cancel", actor=actor, machine=POSTING, reason=reason.strip())
        posting.refresh_from_db(fields=["told_at"])
        for item in (
            posting.items.select_related("application").order_by("place") if posting.level == "province" else []
        ):
            if item.application.state == "posted":
                move(
                    item.application, "take_off_list", actor=actor, machine=APPLICATION, reason=reason.strip(),
                    detail={"posting": posting.title}, stage_since=clock.now(),
                )  # fmt: skip
                if posting.told_at is not None:
                    tell_applicants(item.application, "公示名单已撤下，回到自治区审核", reason.strip())
    return posting


def hash_of(posting: Posting) -> str:
    """Over title and lines: whoever keeps a copy can prove what was posted."""
    lines = [
        posting.title,
        *(f"{i.place}\t{i.enterprise_name}\t{i.credit_code}" for i in posting.items.order_by("place")),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def begin_to_run(posting: Posting, start: date, ends: date, actor: Principal) -> date:
    """Hash and archived file are fixed with the first day; neither changes afterwards."""
    content_hash = hash_of(posting)
    file_hash = archive(posting, starts=cn(start), ends=cn(ends), content_hash=content_hash)
    move(
        posting, "start", actor=actor, machine=POSTING, detail={"ends_on": ends.isoformat(), "file": file_hash},
        starts_on=start, ends_on=ends, content_hash=content_hash, file_hash=file_hash,
    )  # fmt: skip
    return ends


def end_due(*, actor: Principal) -> int:
    """End every posting whose last day is over; the cases of a provincial list become ready to be announced.

    A case with an open objection stays behind, alone; it follows when the objection is dismissed or withdrawn.
    """
    due = list(Posting.objects.filter(state="running", ends_on__lt=clock.today()).order_by("id"))
    for posting in due:
        with transaction.atomic():
            move(posting, "end", actor=actor, machine=POSTING)
            if posting.level == "province":
                release(posting.items.values_list("application_id", flat=True), actor=actor)
    with transaction.atomic():
        release(actor=actor)
    return len(due)

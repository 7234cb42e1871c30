"""公示: put cases on a public list, let the time run, end it by the office's clock."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from certification import clocks
from certification.archive import archive
from certification.models import Application, Call, Meeting, Posting, PostingItem
from certification.notify import tell_applicants
from certification.object import held, release
from certification.obstacles import refuse_with_obstacles
from certification.papers import cn
from certification.permissions import APPLICATION, POSTING, decides, runs_posting
from certification.tiers import WORDS, label
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies
from foundation.transitions import already_moved, begin, move
from foundation.workdays.counting import add_workdays


def last_day(start: date, length: int, unit: str) -> date:
    """Day one is the first day of the posting; in working days the last one is a working day."""
    if unit == "day":
        return start + timedelta(days=length - 1)
    return add_workdays(start - timedelta(days=1), length)


def post(
    call: Call, applications: Iterable[Application], *, actor: Principal, contact: str = "", document_number: str = ""
) -> Posting:
    """Draft the province's list, put the cases on it and start it, in one transaction. See draft_list() for what is refused."""
    with transaction.atomic():
        return start(
            draft_list(call, applications, actor=actor, contact=contact, document_number=document_number), actor=actor
        )


def on_a_draft(applications: Iterable[Application]) -> dict[int, str]:
    """Cases that stand on a list which was drafted and not started, with the list's title."""
    rows = PostingItem.objects.filter(
        application__in=[a.pk for a in applications], posting__state="draft", posting__level="province"
    )
    return dict(rows.values_list("application_id", "posting__title"))


def draft_list(
    call: Call, applications: Iterable[Application], *, actor: Principal, contact: str = "", document_number: str = "",
    meeting: Meeting | None = None,
) -> Posting:  # fmt: skip
    """The province's list, quiet until it is started; the cases stay where they are.

    Refused("invalid") without a disciplinary contact: every posting names one beside ours.
    """
    chosen = list(applications)
    if not decides(actor, call):
        raise Missing
    if not chosen:
        raise Refused("invalid", "请至少选择一件申请列入公示。", [Problem("没有选择申请", "applications")])
    if not call.disciplinary_contact:
        raise Refused(
            "invalid",
            "公示须列明派驻纪检监察组的联系方式。请先在批次里填写。",
            [Problem("缺少派驻纪检监察组联系方式", "disciplinary_contact")],
        )
    stopped = held(application.pk for application in chosen)
    if stopped:
        names = "、".join(a.enterprise_name for a in chosen if a.pk in stopped)
        raise Refused(
            "conflict", f"{names}有市级公示异议没有办结。请先取消勾选，其余的可以照常公示。",
            [Problem(f"{names}有异议没有办结", "applications")],
        )  # fmt: skip
    twice = on_a_draft(chosen)
    if twice:
        names = "、".join(a.enterprise_name for a in chosen if a.pk in twice)
        raise Refused(
            "conflict", f"{names}已在另一份待公布的名单里。请先公布或撤销那份名单。", [Problem(f"{names}已列入待公布名单", "applications")]
        )  # fmt: skip
    refuse_with_obstacles(chosen)
    words = WORDS[call.tier]
    with transaction.atomic():
        posting = begin(
            Posting(
                call=call,
                level="province",
                region_path="64",
                office_name=actor.office_name,
                title=f"{call.year}年{call.batch}{label(call.tier)}拟{words.made_known}名单公示",
                document_number=document_number,
                contact=contact or call.contact,
                disciplinary_contact=call.disciplinary_contact,
                meeting=meeting,
            ),
            actor=actor,
            machine=POSTING,
            audience="office",
        )
        fill(posting, chosen)
    return posting


def start(posting: Posting, *, actor: Principal) -> Posting:
    """Day one of a drafted list. What has changed since it was drafted is asked again; one case that left stops it, by name."""
    call = posting.call
    if not decides(actor, call) or posting.level != "province":
        raise Missing
    if posting.state != "draft":
        raise already_moved(posting, POSTING)
    chosen = [i.application for i in posting.items.select_related("application").order_by("place")]
    gone = [a.enterprise_name for a in chosen if a.state != "province_review"]
    stopped = held(application.pk for application in chosen)
    gone += [a.enterprise_name for a in chosen if a.pk in stopped]
    if gone:
        raise Refused(
            "conflict", f"{'、'.join(gone)}已不在自治区审核环节，或有异议没有办结。请撤销这份名单，重新列入其余企业。",
            [Problem(f"{name}不能公示", "applications") for name in gone],
        )  # fmt: skip
    refuse_with_obstacles(chosen)
    today = clock.today()
    with transaction.atomic():
        ends = begin_to_run(posting, today, last_day(today, call.posting_length, call.posting_unit), actor)
        for application in chosen:
            clocks.leave_stage(application, clocks.desk_path(application, application.state))
            move(
                application, "post", actor=actor, machine=APPLICATION,
                detail={"posting": posting.title}, stage_since=clock.now(),
            )  # fmt: skip
            tell_applicants(application, f"列入公示，至{ends.year}年{ends.month}月{ends.day}日")
    return posting


def discard(posting: Posting, *, actor: Principal, reason: str) -> Posting:
    """A list that was never public: nobody outside the office has seen it, the cases stay at the province."""
    if not decides(actor, posting.call) or posting.level != "province":
        raise Missing
    if posting.state != "draft":
        raise already_moved(posting, POSTING)
    with transaction.atomic():
        return move(posting, "discard", actor=actor, machine=POSTING, reason=reason)


def take_down(posting: Posting, *, actor: Principal, reason: str) -> Posting:
    """A list that was published wrongly: it stays readable with the reason, and its cases go back to the desk they came from.

    Cases of a city's list never left it. An objection that was lodged meanwhile is answered as ever and holds its case.
    """
    if not POSTING.can(actor, "cancel", posting):
        if posting.state == "running" or not runs_posting(actor, posting):
            raise Missing
        raise already_moved(posting, POSTING)
    if not reason.strip():
        raise Refused("invalid", "撤下公示要写明理由，会公开。", [Problem("请写明理由", "take-down-reason")])
    with transaction.atomic():
        move(posting, "cancel", actor=actor, machine=POSTING, reason=reason.strip())
        for item in (
            posting.items.select_related("application").order_by("place") if posting.level == "province" else []
        ):
            if item.application.state == "posted":
                move(
                    item.application, "take_off_list", actor=actor, machine=APPLICATION, reason=reason.strip(),
                    detail={"posting": posting.title}, stage_since=clock.now(),
                )  # fmt: skip
                tell_applicants(item.application, "公示名单已撤下，回到自治区审核", reason.strip())
    return posting


def post_at_city(
    call: Call, applications: Iterable[Application], *, actor: Principal, contact: str, disciplinary_contact: str
) -> Posting:
    """A city's own list before it recommends; the cases stay where they are."""
    chosen = list(applications)
    if not (actor.is_official and actor.level == "city" and actor.has_role("reviewer", "leader")):
        raise Missing
    if not disciplinary_contact.strip():
        raise Refused("invalid", "公示须列明派驻纪检监察组的联系方式。", [Problem("请填写", "disciplinary_contact")])
    if not chosen or any(not actor.reaches(a.region_path) for a in chosen):
        raise Missing
    refuse_off_the_city_list(call, chosen)
    city = bodies()[actor.office_path].short_name
    start = clock.today()
    with transaction.atomic():
        posting = begin(
            Posting(
                call=call,
                level="city",
                region_path=actor.office_path,
                office_name=actor.office_name,
                title=f"{city}{call.year}年{call.batch}{label(call.tier)}推荐名单公示",
                contact=contact,
                disciplinary_contact=disciplinary_contact,
            ),
            actor=actor,
            machine=POSTING,
            audience="office",
        )
        fill(posting, chosen)
        begin_to_run(posting, start, last_day(start, call.posting_length, call.posting_unit), actor)
    return posting


def on_city_list(applications: Iterable[Application]) -> dict[int, Posting]:
    """Cases that a city's list names while it runs."""
    rows = PostingItem.objects.filter(
        application__in=[a.pk for a in applications], posting__state="running", posting__level="city"
    )
    return {row.application_id: row.posting for row in rows.select_related("posting")}


def refuse_off_the_city_list(call: Call, chosen: list[Application]) -> None:
    """Refused("conflict") where the call knows no city list, or a case is not the city's to list now; by name."""
    refuse_without_city_list(call)
    off = off_the_city_list(call, chosen)
    problems = [Problem(f"{a.enterprise_name}{off[a.pk]}", "applications") for a in chosen if a.pk in off]
    if problems:
        names = "；".join(problem.message for problem in problems)
        raise Refused("conflict", f"{names}。请先取消勾选，其余的可以照常公示。", problems)


def refuse_without_city_list(call: Call) -> None:
    if not call.has_city_posting:
        raise Refused("conflict", "这个批次的通知没有安排市级公示，审核后直接推荐到自治区。")


def off_the_city_list(call: Call, chosen: list[Application]) -> dict[int, str]:
    """Why a case is not the city's to list now, for those that are not."""
    stopped, listed = held(a.pk for a in chosen), on_city_list(chosen)
    told = {}
    for application in chosen:
        why = ""
        if application.state != "city_review":
            why = "现在不在市级审核环节"
        elif application.pk in stopped:
            why = "有公示异议没有办结"
        elif application.pk in listed:
            why = f"已在市级公示中，至{cn(listed[application.pk].ends_on)}"
        if why:
            told[application.pk] = why
    return told


def refuse_while_on_city_list(application: Application) -> None:
    """A city that lists a case publicly recommends it when the list has run: objections come until its last day."""
    running = on_city_list([application]).get(application.pk)
    if running is not None:
        raise Refused(
            "conflict",
            f"{application.enterprise_name}正在市级公示，最后一日{cn(running.ends_on)}。公示期满后再推荐到自治区。",
        )


def fill(posting: Posting, applications: list[Application]) -> None:
    known = bodies()
    PostingItem.objects.bulk_create(
        PostingItem(
            posting=posting,
            application=application,
            place=place,
            enterprise_name=application.enterprise_name,
            credit_code=application.credit_code,
            region_name=known[application.region_path].short_name,
        )
        for place, application in enumerate(sorted(applications, key=lambda a: (a.region_path, a.credit_code)), 1)
    )


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

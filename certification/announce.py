"""公告: one person draws up the announcement of firms whose posting has run out, another makes it public; then there are certificates.

There is no way back from an announcement: a title ends by an exit. The safe way back lies before it, in the draft and in the
interval after it was signed (sign_announcement.py).
"""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse

from certification.certify import give
from certification.drafting import hold_cases, refuse_elsewhere, refuse_twice
from certification.models import Announcement, AnnouncementDraft, AnnouncementLine, Application, Call
from certification.notify import tell_posts
from certification.object import held
from certification.obstacles import refuse_with_lasting
from certification.permissions import ANNOUNCEMENT_DRAFT, decides, is_provincial_reviewer
from certification.second_person import others, refuse_the_same_person
from certification.tiers import WORDS, is_national, label
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.paths import PROVINCE
from foundation.transitions import already_moved, begin, move

WAITING = ("draft", "signed")
"""A draft that is neither announced nor void holds its cases."""


@transaction.atomic
def draft(
    call: Call, applications: Iterable[Application], *, actor: Principal, document_number: str
) -> AnnouncementDraft:
    """The province's draft for tiers 1–2, by a reviewer or a leader. A case that an objection holds is left out and stays where it is.

    Refused: "invalid" without a number or without cases, "duplicate" for a number that was used, "conflict" with the names of
    cases that are not there to be announced, stand on another draft, or have something lasting against them (obstacles.py).
    """
    chosen = list(applications)
    if not is_provincial_reviewer(actor, call) or is_national(call.tier):
        raise Missing
    now = hold_cases(chosen)
    stopped = held(application.pk for application in chosen)
    if stopped and len(stopped) == len(chosen):
        raise Refused("conflict", "所选企业都有公示异议没有办结，核查完毕之前不能公告。")
    chosen = [application for application in chosen if application.pk not in stopped]
    number = document_number.strip()
    if not number:
        raise Refused(
            "invalid",
            "请填写公告文号。",
            [Problem("公告文号没有填写", "document_number", hint="例：宁工信公告〔2026〕12号")],
        )
    if not chosen:
        raise Refused("invalid", "请至少选择一件公示期满的申请。", [Problem("没有选择申请", "applications")])
    if Announcement.objects.filter(document_number=number, tier=call.tier).exists():
        raise used(number)
    refuse_what_has_moved_on(chosen, now)
    refuse_twice(chosen, on_a_draft(chosen), "已在另一份待公告的名单里。请先公告或作废那一份。", "已列入公告稿")
    refuse_with_lasting(chosen)
    words = WORDS[call.tier]
    with transaction.atomic():
        made = begin(
            AnnouncementDraft(
                call=call, region_path=PROVINCE, document_number=number, drafted_by_id=actor.user_id, drafted_by_name=actor.name,
                title=f"关于{words.made_known}{call.year}年{call.batch}{label(call.tier)}的公告",
            ),
            actor=actor, machine=ANNOUNCEMENT_DRAFT, audience="office",
        )  # fmt: skip
        AnnouncementLine.objects.bulk_create(
            AnnouncementLine(draft=made, application=application, region_path=PROVINCE, place=place)
            for place, application in enumerate(sorted(chosen, key=lambda a: (a.region_path, a.credit_code)), 1)
        )
        tell_posts(
            others(made), f"待公告：{made.title}"[:120],
            f"{actor.name}拟好了《{made.title}》（{number}），共 {len(chosen)} 户。公告由拟稿人以外的负责人办理。", about=made,
            url=reverse("certification:announcement_draft", args=[made.public_id]), what_to_do="核对后公告，或写明理由作废",
        )  # fmt: skip
    return made


def publish(row: AnnouncementDraft, *, actor: Principal, announced_on: date | None = None) -> Announcement:
    """Every firm of the draft gets its certificate in the same transaction, by a leader who did not draft it.

    What an objection holds by now is left out and stays where it is. Refused: "forbidden" for the one who drafted it,
    "duplicate" for a number that was used meanwhile, "conflict" with the names of what has moved on or come up since.
    """
    refuse_who_may_not(row, actor)
    if row.state not in WAITING:
        raise already_moved(row, ANNOUNCEMENT_DRAFT)
    chosen, call = to_be_announced(row), row.call
    with transaction.atomic():
        try:
            with transaction.atomic():
                announcement = Announcement.objects.create(
                    call=call,
                    tier=call.tier,
                    title=row.title,
                    document_number=row.document_number,
                    batch=f"{call.year}年{call.batch}",
                    announced_on=announced_on or clock.today(),
                    by_id=actor.user_id,
                    at=clock.now(),
                )
        except IntegrityError as error:
            raise used(row.document_number) from error
        detail = {"document_number": row.document_number, "count": len(chosen)}
        move(
            row, "announce", actor=actor, machine=ANNOUNCEMENT_DRAFT, detail=detail, announcement_id=announcement.pk
        )  # fmt: skip
        for application in chosen:
            give(application, announcement, actor=actor)
    return announcement


def refuse_who_may_not(row: AnnouncementDraft, actor: Principal) -> None:
    """Missing for who is no leader of the province, Refused("forbidden") for the one who drafted it."""
    if not decides(actor, row):
        raise Missing
    if row.state in WAITING:
        refuse_the_same_person(row, actor)


def to_be_announced(row: AnnouncementDraft) -> list[Application]:
    """The firms of the draft without those whom an objection holds. Refused: "duplicate", "conflict" as publish() says."""
    lines = row.lines.select_related("application__enterprise", "application__call").order_by("place")
    stopped = held(line.application_id for line in lines)
    chosen = [line.application for line in lines if line.application_id not in stopped]
    if not chosen:
        raise Refused("conflict", "这份公告稿上的企业都有公示异议没有办结，核查完毕之前不能公告。")
    refuse_what_has_moved_on(chosen)
    refuse_with_lasting(chosen)
    if Announcement.objects.filter(document_number=row.document_number, tier=row.call.tier).exists():
        raise used(row.document_number)
    return chosen


def discard(row: AnnouncementDraft, *, actor: Principal, reason: str) -> AnnouncementDraft:
    """By whoever works on cases at the province: nobody outside has seen it, the cases stay ready. Refused("invalid") without a reason."""
    if not is_provincial_reviewer(actor, row):
        raise Missing
    if row.state not in WAITING:
        raise already_moved(row, ANNOUNCEMENT_DRAFT)
    if not reason.strip():
        raise Refused("invalid", "作废公告稿要写明理由，会记入留痕。", [Problem("请写理由", "discard-reason")])
    return move(row, "discard", actor=actor, machine=ANNOUNCEMENT_DRAFT, reason=reason.strip())


def on_a_draft(applications: Iterable[Application]) -> dict[int, str]:
    """Cases on an announcement that was drafted and not made, with the address of the draft."""
    rows = AnnouncementLine.objects.filter(application__in=[a.pk for a in applications], draft__state__in=WAITING)
    return dict(rows.values_list("application_id", "draft__public_id"))


def held_now(row: AnnouncementDraft) -> list[str]:
    """Firms of a draft that would stay behind today, because an objection holds them."""
    lines = list(row.lines.select_related("application").order_by("place"))
    stopped = held(line.application_id for line in lines)
    return [line.application.enterprise_name for line in lines if line.application_id in stopped]


def left_out(row: AnnouncementDraft) -> list[str]:
    """Firms of an announced draft that stay behind, because an objection held them on the day."""
    rows = row.lines.filter(application__state="decided").select_related("application")
    return [line.application.enterprise_name for line in rows]


def refuse_what_has_moved_on(chosen: list[Application], now: dict[int, str] | None = None) -> None:
    """Refused("conflict") with the names of the cases whose posting has not run out, or that were refused since."""
    refuse_elsewhere(chosen, "decided", "现在不在公示期满、待公告的环节。请去掉以后，其余的重新拟稿。", now)


def used(number: str) -> Refused:
    return Refused(
        "duplicate", f"公告文号{number}已经用过。一个文号在一个层级只对应一份公告，请核对后重填。",
        [Problem("这个文号已经用过", "document_number", hint="已有的公告在“称号”里可以查到")],
    )  # fmt: skip

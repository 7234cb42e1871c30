"""拟公示名单: one person draws up a list, of the province or of a city; it stays quiet until another one makes it public (posting.py)."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from certification.city_list import refuse_off_the_city_list
from certification.drafting import hold_cases, refuse_elsewhere, refuse_twice
from certification.models import AgendaItem, Application, Call, Meeting, Posting, PostingItem
from certification.notify import tell_posts
from certification.object import held
from certification.obstacles import refuse_with_obstacles
from certification.permissions import POSTING, is_provincial_reviewer, runs_posting
from certification.second_person import others
from certification.tiers import WORDS, label
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies
from foundation.transitions import already_moved, begin, move

LEFT = "已不在自治区审核环节。请取消勾选，其余的可以照常列入。"
NO_CONTACT = "缺少派驻纪检监察组联系方式"


@transaction.atomic
def draft_list(
    call: Call, applications: Iterable[Application], *, actor: Principal, contact: str = "", document_number: str = "",
    meeting: Meeting | None = None,
) -> Posting:  # fmt: skip
    """The province's list, quiet until it is started; the cases stay where they are.

    Refused: "invalid" without cases or without a disciplinary contact (every posting names one beside ours); "conflict" for
    cases with an open objection, on another draft, or with an obstacle (obstacles.py), by name.
    """
    chosen = list(applications)
    if not is_provincial_reviewer(actor, call):
        raise Missing
    if not chosen:
        raise Refused("invalid", "请至少选择一件申请列入公示。", [Problem("没有选择申请", "applications")])
    if not call.disciplinary_contact:
        raise Refused(
            "invalid",
            "公示须列明派驻纪检监察组的联系方式。请先在批次里填写。",
            [Problem(NO_CONTACT, "disciplinary_contact")],
        )
    refuse_elsewhere(chosen, "province_review", LEFT, hold_cases(chosen))
    stopped = held(application.pk for application in chosen)
    if stopped:
        names = "、".join(a.enterprise_name for a in chosen if a.pk in stopped)
        raise Refused(
            "conflict", f"{names}有市级公示异议没有办结。请先取消勾选，其余的可以照常公示。",
            [Problem(f"{names}有异议没有办结", "applications")],
        )  # fmt: skip
    refuse_on_a_draft(chosen, "province")
    refuse_with_obstacles(chosen)
    words = WORDS[call.tier]
    drafted = Posting(
        call=call,
        level="province",
        region_path="64",
        title=f"{call.year}年{call.batch}{label(call.tier)}拟{words.made_known}名单公示",
        document_number=document_number,
        contact=contact or call.contact,
        disciplinary_contact=call.disciplinary_contact,
        meeting=meeting,
    )
    return _keep(drafted, chosen, actor)


@transaction.atomic
def draft_city_list(
    call: Call, applications: Iterable[Application], *, actor: Principal, contact: str, disciplinary_contact: str
) -> Posting:
    """A city's own list before it recommends; the cases stay where they are.

    Refused: "invalid" without a disciplinary contact; "conflict" where the call knows no city list, or for cases that are not
    the city's to list now or stand on another draft, by name.
    """
    chosen = list(applications)
    if not (actor.is_official and actor.level == "city" and actor.has_role("reviewer", "leader")):
        raise Missing
    if not disciplinary_contact.strip():
        raise Refused("invalid", "公示须列明派驻纪检监察组的联系方式。", [Problem("请填写", "disciplinary_contact")])
    if not chosen or any(not actor.reaches(a.region_path) for a in chosen):
        raise Missing
    hold_cases(chosen)
    refuse_off_the_city_list(call, chosen)
    refuse_on_a_draft(chosen, "city")
    drafted = Posting(
        call=call,
        level="city",
        region_path=actor.office_path,
        title=f"{bodies()[actor.office_path].short_name}{call.year}年{call.batch}{label(call.tier)}推荐名单公示",
        contact=contact,
        disciplinary_contact=disciplinary_contact,
    )
    return _keep(drafted, chosen, actor)


def _keep(drafted: Posting, chosen: list[Application], actor: Principal) -> Posting:
    """With its lines and with who drafted it; the others who may make it public hear that it waits for them."""
    drafted.office_name = actor.office_name
    drafted.drafted_by_id, drafted.drafted_by_name = actor.user_id, actor.name
    with transaction.atomic():
        begin(drafted, actor=actor, machine=POSTING, audience="office")
        fill(drafted, chosen)
        if drafted.meeting_id is None:  # a meeting's list is published with its letters, by whom it already knows
            tell_posts(
                others(drafted), f"待公布：{drafted.title}"[:120],
                f"{actor.name}拟好了《{drafted.title}》，共 {len(chosen)} 户。公布由拟稿人以外的负责人办理。",
                about=drafted, url=reverse("certification:posting_draft", args=[drafted.public_id]),
                what_to_do="核对名单后公布，或写明理由撤销",
            )  # fmt: skip
    return drafted


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


def on_a_draft(applications: Iterable[Application], level: str = "province") -> dict[int, str]:
    """Cases that stand on a list which was drafted and not started, with the address of the draft."""
    rows = PostingItem.objects.filter(
        application__in=[a.pk for a in applications], posting__state="draft", posting__level=level
    )
    return dict(rows.values_list("application_id", "posting__public_id"))


def refuse_on_a_draft(chosen: list[Application], level: str) -> None:
    """Refused("conflict") by name: a case is on one draft at a time."""
    refuse_twice(
        chosen, on_a_draft(chosen, level), "已在另一份待公布的名单里。请先公布或撤销那份名单。", "已列入待公布名单"
    )


def discard(posting: Posting, *, actor: Principal, reason: str) -> Posting:
    """A list that was never public, by whoever works on lists in its office: nobody outside has seen it, the cases stay.

    Refused("invalid") without a reason. What a meeting had carried out by it can be carried out anew.
    """
    if not runs_posting(actor, posting):
        raise Missing
    if posting.state != "draft":
        raise already_moved(posting, POSTING)
    if not reason.strip():
        raise Refused("invalid", "撤销待公布的名单要写明理由，会记入留痕。", [Problem("请写理由", "discard-reason")])
    with transaction.atomic():
        if posting.meeting_id is not None:
            named = posting.items.values_list("application_id", flat=True)
            AgendaItem.objects.filter(meeting_id=posting.meeting_id, application_id__in=list(named)).update(
                carried_out_at=None
            )
        return move(posting, "discard", actor=actor, machine=POSTING, reason=reason.strip())

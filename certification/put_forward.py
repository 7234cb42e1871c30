"""推荐到工信部 by two people: one draws up whom the letter names, another leader sends it. A meeting's vote is the second person too.

There is no way back from a recommendation, the ministry has it; the safe way back lies before it, in the draft (decision 0029).
"""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from certification.drafting import hold_cases, refuse_elsewhere, refuse_twice
from certification.models import Application, Call, RecommendationDraft, RecommendationLine
from certification.notify import tell_posts
from certification.object import held
from certification.obstacles import refuse_with_obstacles
from certification.permissions import RECOMMENDATION_DRAFT, decides, is_provincial_reviewer
from certification.recommend import recommend_to_ministry, refuse_without_number
from certification.second_person import others, refuse_the_same_person
from certification.tiers import is_national, label
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.paths import PROVINCE
from foundation.transitions import already_moved, begin, move

LEFT = "已不在自治区审核环节。请去掉以后，其余的重新拟稿。"


def draft(
    call: Call, applications: Iterable[Application], *, actor: Principal, letter_number: str
) -> RecommendationDraft:
    """By a reviewer or a leader of the province, for national tiers; the cases stay where they are.

    Refused: "invalid" without a number or without cases, "conflict" with the names of cases that are not at the province, that
    an objection holds, that stand on another draft, or that have an obstacle (obstacles.py).
    """
    chosen = list(applications)
    if not is_provincial_reviewer(actor, call) or not is_national(call.tier):
        raise Missing
    refuse_without_number(letter_number)
    if not chosen:
        raise Refused("invalid", "请至少选择一件申请列入推荐稿。", [Problem("没有选择申请", "applications")])
    with transaction.atomic():
        refuse_elsewhere(chosen, "province_review", LEFT, hold_cases(chosen))
        refuse_held(chosen)
        refuse_twice(chosen, on_a_draft(chosen), "已在另一份推荐稿里。请先推荐或作废那一份。", "已列入推荐稿")
        refuse_with_obstacles(chosen)
        made = begin(
            RecommendationDraft(
                call=call, region_path=PROVINCE, letter_number=letter_number.strip(), drafted_by_id=actor.user_id,
                drafted_by_name=actor.name, title=f"关于推荐{call.year}年{call.batch}{label(call.tier)}的函",
            ),
            actor=actor, machine=RECOMMENDATION_DRAFT, audience="office",
        )  # fmt: skip
        RecommendationLine.objects.bulk_create(
            RecommendationLine(draft=made, application=application, region_path=PROVINCE, place=place)
            for place, application in enumerate(sorted(chosen, key=lambda a: (a.region_path, a.credit_code)), 1)
        )
        tell_posts(
            others(made), f"待推荐：{made.title}"[:120],
            f"{actor.name}拟好了《{made.title}》（{made.letter_number}），共 {len(chosen)} 户。推荐由拟稿人以外的负责人办理。", about=made,
            url=reverse("certification:recommendation_draft", args=[made.public_id]), what_to_do="核对后推荐，或写明理由作废",
        )  # fmt: skip
    return made


def send(row: RecommendationDraft, *, actor: Principal) -> int:
    """By a leader who did not draft it: every firm of the draft is recommended and told. Returns how many.

    Refused: "forbidden" for the one who drafted it, "conflict" with the names of what has moved on or come up since.
    """
    if not decides(actor, row):
        raise Missing
    if row.state != "draft":
        raise already_moved(row, RECOMMENDATION_DRAFT)
    refuse_the_same_person(row, actor)
    lines = row.lines.select_related("application__enterprise", "application__call").order_by("place")
    chosen = [line.application for line in lines]
    refuse_elsewhere(chosen, "province_review", LEFT)
    refuse_held(chosen)
    with transaction.atomic():
        detail = {"letter_number": row.letter_number, "count": len(chosen)}
        move(row, "send", actor=actor, machine=RECOMMENDATION_DRAFT, detail=detail)
        return recommend_to_ministry(chosen, actor=actor, letter_number=row.letter_number)


def discard(row: RecommendationDraft, *, actor: Principal, reason: str) -> RecommendationDraft:
    """By whoever works on cases at the province: nobody outside has seen it, the cases stay. Refused("invalid") without a reason."""
    if not is_provincial_reviewer(actor, row):
        raise Missing
    if row.state != "draft":
        raise already_moved(row, RECOMMENDATION_DRAFT)
    if not reason.strip():
        raise Refused("invalid", "作废推荐稿要写明理由，会记入留痕。", [Problem("请写理由", "discard-reason")])
    return move(row, "discard", actor=actor, machine=RECOMMENDATION_DRAFT, reason=reason.strip())


def on_a_draft(applications: Iterable[Application]) -> dict[int, str]:
    """Cases on a recommendation that was drafted and not sent, with the address of the draft."""
    rows = RecommendationLine.objects.filter(application__in=[a.pk for a in applications], draft__state="draft")
    return dict(rows.values_list("application_id", "draft__public_id"))


def refuse_held(chosen: list[Application]) -> None:
    stopped = held(application.pk for application in chosen)
    names = "、".join(a.enterprise_name for a in chosen if a.pk in stopped)
    if names:
        raise Refused(
            "conflict", f"{names}有公示异议没有办结，核查完毕之前不能推荐。请先取消勾选，其余的可以照常推荐。",
            [Problem(f"{names}有异议没有办结", "applications")],
        )  # fmt: skip

"""审议会: plan it, vote, conclude, close; the conclusions are carried out later (carry_out.py).

A conclusion moves no case: what was decided stays quiet until it is carried out as a whole. How large a majority is needed is the
committee's own rule, not ours: the portal insists that three sit, that everybody who may vote has voted, that two or more did,
and that the chair announces what the ballots say; putting a case off is always possible.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from certification.models import AgendaItem, Application, Ballot, Call, Meeting, MeetingMember
from certification.override import FEWEST_VOTES
from certification.permissions import MEETING, is_provincial_reviewer, presides
from enterprises.words import cn
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move

VOTES = {"approve": "同意", "refuse": "不同意", "abstain": "弃权"}
CONCLUSIONS = {"approve": "通过", "refuse": "不通过", "defer": "暂缓，另行审议"}
FEWEST_MEMBERS = 3
"""Ours, not a text's: a meeting counts as a second person's signature, so it must not be one person."""


def may_sit() -> list[User]:
    """Today's reviewers and leaders of the province."""
    today = clock.today()
    people = User.objects.filter(
        Q(posts__until=None) | Q(posts__until__gte=today), posts__since__lte=today, posts__office__body__path="64",
        posts__role__in=["reviewer", "leader"], is_active=True,
    )  # fmt: skip
    return list(people.distinct().order_by("id"))


def plan(
    call: Call, applications: Sequence[Application], members: Sequence[User], *, chair: User | None, title: str,
    held_on: date | None, place: str = "", actor: Principal,
) -> Meeting:  # fmt: skip
    """The agenda in the order of region and code, never of merit. Refused("invalid") with a problem per field."""
    if not is_provincial_reviewer(actor, call):
        raise Missing
    problems = []
    if not title.strip():
        problems.append(Problem("请填写会议名称", "title"))
    if held_on is None:
        problems.append(Problem("请填写开会日期", "held_on"))
    if not applications:
        problems.append(Problem("请至少选择一件申请", "applications"))
    if len(set(members)) < FEWEST_MEMBERS:
        problems.append(Problem(f"审议会至少要有 {FEWEST_MEMBERS} 名成员", "members"))
    if chair is None or chair not in members:
        problems.append(Problem("请在成员中指定主持人", "chair"))
    taken = AgendaItem.objects.filter(
        application__in=applications, meeting__state__in=["planned", "in_session"]
    ).select_related("application")
    problems += [Problem(f"{i.application.enterprise_name}已在另一次会议的议程里", "applications") for i in taken]
    odd = [a for a in applications if a.state != "province_review" or a.call_id != call.pk]
    problems += [Problem(f"{a.enterprise_name}现在不在自治区审核环节", "applications") for a in odd]
    if problems or held_on is None:
        raise Refused("invalid", "还没有建好会议，有几处要补充。", problems)
    ordered = sorted(applications, key=lambda a: (a.region_path, a.credit_code))
    with transaction.atomic():
        meeting = begin(
            Meeting(call=call, region_path="64", title=title.strip(), held_on=held_on, place=place.strip()),
            actor=actor,
            machine=MEETING,
            audience="office",
        )
        MeetingMember.objects.bulk_create(
            MeetingMember(meeting=meeting, region_path="64", user=user, name=str(user), is_chair=user == chair)
            for user in members
        )
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, region_path="64", application=application, place=n)
            for n, application in enumerate(ordered, 1)
        )
    return meeting


def open_meeting(meeting: Meeting, *, actor: Principal) -> Meeting:
    return move(meeting, "open", actor=actor, machine=MEETING)


def cancel(meeting: Meeting, *, actor: Principal, reason: str) -> Meeting:
    """A meeting that does not take place; its cases may stand on another agenda at once."""
    return move(meeting, "cancel", actor=actor, machine=MEETING, reason=reason)


def mark_absent(meeting: Meeting, member_id: int, *, actor: Principal) -> MeetingMember:
    """A member who did not come: left out of the count and named in the minutes. Not one who has voted, and not the chair."""
    if not presides(actor, meeting):
        raise Missing
    member = meeting.members.filter(pk=member_id).first()
    if member is None:
        raise Missing
    if meeting.state != "in_session":
        raise Refused("conflict", "会议不在进行中，不能登记缺席。")
    if member.is_chair or member.ballots.exists():
        raise Refused("conflict", f"{member.name}主持会议或已经表决，不能记为缺席。")
    with transaction.atomic():
        if MeetingMember.objects.filter(pk=member.pk, absent_at=None).update(absent_at=clock.now()):
            record("meeting.absent", meeting, actor=actor, detail={"member": member.name})
    member.refresh_from_db()
    return member


def seat(item: AgendaItem, actor: Principal) -> MeetingMember:
    found = MeetingMember.objects.filter(meeting_id=item.meeting_id, user_id=actor.user_id).first()
    if found is None:
        raise Missing
    if found.absent_at is not None:
        raise Refused("conflict", "主持人已把您记为缺席，这次会议不能表决。")
    return found


def cast(item: AgendaItem, choice: str, *, actor: Principal, reason: str = "") -> Ballot:
    """One vote, or standing aside; a reason is asked for a refusal and for a recusal. The first one given stands."""
    member = seat(item, actor)
    if choice not in (*VOTES, "recused"):
        raise Missing
    if item.meeting.state != "in_session" or item.result:
        raise Refused("conflict", "这一件现在不在表决中。")
    if choice in ("refuse", "recused") and not reason.strip():
        words = "不同意的，请写明理由。" if choice == "refuse" else "回避的，请写明原因。"
        raise Refused("invalid", words, [Problem(words, f"reason-{item.place}")])
    try:
        with transaction.atomic():
            ballot = Ballot.objects.create(
                item=item, member=member, region_path="64", choice=choice, reason=reason.strip(), at=clock.now()
            )
            # The record says that somebody voted, not how: that stands in the ballots, behind the wall.
            aside = choice == "recused"
            record(
                "ballot.recuse" if aside else "ballot.cast", item.meeting, actor=actor, detail={"place": item.place},
                reason=reason.strip() if aside else "",
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("conflict", "您已经就这一件表过态，不能更改。") from error
    return ballot


def tally(item: AgendaItem, members: Iterable[MeetingMember]) -> dict[str, int]:
    """Counts in words of the ballot, and how many of those present may still vote."""
    ballots = list(item.ballots.all())
    counts = {choice: sum(b.choice == choice for b in ballots) for choice in (*VOTES, "recused")}
    return counts | {"missing": sum(m.absent_at is None for m in members) - len(ballots)}


def conclude(item: AgendaItem, result: str, *, actor: Principal, reason: str = "") -> AgendaItem:
    """The chair says what the meeting decided. A refusal has its own reason, which the firm will read."""
    if not presides(actor, item.meeting):
        raise Missing
    if result not in CONCLUSIONS:
        raise Missing
    if item.meeting.state != "in_session" or item.result:
        raise Refused("conflict", "这一件现在不能宣布结论。")
    counts = tally(item, item.meeting.members.all())
    if counts["missing"] and result != "defer":
        raise Refused("conflict", f"还有 {counts['missing']} 位成员没有表决，也没有回避。")
    refuse_against_the_vote(counts, result)
    if result == "refuse" and not reason.strip():
        raise Refused(
            "invalid", "不通过的，请写明理由，企业会看到。", [Problem("请写明理由", f"conclusion-{item.place}")]
        )
    with transaction.atomic():
        saved = AgendaItem.objects.filter(pk=item.pk, result="").update(
            result=result, reason=reason.strip(), concluded_at=clock.now()
        )
        if not saved:
            raise Refused("conflict", "这一件已经有结论。")
        item.refresh_from_db()
        record(
            "meeting.conclude", item.meeting, actor=actor, detail={"place": item.place, "result": CONCLUSIONS[result]}
        )
    return item


def votes_in(counts: Mapping[str, int]) -> int:
    """Ballots of those who did not stand aside."""
    return sum(counts[choice] for choice in VOTES)


def refuse_against_the_vote(counts: Mapping[str, int], result: str) -> None:
    """Refused("conflict") unless more ballots say so than say the opposite; to put off needs no majority."""
    if result == "defer":
        return
    if votes_in(counts) < FEWEST_VOTES:
        raise Refused("conflict", f"表决的不足 {FEWEST_VOTES} 人，只能暂缓、另行审议。")
    other = "refuse" if result == "approve" else "approve"
    if counts[result] <= counts[other]:
        raise Refused(
            "conflict",
            f"{tally_words(counts)}：表决结果不支持“{CONCLUSIONS[result]}”。结论要与表决一致，或者暂缓、另行审议。",
        )


def tally_words(counts: Mapping[str, int]) -> str:
    return "，".join(f"{words} {counts[choice]}" for choice, words in VOTES.items())


def close(meeting: Meeting, *, actor: Principal) -> Meeting:
    """Every item has its conclusion; the minutes are drafted from what was recorded."""
    if not presides(actor, meeting):
        raise Missing
    left = meeting.items.filter(result="").count()
    if left:
        raise Refused("conflict", f"还有 {left} 件没有结论，不能闭会。")
    return move(meeting, "close", actor=actor, machine=MEETING, minutes=minutes_of(meeting))


def minutes_of(meeting: Meeting) -> str:
    """会议纪要, item by item: the counts and who stood aside, not who voted how."""
    members = list(meeting.members.all())
    chair = next((m.name for m in members if m.is_chair), "")
    there = "、".join(m.name for m in members if m.absent_at is None)
    away = "、".join(m.name for m in members if m.absent_at is not None)
    lines = [
        f"{cn(meeting.held_on)}，{chair}主持召开{meeting.title}。出席：{there}。" + (f"缺席：{away}。" if away else ""),
        f"会议审议{meeting.call.title}的 {meeting.items.count()} 件申请，结论如下：",
    ]
    rows = meeting.items.select_related("application").prefetch_related("ballots__member")
    for item in rows:
        counts = tally(item, members)
        aside = "、".join(b.member.name for b in item.ballots.all() if b.choice == "recused")
        lines.append(
            f"{item.place}．{item.application.enterprise_name}：{CONCLUSIONS[item.result]}"
            f"（{tally_words(counts)}"
            + (f"；{aside}回避" if aside else "")
            + "）。"
            + (f"理由：{item.reason}" if item.reason else "")
        )
    return "\n".join(lines)

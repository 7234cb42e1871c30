"""复审: ask for it, admit it, decide it anew; never by somebody who took part in the decision.

Setting a refusal aside does not grant anything: the firm may file again in the same call, its window being open for it
alone, and what it filed before is already in the draft.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from certification.letter import remedy
from certification.models import Application, Ballot, Call, Letter, Opinion, Reconsideration, Verdict
from certification.notify import applicants, leaders_of, posted, tell_posts
from certification.permissions import RECONSIDERATION, is_above_or_at, is_verified_applicant, reconsiders
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import MessageKind
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move

ANSWERS = ("turn_down", "maintain", "set_aside")


def request(letter: Letter, *, actor: Principal, grounds: str) -> Reconsideration:
    """By the firm, against a refusal that was served to it. A late one is taken in and marked; the office decides."""
    if letter.kind != "refusal" or letter.state != "served" or not is_verified_applicant(actor, letter):
        raise Missing
    if not grounds.strip():
        raise Refused("invalid", "请写明请求和理由。", [Problem("请写明请求和理由", "grounds")])
    wanted = Reconsideration(
        letter=letter,
        application_id=letter.application_id,
        enterprise_id=letter.enterprise_id,
        region_path=letter.region_path,
        office_path=letter.office_path,
        grounds=grounds.strip(),
        deciders=sorted(deciders(letter)),
        is_late=is_late(letter),
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
    )
    try:
        with transaction.atomic():
            row = begin(wanted, actor=actor, machine=RECONSIDERATION)
            tell_the_offices(row)
            return row
    except IntegrityError as error:
        raise Refused("duplicate", "对这份决定已经提出过复审。") from error


def tell_the_offices(row: Reconsideration) -> None:
    """Those who may handle it: at the office that decided, and above it as far up as a leader is needed who took no part.

    Where everybody took part, the leaders are told that somebody has to be appointed: no request waits unseen.
    """
    people: list[User] = []
    path, leaders = row.office_path, False
    while path and not leaders:
        here = [person for person in posted(("reviewer", "leader"), {path}) if person.pk not in row.deciders]
        leaders = any(person in here for person in leaders_of({path}))
        people, path = people + here, path.rpartition("/")[0]
    what = "打开复审请求，决定是否受理" if leaders else "请安排没有参与原决定的负责人办理"
    tell_posts(
        people if leaders else [*people, *leaders_of({row.office_path, row.office_path.split("/")[0]})],
        f"收到复审请求：{row.application.enterprise_name}",
        f"企业对《{row.letter.title}》（{row.letter.number}）提出复审。参与过原决定的人员不能办理；本单位没有其他人员的，由上一级办理。",
        about=row,
        url=reverse("certification:reconsideration", args=[row.public_id]),
        what_to_do=what,
    )


def deciders(letter: Letter) -> set[int]:
    """Everybody who judged, concluded, refused, voted, wrote or signed. Votes are behind a wall: only the numbers come out.

    A refusal after the review, from a list or before the announcement, leaves no opinion: the record knows who refused.
    """
    with transaction.atomic(), scoped(Principal.system("reconsideration")):
        case = {"application_id": letter.application_id}
        people: set[Any] = set(Opinion.objects.filter(**case).values_list("by_id", flat=True))
        people |= set(Verdict.objects.filter(**case).values_list("by_id", flat=True))
        people |= set(
            Ballot.objects.filter(item__application_id=letter.application_id).values_list("member__user_id", flat=True)
        )
        people |= refusers(letter.application)
    return (people | {letter.edited_by_id, letter.signed_by_id}) - {None}


def refusers(application: Application) -> set[int]:
    """Whoever refused the case at any stage, a refusal that was taken back included."""
    events = AuditEvent.objects.filter(
        object_type=application._meta.label_lower, object_id=application.public_id, act="application.refuse"
    )
    known = User.objects.filter(public_id__in=events.filter(actor_kind="official").values("actor_id"))
    return set(known.values_list("pk", flat=True))


def is_late(letter: Letter) -> bool | None:
    """None while no period is configured: then the office judges for itself whether it came in time."""
    began = letter.served_at if letter.hand_way else letter.opened_at or letter.served_at
    if not settings.RECONSIDERATION_DAYS or began is None:
        return None
    return clock.now() > began + timedelta(days=settings.RECONSIDERATION_DAYS)


def admit(row: Reconsideration, *, actor: Principal) -> Reconsideration:
    guard(row, actor)
    with transaction.atomic():
        move(
            row, "admit", actor=actor, machine=RECONSIDERATION, handled_by_id=actor.user_id, handled_by_name=actor.name
        )
        tell(row, "复审请求已受理", "复审请求已受理，由没有参与原决定的人员办理。", MessageKind.COURTESY)
    return row


def answer(row: Reconsideration, act: str, text: str, *, actor: Principal) -> Reconsideration:
    """Turn down, maintain or set aside, with the reasons that the firm reads."""
    guard(row, actor)
    if act not in ANSWERS:
        raise Missing
    if not text.strip():
        raise Refused("invalid", "请写明决定和理由，企业会原样看到。", [Problem("请写明决定和理由", "answer")])
    with transaction.atomic():
        move(
            row, act, actor=actor, machine=RECONSIDERATION, reason=text.strip(), answer=text.strip(),
            answered_at=clock.now(), handled_by_id=actor.user_id, handled_by_name=actor.name,
        )  # fmt: skip
        words = RECONSIDERATION.label(row).applicant
        body = f"{words}。{text.strip()}"
        if act == "set_aside":
            body += "\n贵公司可以在原批次重新提交申请，不受截止时间限制，原来填写的内容已带入。"
        else:
            body += f"\n{remedy()}"
        tell(row, f"复审结果：{words}", body, MessageKind.LEGAL)
    return row


def withdraw(row: Reconsideration, *, actor: Principal) -> Reconsideration:
    return move(row, "withdraw", actor=actor, machine=RECONSIDERATION)


def guard(row: Reconsideration, actor: Principal) -> None:
    """Missing for outsiders; told why for those who decided."""
    if not is_above_or_at(actor, row):
        raise Missing
    if not reconsiders(actor, row):
        raise Refused("forbidden", "您参与过原决定，复审要由没有参与的人员办理；本单位没有的，由上一级办理。")


def tell(row: Reconsideration, subject: str, body: str, kind: str) -> None:
    send(
        applicants(row.application), subject=subject, body=body, kind=kind, url=f"/my/letters/{row.letter.public_id}/",
        about=row,
    )  # fmt: skip


def opens_again(enterprise: Enterprise, call: Call) -> Application | None:
    """The refused application whose refusal was set aside and that nothing has followed yet: it may be filed anew."""
    row = (
        Reconsideration.objects.filter(state="set_aside", enterprise=enterprise, application__call=call)
        .select_related("application")
        .order_by("-id")
        .first()
    )
    if row is None:
        return None
    later = Application.objects.filter(enterprise=enterprise, call=call, pk__gt=row.application_id)
    return None if later.exclude(state="draft").exists() else row.application

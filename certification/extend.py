"""延长窗口: our failure in the last hours before the end drafts an extension; an official signs, everyone affected is told.

Only our own windows: a national call has its end from elsewhere, and nothing here moves it. Nobody has to ask.
"""

import math
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from certification.models import Application, Call, CohortTitle, Extension
from certification.permissions import CALL, EXTENSION, is_provincial_reviewer
from certification.tiers import is_national
from enterprises.models import Enterprise, Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue_many, work
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send, send_by_hand
from foundation.outages.keep import minutes_of, within
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move

LAST = timedelta(hours=48)
LOOK_BACK = timedelta(hours=72)
"""A window that ended this long ago is not opened again by itself."""
TELL = "window.tell"
AT_ONCE = 200
SHORTEST = 4


def visible(principal: Principal) -> QuerySet[Extension]:
    """Drafts are the province's; what was signed is everybody's."""
    if is_provincial_reviewer(principal, None):
        return Extension.objects.all()
    return Extension.objects.filter(state="signed")


def draft_due() -> int:
    """Draft what is due, and bring open drafts up to date; asked again it is the same drafts. Returns how many are new."""
    now = clock.now()
    running = Call.objects.filter(
        state="published", opens_at__lte=now, closes_at__gt=now - LOOK_BACK, closes_at__lte=now + LAST
    )
    made = 0
    for call in running.order_by("id"):
        if not is_national(call.tier):
            made += draft(call)
    return made


def draft(call: Call) -> bool:
    """True when a draft was written. What was dismissed is drafted again only when more has failed since than it was told of."""
    failures = within(max(call.closes_at - LAST, call.opens_at), call.closes_at)
    minutes = minutes_of(failures)
    if minutes <= settings.EXTENSION_AFTER_MINUTES:
        return False
    values = {
        "minutes": minutes,
        "new_closes_at": proposed(call.closes_at, minutes, max(f.ended for f in failures)),
        "evidence": [
            {"began": f.began.isoformat(), "ended": f.ended.isoformat(), "what": f.what, "source": f.source, "id": f.public_id}
            for f in failures
        ],
    }  # fmt: skip
    with transaction.atomic():
        # The lock on the call makes two clocks that meet one after the other.
        Call.objects.select_for_update(no_key=True).get(pk=call.pk)
        known = list(Extension.objects.filter(call=call, old_closes_at=call.closes_at).order_by("id"))
        waiting = [row for row in known if row.state == "drafted" and row.minutes != minutes]
        Extension.objects.filter(pk__in=[row.pk for row in waiting], state="drafted").update(**values)
        if any(row.state != "dismissed" or minutes <= row.minutes for row in known):
            return False
        row = Extension(call=call, region_path=call.region_path, old_closes_at=call.closes_at, **values)
        begin(row, actor=Principal.system("extension"), machine=EXTENSION, audience="office")
        leaders = User.objects.filter(
            Q(posts__until=None) | Q(posts__until__gte=clock.today()), posts__role="leader",
            posts__office__body__path=call.region_path, is_active=True,
        ).distinct()  # fmt: skip
        send(
            list(leaders.order_by("pk")), subject=f"请签发或不予延长：{call.title}", about=row, topic=Topic.DUE,
            body=f"截止前48小时内本系统故障共 {minutes} 分钟，已按依据拟出延长，等您签发。国家窗口不在此列。{_dismissed(known)}",
            url=f"/desk/calls/{call.public_id}/extension/", what_to_do="核对故障记录后签发，或写明理由不予延长",
        )  # fmt: skip
    return True


def _dismissed(known: list[Extension]) -> str:
    """What the leader is reminded of: how many minutes were not enough the last time."""
    return f"{known[-1].minutes} 分钟时不予延长，此后故障又有增加，所以重新拟出。" if known else ""


def proposed(closes_at: datetime, minutes: int, recovered_at: datetime) -> datetime:
    """The hours that were lost, at least the configured ones, counted from the later of the end and the recovery."""
    hours = max(math.ceil(minutes / 60), settings.EXTENSION_HOURS)
    return max(closes_at, recovered_at) + timedelta(hours=hours)


def sign(row: Extension, until: str, reason: str, *, actor: Principal) -> Extension:
    """The window ends later from this moment on; whoever has begun, or is due on the list, is told by the ledger, once each."""
    wanted = moment(until) or row.new_closes_at
    problems = []
    if len(reason.strip()) < SHORTEST:
        problems.append(Problem("请写明延长的理由，企业会看到", "reason"))
    if wanted <= max(row.old_closes_at, clock.now()):
        problems.append(Problem("新的截止时间要晚于原截止时间，也要晚于现在", "until"))
    if problems:
        raise Refused("invalid", "没有签发。", problems)
    with transaction.atomic():
        moved = move(
            row, "sign", actor=actor, machine=EXTENSION, reason=reason, new_closes_at=wanted, signed_by_id=actor.user_id,
            signed_by_name=actor.name, detail={"until": cn(wanted)},
        )  # fmt: skip
        Extension.objects.filter(pk=row.pk).update(reason=reason.strip()[:2000])
        done = Call.objects.filter(pk=row.call_id, closes_at=row.old_closes_at).update(closes_at=wanted)
        if not done:
            raise Refused("conflict", "这个批次的截止时间已经变了，请刷新后再看。")
        call = Call.objects.get(pk=row.call_id)
        record("call.extend", call, actor=actor, reason=reason, detail={"until": cn(wanted)}, audience="public")
        announce(CALL.states.name, call, fields=["closes_at"])
        begun = Application.objects.filter(call=call)
        # Who was told to come for the re-review and has not begun yet is affected as much as who has.
        # Who withdrew may begin again; whose title has ended has nothing to come for.
        here = begun.exclude(state="withdrawn").values("enterprise_id")
        due = CohortTitle.objects.filter(cohort__call=call, certificate__state="valid").exclude(enterprise_id__in=here)
        affected = sorted(
            {*begun.filter(state__in=["draft", "returned"]).values_list("enterprise_id", flat=True)}
            | {*due.values_list("enterprise_id", flat=True)}
        )
        parts = [affected[n : n + AT_ONCE] for n in range(0, len(affected), AT_ONCE)]
        enqueue_many(TELL, [(f"{row.public_id} {part[0]}", {"extension": row.pk, "ids": part}) for part in parts])
    return moved


@work(TELL)
def tell_affected(item: WorkItem) -> dict[str, Any]:
    """One slice of the firms it affects: told in the transaction that marks the slice as done.

    Where nobody of the firm is here it was not told: its office gets the task to do so by phone or on paper.
    """
    row = Extension.objects.select_related("call").get(pk=item.payload["extension"])
    members = Membership.objects.filter(
        enterprise_id__in=item.payload["ids"], state__in=["pending", "verified"], user__is_active=True
    )
    people = User.objects.filter(memberships__in=members).distinct()
    reached = set(members.values_list("enterprise_id", flat=True))
    letter: dict[str, Any] = {
        "subject": f"申报截止时间延长至{cn(row.new_closes_at)}", "topic": Topic.DUE, "url": "/my/applications/",
        "body": f"{row.call.title}：因本系统故障，截止时间由{cn(row.old_closes_at)}延长至{cn(row.new_closes_at)}。{row.reason}",
        "what_to_do": "在新的截止时间前提交", "due_on": timezone.localtime(row.new_closes_at).date(),
    }  # fmt: skip
    send(list(people.order_by("pk")), about=row.call, **letter)
    others = Enterprise.objects.filter(pk__in=set(item.payload["ids"]) - reached).order_by("pk")
    for firm in others:
        send_by_hand(why="企业没有人员使用本系统，延长通知电子方式送不到", about=firm, **letter)
    Extension.objects.filter(pk=row.pk).update(told=F("told") + len(reached))
    return {"firms": len(reached), "people": len(people), "by_hand": len(others)}


def dismiss(row: Extension, reason: str, *, actor: Principal) -> Extension:
    return move(row, "dismiss", actor=actor, machine=EXTENSION, reason=reason)


def moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def cn(when: datetime) -> str:
    return f"{timezone.localtime(when):%Y年%-m月%-d日 %H:%M}"


def of_call(principal: Principal, call: Call) -> Extension:
    """The draft that waits, else the last one; Missing where the window was never drafted to be longer."""
    rows = visible(principal).filter(call=call).order_by("-id")
    found = rows.filter(state="drafted").first() or rows.first()
    if found is None:
        raise Missing
    return found

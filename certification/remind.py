"""期限提醒: every night, for every obligation that is not done, the step of the plan that is due; once each, with its proof.

The row is the lock: it is written in the transaction that writes the messages, so a repeated or killed night sends
nothing twice and forgets nothing. Near the day the step is a served notice, because nothing may be lost without one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from certification.agenda import agenda, agendas
from certification.models import Certificate, MajorChange, Reminder
from certification.obligation_rules import book
from certification.obligations import Obligation
from certification.queries import within_reach
from enterprises.models import Enterprise, Honour, ManagementCertificate, Membership, OutsideTitle
from enterprises.words import cn
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue_many, work
from foundation.mailroom.models import Message, MessageKind, Topic
from foundation.mailroom.posting import send, send_by_hand
from foundation.mailroom.serve import COUNTS

KIND = "obligations.remind"
OVER = -1
"""The step after the later day: told once, as a served notice, to whoever was reminded before."""
DATED = (OutsideTitle, Honour, ManagementCertificate)
"""Other departments' certificates with a last day."""
WHERE = {"annual_update": "/my/update/", "major_change": "/my/changes/", "rereview": "/my/applications/"}


def open_night(night: date | None = None) -> int:
    """Write the night's slices; asked again, they are the same slices. Returns how many there are."""
    day = night or clock.today()
    held = Certificate.objects.filter(enterprise=OuterRef("pk"), state="valid")
    papers = [model.objects.filter(enterprise=OuterRef("pk"), valid_until__gte=day) for model in DATED]
    changed = MajorChange.objects.filter(enterprise=OuterRef("pk"), state__in=["noted", "reported", "returned"])
    ids = list(
        Enterprise.objects.filter(reduce(or_, [Exists(rows) for rows in (held, changed, *papers)]))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    size = settings.REREVIEW_SLICE
    parts = [ids[n : n + size] for n in range(0, len(ids), size)]
    enqueue_many(KIND, [(f"{day.isoformat()} {part[0]}", {"ids": part, "day": day.isoformat()}) for part in parts])
    return len(parts)


@work(KIND)
def remind_slice(item: WorkItem) -> dict[str, Any]:
    """One slice. A slice that comes late is judged by today, so nobody is told of a day that is over as if it were not."""
    return {"sent": remind(item.payload["ids"], clock.today())}


def remind(ids: Iterable[int], day: date) -> int:
    """Send what is due to these enterprises; returns how many reminders were written."""
    listed = list(ids)
    firms = Enterprise.objects.in_bulk(listed)
    sent: dict[tuple[int, str], list[Reminder]] = {}
    for row in Reminder.objects.filter(enterprise_id__in=listed):
        sent.setdefault((row.enterprise_id, row.key), []).append(row)
    people = people_of(listed)
    count = 0
    for pk, told in agendas(listed, day).items():
        for item in told:
            before = sent.get((pk, item.key), [])
            step = step_due(item, day, before)
            if step is not None:
                count += send_one(
                    firms[pk], item, step, people.get(pk, []), day,
                    is_legal=needs_service(item, step, before, is_reached=pk in people),
                )  # fmt: skip
    return count


def target_of(item: Obligation, day: date) -> date:
    """The day the plan counts to: the earlier one, and the later one once an arguable earlier one is over."""
    return item.latest if day > item.earliest and (item.is_arguable or day > item.latest) else item.earliest


def step_due(item: Obligation, day: date, before: Sequence[Reminder]) -> int | None:
    """The nearest step that has come; earlier ones that were missed are not made up for one by one."""
    if item.is_done:
        return None
    target = target_of(item, day)
    if item.shut_on is not None:
        return OVER if OVER not in {row.step for row in before if row.due_on == target} else None
    sent = {row.step for row in before if row.due_on == target}
    left = (target - day).days
    if left < 0:
        over = item.loss is not None and item.code != "rereview" and day > item.latest
        # A change that an office has learnt of is owed whether or not anybody was reminded: it was noted late.
        return OVER if over and (before or item.code == "major_change") and OVER not in sent else None
    come = [step for step in book().steps if left <= step]
    return min(come) if come and min(come) not in sent else None


def needs_service(item: Obligation, step: int, before: Sequence[Reminder], *, is_reached: bool = True) -> bool:
    """A served notice where something may be lost: the first step near the day, and the one after it.

    One that went to nobody is no notice to somebody who is here since; while nobody is, its task at the office stands.
    """
    if item.loss is None or step > book().served_from:
        return False
    return step == OVER or not any(row.is_legal and (row.people or not is_reached) for row in before)


def people_of(ids: list[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    rows = Membership.objects.filter(enterprise_id__in=ids, state="verified").select_related("user").order_by("pk")
    for member in rows:
        found.setdefault(member.enterprise_id, []).append(member.user)
    return found


def send_one(firm: Enterprise, item: Obligation, step: int, people: list[User], day: date, *, is_legal: bool) -> int:
    """One reminder with its messages, or none where another run was first.

    Where nobody of the firm is verified nothing was sent: it is no served notice yet, and the office serves it by phone or
    on paper; what the office then writes down is the proof.
    """
    with transaction.atomic():
        row = Reminder(
            enterprise=firm, region_path=firm.region_path, key=item.key, label=item.label[:80], due_on=target_of(item, day), step=step,
            is_legal=is_legal, people=len(people), rules_hash=book().content_hash, at=clock.now(),
        )  # fmt: skip
        # The database says who was first; whoever was second writes nothing and sends nothing.
        Reminder.objects.bulk_create([row], ignore_conflicts=True)
        mine = Reminder.objects.filter(public_id=row.public_id).first()
        if mine is None:
            return 0
        told: dict[str, Any] = {
            "subject": subject_of(item, day), "body": body_of(firm, item, day), "topic": Topic.DUE, "about": mine,
            "url": WHERE.get(item.code, "/my/calendar/"), "what_to_do": item.act, "due_on": target_of(item, day),
        }  # fmt: skip
        if people:
            send(people, kind=MessageKind.LEGAL if is_legal else MessageKind.COURTESY, **told)
        elif is_legal:
            send_by_hand(why="企业没有已核实的人员，电子方式送不到", **told)
        detail = {"due": cn(target_of(item, day)), "step": step, "people": len(people)}
        record("reminder.create", mine, actor=Principal.system("reminders"), detail=detail, audience="applicant")
    return 1


def subject_of(item: Obligation, day: date) -> str:
    if item.shut_on is not None:
        return f"复核窗口已截止：{item.label}"
    if day > item.latest:
        return f"已过期限：{item.label}"
    left = (target_of(item, day) - day).days
    return f"{item.label}：{'今天是最后一天' if left == 0 else f'还有 {left} 天'}"


def body_of(firm: Enterprise, item: Obligation, day: date) -> str:
    """What, by when, on which clause, what follows, what does not follow."""
    lines = [f"{firm.name}：{item.label}，请在{cn(target_of(item, day))}以前办理。"]
    if item.shut_on is not None:
        lines = [
            f"{firm.name}：{item.label}的窗口已于{cn(item.shut_on)}截止，系统里没有收到复核申请。"
            f"称号到{cn(item.latest)}仍在有效期内；有特殊情况的，请尽快向推荐机构说明。"
        ]
    elif day > item.latest:
        lines = [
            f"{firm.name}：{item.label}的期限{cn(item.latest)}已过，系统里还没有办理记录。请尽快补办；已在国家平台办理的，请补记编号。"
        ]
    for s in item.sentences:
        source = f"（{s.clause}{'，条文待核对原文' if s.is_open else ''}）" if s.clause else ""
        lines.append(f"{s.text}{source}。")
    if item.loss is not None:
        lines.append(
            f"规定：{item.loss.sentence}（{item.loss.clause}{'，条文待核对原文' if item.loss.mark != 'V' else ''}）。"
            "本系统不会据此自动取消任何资格，也不因此不收复核申请；是否处理由主管部门依程序决定，没有送达证明的不处理。"
        )
    return "\n".join(lines)


def reminders(principal: Principal) -> QuerySet[Reminder]:
    """The firm's own, or those of firms in the reach of an office that works on cases."""
    if principal.is_member:
        return Reminder.objects.filter(enterprise_id__in=principal.enterprise_ids)
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return Reminder.objects.filter(within_reach(principal))
    return Reminder.objects.none()


def proved(rows: Iterable[Reminder]) -> dict[str, date]:
    """{reminder: first day on which somebody of the firm had it}, read or served; nothing where nothing proves it."""
    ids = [row.public_id for row in rows]
    found: dict[str, date] = {}
    letters = Message.objects.filter(about_type="certification.reminder", about_id__in=ids).prefetch_related("proofs")
    for letter in letters:
        days = [p.served_on or _day(p.at) for p in letter.proofs.all() if p.what in COUNTS]
        if letter.read_at is not None:
            days.append(_day(letter.read_at))
        if days:
            found[letter.about_id] = min([*days, *([found[letter.about_id]] if letter.about_id in found else [])])
    return found


def may_lose(enterprise: Enterprise, item: Obligation, day: date) -> bool:
    """Whether an office may so much as begin: the later day is over, and a served notice of it is proved."""
    if item.loss is None or item.is_done or day <= item.latest:
        return False
    served = Reminder.objects.filter(enterprise=enterprise, key=item.key, is_legal=True)
    return bool(proved(served))


def unreported(enterprise: Enterprise, number: str, day: date) -> bool:
    """Whether a change under this title is still not reported, its day over and a served notice of it proved."""
    owed = (item for item in agenda(enterprise, day) if item.code == "major_change" and number in item.numbers)
    return any(may_lose(enterprise, item, day) for item in owed)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()

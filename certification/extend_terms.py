"""延长办理期限: our failure in the last hours of a firm's own term drafts days for it; an official signs, everyone affected is told.

The windows of calls have their own (extend.py); national ones have none. While a draft waits, nothing that the term
protects is closed: whose portal failed does not profit from its being too late.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from certification import terms
from certification.extend import LAST, LOOK_BACK
from certification.models import Application, Correction, TermExtension, TermKind
from certification.permissions import TERM_EXTENSION, is_provincial_reviewer
from enterprises.models import Enterprise, Membership
from enterprises.words import cn
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send, send_by_hand
from foundation.outages.keep import Failure, minutes_of, standing, within
from foundation.refusals import Problem, Refused
from foundation.regions.paths import PROVINCE
from foundation.transitions import begin, hold, move

SHORTEST = 4
MOST_DAYS = 20


def visible(principal: Principal) -> QuerySet[TermExtension]:
    """The province's: they name no firm, but a day and a kind may."""
    if is_provincial_reviewer(principal, None):
        return TermExtension.objects.all()
    return TermExtension.objects.none()


def end_of(day: date) -> datetime:
    """The moment at which a last day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def draft_due() -> int:
    """Draft what is due, and bring open drafts up to date; asked again it is the same drafts. Returns how many are new."""
    now = clock.now()
    if not standing(now - LAST - LOOK_BACK).exists():
        return 0
    made = 0
    for kind in TermKind.values:
        days = {term.ends_on for term in terms.running(kind)}
        for day in sorted(day for day in days if end_of(day) - LAST <= now < end_of(day) + LOOK_BACK):
            made += draft(kind, day)
    return made


def draft(kind: str, day: date) -> bool:
    """True when a draft was written. What was dismissed is drafted again only when more has failed since than it was told of."""
    failures = within(end_of(day) - LAST, end_of(day))
    minutes = minutes_of(failures)
    if minutes <= settings.EXTENSION_AFTER_MINUTES:
        return False
    values = {"minutes": minutes, "workdays": proposed(minutes), "evidence": told_of(failures)}
    with transaction.atomic():
        known = list(TermExtension.objects.select_for_update().filter(kind=kind, ends_on=day).order_by("id"))
        waiting = [row for row in known if row.state == "drafted"]
        if waiting:
            if waiting[0].minutes != minutes:
                TermExtension.objects.filter(pk=waiting[0].pk, state="drafted").update(**values)
            return False
        if any(row.state == "dismissed" and minutes <= row.minutes for row in known):
            return False
        row = TermExtension(kind=kind, ends_on=day, **values)
        begin(row, actor=Principal.system("extension"), machine=TERM_EXTENSION, audience="office")
        leaders = User.objects.filter(
            Q(posts__until=None) | Q(posts__until__gte=clock.today()), posts__role="leader",
            posts__office__body__path=PROVINCE, is_active=True,
        ).distinct()  # fmt: skip
        send(
            list(leaders.order_by("pk")), subject=f"请签发或不予延长：{row.get_kind_display()}的期限", about=row, topic=Topic.DUE,
            body=f"{cn(day)}到期以前48小时内本系统故障共 {minutes} 分钟，已按依据拟出延长，等您签发；签发或不予延长以前，这一天到期的不能结束。",
            url=f"/desk/rereviews/terms/{row.public_id}/", what_to_do="核对故障记录后签发，或写明理由不予延长",
        )  # fmt: skip
    return True


def told_of(failures: Iterable[Failure]) -> list[dict[str, str]]:
    return [
        {"began": f.began.isoformat(), "ended": f.ended.isoformat(), "what": f.what, "source": f.source, "id": f.public_id}
        for f in failures
    ]  # fmt: skip


def proposed(minutes: int) -> int:
    """Whole working days: the hours that were lost, at least the configured ones."""
    return max(1, math.ceil(max(minutes / 60, settings.EXTENSION_HOURS) / 24))


def sign(row: TermExtension, given: Mapping[str, Any], *, actor: Principal) -> TermExtension:
    """Every term of the kind that ends on the day gets the days, and its firm is told, in one transaction.

    `given`: workdays (empty: as proposed), reason. Refused("invalid") with a problem per field.
    """
    typed, reason = str(given.get("workdays") or "").strip(), str(given.get("reason") or "").strip()
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else row.workdays if not typed else 0
    problems = []
    if not 1 <= days <= MOST_DAYS:
        problems.append(Problem(f"请填1到{MOST_DAYS}之间的工作日数", "workdays", hint="不填就按拟定的天数"))
    if len(reason) < SHORTEST:
        problems.append(Problem("请写明延长的理由，企业会看到", "reason"))
    if problems:
        raise Refused("invalid", "没有签发。", problems)
    with transaction.atomic():
        hold(row, machine=TERM_EXTENSION)
        moved = move(
            row, "sign", actor=actor, machine=TERM_EXTENSION, reason=reason, workdays=days, signed_by_id=actor.user_id,
            signed_by_name=actor.name, detail={"days": days},
        )  # fmt: skip
        touched = [term for term in terms.running(row.kind) if term.ends_on == row.ends_on]
        told = sum(_give(term, moved, reason, actor) for term in touched)
        TermExtension.objects.filter(pk=row.pk).update(reason=reason[:2000], given=len(touched), told=told)
    row.refresh_from_db()
    return row


def _give(term: terms.Term, row: TermExtension, reason: str, actor: Principal) -> bool:
    """The days, the record and the letter for one firm; False where nobody of it is here and its office has the task."""
    until = terms.lengthen(term, row.workdays)
    about: Application | Any = term.thing.application if isinstance(term.thing, Correction) else term.thing
    detail = {"what": str(row.get_kind_display()), "until": cn(until)}
    record("term.extend", about, actor=actor, reason=reason, detail=detail, audience="applicant")
    letter: dict[str, Any] = {
        "subject": f"{row.get_kind_display()}的期限延长至{cn(until)}", "topic": Topic.DUE, "url": term.url, "due_on": until,
        "body": f"因本系统故障，原定{cn(row.ends_on)}的{row.get_kind_display()}期限延长至{cn(until)}，不需要申请。{reason}",
        "what_to_do": "在新的期限前办理",
    }  # fmt: skip
    people = User.objects.filter(
        memberships__in=Membership.objects.filter(enterprise_id=term.enterprise_id, state="verified"), is_active=True
    ).distinct()
    reached = list(people.order_by("pk"))
    if reached:
        send(reached, about=about, **letter)
        return True
    firm = Enterprise.objects.get(pk=term.enterprise_id)
    send_by_hand(why="企业没有人员使用本系统，延长通知电子方式送不到", about=firm, **letter)
    return False


def dismiss(row: TermExtension, reason: str, *, actor: Principal) -> TermExtension:
    return move(row, "dismiss", actor=actor, machine=TERM_EXTENSION, reason=reason)

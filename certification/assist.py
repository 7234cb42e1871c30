"""先帮扶后退出: a yellow light opens help with what is missing; only fraud and serious accidents go without.

A light is a title that today's facts no longer carry (a finding of the night's sums), or a report confirmed as true.
Help ends with "mended", or with an official's word that it is not; the sums alone never say so.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from certification.change import people_of
from certification.days_owed import refuse_while_days_are_owed
from certification.grounds import Ground, grounds
from certification.incident_kinds import incident_kinds
from certification.models import Assistance, AssistanceNote, Certificate, Finding, Incident, TermKind
from certification.permissions import ASSISTANCE, assists
from certification.queries import within_reach
from enterprises.permissions import is_verified, verified_for
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue, work
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move
from foundation.workdays.counting import add_workdays

KIND = "rereview.help"
LIGHT = "unsupported"
"""The finding that is a yellow light; what is due or overdue has reminders of its own."""
SHORTEST = 4


def visible(principal: Principal) -> QuerySet[Assistance]:
    """The firm's own, for its verified people; for officials those of titles in their reach."""
    if principal.is_member:
        return Assistance.objects.filter(enterprise_id__in=verified_for(principal))
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return Assistance.objects.filter(within_reach(principal))
    return Assistance.objects.none()


def comes_first(certificate: Certificate, ground: Ground, incident: Incident | None = None) -> bool:
    """Whether help for this ground is still owed before a procedure may begin.

    Help that failed counts for the report it was given for; help without a report counts while it is recent. What was
    not mended years ago says nothing of today.
    """
    if not ground.help_first:
        return False
    since = clock.now() - timedelta(days=settings.ASSIST_COUNTS_DAYS)
    failed = Assistance.objects.filter(certificate=certificate, ground=ground.code, state="not_mended")
    counts = Q(updated_at__gte=since)
    if incident is not None:
        counts = Q(incident=incident) | counts & Q(incident=None, created_at__gte=incident.created_at)
    return not failed.filter(counts).exists()


def open_help(
    certificate: Certificate, missing: Iterable[str], *, actor: Principal, ground: str = "", finding: Finding | None = None,
    incident: Incident | None = None,
) -> Assistance | None:  # fmt: skip
    """One help per title, ground and light at a time; None where one is running already for this very light."""
    row = Assistance(
        certificate=certificate, enterprise_id=certificate.enterprise_id, enterprise_name=certificate.enterprise_name,
        region_path=certificate.region_path, tier=certificate.tier, ground=ground, finding=finding, incident=incident,
        missing=list(missing), due_on=add_workdays(clock.today(), settings.ASSIST_WORKDAYS),
    )  # fmt: skip
    try:
        with transaction.atomic():
            begin(row, actor=actor, machine=ASSISTANCE)
            tell(
                row,
                "先帮扶：请您补好以下各项",
                "；".join(row.missing) + f"。帮扶期到{row.due_on:%Y年%-m月%-d日}（示例期限，待确认），期内不提出取消。",
            )
    except IntegrityError:
        return None
    return row


def tell(row: Assistance, subject: str, body: str) -> None:
    send(
        people_of(row), subject=f"{subject}（{row.get_tier_display()}）", body=body, about=row, topic=Topic.TITLE,
        url=f"/my/assistance/{row.public_id}/", what_to_do="查看缺什么，补好后告诉我们", due_on=row.due_on,
    )  # fmt: skip


def open_by_hand(certificate: Certificate, ground: str, missing: str, *, actor: Principal) -> Assistance:
    """An office begins help for a ground of exits.yaml, because the procedure may not begin without it."""
    if not assists(actor, certificate):
        raise Missing
    lines = [line.strip()[:200] for line in missing.splitlines() if len(line.strip()) >= SHORTEST]
    problems = []
    if ground not in grounds() or not grounds()[ground].help_first:
        problems.append(Problem("请选择先帮扶的事由", "ground"))
    if not lines:
        problems.append(Problem("请写明缺什么、怎样算补好，一行一项", "facts"))
    if certificate.state != "valid":
        problems.append(Problem("这个称号已不在有效期内", "ground"))
    if problems:
        raise Refused("invalid", "帮扶没有开始。", problems)
    running = Assistance.objects.filter(certificate=certificate, ground=ground, state="open").exists()
    row = None if running else open_help(certificate, lines, actor=actor, ground=ground)
    if row is None:
        raise Refused("duplicate", "这个称号已有同一事由的帮扶在办。", [Problem("已有帮扶在办", "ground")])
    return row


def open_for_incident(incident: Incident, *, actor: Principal) -> int:
    """Help for every valid title of the firm; returns how many began."""
    held = Certificate.objects.filter(enterprise_id=incident.enterprise_id, state="valid").order_by("id")
    kind = incident.kind_words
    words = [f"{kind}（{incident.source}，{incident.document}）：请整改并提交移出、履行或修复的证明"]
    ground = incident_kinds()[incident.kind].ground
    made = [open_help(title, words, actor=actor, ground=ground, incident=incident) for title in held]
    return sum(row is not None for row in made)


def drop_for_incident(incident: Incident, words: str) -> None:
    house = Principal.system("assistance")
    for row in Assistance.objects.filter(incident=incident, state="open").order_by("id"):
        move(row, "drop", actor=house, machine=ASSISTANCE, reason=f"核实为误报：{words}", result=words.strip()[:2000])


def note(row: Assistance, text: str, *, actor: Principal) -> AssistanceNote:
    """A line of either side; the firm's own word is marked as its own."""
    is_firm = actor.is_member and row.enterprise_id in actor.enterprise_ids
    if not is_firm and not assists(actor, row):
        raise Missing
    if is_firm and not is_verified(actor, row.enterprise_id):
        raise Refused("unverified", "请由已核实的法定代表人或经办人填写。请先完成身份核实，或请同事填写。")
    if row.state != "open":
        raise Refused("already_moved", "帮扶已经结束，您写的没有收下。", state=row.state)
    if len(text.strip()) < SHORTEST:
        raise Refused("invalid", "没有记下。", [Problem("请写明做了什么", "text")])
    with transaction.atomic():
        made = AssistanceNote.objects.create(
            assistance=row, enterprise_id=row.enterprise_id, region_path=row.region_path, text=text.strip()[:4000], is_firm=is_firm,
            by_id=actor.user_id, by_name=actor.name, office_name=actor.office_name, at=clock.now(),
        )  # fmt: skip
        record("assistance.answer" if is_firm else "assistance.note", row, actor=actor, audience="applicant")
    return made


def end(row: Assistance, act: str, words: str, *, actor: Principal) -> Assistance:
    """已补好, 没有补好 or 撤销. "Not mended" waits for the last day, and for somebody having helped at all."""
    if act not in ("mend", "conclude", "drop"):
        raise Missing
    if act == "conclude":
        if clock.today() <= row.due_on:
            raise Refused("conflict", f"帮扶期到{row.due_on:%Y年%-m月%-d日}，还不能这样结束。")
        refuse_while_days_are_owed(TermKind.HELP, row.due_on)
        if not row.notes.filter(is_firm=False).exists():
            raise Refused("conflict", "没有帮扶记录，不能认定没有补好。请先记下做过的帮扶。")
    with transaction.atomic():
        moved = move(
            row, act, actor=actor, machine=ASSISTANCE, reason=words, detail={"office": actor.office_name}, result=words.strip()[:2000]
        )  # fmt: skip
        tell(row, {"mend": "已确认补好", "conclude": "帮扶期满", "drop": "帮扶已撤销"}[act], words.strip())
    return moved


def look_at(key: str, titles: list[int]) -> None:
    """The sums saw a light go on or off at these titles: asked in their transaction, answered once."""
    if titles:
        enqueue(KIND, key, {"titles": sorted(titles)})


@work(KIND)
def help_slice(item: WorkItem) -> dict[str, Any]:
    """Begin the help that a light asks for, end what is no longer missing; what somebody did meanwhile is left alone."""
    house, titles = Principal.system("assistance"), item.payload["titles"]
    over = Assistance.objects.filter(certificate_id__in=titles, state="open", finding__closed_on__isnull=False)
    ended = list(over.order_by("id"))
    for row in ended:
        end(row, "mend", "最近一次核算，现有数据已满足条件", actor=house)
    lights = Finding.objects.filter(certificate_id__in=titles, kind=LIGHT, closed_on=None, assistance=None)
    wanted = lights.filter(certificate__state="valid").select_related("certificate").order_by("id")
    made = [open_help(f.certificate, f.sentences, actor=house, finding=f) for f in wanted]
    return {"begun": sum(row is not None for row in made), "ended": len(ended)}

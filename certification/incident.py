"""情况核查: what is reported from outside is checked, the firm is heard, and nothing follows by itself.

A report opens a sweep of the firm's titles and gives the firm the right to answer. An official says whether it is
true; a false alarm stays on record and is held against nobody. A true one is a fact of the firm (proof.py); what follows is help first (assist.py), or,
with fraud and serious accidents, a procedure that an official opens (exit.py).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from certification import assist, proof, sweep
from certification import exit as way_out
from certification.change import people_of
from certification.days_owed import refuse_while_days_are_owed
from certification.incident_kinds import IncidentKind, incident_kinds
from certification.models import Incident, IncidentReply, TermKind
from certification.permissions import INCIDENT, examines_incident
from certification.queries import within_reach
from certification.served import day_of, paper_problems, served_on
from enterprises.attach import attach
from enterprises.models import Enterprise
from enterprises.permissions import is_verified, verified_for
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import MessageKind, Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move
from foundation.workdays.counting import add_workdays

SHORTEST = 4
TOLD = {"confirm": "核实为属实", "call_false": "核实为误报，不影响称号", "close": "已办结"}


def visible(principal: Principal) -> QuerySet[Incident]:
    """The firm's verified people see every report about it from the first day; offices and their systems those in reach."""
    if principal.is_member:
        return Incident.objects.filter(enterprise_id__in=verified_for(principal))
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return Incident.objects.filter(within_reach(principal))
    if principal.kind == "client":
        return Incident.objects.filter(within_reach(principal))
    return Incident.objects.none()


def kind_of(row: Incident) -> IncidentKind:
    return incident_kinds()[row.kind]


def report(enterprise: Enterprise, given: Mapping[str, Any], *, actor: Principal, way: str = "desk") -> Incident:
    """Write down one event with its source, tell the firm, have its titles looked at. The same event counts once."""
    is_client = actor.kind == "client" and actor.reaches(enterprise.region_path)
    if not (is_client or examines_incident(actor, enterprise)):
        raise Missing
    problems = problems_of(given)
    if problems:
        raise Refused("invalid", f"还没有登记：有 {len(problems)} 处要改。", problems)
    row = Incident(
        enterprise=enterprise, enterprise_name=enterprise.name, region_path=enterprise.region_path, kind=given["kind"],
        happened_on=clock.as_day(given["happened_on"]), source=given["source"].strip()[:120],
        document=given["document"].strip()[:120], facts=given["facts"].strip()[:4000], way=way, reported_by_id=actor.user_id,
        reported_by_name=actor.name, office_name=actor.office_name, reply_workdays=settings.INCIDENT_REPLY_WORKDAYS,
    )  # fmt: skip
    try:
        with transaction.atomic():
            begin(row, actor=actor, machine=INCIDENT)
            sent = send(
                people_of(row), subject=f"请说明情况：{row.kind_words}", body=_notice(row), kind=MessageKind.LEGAL, about=row,
                url=f"/my/incidents/{row.public_id}/", what_to_do="打开查看，属实与否都请说明",
            )  # fmt: skip
            row.notices = [message.public_id for message in sent]
            Incident.objects.filter(pk=row.pk).update(notices=row.notices)
            sweep.ask_after_incident(enterprise.pk, row.public_id)
    except IntegrityError as error:
        raise Refused(
            "duplicate", "这件事已经登记过。", [Problem("同一企业、同一种类、同一日期、同一文号只登记一次", "document")]
        ) from error
    return row


def problems_of(given: Mapping[str, Any]) -> list[Problem]:
    problems = []
    day = clock.as_day(given.get("happened_on"))
    if given.get("kind") not in incident_kinds():
        problems.append(Problem("请选择情况种类", "kind"))
    if day is None:
        problems.append(Problem("请填写发生或列入的日期", "happened_on", hint="例：2026-03-15"))
    elif day > clock.today():
        problems.append(Problem("日期不能晚于今天", "happened_on"))
    for name, words, hint in (
        ("source", "请写明来源单位", "例：某市应急管理局"),
        ("document", "请写明文号或查询记录", "没有文号的，写查询系统和查询日期"),
        ("facts", "请写明情况：何时、何事、由谁认定", "企业会看到"),
    ):
        if len(str(given.get(name) or "").strip()) < (2 if name == "document" else SHORTEST):
            problems.append(Problem(words, name, hint=hint))
    return problems


def _notice(row: Incident) -> str:
    return (
        f"{row.source}（{row.document}）反映贵公司：{row.facts}\n种类：{row.kind_words}　日期：{row.happened_on:%Y年%-m月%-d日}\n"
        f"核实以前不影响称号。贵公司可以说明情况、提交材料，期限为收到之日起 {row.reply_workdays} 个工作日（示例，待确认）；"
        "期限以后仍可以补充，核实结果会告知贵公司。"
    )


def reply_until(row: Incident) -> date | None:
    """The last day to answer, from the proof that the firm has the report; None while nothing proves it."""
    day = served_on(row.notices, row.paper_served_on)
    return add_workdays(day, row.reply_workdays + row.extra_workdays) if day else None


def reply(row: Incident, text: str, *, actor: Principal, upload: Any = None) -> IncidentReply:
    """The firm speaks, as often as it likes, until the case is closed."""
    if not actor.is_member or row.enterprise_id not in actor.enterprise_ids:
        raise Missing
    if not is_verified(actor, row.enterprise_id):
        raise Refused("unverified", "您与企业的关系还没有核实，暂时不能代表企业说明。请先完成身份核实。")
    if row.state in ("closed", "false_alarm"):
        raise Refused(
            "already_moved", "这件事已经办结，您写的没有收下。如有新情况，请与办理单位联系。", state=row.state
        )
    if len(text.strip()) < SHORTEST:
        raise Refused("invalid", "请写明情况。", [Problem("请写明是否属实、经过和整改情况", "text")])
    with transaction.atomic():
        paper = attach(row.enterprise, upload, kind="other", title="情况说明材料", actor=actor) if upload else None
        made = IncidentReply.objects.create(
            incident=row, enterprise_id=row.enterprise_id, region_path=row.region_path, text=text.strip()[:8000], evidence=paper,
            by_id=actor.user_id, by_name=actor.name, at=clock.now(),
        )  # fmt: skip
        record("incident.reply", row, actor=actor, audience="applicant")
    return made


def serve_on_paper(row: Incident, on: date | None, number: str, *, actor: Principal) -> Incident:
    """A report handed over on paper, for a firm that has nobody here."""
    if not examines_incident(actor, row) or row.state != "reported":
        raise Missing
    problems = paper_problems(on, number, written_on=day_of(row.created_at))
    if problems or on is None:
        raise Refused("invalid", "送达没有登记。", problems)
    with transaction.atomic():
        Incident.objects.filter(pk=row.pk).update(paper_served_on=on, paper_number=number.strip()[:80])
        record(
            "incident.serve_on_paper", row, actor=actor, audience="applicant",
            detail={"office": actor.office_name, "number": number.strip()[:80], "day": on.isoformat()},
        )  # fmt: skip
    row.refresh_from_db()
    return row


def judge(row: Incident, act: str, words: str, *, actor: Principal) -> Incident:
    """属实, 误报 or 办结. Nothing is called true before the firm has been heard or has let its days pass."""
    if act not in TOLD:
        raise Missing
    if act == "confirm":
        _heard(row)
    found_true = {"confirmed_by_id": actor.user_id, "confirmed_path": actor.office_path} if act == "confirm" else {}
    with transaction.atomic():
        moved = move(
            row, act, actor=actor, machine=INCIDENT, reason=words, detail={"office": actor.office_name},
            verdict=words.strip()[:4000], verdict_office=actor.office_name, **found_true,
        )  # fmt: skip
        if act == "confirm":
            proof.write(moved, actor=actor)
        else:
            proof.take_back(moved, actor=actor)
        if act == "confirm" and kind_of(row).help_first:
            assist.open_for_incident(moved, actor=actor)
        if act == "call_false":
            assist.drop_for_incident(moved, words)
            way_out.stop_for_false_alarm(moved)
        send(
            people_of(row), subject=f"{row.kind_words}：{TOLD[act]}", body=f"{actor.office_name}：{words.strip()}", about=row,
            topic=Topic.TITLE, url=f"/my/incidents/{row.public_id}/",
        )  # fmt: skip
    return moved


def _heard(row: Incident) -> None:
    if row.replies.exists():
        return
    until = reply_until(row)
    if until is None:
        raise Refused("conflict", "还没有送达证明，企业也没有说明，不能认定属实。请催收送达，或登记纸质送达。")
    if clock.today() <= until:
        raise Refused("conflict", f"企业说明情况的期限到{until:%Y年%-m月%-d日}，还不能认定属实。")
    refuse_while_days_are_owed(TermKind.REPORT, until)


def tally(principal: Principal) -> list[dict[str, Any]]:
    """By source: how many were reported, judged, and judged false. For offices; the denominator is what was judged."""
    rows = (
        visible(principal)
        .values("source")
        .annotate(
            reported=Count("id"), judged=Count("id", filter=~Q(state="reported")), wrong=Count("id", filter=Q(state="false_alarm"))
        )
        .order_by("-reported", "source")
    )  # fmt: skip
    return list(rows[:20])

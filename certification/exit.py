"""取消称号 step by step: 告知 → 陈述申辩 → 审议 → 决定 → 送达 → 公告. No step is skipped, and none begins before it is proved.

The clock of the hearing starts with the proof that the firm has the notice, not with the sending. The person who
decides is neither who opened the case nor who wrote the deliberation. A suspension is an official's act.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from certification.assist import comes_first
from certification.cascade import Consequences, consequences_of
from certification.grounds import Ground, grounds
from certification.models import Certificate, Exit, ExitReply, Incident
from certification.permissions import CERTIFICATE, EXIT, works_on_exit
from certification.queries import within_reach
from certification.signals import certificate_ended
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import Message, MessageKind
from foundation.mailroom.posting import send
from foundation.mailroom.serve import served_at
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move
from foundation.workdays.counting import add_workdays

SHORTEST = 10


def visible(principal: Principal) -> QuerySet[Exit]:
    """The firm sees its own from the notice on; offices see those in their reach; announced ones are everybody's."""
    if principal.is_member:
        return Exit.objects.filter(enterprise_id__in=principal.enterprise_ids).exclude(state="drafted")
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return Exit.objects.filter(within_reach(principal))
    return Exit.objects.none()


def open_exit(certificate: Certificate, given: dict[str, str], *, actor: Principal) -> Exit:
    """Write down what is held against the firm: ground, facts, source. Nothing is known to anybody yet."""
    if not (actor.is_official and actor.level == "province" and actor.has_role("reviewer", "leader")):
        raise Missing
    ground = grounds().get(given.get("ground", ""))
    facts, source = given.get("facts", "").strip(), given.get("source", "").strip()
    problems = []
    if ground is None:
        problems.append(Problem("请选择事由", "ground"))
    if len(facts) < SHORTEST:
        problems.append(Problem("请写明认定的事实：何时、何事、由谁认定", "facts"))
    if len(source) < 4:
        problems.append(Problem("请写明来源，例：应急管理部门函及文号", "source"))
    if certificate.state != "valid":
        problems.append(Problem("这个称号已不在有效期内", "ground"))
    if problems or ground is None:
        raise Refused("invalid", f"还不能提出：有 {len(problems)} 处要改。", problems)
    incident = _incident_of(certificate, given.get("incident", ""))
    if comes_first(certificate, ground):
        raise Refused(
            "conflict", f"“{ground.label}”先帮扶后退出：这个称号还没有期满而未补好的帮扶。请先开始帮扶，期满仍未补好的再提出。"
        )  # fmt: skip
    row = Exit(
        incident=incident,
        certificate=certificate, enterprise_id=certificate.enterprise_id, enterprise_name=certificate.enterprise_name,
        region_path=certificate.region_path, tier=certificate.tier, ground=ground.code, clause=ground.clause, facts=facts[:4000],
        source=source[:200], opened_by_id=actor.user_id, opened_by_name=actor.name, office_name=actor.office_name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return begin(row, actor=actor, machine=EXIT, audience="office")
    except IntegrityError as error:
        raise Refused("duplicate", "这个称号已有一件退出程序在办。") from error


def _incident_of(certificate: Certificate, public_id: str) -> Incident | None:
    """The confirmed report that the procedure rests on, where one is named."""
    if not public_id:
        return None
    found = Incident.objects.filter(
        public_id=public_id, enterprise_id=certificate.enterprise_id, state="confirmed"
    ).first()
    if found is None:
        raise Refused("invalid", "还不能提出。", [Problem("只有核实为属实的情况才能作为来源", "source")])
    return found


def ground_of(row: Exit) -> Ground:
    return grounds()[row.ground]


def people_of(row: Exit) -> list[User]:
    members = Membership.objects.filter(enterprise_id=row.enterprise_id, state="verified").select_related("user")
    return [member.user for member in members]


def serve_notice(row: Exit, *, actor: Principal, hearing_workdays: int) -> Exit:
    """Send the notice as a legal service. The days to answer are the office's to set and count from the proof."""
    if not 1 <= hearing_workdays <= 60:
        raise Refused(
            "invalid", "请填写陈述申辩的期限。", [Problem("请填1到60之间的工作日数", "hearing_workdays", clause="期限由办理单位依规定确定")]
        )  # fmt: skip
    words = ground_of(row)
    body = (
        f"{row.enterprise_name}：本单位拟取消贵公司的{row.get_tier_display()}称号（证书编号 {row.certificate.number}）。\n"
        f"事实：{row.facts}\n来源：{row.source}\n依据：{row.clause}（{words.label}）\n"
        f"贵公司自收到本告知书之日起 {hearing_workdays} 个工作日内可以陈述申辩、提交材料；逾期视为放弃。期限从送达证明之日起算。"
    )
    with transaction.atomic():
        sent = tell(row, "取消称号事先告知书", body, "打开后在期限内陈述申辩")
        return move(
            row, "serve_notice", actor=actor, machine=EXIT, detail={"office": actor.office_name},
            hearing_workdays=hearing_workdays, notices=[m.public_id for m in sent],
        )  # fmt: skip


def tell(row: Exit, subject: str, body: str, what_to_do: str, kind: str = MessageKind.LEGAL) -> list[Message]:
    return send(
        people_of(row), subject=f"{subject}：{row.get_tier_display()}", body=body, kind=kind, about=row,
        url=f"/my/exits/{row.public_id}/", what_to_do=what_to_do,
    )  # fmt: skip


def served_on(ids: Sequence[str], paper: date | None) -> date | None:
    """The first day on which somebody of the firm had the letter, by a proof; None while nothing proves it."""
    days = [
        timezone.localtime(moment).date()
        for message in Message.objects.filter(public_id__in=list(ids)).prefetch_related("proofs")
        if (moment := served_at(message)) is not None
    ]
    return min([*days, *([paper] if paper else [])], default=None)


def notice_served_on(row: Exit) -> date | None:
    return served_on(row.notices, row.paper_served_on)


def hearing_until(row: Exit) -> date | None:
    """The last day to answer; None before the notice is proved to be there."""
    day = notice_served_on(row)
    return add_workdays(day, row.hearing_workdays) if day and row.hearing_workdays else None


def serve_on_paper(row: Exit, on: date, number: str, *, actor: Principal) -> Exit:
    """A letter handed over on paper, with the number of the receipt, for the notice or for the decision."""
    if not works_on_exit(actor, row) or row.state not in ("noticed", "decided"):
        raise Missing
    problems = []
    if not number.strip():
        problems.append(Problem("请填写送达回证编号或邮寄单号", "number"))
    if on > clock.today():
        problems.append(Problem("送达日期不能晚于今天", "served_on"))
    if problems:
        raise Refused("invalid", "送达没有登记。", problems)
    column = "paper_served_on" if row.state == "noticed" else "decision_paper_served_on"
    with transaction.atomic():
        Exit.objects.filter(pk=row.pk).update(**{column: on, "paper_number": number.strip()[:80]})
        record(
            "exit.serve_on_paper", row, actor=actor, audience="applicant",
            detail={"office": actor.office_name, "number": number.strip()[:80], "day": on.isoformat()},
        )  # fmt: skip
    row.refresh_from_db()
    return row


def reply(row: Exit, text: str, *, actor: Principal, is_final: bool = False) -> ExitReply:
    """The firm speaks, as often as it likes until the hearing is closed."""
    if not actor.is_member or row.enterprise_id not in actor.enterprise_ids:
        raise Missing
    if row.state != "noticed":
        raise Refused(
            "already_moved", "陈述申辩已经结束，您写的没有收下。如有新情况，请与办理单位联系。", state=row.state
        )
    if not text.strip():
        raise Refused("invalid", "请写明陈述申辩的内容。", [Problem("请写明陈述申辩的内容", "text")])
    with transaction.atomic():
        made = ExitReply.objects.create(
            exit=row, enterprise_id=row.enterprise_id, region_path=row.region_path, text=text.strip()[:8000], is_final=is_final,
            by_id=actor.user_id, by_name=actor.name, at=clock.now(),
        )  # fmt: skip
        record("exit.reply", row, actor=actor, audience="applicant")
    return made


def close_hearing(row: Exit, *, actor: Principal) -> Exit:
    """Over when the last day has passed, or when the firm has said that this is all."""
    until = hearing_until(row)
    if until is None:
        raise Refused("conflict", "还没有送达证明，陈述申辩的期限没有开始，不能结束。请催收送达，或登记纸质送达。")
    if clock.today() <= until and not row.replies.filter(is_final=True).exists():
        raise Refused("conflict", f"陈述申辩的期限到{until:%Y年%-m月%-d日}，还不能结束。")
    return move(row, "close_hearing", actor=actor, machine=EXIT)


def deliberate(row: Exit, given: dict[str, Any], *, actor: Principal) -> Exit:
    """The panel's view, with an answer to what the firm said."""
    text, answer = str(given.get("deliberation", "")).strip(), str(given.get("answer_to_reply", "")).strip()
    panel = [name.strip()[:40] for name in str(given.get("panel", "")).replace("，", "、").split("、") if name.strip()]
    problems = []
    if len(text) < SHORTEST:
        problems.append(Problem("请写明审议意见和理由", "deliberation"))
    if len(panel) < 2:
        problems.append(Problem("请写明参加审议的人，至少两位，用顿号分开", "panel"))
    if row.replies.exists() and len(answer) < SHORTEST:
        problems.append(Problem("企业作了陈述申辩，请逐点回应", "answer_to_reply"))
    if problems:
        raise Refused("invalid", f"审议没有记录：有 {len(problems)} 处要填。", problems)
    return move(
        row, "deliberate", actor=actor, machine=EXIT, deliberation=text[:4000], answer_to_reply=answer[:4000], panel=panel[:15],
        deliberated_by_id=actor.user_id,
    )  # fmt: skip


def consequences(row: Exit) -> Consequences:
    """The cascade, before signing: titles that fall with it, open applications, and what other storeys answer."""
    ground = ground_of(row)
    return consequences_of(
        row.certificate, every_tier=ground.reaches == "every_tier", barred_until=ground.barred_until(clock.today())
    )


def decide(row: Exit, given: dict[str, str], *, actor: Principal) -> Exit:
    """The second person decides to end the title; the letter goes out with the decision."""
    text, number = given.get("decision", "").strip(), given.get("document_number", "").strip()
    problems = []
    if len(text) < SHORTEST:
        problems.append(Problem("请写明决定和理由", "decision"))
    if not number:
        problems.append(Problem("请填写决定文号", "document_number"))
    if problems:
        raise Refused("invalid", "决定没有作出。", problems)
    today = clock.today()
    barred = ground_of(row).barred_until(today)
    remedy = settings.LETTER_REMEDY or "〔救济途径、期限和受理机关：待法制机构确认〕"
    with transaction.atomic():
        body = f"{row.enterprise_name}：{text}\n依据：{row.clause}\n文号：{number}\n{remedy}"
        if barred:
            body += f"\n{barred:%Y年%-m月%-d日}以前不能申请；次日起可以重新申请。"
        sent = tell(row, "取消称号决定书", body, "打开查看决定和救济途径")
        return move(
            row, "decide", actor=actor, machine=EXIT, reason=text, detail={"office": actor.office_name},
            decision=text[:4000], document_number=number[:60], decided_by_id=actor.user_id, decided_on=today,
            barred_until=barred, remedy=remedy, decision_notices=[m.public_id for m in sent],
        )  # fmt: skip


def decision_served_on(row: Exit) -> date | None:
    return served_on(row.decision_notices, row.decision_paper_served_on)


def announce(row: Exit, *, actor: Principal) -> Exit:
    """Public only when the firm has the decision; then the title ends, and with fraud every provincial one does."""
    if row.state == "decided" and decision_served_on(row) is None:
        raise Refused("conflict", "决定书还没有送达证明，不能公告。请催收送达，或登记纸质送达。")
    today = clock.today()
    with transaction.atomic():
        touched = consequences(row)
        moved = move(
            row, "announce", actor=actor, machine=EXIT, ended_on=today, detail={"document_number": row.document_number}
        )
        for certificate in [row.certificate, *touched.titles]:
            revoke(certificate, f"{row.document_number}　{ground_of(row).label}", today, actor=actor)
    return moved


def revoke(certificate: Certificate, reason: str, on: date, *, actor: Principal) -> None:
    move(certificate, "revoke", actor=actor, machine=CERTIFICATE, reason=reason, ended_on=on, end_reason=reason)
    certificate_ended.send(sender=Certificate, certificate=certificate, on=on, reason=reason)


def drop(row: Exit, reason: str, *, actor: Principal) -> Exit:
    """The title stays; the firm is told when it had been told of the procedure."""
    knew = row.state != "drafted"
    with transaction.atomic():
        moved = move(row, "drop", actor=actor, machine=EXIT, reason=reason, detail={"office": actor.office_name})
        if knew:
            tell(row, "不予取消称号告知书", f"{row.enterprise_name}：{reason}。贵公司的称号继续有效。", "打开查看")
    return moved


def national_step(row: Exit, act: str, reason: str, *, actor: Principal) -> Exit:
    """建议取消 → 上报 → 国家结果; the portal decides nothing here."""
    if act not in ("propose", "report", "record_national_end", "record_national_keep"):
        raise Missing
    with transaction.atomic():
        moved = move(row, act, actor=actor, machine=EXIT, reason=reason, detail={"office": actor.office_name})
        if act == "record_national_end":
            revoke(row.certificate, reason or "国家公告取消", clock.today(), actor=actor)
            Exit.objects.filter(pk=row.pk).update(ended_on=clock.today())
    return moved


def suspend(row: Exit, reason: str, *, actor: Principal) -> Exit:
    """An official's act, never an effect: 复议 or 诉讼 alone does not stop a decision."""
    mine = (
        actor.is_official and actor.level == "province" and actor.has_role("leader") and actor.reaches(row.region_path)
    )
    if not mine or row.state in ("announced", "dropped", "ended_nationally"):
        raise Missing
    if row.suspended_since:
        changed, act = {"suspended_since": None, "suspended_reason": ""}, "exit.resume"
    else:
        if len(reason.strip()) < 4:
            raise Refused("invalid", "请写明中止的理由。", [Problem("请写理由", "reason")])
        changed, act = {"suspended_since": clock.now(), "suspended_reason": reason.strip()[:200]}, "exit.suspend"
    with transaction.atomic():
        Exit.objects.filter(pk=row.pk).update(**changed)
        record(act, row, actor=actor, reason=reason, audience="applicant")
    row.refresh_from_db()
    return row

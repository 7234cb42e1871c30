"""取消称号 step by step: 告知 → 陈述申辩 → 审议 → 决定 → 送达 → 公告. No step is skipped, and none begins before it is proved.

The clock of the hearing starts with the proof that the firm has the notice, not with the sending. The person who
decides is neither who opened the case nor who wrote the deliberation. A suspension is an official's act.
"""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from certification import exit_letters, reach
from certification.assist import comes_first
from certification.cascade import Consequences, consequences_of
from certification.days_owed import refuse_while_days_are_owed
from certification.grounds import Ground, grounds
from certification.letter import confirmed_remedy
from certification.models import Certificate, Exit, ExitReply, Incident, TermKind
from certification.permissions import EXIT, decides_exit, works_on_exit
from certification.queries import within_reach
from certification.remind import unreported
from certification.served import day_of, decision_served_on, notice_served_on, paper_problems
from certification.states import EXIT_CLOSED, EXIT_UNDONE
from certification.tiers import is_national
from enterprises.attach import attach
from enterprises.models import Membership
from enterprises.permissions import is_verified, speaks_for, verified_for
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import Message, MessageKind
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, hold, move
from foundation.workdays.counting import is_workday

SHORTEST = 10
ON_PAPER = {
    "noticed": "",
    "decided": "decision_",
    "proposed": "decision_",
    "reported": "decision_",
    "set_aside": "set_aside_",
}
"""The letter that may be handed over on paper in a state, as the beginning of its columns."""


def visible(principal: Principal) -> QuerySet[Exit]:
    """The firm's verified people see its own from the notice on; offices see those in their reach."""
    if principal.is_member:
        return Exit.objects.filter(enterprise_id__in=verified_for(principal)).exclude(state="drafted")
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
    if reach.open_exits(certificate.enterprise_id, certificate.tier):
        raise Refused("duplicate", "这个称号已有一件退出程序在办。")
    if ground.code == "change_not_reported" and not unreported(
        certificate.enterprise, certificate.number, clock.today()
    ):
        raise Refused(
            "conflict", "还不能提出：没有期限已过、仍未报告、提醒已送达的重大变化。请先在“重大变化”里记下，送达有了证明再提出。",
        )  # fmt: skip
    if comes_first(certificate, ground, incident):
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
            begin(row, actor=actor, machine=EXIT, audience="office")
            reach.draft_sisters(row, actor=actor)
    except IntegrityError as error:
        raise Refused("duplicate", "这个称号已有一件退出程序在办。") from error
    return row


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
    """Send the notice as a legal service. The days to answer are the office's to set and count from the proof.

    It names every title that falls. Where one came to be meanwhile that the first notice does not name, it is served
    anew: the hearing begins again, and what the panel wrote is set aside (it stays in the record).
    """
    if not 1 <= hearing_workdays <= 60:
        raise Refused(
            "invalid", "请填写陈述申辩的期限。", [Problem("请填1到60之间的工作日数", "hearing_workdays", clause="期限由办理单位依规定确定")]
        )  # fmt: skip
    anew = row.state != "drafted"
    if anew and not reach.unnamed(row):
        raise Refused("conflict", "告知书已经写明全部会取消的称号，不需要重新送达。")
    if not anew and reach.heir(row.certificate) is None:
        raise Refused("conflict", "这个称号已经终止，不能再告知。请以“不予取消”办结这件。")
    others, detail = reach.falls_with(row), {"office": actor.office_name}
    reset: dict[str, Any] = {}
    if anew:
        detail["set_aside"] = row.deliberation
        reset = {
            "paper_served_on": None, "paper_number": "", "extra_workdays": 0, "deliberation": "", "answer_to_reply": "", "panel": [], "deliberated_by_id": None,
        }  # fmt: skip
    subject, body = exit_letters.notice(row, others, hearing_workdays)
    with transaction.atomic():
        sent = tell(row, subject, body, "打开后在期限内陈述申辩")
        return move(
            row, "serve_anew" if anew else "serve_notice", actor=actor, machine=EXIT, detail=detail, hearing_workdays=hearing_workdays,
            notices=[m.public_id for m in sent], noticed_at=clock.now(), titles=[title.number for title in others], **reset,
        )  # fmt: skip


def tell(row: Exit, subject: str, body: str, what_to_do: str, kind: str = MessageKind.LEGAL) -> list[Message]:
    return send(
        people_of(row), subject=f"{subject}：{row.get_tier_display()}", body=body, kind=kind, about=row,
        url=f"/my/exits/{row.public_id}/", what_to_do=what_to_do,
    )  # fmt: skip


def hearing_until(row: Exit) -> date | None:
    """The last day to answer; None before the notice is proved to be there. Days of a suspension do not count."""
    day, left = notice_served_on(row), row.hearing_workdays
    if day is None or not left:
        return None
    left += row.extra_workdays
    paused = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.suspensions]
    if row.suspended_since:
        paused.append((day_of(row.suspended_since), clock.today()))
    while left > 0:
        day += timedelta(days=1)
        if is_workday(day) and not any(first < day <= last for first, last in paused):
            left -= 1
    return day


def serve_on_paper(row: Exit, on: date | None, number: str, *, actor: Principal) -> Exit:
    """A letter handed over on paper, with the number of its receipt: the notice, the decision, or what set it aside."""
    if not works_on_exit(actor, row) or row.state not in ON_PAPER:
        raise Missing
    prefix = ON_PAPER[row.state]
    noticed_on = day_of(row.noticed_at) if row.noticed_at else None
    written = {"": noticed_on, "decision_": row.decided_on, "set_aside_": row.set_aside_on}
    written_on = written[prefix] or day_of(row.created_at)
    problems = paper_problems(on, number, written_on=written_on)
    if problems or on is None:
        raise Refused("invalid", "送达没有登记。", problems)
    receipt = number.strip()[:80]
    with transaction.atomic():
        Exit.objects.filter(pk=row.pk).update(**{f"{prefix}paper_served_on": on, f"{prefix}paper_number": receipt})
        record(
            "exit.serve_on_paper", row, actor=actor, audience="applicant",
            detail={"office": actor.office_name, "number": receipt, "day": on.isoformat()},
        )  # fmt: skip
    row.refresh_from_db()
    return row


def reply(row: Exit, text: str, *, actor: Principal, is_final: bool = False, upload: Any = None) -> ExitReply:
    """The firm speaks, as often as it likes until the hearing is closed. Only who answers for all of it says the last word.

    What came on paper or by phone: hear.py.
    """
    if not actor.is_member or row.enterprise_id not in actor.enterprise_ids:
        raise Missing
    if not is_verified(actor, row.enterprise_id):
        raise Refused("unverified", "陈述申辩由已核实的法定代表人或经办人提交。请先完成身份核实，或请同事提交。")
    if is_final and not speaks_for(actor, row.enterprise_id):
        raise Refused(
            "forbidden", "表示“已经说完”会提前结束陈述申辩，请由法定代表人或负责全部事项的经办人提交。您可以不勾选，照常提交意见。"
        )  # fmt: skip
    over = "陈述申辩已经结束，您写的没有收下。如有新情况，请与办理单位联系。"
    if row.state != "noticed":
        raise Refused("already_moved", over, state=row.state)
    if not text.strip():
        raise Refused("invalid", "请写明陈述申辩的内容。", [Problem("请写明陈述申辩的内容", "text")])
    with transaction.atomic():
        # Who closes the hearing at this moment waits, or is first and the firm is told: nothing is kept that no panel reads.
        try:
            hold(row, machine=EXIT)
        except Refused as refusal:
            raise Refused("already_moved", over, state=row.state) from refusal
        paper = attach(row.enterprise, upload, kind="other", title="陈述申辩材料", actor=actor) if upload else None
        made = ExitReply.objects.create(
            exit=row, enterprise_id=row.enterprise_id, region_path=row.region_path, text=text.strip()[:8000], is_final=is_final,
            evidence=paper, by_id=actor.user_id, by_name=actor.name, at=clock.now(),
        )  # fmt: skip
        record("exit.reply", row, actor=actor, audience="applicant")
    return made


def close_hearing(row: Exit, *, actor: Principal) -> Exit:
    """Over when the last day has passed, or when the firm has said that this is all to the notice as it now stands."""
    until = hearing_until(row)
    if until is None:
        raise Refused("conflict", "还没有送达证明，陈述申辩的期限没有开始，不能结束。请催收送达，或登记纸质送达。")
    last_words = row.replies.filter(is_final=True, at__gte=row.noticed_at or row.created_at)
    if clock.today() <= until and not last_words.exists():
        raise Refused("conflict", f"陈述申辩的期限到{until:%Y年%-m月%-d日}，还不能结束。")
    if not last_words.exists():
        refuse_while_days_are_owed(TermKind.HEARING, until)
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
    with transaction.atomic():
        hold(row, machine=EXIT)
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
        reach.heir(row.certificate) or row.certificate, every_tier=ground.reaches == "every_tier",
        barred_until=ground.barred_until(clock.today()),
    )  # fmt: skip


def decide(row: Exit, given: dict[str, str], *, actor: Principal) -> Exit:
    """The second person decides to end the titles that the notice names; the letter goes out with the decision."""
    text, number = given.get("decision", "").strip(), given.get("document_number", "").strip()
    problems = []
    if len(text) < SHORTEST:
        problems.append(Problem("请写明决定和理由", "decision"))
    if not number:
        problems.append(Problem("请填写决定文号", "document_number"))
    if problems:
        raise Refused("invalid", "决定没有作出。", problems)
    new = reach.unnamed(row)
    if row.state == "deliberated" and new:
        raise Refused(
            "conflict", f"告知以后又有称号会一并取消：{exit_letters.listed(new)}。企业还没有就它陈述申辩，请重新送达告知书。"
        )  # fmt: skip
    today, remedy = clock.today(), confirmed_remedy("不能作出取消决定", exit_letters.AGAIN)
    with transaction.atomic():
        moved = move(
            row, "decide", actor=actor, machine=EXIT, reason=text, detail={"office": actor.office_name},
            decision=text[:4000], document_number=number[:60], decided_by_id=actor.user_id, decided_on=today,
            barred_until=ground_of(row).barred_until(today), remedy=remedy,
        )  # fmt: skip
        sent = tell(
            row, "取消称号决定书", exit_letters.decision(row, text, reach.living(row)), "打开查看决定和救济途径"
        )
        moved.decision_notices = [message.public_id for message in sent]
        Exit.objects.filter(pk=row.pk).update(decision_notices=moved.decision_notices)
    return moved


def announce(row: Exit, *, actor: Principal) -> Exit:
    """Public only when the firm has the decision; then the titles named in the notice end, as far as they still stand."""
    if row.state == "decided" and decision_served_on(row) is None:
        raise Refused("conflict", "决定书还没有送达证明，不能公告。请催收送达，或登记纸质送达。")
    today = clock.today()
    with transaction.atomic():
        ending = reach.living(row)
        detail = {"document_number": row.document_number, "titles": [title.number for title in ending]}
        moved = move(row, "announce", actor=actor, machine=EXIT, ended_on=today, detail=detail)
        reach.end_titles(ending, f"{row.document_number}　{ground_of(row).label}", today, actor=actor)
    return moved


def drop(row: Exit, reason: str, *, actor: Principal) -> Exit:
    """The title stays; the firm is told when it had been told of the procedure."""
    knew = row.state != "drafted"
    with transaction.atomic():
        moved = move(row, "drop", actor=actor, machine=EXIT, reason=reason, detail={"office": actor.office_name})
        if knew:
            kept = "本单位不报建议取消，" if is_national(row.tier) else ""
            tell(row, "不予取消称号告知书", f"{row.enterprise_name}：{reason}。{kept}贵公司的称号不变。", "打开查看")
    return moved


def suspend(row: Exit, reason: str, *, actor: Principal) -> Exit:
    """An official's act, never an effect: 复议 or 诉讼 alone does not stop a decision."""
    mine = (
        actor.is_official and actor.level == "province" and actor.has_role("leader") and actor.reaches(row.region_path)
    )
    if not mine or row.state in EXIT_CLOSED:
        raise Missing
    changed: dict[str, Any]
    if row.suspended_since:
        paused = [*row.suspensions, [day_of(row.suspended_since).isoformat(), clock.today().isoformat()]]
        changed, act = {"suspended_since": None, "suspended_reason": "", "suspensions": paused}, "exit.resume"
    else:
        if len(reason.strip()) < 4:
            raise Refused("invalid", "请写明中止的理由。", [Problem("请写理由", "reason")])
        changed, act = {"suspended_since": clock.now(), "suspended_reason": reason.strip()[:200]}, "exit.suspend"
    with transaction.atomic():
        Exit.objects.filter(pk=row.pk).update(**changed)
        record(act, row, actor=actor, reason=reason, audience="applicant")
    row.refresh_from_db()
    return row


def stop_for_false_alarm(incident: Incident) -> int:
    """What procedures rest on was found to be false: an open one stops where it is, an announced one bars nobody meanwhile.

    What the ministry decided rests with the ministry. Returns how many.
    """
    house = Principal.system("incident")
    rows = list(
        Exit.objects.filter(incident=incident).exclude(state__in=(*EXIT_UNDONE, "ended_nationally")).order_by("id")
    )
    for row in rows:
        Exit.objects.filter(pk=row.pk).update(source_fell_on=clock.today())
        act = "exit.source_fell_after" if row.state == "announced" else "exit.source_fell"
        record(act, row, actor=house, audience="office" if row.state == "drafted" else "applicant")
    return len(rows)


def go_on(row: Exit, reason: str, *, actor: Principal) -> Exit:
    """A leader says why it stands without the report that it began with; otherwise it is dropped, or set aside."""
    if row.source_fell_on is None or row.state in EXIT_UNDONE or not decides_exit(actor, row):
        raise Missing
    if len(reason.strip()) < SHORTEST:
        raise Refused("invalid", "请写明没有这份情况，程序凭什么继续。", [Problem("请写明理由和另外的依据", "reason")])
    with transaction.atomic():
        Exit.objects.filter(pk=row.pk).update(source_fell_on=None)
        told = "office" if row.state == "drafted" else "applicant"
        record("exit.go_on", row, actor=actor, reason=reason.strip()[:2000], audience=told)
    row.refresh_from_db()
    return row

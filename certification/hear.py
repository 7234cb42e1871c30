"""听取书面、当面和电话陈述: a firm is heard by whichever way it speaks, and the day on which it reached an office counts.

The office enters the words, who spoke and the paper that shows it. What was received in time is never lost because it was
written down later: a procedure that has gone on to its deliberation goes back for it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from certification.change import people_of
from certification.exit import hearing_until
from certification.models import Arrival, Exit, ExitReply, Incident, IncidentReply
from certification.permissions import EXIT, INCIDENT, examines_incident, takes_in_words
from certification.served import day_of
from certification.states import EXIT_CLOSED
from enterprises.attach import take_in
from enterprises.models import Enterprise
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import hold, move

SHORTEST = 4
MOST = 8000
LONGEST = 80
WAYS = {Arrival.PAPER: "书面", Arrival.COUNTER: "当面陈述", Arrival.PHONE: "电话"}
WITH_PAPER = (Arrival.PAPER, Arrival.COUNTER)
"""Of these there is a paper: the letter itself, or the minutes that the firm has signed."""
OPEN = ("noticed", "heard", "deliberated")


def ways() -> list[tuple[str, str]]:
    return [(way.value, words) for way, words in WAYS.items()]


def may_hear_exit(row: Exit, actor: Principal) -> bool:
    return row.state in OPEN and takes_in_words(actor, row)


def may_hear_incident(row: Incident, actor: Principal) -> bool:
    return row.state in ("reported", "confirmed") and examines_incident(actor, row)


def hear_exit(row: Exit, given: Mapping[str, Any], *, actor: Principal, upload: Any = None) -> ExitReply:
    """Write down what a firm said to a notice. Refused("invalid") with a problem per field, ("conflict") when it came too late.

    One that was received in time after the panel had written its view takes the case back to the panel: the view that was
    written without it stays in the record.
    """
    if not takes_in_words(actor, row) or row.state in ("drafted", *EXIT_CLOSED):
        raise Missing
    received = _read(given, upload, not_before=day_of(row.created_at))
    with transaction.atomic():
        hold(row, machine=EXIT)
        if row.state not in OPEN:
            raise Refused(
                "conflict",
                "决定已经作出，这份陈述申辩没有登记。期限内收到的，请报告负责人，由负责人撤销原决定后重新办理。",
            )
        until = hearing_until(row)
        if row.state != "noticed" and (until is None or received > until):
            told = f"陈述申辩到{cn(until)}为止" if until else "陈述申辩已经结束"
            raise Refused(
                "conflict", f"{told}，这份是{cn(received)}收到的，没有登记。是否采纳由审议小组决定，写在审议意见里。",
                [Problem("收到日期在期限以后", "received_on")],
            )  # fmt: skip
        made = ExitReply.objects.create(
            exit=row, **_kept(row, given, received, actor), evidence=_paper(row, given, upload, actor)
        )
        record("exit.hear", row, actor=actor, audience="applicant", detail=_said(made, actor))
        if row.state == "deliberated":
            move(
                row, "hear_late", actor=actor, machine=EXIT, deliberation="", answer_to_reply="", panel=[],
                deliberated_by_id=None, detail={"office": actor.office_name, "set_aside": row.deliberation},
            )  # fmt: skip
        _tell(row, made, f"/my/exits/{row.public_id}/", "陈述申辩")
    return made


def hear_incident(row: Incident, given: Mapping[str, Any], *, actor: Principal, upload: Any = None) -> IncidentReply:
    """Write down what a firm said to a report, until the case is closed. Refused("invalid") with a problem per field."""
    if not examines_incident(actor, row):
        raise Missing
    received = _read(given, upload, not_before=day_of(row.created_at))
    with transaction.atomic():
        hold(row, machine=INCIDENT)
        if not may_hear_incident(row, actor):
            raise Refused("conflict", "这件事已经办结，没有登记。有新情况的，另行登记一件。")
        made = IncidentReply.objects.create(
            incident=row, **_kept(row, given, received, actor), evidence=_paper(row, given, upload, actor)
        )
        record("incident.hear", row, actor=actor, audience="applicant", detail=_said(made, actor))
        _tell(row, made, f"/my/incidents/{row.public_id}/", "情况说明")
    return made


def _read(given: Mapping[str, Any], upload: Any, *, not_before: date) -> date:
    """The day on which it was received. Refused("invalid") with everything that is wrong."""
    received, text = clock.as_day(given.get("received_on")), str(given.get("text") or "").strip()
    problems = []
    if given.get("way") not in WAYS:
        problems.append(Problem("请选择企业以哪种方式陈述", "way"))
    spoke = str(given.get("said_by") or "").strip()
    if not 2 <= len(spoke) <= LONGEST:
        told = f"陈述人和身份最多{LONGEST}字" if spoke[1:] else "请写明陈述人和身份"
        problems.append(Problem(told, "said_by", hint="例：王某，法定代表人"))
    if received is None:
        problems.append(Problem("请填写收到日期", "received_on", hint="以收文登记、笔录或通话的日期为准"))
    elif received > clock.today():
        problems.append(Problem("收到日期不能晚于今天", "received_on"))
    elif received < not_before:
        problems.append(Problem(f"收到日期早于这件事登记的日期（{cn(not_before)}）", "received_on"))
    if len(text) < SHORTEST:
        problems.append(
            Problem("请写明企业说了什么", "text", hint="书面的照录要点；电话的写明通话内容、来电号码和接听人")
        )
    elif len(text) > MOST:
        problems.append(Problem(f"最多{MOST}字，现在有{len(text)}字", "text", hint="写明要点，全文以附件为准"))
    if given.get("way") in WITH_PAPER and upload is None:
        problems.append(
            Problem("请附上书面材料或笔录的扫描件", "file", hint="PDF、JPG、PNG、DOCX 或 XLSX，不超过 20 MB")
        )
    if problems or received is None:
        raise Refused("invalid", f"没有登记：有 {len(problems)} 处要改。", problems)
    return received


def _kept(row: Exit | Incident, given: Mapping[str, Any], received: date, actor: Principal) -> dict[str, Any]:
    return {
        "enterprise_id": row.enterprise_id, "region_path": row.region_path, "text": str(given["text"]).strip(),
        "way": given["way"], "said_by": str(given["said_by"]).strip(), "received_on": received,
        "office_name": actor.office_name, "by_id": actor.user_id, "by_name": actor.name, "at": clock.now(),
    }  # fmt: skip


def _paper(row: Exit | Incident, given: Mapping[str, Any], upload: Any, actor: Principal) -> Any:
    """Kept with the firm's other papers, where its people and every office that sees the firm find it."""
    if upload is None:
        return None
    firm = Enterprise.objects.filter(pk=row.enterprise_id).first()
    if firm is None:
        raise Refused("conflict", "企业已转由其他单位推荐，材料没有登记。请转交现在的推荐单位。")
    return take_in(firm, upload, kind="other", title=f"陈述材料（{WAYS[Arrival(given['way'])]}）", actor=actor)


def _said(made: ExitReply | IncidentReply, actor: Principal) -> dict[str, str]:
    assert made.received_on is not None
    return {"office": actor.office_name, "way": str(made.get_way_display()), "day": cn(made.received_on)}


def _tell(row: Exit | Incident, made: ExitReply | IncidentReply, url: str, what: str) -> None:
    """The firm reads what was written down in its name, and may say at once that it is not so."""
    send(
        people_of(row), subject=f"已登记贵公司的{what}", about=row, topic=Topic.TITLE, url=url,
        body=f"{made.came}：{made.text[:400]}\n与贵公司所说不一致的，请尽快告知登记单位，或在线补充。",
        what_to_do="核对登记的内容",
    )  # fmt: skip

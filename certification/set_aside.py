"""撤销原决定: the way back from a decision to end a title, of the office itself or after 行政复议 or a judgment.

Another leader than the one who decided puts it on record, with the document that says so. The titles that ended by it
stand again for the rest of their days, what the bar kept out is let in, and the firm is served a letter. What was
counted and published stays as it was counted: the ledger shows the end and the return, each on its own day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from certification import bar, certify, exit_letters, reach
from certification.exit import SHORTEST, ground_of, tell
from certification.handover import rejoin
from certification.models import Basis, Certificate, Exit, Judgement, Restoration
from certification.movements import month_of
from certification.permissions import CERTIFICATE, EXIT
from certification.served import day_of
from certification.signals import certificate_restored
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Problem, Refused
from foundation.transitions import already_moved, move


@dataclass
class GivenBack:
    """What became of the titles: in force again, past their days, followed by a newer one, or ended by another decision."""

    restored: list[Certificate] = field(default_factory=list)
    run_out: list[Certificate] = field(default_factory=list)
    followed: list[tuple[Certificate, Certificate]] = field(default_factory=list)
    kept: list[tuple[Certificate, Exit]] = field(default_factory=list)


def act_for(row: Exit) -> str:
    """What the ministry ended, only the ministry gives back: here it is recorded."""
    return "record_national_restore" if row.state == "ended_nationally" else "set_aside"


def set_aside(row: Exit, given: Mapping[str, Any], *, actor: Principal) -> Exit:
    """Record that the decision is gone, and undo what it did.

    `given`: basis (a `Basis`), document_number, dated_on (date), reason. Raises Refused: "already_moved" where nothing
    has been decided or it was set aside before, "forbidden" for the one who decided, "invalid" with a problem per field.
    """
    act, today = act_for(row), clock.today()
    if EXIT.edge(act, row.state) is None:
        raise already_moved(row, EXIT)
    if not EXIT.can(actor, act, row):
        raise Refused("forbidden", "撤销原决定由没有作出原决定的自治区负责人办理。请由另一位负责人登录后办理。")
    problems = problems_of(row, given)
    if problems:
        raise Refused("invalid", f"原决定没有撤销：有 {len(problems)} 处要改。", problems)
    number, reason = str(given["document_number"]).strip()[:60], str(given["reason"]).strip()[:4000]
    basis = Basis(given["basis"])
    paused = [*row.suspensions]
    if row.suspended_since:
        paused.append([day_of(row.suspended_since).isoformat(), today.isoformat()])
    until = row.barred_until.isoformat() if row.barred_until else ""
    with transaction.atomic():
        was = row.state
        moved = move(
            row, act, actor=actor, machine=EXIT, reason=reason,
            detail={"office": actor.office_name, "basis": str(basis.label), "document_number": number, "barred_until": until},
            set_aside_basis=basis.value, set_aside_number=number, set_aside_dated_on=given["dated_on"], set_aside_reason=reason,
            set_aside_by_id=actor.user_id, set_aside_on=today, barred_until=None, suspensions=paused, suspended_since=None,
            suspended_reason="",
        )  # fmt: skip
        back = give_back(moved, actor=actor)
        subject, body = exit_letters.set_aside(moved, was, words_of(back), bar_words(moved, had_bar=bool(until)))
        sent = tell(moved, subject, body, "打开查看决定")
        moved.set_aside_notices = [message.public_id for message in sent]
        Exit.objects.filter(pk=row.pk).update(set_aside_notices=moved.set_aside_notices)
    return moved


def problems_of(row: Exit, given: Mapping[str, Any]) -> list[Problem]:
    """What keeps it from being recorded; a document older than the decision cannot have set it aside."""
    problems = []
    basis, dated = str(given.get("basis", "")), given.get("dated_on")
    is_national = row.state == "ended_nationally"
    if basis not in Basis.values:
        problems.append(Problem("请选择撤销的依据", "basis"))
    elif is_national and basis != Basis.MINISTRY:
        hint = "请等国家公告发布后，依据选“国家公告”，再填公告的文号和日期"
        problems.append(Problem("国家取消的称号由工业和信息化部恢复", "basis", hint=hint))
    elif not is_national and basis == Basis.MINISTRY:
        hint = "请选本机关自行纠正、行政复议决定或人民法院生效裁判"
        problems.append(Problem("这是自治区作出的决定，不由国家公告撤销", "basis", hint=hint))
    if not str(given.get("document_number", "")).strip():
        problems.append(Problem("请填写撤销文书的文号", "document_number", hint="例：宁政复决〔2026〕12号"))
    decided_on = (row.ended_on if is_national else row.decided_on) or row.decided_on
    if not isinstance(dated, date):
        problems.append(Problem("请填写撤销文书的日期", "dated_on", hint="以文书落款的日期为准"))
    elif dated > clock.today():
        problems.append(Problem("撤销文书的日期不能晚于今天", "dated_on", hint="以文书落款的日期为准"))
    elif decided_on and dated < decided_on:
        told = f"撤销文书的日期早于原决定的日期（{decided_on:%Y年%-m月%-d日}）"
        problems.append(Problem(told, "dated_on", hint="请核对文书落款的日期，或核对撤销的是不是这件决定"))
    if len(str(given.get("reason", "")).strip()) < SHORTEST:
        problems.append(
            Problem("请写明撤销的理由，企业会看到", "reason", hint=f"至少 {SHORTEST} 个字：原决定错在哪里，凭什么撤销")
        )
    return problems


def give_back(row: Exit, *, actor: Principal) -> GivenBack:
    """Every title that this decision ended stands again, unless its days are over or another decision ended it too."""
    back, today = GivenBack(), clock.today()
    for title in reach.ended_by(row):
        other = reach.also_ends(title, row)
        if other is not None:
            hand_over(title, row, other, actor=actor)
            back.kept.append((title, other))
            continue
        newer = newer_than(title)
        refuse_two_at_a_time(title, newer)
        note(title, row)
        why = f"{row.set_aside_number}　撤销{row.document_number}"
        # Held up to the day on which a title that was given since begins: never twice at a time.
        days = {"valid_until": newer.valid_from - timedelta(days=1)} if newer is not None else {}
        move(
            title, "reinstate", actor=actor, machine=CERTIFICATE, reason=why, ended_on=None, booked_on=None, end_reason="", **days
        )  # fmt: skip
        rejoin(title, actor=actor)
        if newer is not None:
            go_on_in(title, newer)
            back.followed.append((title, newer))
            continue
        # Its lines were closed with it; a sum that did not change would not open them again by itself.
        Judgement.objects.filter(certificate=title).update(flips_on=today)
        if title.valid_until < today and certify.run_out(title, actor=Principal.system("set aside")):
            back.run_out.append(title)
        else:
            certificate_restored.send(sender=Certificate, certificate=title, on=today, reason=why)
            back.restored.append(title)
    return back


def note(title: Certificate, row: Exit) -> None:
    """Its exit stays in the ledger on the day under which it was told, its return is told today."""
    Restoration.objects.create(
        certificate=title, exit=row, ended_as=title.state, ended_on=title.booked_on or title.ended_on, end_reason=title.end_reason,
        clause=row.clause, restored_on=clock.today(), document_number=row.set_aside_number,
    )  # fmt: skip


def newer_than(title: Certificate) -> Certificate | None:
    """The title of the same tier that was given while this one was ended, within the days that it had."""
    rows = Certificate.objects.filter(
        enterprise_id=title.enterprise_id, tier=title.tier, valid_from__gt=title.valid_from, valid_from__lte=title.valid_until
    )  # fmt: skip
    return rows.order_by("valid_from", "id").first()


def refuse_two_at_a_time(title: Certificate, newer: Certificate | None) -> None:
    """One that has no day left beside another of its tier, such as two that begin on one day: a person has to look first."""
    after = newer.valid_from if newer is not None else title.valid_until + timedelta(days=1)
    others = Certificate.objects.filter(
        enterprise_id=title.enterprise_id, tier=title.tier, validity__overlap=DateRange(title.valid_from, after)
    )
    other = others.exclude(pk=title.pk).first()
    if other is not None:
        raise Refused(
            "conflict",
            f"{title.number}恢复以后，会与同一层级的{other.number}在同一段时间里都有效，没有办理。请先核对这两张证书的有效期。",
        )


def go_on_in(title: Certificate, newer: Certificate) -> None:
    """What it opened stays with the newer title, which the firm has had all along."""
    move(
        title, "renew", actor=Principal.system("set aside"), machine=CERTIFICATE, ended_on=newer.valid_from,
        end_reason=f"由{newer.number}接续",
    )  # fmt: skip


def hand_over(title: Certificate, row: Exit, other: Exit, *, actor: Principal) -> None:
    """It stays ended, by the decision that stands, and from the day of that one.

    Where that day is of another month, neither month is counted anew: what was told stays, and today the ledger shows the
    first decision undone and the second one in its place.
    """
    why = f"{other.document_number}　{ground_of(other).label}"
    assert title.ended_on is not None and other.ended_on is not None, "both have ended it"
    booked_on, booked = title.booked_on, title.booked_on or title.ended_on
    with transaction.atomic():
        if month_of(booked) != month_of(other.ended_on):
            note(title, row)
            booked_on = clock.today()
        Certificate.objects.filter(pk=title.pk).update(
            ended_on=other.ended_on, booked_on=booked_on, end_reason=why, version=F("version") + 1, updated_at=clock.now()
        )  # fmt: skip
        title.refresh_from_db()
        detail = {"document_number": other.document_number}
        record("certificate.ended_by_other", title, actor=actor, audience="public", detail=detail)
        announce("certificate", title, fields=["ended_on", "end_reason"])


def words_of(back: GivenBack) -> list[str]:
    """A line for each fate of a title, for the letter."""
    told = []
    if back.restored:
        told.append(f"恢复的称号：{exit_letters.listed(back.restored)}，有效期不变")
    if back.run_out:
        told.append(
            f"有效期已经届满、不再恢复有效的称号：{exit_letters.listed(back.run_out)}，按有效期届满记载，不记为取消"
        )
    told += [
        f"恢复后由其后的证书接续的称号：{exit_letters.listed([title])}，接续的证书是{newer.number}" for title, newer in back.followed
    ]  # fmt: skip
    told += [
        f"{exit_letters.listed([title])}另由{other.document_number}取消，不因本决定恢复" for title, other in back.kept
    ]
    return told


def bar_words(row: Exit, *, had_bar: bool) -> str:
    """That the bar is over, or which other one goes on."""
    other = bar.barred(row.enterprise, clock.today())
    if other is not None and other.barred_until is not None:
        return f"另因{other.document_number}，{bar.words(other.barred_until)}"
    return "因原决定而设的禁报自今日起解除，可以按当年通知申请。" if had_bar else ""

"""重大变化: the firm reports, the three months stop that day for good; the county checks and settles."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from certification.models import Certificate, MajorChange
from certification.obligation_rules import book
from certification.obligations import months_after
from certification.permissions import MAJOR_CHANGE, examines_change, notes_leaving
from certification.queries import within_reach
from certification.states import WAS_HELD
from certification.tiers import PROVINCIAL
from enterprises.attach import attach
from enterprises.models import Enterprise, Membership
from enterprises.permissions import is_verified
from enterprises.rename import rename
from enterprises.words import cn
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move

SHORTEST = 4
MOVED_OUT = "migrate"


def visible(principal: Principal) -> QuerySet[MajorChange]:
    """The firm's own; for officials those of firms in their reach."""
    if principal.is_member:
        return MajorChange.objects.filter(enterprise_id__in=principal.enterprise_ids)
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return MajorChange.objects.filter(within_reach(principal))
    return MajorChange.objects.none()


def kinds() -> Mapping[str, str]:
    return book().rule("major_change").kinds


def due_of(enterprise: Enterprise, happened_on: date) -> date | None:
    """The last day to report, by the titles valid on the day of the change; None where no title asked for it."""
    rows = Certificate.objects.filter(
        enterprise=enterprise, state__in=WAS_HELD, valid_from__lte=happened_on, valid_until__gte=happened_on
    )  # fmt: skip
    tiers = set(rows.values_list("tier", flat=True))
    rule = book().rule("major_change")
    days = [
        months_after(happened_on, row.months)
        for row in rule.due
        if tiers & set(row.tiers) and row.counts_on(happened_on)
    ]
    return max(days, default=None)


def report_change(
    enterprise: Enterprise, given: Mapping[str, str], *, actor: Principal, upload: Any = None
) -> MajorChange:
    """Report a change with its evidence. A late report is taken in all the same, and says that it is late."""
    if not actor.is_member or enterprise.pk not in actor.enterprise_ids:
        raise Missing
    if not is_verified(actor, enterprise.pk):
        raise Refused("unverified", "您与企业的关系还没有核实，暂时不能报告。请先完成身份核实。")
    kind, day, problems = given.get("kind", ""), _day(given.get("happened_on", "")), _wrong(given)
    if kind not in kinds():
        problems.insert(0, Problem("请选择变化种类", "kind"))
    if day is None:
        problems.append(Problem("请填写发生日期", "happened_on", hint="以登记机关核准或合同生效的日期为准"))
    elif day > clock.today():
        problems.append(Problem("发生日期不能晚于今天", "happened_on", hint="还没有发生的变化，发生后再报告"))
    if problems or day is None:
        raise Refused("invalid", f"还没有报告：有 {len(problems)} 处要改，已填的都在。", problems)
    with transaction.atomic():
        row = begin(_new(enterprise, kind, day), actor=actor, machine=MAJOR_CHANGE)
        return _report(row, given, actor=actor, upload=upload)


def note_change(enterprise: Enterprise, given: Mapping[str, str], *, actor: Principal) -> MajorChange:
    """An office has learnt of a change that the firm has not told yet: the firm is told by when, and reminded."""
    if not examines_change(actor, enterprise):
        raise Missing
    kind, day, source, problems = (
        given.get("kind", ""),
        _day(given.get("happened_on", "")),
        given.get("source", "").strip(),
        [],
    )
    if kind not in kinds():
        problems.append(Problem("请选择变化种类", "kind"))
    if day is None or day > clock.today():
        problems.append(Problem("请填写发生日期，不晚于今天", "happened_on"))
    if len(source) < SHORTEST:
        problems.append(Problem("请写明从哪里知道的", "source", hint="例：国家企业信用信息公示系统，查询日期"))
    if problems or day is None:
        raise Refused("invalid", f"还没有记下：有 {len(problems)} 处要改。", problems)
    known = MajorChange.objects.filter(enterprise=enterprise, kind=kind, happened_on=day).exclude(state="withdrawn")
    if known.exists():
        raise Refused("duplicate", "这一项变化已经有记录。", [Problem("已经有记录", "kind")])
    with transaction.atomic():
        row = _new(enterprise, kind, day)
        row.source, row.office_name = source[:200], actor.office_name
        begin(row, actor=actor, machine=MAJOR_CHANGE)
        body = f"{actor.office_name}了解到贵公司{cn(day)}{row.kind_words}（{row.source}）。如属实请报告；不属实的，请在报告里说明。"
        send(
            people_of(row), subject=f"请报告重大变化：{row.kind_words}", body=body, about=row, topic=Topic.DUE, due_on=row.due_on,
            url=f"/my/changes/{row.public_id}/", what_to_do="写明变化前后的情况，附上依据",
        )  # fmt: skip
    return row


def _new(enterprise: Enterprise, kind: str, day: date) -> MajorChange:
    return MajorChange(
        enterprise=enterprise, region_path=enterprise.region_path, enterprise_name=enterprise.name, kind=kind, happened_on=day,
        due_on=due_of(enterprise, day),
    )  # fmt: skip


def _report(row: MajorChange, given: Mapping[str, str], *, actor: Principal, upload: Any) -> MajorChange:
    values = _values(row, given, upload, actor) | {
        "reported_on": clock.today(), "reported_by_id": actor.user_id, "reported_by_name": actor.name,
    }  # fmt: skip
    return move(row, "report", actor=actor, machine=MAJOR_CHANGE, **values)


def _values(row: MajorChange, given: Mapping[str, str], upload: Any, actor: Principal) -> dict[str, Any]:
    values: dict[str, Any] = {"before": given["before"].strip()[:2000], "after": given["after"].strip()[:2000]}
    if upload:
        title = f"{row.kind_words}的依据"
        values["evidence_id"] = attach(row.enterprise, upload, kind="other", title=title, actor=actor).pk
    return values


def _wrong(given: Mapping[str, str]) -> list[Problem]:
    words = {"before": "变化之前的情况", "after": "变化之后的情况"}
    return [
        Problem(f"请写明{label}", name, hint="例：原名称、原地址、原股东和比例")
        for name, label in words.items()
        if len(given.get(name, "").strip()) < SHORTEST
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def supplement(row: MajorChange, given: Mapping[str, str], *, actor: Principal, upload: Any = None) -> MajorChange:
    """Report what an office had noted, or answer its question. The day of the first report stays the day that counts."""
    if not actor.is_member or row.enterprise_id not in actor.enterprise_ids:
        raise Missing
    problems = _wrong(given)
    if problems:
        raise Refused("invalid", f"还没有提交：有 {len(problems)} 处要改，已填的都在。", problems)
    with transaction.atomic():
        if row.state == "noted":
            return _report(row, given, actor=actor, upload=upload)
        return move(row, "supplement", actor=actor, machine=MAJOR_CHANGE, **_values(row, given, upload, actor))


def withdraw(row: MajorChange, reason: str, *, actor: Principal) -> MajorChange:
    return move(row, "withdraw", actor=actor, machine=MAJOR_CHANGE, reason=reason)


def answer(row: MajorChange, act: str, words: str, *, actor: Principal, new_name: str = "") -> MajorChange:
    """Settle it or ask for more; either way the firm reads why. A settled change of name is carried into the data sheet."""
    if act not in ("settle", "send_back", "drop"):
        raise Missing
    is_renamed = act == "settle" and row.kind == "rename"
    name = " ".join(new_name.split())
    if is_renamed and examines_change(actor, row) and not SHORTEST <= len(name) <= 120:
        raise Refused(
            "invalid", "还没有办结：请填写变更后的企业名称。",
            [Problem("请填写变更后的企业名称", "new_name", hint="与营业执照一致；原名称会保留")],
        )  # fmt: skip
    with transaction.atomic():
        moved = move(
            row, act, actor=actor, machine=MAJOR_CHANGE, reason=words, detail={"office": actor.office_name},
            answer=words.strip()[:2000], office_name=actor.office_name,
        )  # fmt: skip
        if is_renamed:
            rename(row.enterprise, name, row.happened_on, actor=actor)
        told = {"send_back": "请补充", "drop": "记录已撤销"}.get(act, "已核对")
        send(
            people_of(row), subject=f"重大变化（{row.kind_words}）：{told}", body=f"{actor.office_name}：{words.strip()}", about=row,
            topic=Topic.DUE if act == "send_back" else Topic.TITLE, url=f"/my/changes/{row.public_id}/",
            what_to_do="按意见补充后再次提交" if act == "send_back" else "",
        )  # fmt: skip
    return moved


def titles_to_end(row: MajorChange, principal: Principal) -> list[Certificate]:
    """Titles that a settled move out of the region leaves behind, for an office that may note their end (leave.py).

    The change only says that the firm has moved; the title ends by an act of its own. National ones are the ministry's.
    """
    if row.kind != MOVED_OUT or row.state != "settled":
        return []
    held = Certificate.objects.filter(enterprise_id=row.enterprise_id, state="valid", tier__in=PROVINCIAL)
    waiting = held.exclude(leavings__state="asked").order_by("tier", "id")
    return [title for title in waiting if notes_leaving(principal, title)]


def people_of(row: Any) -> list[User]:
    rows = Membership.objects.filter(enterprise_id=row.enterprise_id, state="verified").select_related("user")
    return [member.user for member in rows.order_by("pk")]


def told_of(row: MajorChange) -> str:
    """One sentence on the clock."""
    if row.reported_on is None:
        return f"还没有报告，期限{cn(row.due_on)}" if row.due_on else "还没有报告；发生时没有有效称号，不计期限"
    if row.due_on is None:
        return f"{cn(row.reported_on)}报告；发生时没有有效称号，不计期限"
    late = f"超过期限（{cn(row.due_on)}）" if row.is_late else f"在期限（{cn(row.due_on)}）以内，期限已停"
    return f"{cn(row.reported_on)}报告，{late}"

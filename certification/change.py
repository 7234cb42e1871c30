"""重大变化: the firm reports, the three months stop that day for good; the county checks and settles."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from certification.models import Certificate, MajorChange
from certification.obligation_rules import book
from certification.obligations import cn, months_after
from certification.permissions import MAJOR_CHANGE
from certification.queries import within_reach
from enterprises.attach import attach
from enterprises.models import Enterprise, Membership
from enterprises.permissions import is_verified
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move

SHORTEST = 4


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
        enterprise=enterprise, state__in=["valid", "expired", "renewed"], valid_from__lte=happened_on, valid_until__gte=happened_on
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
        paper = (
            attach(enterprise, upload, kind="other", title=f"{kinds()[kind]}的依据", actor=actor) if upload else None
        )
        return begin(
            MajorChange(
                enterprise=enterprise, region_path=enterprise.region_path, enterprise_name=enterprise.name, kind=kind, happened_on=day,
                before=given["before"].strip()[:2000], after=given["after"].strip()[:2000], evidence=paper,
                reported_on=clock.today(), reported_by_id=actor.user_id, reported_by_name=actor.name, due_on=due_of(enterprise, day),
            ),
            actor=actor,
            machine=MAJOR_CHANGE,
        )  # fmt: skip


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
    """Answer the county's question. The day of the first report stays the day that counts."""
    problems = _wrong(given)
    if problems:
        raise Refused("invalid", f"还没有提交：有 {len(problems)} 处要改，已填的都在。", problems)
    with transaction.atomic():
        values: dict[str, Any] = {"before": given["before"].strip()[:2000], "after": given["after"].strip()[:2000]}
        if upload:
            values["evidence"] = attach(
                row.enterprise, upload, kind="other", title=f"{row.kind_words}的依据", actor=actor
            )
        return move(row, "supplement", actor=actor, machine=MAJOR_CHANGE, **values)


def withdraw(row: MajorChange, reason: str, *, actor: Principal) -> MajorChange:
    return move(row, "withdraw", actor=actor, machine=MAJOR_CHANGE, reason=reason)


def answer(row: MajorChange, act: str, words: str, *, actor: Principal) -> MajorChange:
    """Settle it or ask for more; either way the firm reads why."""
    if act not in ("settle", "send_back"):
        raise Missing
    with transaction.atomic():
        moved = move(
            row, act, actor=actor, machine=MAJOR_CHANGE, reason=words, detail={"office": actor.office_name},
            answer=words.strip()[:2000], office_name=actor.office_name,
        )  # fmt: skip
        people = [
            m.user for m in Membership.objects.filter(enterprise_id=row.enterprise_id, state="verified").select_related("user")
        ]  # fmt: skip
        told = "请补充" if act == "send_back" else "已核对"
        send(
            people, subject=f"重大变化（{row.kind_words}）：{told}", body=f"{actor.office_name}：{words.strip()}", about=row,
            topic=Topic.DUE if act == "send_back" else Topic.TITLE, url=f"/my/changes/{row.public_id}/",
            what_to_do="按意见补充后再次提交" if act == "send_back" else "",
        )  # fmt: skip
    return moved


def told_of(row: MajorChange) -> str:
    """One sentence on the clock."""
    if row.due_on is None:
        return f"{cn(row.reported_on)}报告；发生时没有有效称号，不计期限"
    late = f"超过期限（{cn(row.due_on)}）" if row.is_late else f"在期限（{cn(row.due_on)}）以内，期限已停"
    return f"{cn(row.reported_on)}报告，{late}"

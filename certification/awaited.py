"""What waits for the firm's own word: a procedure, a report, help. Shown first on its page, with the last day."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from certification import assist, exit, incident, visit
from certification.tiers import is_national
from foundation.accounts.principal import Principal


@dataclass(frozen=True)
class Awaited:
    """One line: what it is, what to do, until when (None: the days have not begun)."""

    title: str
    act: str
    url: str
    until: date | None


def awaited(principal: Principal) -> list[Awaited]:
    """The most serious first."""
    told = []
    for way_out in exit.visible(principal).filter(state="noticed").order_by("id")[:5]:
        url = reverse("certification:my_exit", args=[way_out.public_id])
        what = "拟报建议取消" if is_national(way_out.tier) else "拟取消"
        title = f"{what}{way_out.get_tier_display()}称号"
        told.append(Awaited(title, "陈述申辩", url, exit.hearing_until(way_out)))
    for row in incident.visible(principal).filter(state="reported", replies=None).order_by("id")[:5]:
        url = reverse("certification:my_incident", args=[row.public_id])
        told.append(Awaited(f"有单位反映：{row.kind_words}", "说明情况", url, incident.reply_until(row)))
    for seen in visit.visible(principal).filter(state__in=["planned", "finished"]).order_by("planned_for")[:5]:
        url = reverse("certification:my_visit", args=[seen.public_id])
        day = timezone.localtime(seen.planned_for).date() if seen.planned_for and seen.state == "planned" else None
        told.append(Awaited("实地核查", "准备原件" if seen.state == "planned" else "看记录并确认", url, day))
    for task in assist.visible(principal).filter(state="open").order_by("due_on", "id")[:5]:
        url = reverse("certification:my_assistance", args=[task.public_id])
        told.append(
            Awaited(f"{task.get_tier_display()}：有 {len(task.missing)} 项要补好", "看缺什么", url, task.due_on)
        )
    return told

"""The lines of the calendar, as the firm and the official both see them: what is owed, what was told, what proves it."""

from typing import Any

from certification import remind
from certification.agenda import agenda
from certification.obligation_rules import book
from enterprises.models import Enterprise
from foundation import clock
from foundation.mailroom.models import Delivery

STAGES = {
    "done": ("granted", "已办"), "coming": ("draft", "还早"), "soon": ("needs_you", "快到了"),
    "between": ("needs_you", "早的日期已过，晚的未到"), "over": ("refused", "已过"),
}  # fmt: skip


def lines_of(enterprise: Enterprise) -> dict[str, Any]:
    """What the calendar and the official's panel both show: obligations with their reminders and what proves them."""
    day = clock.today()
    sent = list(remind.Reminder.objects.filter(enterprise=enterprise).order_by("-id")[:200])
    proof = remind.proved(sent)
    channels: dict[str, list[str]] = {}
    for row in Delivery.objects.filter(
        message__about_type="certification.reminder", message__about_id__in=[r.public_id for r in sent]
    ).select_related("message").order_by("id"):  # fmt: skip
        words = f"{row.get_channel_display()}{row.get_state_display()}"
        if words not in channels.setdefault(row.message.about_id, []):
            channels[row.message.about_id].append(words)
    told = []
    for item in agenda(enterprise, day):
        mine = [r for r in sent if r.key == item.key]
        told.append(
            {
                "item": item, "stage": STAGES[item.stage(day)], "over": item.stage(day) == "over", "url": remind.WHERE.get(item.code, ""),
                "sent": [(r, proof.get(r.public_id), channels.get(r.public_id, [])) for r in mine],
                "served": any(r.is_legal and r.public_id in proof for r in mine),
            }
        )  # fmt: skip
    return {"lines": told, "today": day, "plan": book()}

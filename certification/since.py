"""What colleagues did to a case since one last had it open: verdicts, marks, opinions."""

from dataclasses import dataclass
from datetime import datetime

from certification.models import Application, Highlight
from foundation.accounts.principal import Principal


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    words: str


def done_since(application: Application, moment: datetime, *, actor: Principal) -> list[Line]:
    """Oldest first; one's own acts are no news."""
    told = []
    for row in application.verdicts.exclude(by_id=actor.user_id).order_by("at"):
        said = f"{row.criterion} {row.get_verdict_display()}"
        if row.at > moment:
            told.append(Line(row.at, row.by_name, f"判断 {said}{f'：{row.note}' if row.note else ''}"))
        if row.taken_back_at is not None and row.taken_back_at > moment:
            told.append(Line(row.taken_back_at, row.by_name, f"撤回判断 {said}：{row.taken_back_reason}"))
    for mark in Highlight.objects.filter(application=application, at__gt=moment).exclude(by_id=actor.user_id):
        told.append(Line(mark.at, f"{mark.office_name} {mark.by_name}", f"标注第 {mark.page} 页：{mark.note}"))
    for opinion in application.opinions.exclude(by_id=actor.user_id):
        if opinion.at > moment:
            words = f"{opinion.get_conclusion_display()}{f'：{opinion.text}' if opinion.text else ''}"
            told.append(Line(opinion.at, opinion.office_name, words))
    return sorted(told, key=lambda line: line.at)

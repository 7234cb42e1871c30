"""Which rule set applies, and why: tier × case type × cohort × date, then the notices of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from certification.rules.compiling import in_force
from certification.rules.document import Library
from certification.rules.notices import Clash, refuse_clashes
from certification.rules.schema import OverlayDocument, PackDocument
from enterprises.words import cn


class Unresolvable(ValueError):
    """No rule set, or more than one: said in words an official can act on."""


@dataclass(frozen=True)
class Resolution:
    rule_set: str
    overlays: tuple[str, ...]
    reason: str


TIERS = {"innovative": "创新型中小企业", "specialised": "专精特新中小企业", "little_giant": "专精特新“小巨人”企业",
         "champion": "制造业单项冠军企业"}  # fmt: skip
CASES = {"new": "新申请", "renewal": "复核"}


def resolve(library: Library, *, tier: str, case_type: str, on: date, cohort: int | None = None) -> Resolution:
    """Unresolvable when no standard is in force, or when notices clash."""
    what = f"{TIERS.get(tier, tier)}{CASES.get(case_type, case_type)}，判定日 {cn(on)}"
    if cohort:
        what += f"，{cohort} 年公告的一批"
    overlays = [
        d
        for d in library.documents.values()
        if isinstance(d, OverlayDocument) and _applies(d, tier, case_type, on, cohort)
    ]
    try:
        refuse_clashes(overlays)
    except Clash as error:
        raise Unresolvable(f"{what}：{error}") from error
    pointing = [d for d in overlays if d.use]
    if pointing:
        notice = pointing[0]
        chosen = library.documents.get(notice.use)
        if not isinstance(chosen, PackDocument):
            raise Unresolvable(f"{notice.origin.number}指向的规则集 {notice.use} 不存在。")
        reason = (
            f"{what}：{notice.origin.number}规定按{chosen.origin.number}{chosen.origin.part}把握，适用 {chosen.code}。"
        )
    else:
        chosen = _standard(library, tier, on, what)
        reason = f"{what}：{chosen.origin.number}{chosen.origin.part}自 {cn(chosen.effective.from_)} 起施行"
        until = chosen.effective.until
        reason += f"，至 {cn(until)} 止" if until else "，现行有效"
        reason += f"，适用 {chosen.code}。"
    laid = [d for d in overlays if d is not (pointing[0] if pointing else None) and d.over in ("", chosen.code)]
    for notice in laid:
        words = [w.sentence for w in notice.waive if case_type in w.case_types]
        words += [r.sentence for r in notice.replace if case_type in r.case_types]
        words += [gate.requirement for gate in notice.gates]
        reason += f"叠加{notice.origin.number}：{'；'.join(words)}。"
    used = ([pointing[0].code] if pointing else []) + [d.code for d in laid]
    return Resolution(chosen.code, tuple(sorted(used)), reason)


def _applies(document: OverlayDocument, tier: str, case_type: str, on: date, cohort: int | None) -> bool:
    applies = document.applies
    if applies.tier != tier or case_type not in applies.case_types:
        return False
    if on < applies.from_ or (applies.until is not None and on > applies.until):
        return False
    return not applies.cohorts or cohort in applies.cohorts


def _standard(library: Library, tier: str, on: date, what: str) -> PackDocument:
    standards = [
        d for d in library.documents.values() if isinstance(d, PackDocument) and d.tier == tier and in_force(d, on)
    ]
    if not standards:
        raise Unresolvable(f"{what}：没有在这一天有效的标准。")
    if len(standards) > 1:
        raise Unresolvable(f"{what}：同时有 {'、'.join(d.code for d in standards)} 有效，请先停用其中之一。")
    return standards[0]

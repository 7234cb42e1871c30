"""差异: last year's values on the left, this year's on the right; only what is missing, changed or run out is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enterprises.facts import Fact, facts_of, stored_name
from enterprises.models import AnnualReport, Enterprise, Honour, ManagementCertificate, OutsideTitle
from enterprises.sections import sections
from enterprises.showing import shown
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES, cn
from enterprises.yearly import BASES, fact_named, known_values

PROFILE = {
    "legal_representative": "法定代表人", "contact_name": "联系人", "contact_phone": "联系电话", "contact_email": "电子邮箱",
    "address": "通讯地址", "main_product": "主导产品", "industry_division": "行业大类", "industry_class": "行业小类",
}  # fmt: skip
WAYS = {
    "same": "与上年一致", "changed": "有变化", "new": "新填", "missing": "请填写", "aged": "是以前年度的数，请核对", "expired": "已过期",
    "unknown": "没有填过",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """`before` and `now` as people read them; `asked` lines have a box, `raw` is what stands in it."""

    name: str
    label: str
    before: str
    now: str
    way: str
    asked: bool = False
    raw: str = ""
    unit: str = ""

    @property
    def words(self) -> str:
        return WAYS[self.way]


@dataclass(frozen=True)
class Group:
    """A part that is confirmed with one click. `section` is where its other answers are corrected."""

    code: str
    title: str
    lines: tuple[Line, ...]

    @property
    def asked(self) -> list[Line]:
        return [line for line in self.lines if line.asked]

    @property
    def news(self) -> list[Line]:
        """What differs, asked or not; the rest is folded away."""
        return [line for line in self.lines if line.way not in ("same", "unknown")]

    @property
    def rest(self) -> list[Line]:
        return [line for line in self.lines if line.way in ("same", "unknown")]

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.way == "missing"]


def difference(enterprise: Enterprise, on: date) -> list[Group]:
    """The update of the last fiscal year before `on`, part by part, in a constant number of queries."""
    past = {row["name"]: row["now"] for row in told_last(enterprise, on.year - 2)}
    facts, yearly = facts_of(enterprise, on), known_values(enterprise, on)
    made = [
        Group("profile", "基本信息", tuple(_profile(enterprise, past))),
        Group("figures", "经营数据", tuple(_figures(yearly))),
    ]
    papers = list(_papers(enterprise, on))
    for section in sections():
        if section.code in ("platform", "champion"):
            continue
        lines = [_line(name, facts, past, on) for name in section.facts]
        lines += [_line(name, facts, past, on) for name in section.lists if name in vocabulary().facts]
        lines += papers if section.code == "innovation" else []
        if lines:
            made.append(Group(section.code, section.title, tuple(lines)))
    return made


def told_last(enterprise: Enterprise, year: int) -> list[dict[str, Any]]:
    """What the update of an earlier year said, line by line; nothing where there was none."""
    found = AnnualReport.objects.filter(enterprise=enterprise, year=year, confirmed_at__isnull=False).first()
    return list(found.told) if found else []


def _way(before: str, now: str) -> str:
    if not now:
        return "unknown"
    if not before:
        return "new"
    return "same" if before == now else "changed"


def _profile(enterprise: Enterprise, past: Mapping[str, str]) -> list[Line]:
    made = []
    for name, label in PROFILE.items():
        now = str(getattr(enterprise, name) or "")
        before = past.get(name, now)
        made.append(Line(name, label, before, now, _way(before, now)))
    return made


def _figures(yearly: Mapping[str, str]) -> list[Line]:
    """A figure that was given last year is asked again; one that never was given is not. Without any, turnover is asked."""
    any_before = any(f"{base}_y1" in yearly for base in BASES)
    made = []
    for base, label in BASES.items():
        named = fact_named(f"{base}_y0")
        assert named is not None
        before, now = yearly.get(f"{base}_y1"), yearly.get(f"{base}_y0")
        wanted = before is not None or (base == "revenue" and not any_before)
        way = "missing" if now is None and wanted else _way(before or "", now or "")
        made.append(
            Line(
                f"{base}_y0", label, shown(named, before), shown(named, now), way, asked=way == "missing" or now is not None,
                raw=now or "", unit=named.unit,
            )
        )  # fmt: skip
    return made


def _line(name: str, facts: Mapping[str, Fact], past: Mapping[str, str], on: date) -> Line:
    named, fact = vocabulary().facts[name], facts.get(name)
    now = shown(named, fact.value) if fact else ""
    before = past.get(name, now)
    way = _way(before, now)
    is_number = named.type in ("int", "decimal") and not named.of
    if fact is not None and is_number and fact.year is not None and fact.year < stored_name(name, on)[1]:
        way = "aged"
    asked = is_number and way in ("aged", "changed", "new")
    return Line(name, named.label, before, now, way, asked, str(fact.value) if fact and is_number else "", named.unit)


def _papers(enterprise: Enterprise, on: date) -> list[Line]:
    """Dated certificates that have run out since; to be renewed in the data sheet, or left as they are."""
    made = []
    for model, label in ((ManagementCertificate, "认证"), (Honour, "荣誉"), (OutsideTitle, "其他部门称号")):
        rows = model.objects.filter(enterprise=enterprise, valid_until__isnull=False).order_by("valid_until", "id")
        for row in rows:
            words = CHOICES["name"].get(row.name, row.name) if isinstance(row, Honour) else str(row)
            text = f"有效期至{cn(row.valid_until)}"
            made.append(
                Line(row.public_id, f"{label}：{words}", text, text, "expired" if row.valid_until < on else "same")
            )
    return made

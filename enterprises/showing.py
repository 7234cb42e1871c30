"""A fact as people read it: 是, 二级, 3,260.5 万元, 国家级、省级."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from enterprises.enterable import enterables
from enterprises.facts import FEN, Fact, amount, plain
from enterprises.models import (
    Award,
    Contest,
    FigureEntry,
    Financing,
    Honour,
    IntellectualProperty,
    ManagementCertificate,
    RdInstitution,
)
from enterprises.vocabulary import Fact as Named
from enterprises.vocabulary import vocabulary
from enterprises.words import CHOICES, cn


def shown(named: Named, value: Any) -> str:
    """The value in words; a list of things is told by its number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    words = CHOICES.get(named.name, {})
    if isinstance(value, list):
        if named.item:
            return f"{len(value)} 项"
        return "、".join(words.get(v, str(v)) for v in value) or "都没有"
    if named.type == "int" and int(value) in words:
        return words[int(value)]
    if named.type in ("int", "decimal"):
        return f"{grouped(value)}{'' if named.unit == '%' else ' '}{named.unit}".strip()
    return words.get(value, str(value))


def grouped(value: Any) -> str:
    """Thousands separated, no zeros at the end, no rounding."""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def item_words(item: Any) -> tuple[str, str]:
    """(title, detail) of a thing listed one by one."""
    if isinstance(item, IntellectualProperty):
        flags = (
            {True: "与主导产品相关", False: "与主导产品无关"}.get(item.related, ""),
            {True: "已应用并产生效益", False: "未产生效益"}.get(item.applied, ""),
            {True: "已实施", False: "未实施"}.get(item.is_implemented, ""),
        )
        title, detail = item.title, [
            CHOICES["kind"].get(item.kind, item.kind), item.number, _day("授权", item.granted_on),
            CHOICES["acquired"].get(item.acquired, ""), _day("受让", item.transferred_on),
            *flags,
        ]  # fmt: skip
    elif isinstance(item, Award):
        rank = f"排名第 {item.rank}" if item.rank else ""
        title, detail = item.title, [CHOICES["level"].get(item.level, ""), rank, _day("证书", item.certified_on)]
    elif isinstance(item, Contest):
        title, detail = CHOICES["listing"].get(item.listing, item.listing), [_day("公布", item.announced_on)]
    elif isinstance(item, Honour):
        title, detail = CHOICES["name"].get(item.name, item.name), [item.number, _day("有效期至", item.valid_until)]
    elif isinstance(item, Financing):
        share = f"出让 {item.share_sold}%" if item.share_sold is not None else ""
        kind = "合格机构投资者" if item.is_qualified else "非合格机构，不计入"
        amount = f"实缴 {grouped(Decimal(item.amount_fen) / FEN)} 万元"
        title, detail = item.investor, [amount, _day("到账", item.paid_on), share, kind]
    elif isinstance(item, RdInstitution):
        level = CHOICES["rd_institution_level"].get(item.level, item.level)
        title, detail = item.name, [level, item.document_number or "没有认定文号", _day("认定", item.approved_on)]
    elif isinstance(item, ManagementCertificate):
        kind = "发达国家和地区产品认证" if item.is_overseas_product else ""
        title, detail = item.name, [item.number, _day("有效期至", item.valid_until), kind]
    else:
        title, detail = str(item), []
    return title, "，".join(part for part in detail if part)


def _day(words: str, day: date | None) -> str:
    return f"{words} {cn(day)}" if day else ""


@dataclass(frozen=True)
class Line:
    """One row of the data sheet; `text` is empty while nothing is known."""

    name: str
    label: str
    help: str
    text: str = ""
    source: str = ""
    seen_at: datetime | None = None
    year: int | None = None
    conflicting: tuple[tuple[str, str], ...] = ()


def lines(names: Iterable[str], facts: Mapping[str, Fact]) -> list[Line]:
    """The facts of these names, known or not, in the order asked for."""
    known = vocabulary().facts
    made = []
    for name in names:
        named, fact = known[name], facts.get(name)
        if fact is None:
            made.append(Line(name, named.label, named.help))
            continue
        others = tuple((source, shown(named, value)) for source, value in fact.conflicting)
        made.append(
            Line(
                name,
                named.label,
                named.help,
                shown(named, fact.value),
                str(fact.source),
                fact.seen_at,
                fact.year,
                others,
            )
        )
    return made


@dataclass(frozen=True)
class EntryLine:
    """One figure that an office entered, in words."""

    row: FigureEntry
    label: str
    text: str


def entry_lines(rows: Iterable[FigureEntry]) -> list[EntryLine]:
    """登记的数据 as people read them, with the document; rows come with their figure."""
    known, made = enterables(), []
    for row in rows:
        named = known.get(row.name)
        value = amount(row.figure.fen, row.figure.quantity)
        label = named.label if named else row.name
        made.append(
            EntryLine(row, label, shown(named.fact, plain(value)) if named and value is not None else str(value))
        )
    return made

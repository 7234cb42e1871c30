"""The stock of titles that existed before this portal: an xlsx list, previewed, all of it or nothing."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from certification.certify import issue, run_out
from certification.list_columns import find, warnings
from certification.models import Certificate
from certification.permissions import decides, is_provincial_reviewer
from certification.tiers import Tier
from enterprises import credit_code
from enterprises.attach import cells_of
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import bodies

BODY, ANNOUNCED = "推荐机构代码", "公告日期"
HEADINGS = (
    "统一社会信用代码", "企业名称", BODY, "层级", "证书编号", "批次", "公告文号", ANNOUNCED, "有效期起", "有效期止",
)  # fmt: skip
OPTIONAL = (BODY, "证书编号", ANNOUNCED)
NEEDED = tuple(name for name in HEADINGS if name not in OPTIONAL)
TIERS = {str(tier.label): tier.value for tier in Tier} | {
    "创新型": "innovative",
    "专精特新": "specialised",
    "小巨人": "little_giant",
    "单项冠军": "champion",
}
MOST_ROWS = 5000
NUMBER = re.compile(r"[^\s/\\?#%\x00-\x1f]{1,40}")
"""A certificate number is part of an address: no slash, no blank, at most what the column holds."""
BODY_CODES = "例：640104 兴庆区、ND 宁东、JK 银川经开区"
LONGEST = {"企业名称": 120, "批次": 40, "公告文号": 60}


KNOWN = {"new": "新增", "known": "已有", "differs": "不一致"}


@dataclass
class Row:
    """One line of the list as read, with what is wrong with it, and whether the house knows the firm.

    `known` is a key of KNOWN; `differences` say what the list has otherwise than the house, which the import leaves as it is;
    `notes` say what the list leaves open and where it is taken from.
    """

    place: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    known: str = "new"
    differences: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def known_words(self) -> str:
        return KNOWN[self.known]


class Listing(list[Row]):
    """The rows of one file, with what is to be said of the file as a whole."""

    warnings: Sequence[str] = ()


def read(content: bytes) -> Listing:
    """Rows with their problems; Refused when the file is not such a list. Columns go by their names (list_columns.py)."""
    sheets = cells_of(content)
    header, *lines = next(iter(sheets.values())) or [[]]
    columns = find(header, needed=NEEDED, optional=OPTIONAL)
    if len(lines) > MOST_ROWS:
        raise Refused("too_large", f"一次最多导入 {MOST_ROWS} 行。", [Problem("行数过多，请分批", "file")])
    codes = {body.code: body.path for body in bodies().values() if body.is_first_examiner}
    empty = dict.fromkeys(OPTIONAL, "")
    rows = Listing(
        _row(place, empty | columns.of(cells), codes)
        for place, cells in enumerate(lines, 2)
        if any(str(c).strip() for c in cells)
    )
    rows.warnings = warnings(columns, lines)
    _find_doubles(rows)
    _compare(rows)
    return rows


def _row(place: int, raw: dict[str, Any], codes: dict[str, str]) -> Row:
    row = Row(place, {})

    def wrong(column: str, why: str, hint: str = "") -> None:
        row.problems.append(Problem(f"第 {place} 行“{column}”：{why}", column, hint=hint))

    code = credit_code.normalise(str(raw["统一社会信用代码"]))
    if credit_code.problem_with(code):
        wrong("统一社会信用代码", credit_code.problem_with(code))
    name = str(raw["企业名称"]).strip()
    if not name:
        wrong("企业名称", "没有填写")
    body = str(raw[BODY]).strip().removesuffix(".0")
    if body and body not in codes:
        wrong(BODY, f"没有“{body}”这个代码", BODY_CODES)
    tier = TIERS.get(str(raw["层级"]).strip(), "")
    if not tier:
        wrong("层级", f"没有“{raw['层级']}”这个层级", "创新型、专精特新、小巨人或单项冠军")
    if not str(raw[ANNOUNCED]).strip():
        raw = raw | {ANNOUNCED: raw["有效期起"]}
        row.notes.append("名单没有公告日期，按有效期起的日期登记")
    days = {}
    for column in (ANNOUNCED, "有效期起", "有效期止"):
        days[column] = _day(raw[column])
        if days[column] is None and not (column == ANNOUNCED and row.notes):
            wrong(column, f"“{raw[column]}”不是日期", "例：2024-08-28")
    number = str(raw["证书编号"]).strip()
    if number and not NUMBER.fullmatch(number):
        wrong("证书编号", f"“{number[:60]}”不能作为证书编号", "至多 40 个字，不含空格、斜线、问号、井号和百分号")
    for column, most in LONGEST.items():
        if len(str(raw[column]).strip()) > most:
            wrong(column, f"超过 {most} 个字")
    first, last = days["有效期起"], days["有效期止"]
    if first and last and last < first:
        wrong("有效期止", "早于有效期起")
    row.values = {
        "code": code, "name": name, "region_path": codes.get(body, ""), "tier": tier, "number": number,
        "batch": str(raw["批次"]).strip(), "document_number": str(raw["公告文号"]).strip(), "announced_on": days[ANNOUNCED],
        "first": first, "last": last,
    }  # fmt: skip
    return row


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None


def _find_doubles(rows: list[Row]) -> None:
    """The same firm and tier twice in one time; two periods one after the other are history, not doubles."""
    spans: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    known = Certificate.objects.filter(credit_code__in=[r.values["code"] for r in rows], state="valid")
    for code, tier, first, last in known.values_list("credit_code", "tier", "valid_from", "valid_until"):
        spans[code, tier].append((first, last, "系统里已有的有效称号"))
    numbers = dict.fromkeys(_known_numbers(rows), "系统里已有的证书")
    for row in rows:
        told = row.values
        first, last = told["first"] or date.min, told["last"] or date.max
        for begins, ends, what in spans[told["code"], told["tier"]]:
            if begins <= last and first <= ends:
                row.problems.append(Problem(f"第 {row.place} 行与{what}重复：同一企业、同一层级，有效期重叠", "层级"))
        spans[told["code"], told["tier"]].append((first, last, f"第 {row.place} 行"))
        if told["number"] in numbers:
            where = numbers[told["number"]]
            row.problems.append(Problem(f"第 {row.place} 行“证书编号”：与{where}相同", "证书编号"))
        if told["number"]:
            numbers[told["number"]] = f"第 {row.place} 行"


def _compare(rows: list[Row]) -> None:
    """Name and body as the house has them, or as the first line of the same firm has them; former names are no difference."""
    codes = [row.values["code"] for row in rows]
    known: dict[str, tuple[str, set[str], str]] = {}
    for firm in Enterprise.objects.filter(credit_code__in=codes).prefetch_related("former_names"):
        names = {firm.name, *(old.name for old in firm.former_names.all())}
        known[firm.credit_code] = (f"系统登记为“{firm.name}”", names, firm.region_path)
    for row in rows:
        told = row.values
        if not told["region_path"] and not any(problem.field == BODY for problem in row.problems):
            _take_body(row, known.get(told["code"], ("", set(), ""))[2])
        if told["code"] not in known:
            known[told["code"]] = (f"第 {row.place} 行为“{told['name']}”", {told["name"]}, told["region_path"])
            continue
        words, names, path = known[told["code"]]
        if told["name"] not in names:
            row.differences.append(f"企业名称与登记不同：{words}")
        if told["region_path"] and told["region_path"] != path:
            body = bodies().get(path)
            row.differences.append(f"推荐机构与登记不同：登记为{body.short_name if body else path}")
        row.known = "differs" if row.differences else "known"


def _take_body(row: Row, path: str) -> None:
    """The list names no body: the firm's own on record, or as an earlier line has it."""
    body = bodies().get(path)
    if body is None:
        words = f"第 {row.place} 行“{BODY}”：没有填写，系统里也没有登记这家企业，不知道由谁推荐"
        row.problems.append(Problem(words, BODY, hint=f"请在“{BODY}”列填写，没有这一列的加一列；{BODY_CODES}"))
        return
    row.values["region_path"] = path
    row.notes.append(f"名单没有推荐机构代码，按登记的推荐机构：{body.short_name}")


def _known_numbers(rows: list[Row]) -> list[str]:
    asked = [row.values["number"] for row in rows if row.values["number"]]
    return list(Certificate.objects.filter(number__in=asked).values_list("number", flat=True))


def bring_in(rows: list[Row], *, actor: Principal, as_registered: bool = False) -> int:
    """All rows or none. Refused("invalid") with every row's problems.

    Where the list differs from the house, the title goes to the firm as it is registered, and only `as_registered`:
    Refused("conflict") names each line otherwise. A title whose days are over ends in the same transaction.
    """
    if not (actor.is_system or decides(actor, None) or is_provincial_reviewer(actor, None)):
        raise Missing
    problems = [problem for row in rows for problem in row.problems]
    if problems or not rows:
        raise Refused("invalid", "有几行需要更正，一行都没有导入。", problems or [Problem("没有可导入的行", "file")])
    differing = [Problem(f"第 {row.place} 行{words}", "as_registered") for row in rows for words in row.differences]
    if differing and not as_registered:
        raise Refused("conflict", "名单与系统登记的不一致，一行都没有导入。请核对，并确认按系统登记的导入。", differing)
    over: list[Certificate] = []
    with transaction.atomic():
        for row in rows:
            told = row.values
            enterprise, is_new = Enterprise.objects.get_or_create(
                credit_code=told["code"],
                defaults={"name": told["name"], "region_path": told["region_path"], "created_at": clock.now()},
            )
            if is_new:
                record("enterprise.listed", enterprise, actor=actor, audience="applicant")
                announce("enterprise", enterprise, op="create")
            title = issue(
                enterprise, tier=told["tier"], first=told["first"], last=told["last"], actor=actor, origin="imported",
                number=told["number"], batch=told["batch"], document_number=told["document_number"],
                announced_on=told["announced_on"],
            )  # fmt: skip
            if told["last"] < clock.today():
                over.append(title)
        # After the last row: a higher title further down the list may be what takes over.
        for title in over:
            run_out(title, actor=Principal.system("stock"))
    return len(rows)

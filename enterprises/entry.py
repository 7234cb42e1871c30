"""登记的数据: an office enters a figure of one year with the document it comes from. What the firm says stays beside it.

Who enters: the province's reviewers and leaders, other departments, and systems with the scope. Not the county or city that
examines the firm: government data outweigh an audited report, so whoever judges the case does not bring them as well.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from enterprises import credit_code
from enterprises.enterable import FIRST_YEAR_BACK, Enterable, asked_name, enterables, read_value
from enterprises.facts import FEN, amount, plain
from enterprises.models import FROM_OFFICES, Enterprise, Figure, FigureEntry, Membership, Source
from enterprises.permissions import enters_figures, withdraws_entry
from enterprises.plausible import out_of_range
from enterprises.showing import shown
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused

SHORTEST = 2
SHORTEST_REASON = 4
MOST_SHOWN = 100


def enter(enterprise: Enterprise, given: Mapping[str, Any], *, actor: Principal, way: str = "desk") -> FigureEntry:
    """Keep one figure, tell the firm where it says otherwise. Refused("invalid") with every problem, "duplicate" for a twin.

    `given`: name (revenue, employees …; no year in it), year, value, unit (that of the vocabulary, money in 万元), source
    (government or platform), issuer, document, dated_on. Precedence and conflicts: facts.py.
    """
    if not enters_figures(actor, enterprise):
        raise Missing
    named, value, problems = read(given)
    if problems or named is None or value is None:
        raise still_wrong(problems)
    year, source = int(given["year"]), str(given["source"])
    row = FigureEntry(
        enterprise=enterprise, name=named.base, year=year, source=source, issuer=text(given, "issuer"), document=text(given, "document"),
        dated_on=clock.as_day(given["dated_on"]), way=way, by_id=actor.user_id, by_name=actor.name, office_name=actor.office_name,
        office_path=actor.office_path, at=clock.now(),
    )  # fmt: skip
    try:
        # A department has no sight of firms; it is the house that writes for it.
        with transaction.atomic(), scoped(Principal.system("entry")):
            # One after the other: what was said last is what counts.
            Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
            row.figure = _say(enterprise, named, year, source, value, actor)
            row.save(force_insert=True)
            detail = {"what": f"{year}年{named.label}", "value": shown(named.fact, plain(value)), "source": str(Source(source).label),
                      "issuer": row.issuer, "document": row.document}  # fmt: skip
            record("enterprise.figure_entered", enterprise, actor=actor, detail=detail, audience="applicant")
            announce("enterprise", enterprise, fields=[asked_name(named.base, year, clock.today())])
            others = own_words(enterprise, named, year, value)
            if others:
                _tell(row, named, value, others)
    except IntegrityError as error:
        words = "同一企业、数据项、年度、来源和文号只登记一次；登记错了的，先撤回"
        raise Refused("duplicate", "这个数已经登记过。", [Problem(words, "document")]) from error
    return row


def enter_for(code: str, name: str, given: Mapping[str, Any], *, actor: Principal) -> FigureEntry:
    """As enter(), for the firm that a department names; what is wrong with its name and with the figure is told at once."""
    try:
        firm = firm_named(code, name, actor=actor)
    except Refused as missed:
        raise still_wrong([*missed.problems, *read(given)[2]]) from missed
    return enter(firm, given, actor=actor)


def still_wrong(problems: list[Problem]) -> Refused:
    return Refused("invalid", f"还没有登记：有 {len(problems)} 处要改，已填的都在。", problems)


def withdraw(entry: FigureEntry, because: str, *, actor: Principal) -> FigureEntry:
    """What was entered by mistake no longer counts, and stays on record; an earlier entry of the source counts again."""
    if not withdraws_entry(actor, entry):
        raise Missing
    if len(because.strip()) < SHORTEST_REASON:
        problem = Problem("请写明为什么撤回", "because", hint="企业会看到；例：登记到了同名企业")
        raise Refused("invalid", "还没有撤回。", [problem])
    named = enterables()[entry.name]
    with transaction.atomic(), scoped(Principal.system("entry")):
        enterprise = Enterprise.objects.select_for_update(no_key=True).get(pk=entry.enterprise_id)
        changed = FigureEntry.objects.filter(pk=entry.pk, withdrawn_at=None).update(
            withdrawn_at=clock.now(), withdrawn_by_name=actor.name, withdrawn_because=because.strip()[:300]
        )
        if not changed:
            raise Refused("already_moved", "这个数已经撤回，可能有同事先办了一步。")
        entry.refresh_from_db()
        left = FigureEntry.objects.filter(
            enterprise=enterprise, name=entry.name, year=entry.year, source=entry.source, withdrawn_at=None
        )
        standing = left.order_by("-figure_id").select_related("figure").first()
        _say(enterprise, named, entry.year, entry.source, value_of(standing.figure) if standing else None, actor)
        detail = {"what": f"{entry.year}年{named.label}", "issuer": entry.issuer, "document": entry.document}
        record(
            "enterprise.figure_withdrawn", enterprise, actor=actor, reason=entry.withdrawn_because, detail=detail, audience="applicant"
        )  # fmt: skip
        announce("enterprise", enterprise, fields=[asked_name(entry.name, entry.year, clock.today())])
    return entry


def read(given: Mapping[str, Any]) -> tuple[Enterable | None, Decimal | None, list[Problem]]:
    """(what figure, its value in the unit of the vocabulary, everything wrong with the entry)."""
    problems, today = [], clock.today()
    named = enterables().get(str(given.get("name") or ""))
    if named is None:
        hint = "从列表中选一项；年度另填"
        problems.append(Problem("请选择数据项", "name", hint=hint))
    last = today.year if named is not None and named.is_of_this_year else today.year - 1
    year, first = str(given.get("year") or "").strip(), today.year - FIRST_YEAR_BACK
    if not (year.isascii() and year.isdigit() and len(year) == 4 and first <= int(year) <= last):
        problems.append(Problem(f"请填写 {first} 至 {last} 之间的年度", "year", hint="数据所属的年度，不是登记的年度"))
    value = None
    if named is None and not text(given, "value"):
        problems.append(Problem("请填写数值", "value", hint="金额单位是万元"))
    if named is not None:
        value, problem = read_value(named.fact, given.get("value"))
        problem = problem or (out_of_range(named.fact, value) if value is not None else None)
        problems += [Problem(problem.message, "value", hint=problem.hint)] if problem else []
        if str(given.get("unit") or "").strip() != named.fact.unit:
            problems.append(Problem(f"{named.label}的单位是“{named.fact.unit}”", "unit", hint="换算后再填"))
    if given.get("source") not in FROM_OFFICES:
        problems.append(Problem("请选择来源：政府数据或国家平台", "source"))
    for name, words, hint in (
        ("issuer", "请写明出具数据的单位", "例：某市税务局"),
        ("document", "请写明文号或查询记录", "没有文号的，写查询系统和查询编号"),
    ):
        if len(text(given, name)) < SHORTEST:
            problems.append(Problem(words, name, hint=hint))
    day = clock.as_day(given.get("dated_on"))
    if day is None:
        problems.append(Problem("请填写文件或查询的日期", "dated_on", hint=f"例：{today.year}-03-15"))
    elif day > today:
        problems.append(Problem("日期不能晚于今天", "dated_on"))
    return named, value, problems


def text(given: Mapping[str, Any], name: str) -> str:
    return " ".join(str(given.get(name) or "").split())[:120]


def value_of(figure: Figure) -> Decimal | None:
    """In the unit of the vocabulary; None once it was taken back."""
    return amount(figure.fen, figure.quantity)


def own_words(enterprise: Enterprise, named: Enterable, year: int, value: Decimal) -> list[tuple[str, str]]:
    """What the firm and its auditor say otherwise: (source in words, value in words)."""
    rows = Figure.objects.filter(enterprise=enterprise, name=named.base, year=year).exclude(source__in=FROM_OFFICES)
    said = {row.source: value_of(row) for row in rows.order_by("id")}
    return [
        (str(Source(source).label), shown(named.fact, plain(other)))
        for source, other in said.items()
        if other is not None and other != value
    ]


def _say(
    enterprise: Enterprise, named: Enterable, year: int, source: str, value: Decimal | None, actor: Principal
) -> Figure:
    """A new row of the source; no value takes back what it said."""
    is_money = named.fact.unit == "万元"
    return Figure.objects.create(
        enterprise=enterprise, name=named.base, year=year, source=source, seen_at=clock.now(), by_id=actor.user_id,
        unit="fen" if is_money else named.fact.unit, fen=int(value * FEN) if is_money and value is not None else None,
        quantity=None if is_money else value,
    )  # fmt: skip


def _tell(row: FigureEntry, named: Enterable, value: Decimal, others: list[tuple[str, str]]) -> None:
    what = f"{row.year}年{named.label}"
    said = "；".join(f"{source}为 {words}" for source, words in others)
    links = Membership.objects.filter(enterprise_id=row.enterprise_id, state="verified").select_related("user")
    send(
        [link.user for link in links.order_by("pk")], subject=f"{what}：{row.issuer}的数与贵公司的不同", about=row.enterprise, topic=Topic.CASE,
        body=f"{row.issuer}（{row.document}）：{shown(named.fact, plain(value))}。现有的{said}。两边都保留，审核人员都看得到。",
        url="/my/facts/#entries", what_to_do="核对：填错的请更正；没错的，准备好说明",
    )  # fmt: skip


def firm_named(code: str, name: str, *, actor: Principal) -> Enterprise:
    """The firm a department means, for which it has no sight: code and name must agree. One answer for every miss."""
    with transaction.atomic(), scoped(Principal.system("entry")):
        found = Enterprise.objects.filter(credit_code=credit_code.normalise(code)[:18]).first()
        names = {found.name, *found.former_names.values_list("name", flat=True)} if found is not None else set()
    if found is None or " ".join(name.split()) not in names or not enters_figures(actor, found):
        problem = Problem("没有找到代码和名称都相符的企业", "code", hint="核对18位代码和营业执照上的全称；曾用名也可以")
        raise still_wrong([problem])
    return found


def entered_here(principal: Principal) -> list[FigureEntry]:
    """What this office entered, newest first: a department reads its own entries, and nothing else of the firms."""
    with transaction.atomic(), scoped(Principal.system("entry")):
        rows = FigureEntry.objects.filter(office_path=principal.office_path, office_name=principal.office_name)
        return list(rows.select_related("figure", "enterprise").order_by("-id")[:MOST_SHOWN])

"""案件旁的情况、帮扶和退出程序: what is open about a firm, shown where its case is decided.

It says nothing about the conditions and decides nothing. A report that was found true, and a procedure to end a title, keep a case
from the list and from the announcement until the province has ruled, with a reason and a second signature, why it may go on all
the same. A report that nobody has confirmed and help that goes on are only shown: neither may cost a firm anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from certification import assist, exit, incident, override
from certification.grounds import grounds
from certification.models import Application, Assistance, Exit, Incident, Override
from certification.obligations import months_after
from certification.permissions import ASSISTANCE, EXIT, INCIDENT, decides, is_provincial_reviewer
from certification.served import day_of
from certification.states import EXIT_CLOSED, IN_REVIEW
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused

KIND = "matters"
RULED_AT = (*IN_REVIEW, "posted", "decided")
"""Until the announcement: what comes up while a list runs has to be ruled on as well."""
YEARS = 3
"""近三年: how long an accident or a fraud that was dealt with is still asked about (63号 附件, facts.md §6)."""
MOST_WORDS = 4000
STEPS = {"drafted": "drafted", "noticed": "told", "heard": "told", "deliberated": "told"}
"""How far a procedure has come, as far as a ruling is concerned: one that was decided since asks for a new ruling."""
STEP_WORDS = {"drafted": "拟提出", "told": "已告知企业", "decided": "已决定"}


@dataclass(frozen=True)
class Matter:
    """`code` is what a ruling names: which event, and how far it has come. A matter that has moved on was not ruled on.

    It is made of keys: a label may be worded anew without undoing what officials have ruled. `named` are its words in a ruling.
    """

    code: str
    named: str
    what: str
    stands: str
    clause: str
    url: str
    holds: bool


def matters(firms: Iterable[int], principal: Principal) -> dict[int, list[Matter]]:
    """{enterprise: what this official may see of it}, what holds a case first; three queries for any number of firms."""
    of = {"enterprise_id__in": list(firms)}
    return _told(
        incident.visible(principal).filter(**of), exit.visible(principal).filter(**of), assist.visible(principal).filter(**of)
    )  # fmt: skip


def _told(reports: QuerySet[Incident], exits: QuerySet[Exit], helps: QuerySet[Assistance]) -> dict[int, list[Matter]]:
    told: dict[int, list[Matter]] = {}
    for report in _reports(reports):
        told.setdefault(report.enterprise_id, []).append(_of_report(report))
    for way_out in exits.exclude(state__in=EXIT_CLOSED).order_by("id"):
        told.setdefault(way_out.enterprise_id, []).append(_of_exit(way_out))
    for help_ in _helps(helps):
        told.setdefault(help_.enterprise_id, []).append(_of_help(help_))
    return {pk: sorted(rows, key=lambda matter: not matter.holds) for pk, rows in told.items()}


def _reports(rows: QuerySet[Incident]) -> Iterable[Incident]:
    """Open ones; of those dealt with, accidents and frauds of the last three years. A false alarm is held against nobody."""
    recent = Q(state="closed", happened_on__gt=months_after(clock.today(), -12 * YEARS))
    found = rows.filter(Q(state__in=["reported", "confirmed"]) | recent).order_by("id")
    return [row for row in found if row.state != "closed" or not incident.kind_of(row).help_first]


def _helps(rows: QuerySet[Assistance]) -> QuerySet[Assistance]:
    since = clock.now() - timedelta(days=settings.ASSIST_COUNTS_DAYS)
    return rows.filter(Q(state="open") | Q(state="not_mended", updated_at__gte=since)).order_by("id")


def _of_report(row: Incident) -> Matter:
    stands, what = INCIDENT.label(row).officer, f"{row.kind_words}（{cn(row.happened_on)}，{row.document}）"
    kind, url = incident.kind_of(row), reverse("certification:incident", args=[row.public_id])
    code = f"incident:{row.public_id}:{row.state}"
    return Matter(code, f"{what}：{stands}", what, stands, kind.clause, url, row.state != "reported")


def _of_exit(row: Exit) -> Matter:
    what = f"{row.get_tier_display()}退出程序：{grounds()[row.ground].label}"
    step = STEPS.get(row.state, "decided")
    named = f"{what}（{cn(day_of(row.created_at))}提出，{STEP_WORDS[step]}）"
    stands = EXIT.label(row).officer + ("，已中止" if row.suspended_since else "")
    url = reverse("certification:exit", args=[row.public_id])
    return Matter(f"exit:{row.public_id}:{step}", named, what, stands, row.clause, url, True)


def _of_help(row: Assistance) -> Matter:
    what = f"{row.get_tier_display()}帮扶：{len(row.missing)} 项，到{cn(row.due_on)}"
    stands, url = ASSISTANCE.label(row).officer, reverse("certification:assistance", args=[row.public_id])
    return Matter(f"help:{row.public_id}", what, what, stands, "", url, False)


def holding(found: Iterable[Matter]) -> list[dict[str, str]]:
    """In the shape that an override covers."""
    return [{"code": matter.code, "title": matter.named} for matter in found if matter.holds]


def unruled(applications: Iterable[Application]) -> dict[int, list[str]]:
    """Cases with something, in words, that holds them and that nobody has ruled on with a second signature, whoever asks."""
    cases = list(applications)
    of = {"enterprise_id__in": {case.enterprise_id for case in cases}}
    found = _told(Incident.objects.filter(**of), Exit.objects.filter(**of), Assistance.objects.none())
    signed: dict[int, list[Override]] = {}
    rows = Override.objects.filter(application__in=cases, against=KIND, taken_back_at=None, signed_at__isnull=False)
    for row in rows:
        signed.setdefault(row.application_id, []).append(row)
    told = {}
    for case in cases:
        ruled = {code for row in signed.get(case.pk, []) for code in row.codes}
        left = [line["title"] for line in holding(found.get(case.enterprise_id, [])) if line["code"] not in ruled]
        if left:
            told[case.pk] = left
    return told


def reasons() -> dict[str, str]:
    return override.words_of(KIND)


def choices() -> list[tuple[str, str]]:
    return [("", "请选择"), *reasons().items()]


def ask(application: Application, given: Mapping[str, str], *, actor: Principal) -> Override:
    """The first person says why the case may go on although these are open. Refused("invalid") with a problem per field."""
    if not is_provincial_reviewer(actor, application) or application.state not in RULED_AT:
        raise Missing
    lines = holding(matters([application.enterprise_id], actor).get(application.enterprise_id, []))
    if not lines:
        raise Refused("conflict", "这家企业没有要判断的情况和退出程序。请刷新后再看。")
    code, text, problems = given.get("ruling_code", ""), given.get("ruling_text", "").strip(), []
    clause = "属实的情况和退出程序没有判断的，不能公示、推荐或公告"
    if code not in reasons():
        problems.append(Problem("请选择理由", "ruling_code", clause=clause, hint="选最接近的一条，具体情况写在下面"))
    if len(text) < override.SHORTEST:
        problems.append(
            Problem(
                "请写明为什么不影响本次办理",
                "ruling_text",
                clause=clause,
                hint="写明查了什么、依据哪份材料、结论是什么",
            )
        )
    if len(text) > MOST_WORDS:
        problems.append(Problem(f"说明最多{MOST_WORDS}字，现在有{len(text)}字", "ruling_text", hint="请缩短，材料另附"))
    if problems:
        raise Refused("invalid", f"还没有提出：有 {len(problems)} 处要改，已填的都在。", problems)
    return override.write(application, lines, code, text, actor=actor, kind=KIND)


def sign(application: Application, *, actor: Principal) -> Override:
    """The second person. Refused("conflict") once it is announced, or where something has come up that was not ruled on."""
    row = override.of(application, KIND)
    if row is None:
        raise Missing
    lines = holding(matters([application.enterprise_id], actor).get(application.enterprise_id, []))
    if application.state not in RULED_AT:
        raise Refused("conflict", "这一件已经办结，不再需要判断和签字。")
    if not override.covers(row, lines):
        raise Refused("conflict", "写明判断以后又有新的情况或程序，没有包括在内。请先按现在的明细重新写明，再签字。")
    return override.sign(row, actor=actor)


def panel(application: Application, principal: Principal) -> dict[str, Any]:
    """For the office's case page; include templates/certification/parts/matters.html."""
    found = matters([application.enterprise_id], principal).get(application.enterprise_id, [])
    row, lines = override.of(application, KIND), holding(found)
    is_open = application.state in RULED_AT
    left = is_open and bool(lines) and (row is None or not override.covers(row, lines))
    return {
        "matters": found, "ruling": row, "ruling_words": reasons().get(row.reason_code, "") if row else "", "ruling_left": left,
        "may_rule": left and is_provincial_reviewer(principal, application),
        "may_sign_ruling": is_open and row is not None and row.signed_at is None and decides(principal, application)
        and row.asked_by_id != principal.user_id,
    }  # fmt: skip


def counted(firms: Iterable[int], principal: Principal) -> dict[int, str]:
    """{enterprise: how many are open}, for a line in a list; never how it would weigh."""
    return {pk: f"情况或程序 {len(rows)} 件" for pk, rows in matters(firms, principal).items()}

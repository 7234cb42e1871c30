"""议程材料: what a committee has in hand of each case. Conditions, claims and findings; no target, no gap, no order of merit.

Whoever objected stays masked, officials are named by their office, and what the sealed ballots say is not in it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from certification import consult, library
from certification.conceal import masked
from certification.letter import FOUND
from certification.models import AgendaItem, Application, Meeting, Objection, Opinion, Submission, Verdict, Visit
from certification.object import held
from certification.obstacles import obstacles
from certification.permissions import APPLICATION, CONSULTATION, OBJECTION, VISIT
from certification.queries import objections
from certification.rules.compiling import CompiledRuleSet
from certification.since import visit_words
from certification.states import IN_REVIEW
from certification.worksheet import Row, worksheet
from enterprises.models import Source
from enterprises.words import cn
from foundation.accounts.principal import Principal
from foundation.regions.models import bodies

MACHINE = {**FOUND, "needs_person": "机器不判断，由人判断", "met_unsourced": "算得满足，没有来源"}
NOTHING = "没有"
EVERY = 1000
"""Claims are told one by one however many a condition reads: on paper there is nothing to open."""


@dataclass(frozen=True)
class Condition:
    """One hard condition: what is asked, what the firm claims and by which source, the machine, each office."""

    title: str
    clause: str
    claim: str
    source: str
    machine: str
    offices: str


@dataclass(frozen=True)
class Case:
    """`facts` are the lines on top; `parts` what was gathered beside the conditions: [heading, lines]."""

    place: int
    name: str
    code: str
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def cases_of(meeting: Meeting, *, actor: Principal) -> list[Case]:
    """In the order of the agenda. A constant number of queries for any number of cases; texts of rules are read once."""
    items = list(meeting.items.select_related("application__call").order_by("place"))
    rows = [item.application for item in items]
    prefetch_related_objects(rows, "submissions", "verdicts", "opinions", "consultations", "visits__lines")
    objected: dict[int, list[Objection]] = defaultdict(list)
    for row in objections(actor).filter(application__in=rows).order_by("id"):
        objected[row.application_id].append(row)
    left, stopped = obstacles(rows, voted=True), held(row.pk for row in rows)
    rule_sets = library.pinned_of_many(rows)
    return [
        case_of(item, rule_sets[item.application_id], objected[item.application_id], [
            *left.get(item.application_id, []),
            *(["有异议没有办结"] if item.application_id in stopped else []),
        ])
        for item in items
    ]  # fmt: skip


def case_of(item: AgendaItem, rule_set: CompiledRuleSet, objected: list[Objection], left: list[str]) -> Case:
    row = item.application
    filed = max(row.submissions.all(), key=lambda one: one.number, default=None)
    parts = (
        ("部门意见", tuple(departments_of(row))),
        ("实地核查", tuple(visits_of(row.visits.all()))),
        ("异议", tuple(map(objection_words, objected))),
        ("各级推荐", tuple(opinion_words(one) for one in row.opinions.all() if one.taken_back_at is None)),
        ("还没有办结", tuple(left)),
    )
    conditions = tuple(conditions_of(row, filed, rule_set)) if filed else ()
    return Case(item.place, row.enterprise_name, row.credit_code, tuple(facts_of(row, filed)), conditions, parts)


def facts_of(row: Application, filed: Submission | None) -> Iterable[tuple[str, str]]:
    body = bodies().get(row.region_path)
    yield "推荐机构", body.name if body else row.region_path
    yield "层级", row.get_tier_display()
    yield "事项", row.get_case_type_display()
    yield "受理编号", row.receipt_number or NOTHING
    yield "适用标准", row.rule_set_code
    yield "年度通知", "、".join(row.overlays) or NOTHING
    if filed is not None:
        yield "申报内容", f"第 {filed.number} 版，{cn(filed.submitted_at.astimezone())}提交"


def conditions_of(row: Application, filed: Submission, rule_set: CompiledRuleSet) -> Iterable[Condition]:
    """The conditions that must hold, as the desk shows them, with the verdict of every office on this version."""
    said: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in sorted(row.verdicts.all(), key=lambda one: (one.at, one.pk)):
        if verdict.submission_number == filed.number and verdict.taken_back_at is None:
            said[verdict.criterion].append(verdict)
    gates, _ = worksheet(row, filed, {}, [], rule_set=rule_set, whole=EVERY)
    for line in gates:
        offices = "；".join(map(verdict_words, said[line.code])) or "没有人判断"
        yield Condition(line.title, line.clause, claim_words(line), source_words(line), machine_words(line), offices)


def claim_words(line: Row) -> str:
    told = [f"{claim.label}：{claim.value}" for claim in line.claims]
    told += [
        f"{claim.label}填报 {claim.value}，{label_of(source)} {words}，不一致"
        for claim in line.disputed
        for source, words in claim.others
    ]
    return "；".join(told) or "—"


def source_words(line: Row) -> str:
    return "、".join(map(label_of, line.sources)) or "无来源"


def label_of(source: str) -> str:
    return str(Source(source).label) if source in Source.values else {"titles": "名录"}.get(source, source)


def machine_words(line: Row) -> str:
    return f"{MACHINE.get(line.shown, line.shown)}{f'：{line.sentence}' if line.sentence else ''}"


def verdict_words(row: Verdict) -> str:
    stage = APPLICATION.states.labels[row.stage].officer if row.stage in IN_REVIEW else row.stage
    return f"{stage} {row.get_verdict_display()}{f'（{row.note}）' if row.note else ''}"


def departments_of(row: Application) -> Iterable[str]:
    """What each was asked and has said; who was asked and is silent says so, and silence is nobody's "none"."""
    known = consult.departments()[1]
    for asked in row.consultations.all():
        label = known[asked.department].label if asked.department in known else asked.department
        said = asked.get_finding_display() if asked.finding else CONSULTATION.label(asked).officer
        words = "，".join(filter(None, (said, asked.details, asked.clause)))
        yield f"{label}：{asked.question}——{words}{f'。人工判断：{asked.ruling}' if asked.ruling else ''}"


def visits_of(rows: Iterable[Visit]) -> Iterable[str]:
    for row in rows:
        words = visit_words(row) if row.finished_at else VISIT.label(row).officer
        yield f"{'、'.join(row.reasons)}：{words}{f'。企业意见：{row.remark}' if row.remark else ''}"


def objection_words(row: Objection) -> str:
    answered = f"。答复：{row.answer}" if row.answer else ""
    return f"{row.receipt_number}，{masked(row)['name']}：{row.facts}——{OBJECTION.label(row).officer}{answered}"


def opinion_words(row: Opinion) -> str:
    said = f"{row.get_conclusion_display()}{f'。{row.text}' if row.text else ''}"
    return f"{row.office_name}（第 {row.submission_number} 版，{cn(row.at.astimezone())}）：{said}"

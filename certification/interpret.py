"""口径: ask at a criterion, answer for everybody, cite by number. An answer may clear a "to be confirmed" mark."""

from collections import defaultdict

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from certification import library
from certification.confirm import confirm, may_confirm
from certification.models import Application, Interpretation, RuleSet
from certification.names import names_a_firm
from certification.notify import posted, tell_posts
from certification.numbering import next_number
from certification.permissions import ANSWER_INTERPRETATIONS, INTERPRETATION
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.paths import PROVINCE
from foundation.transitions import begin, move

SHORTEST = 8


ASKERS = ("reviewer", "leader", "policy")


def ask(
    rule_set_code: str, criterion: str, question: str, *, actor: Principal, about: Application | None = None
) -> Interpretation:
    """A reviewer's question at a criterion. The text goes public with its answer, so it names no firm.

    `about` is the case in front of the asker: its firm is looked for by every name it goes by.
    """
    if not (actor.is_official and actor.has_role(*ASKERS)):
        raise Missing
    known = library.published().documents.get(rule_set_code)
    if known is None:
        raise Missing
    rule_set = library.published().rule_set(rule_set_code)
    told = {c.code: c for c in rule_set.criteria} | {i.code: i for i in rule_set.document.indicators}
    line = told.get(criterion)
    if line is None:
        raise Missing
    if len(question.strip()) < SHORTEST:
        raise Refused(
            "invalid", "请把问题写清楚：哪种情形，拿不准的是什么。",
            [Problem("请写清楚问题，不要写企业名称", f"ask-{criterion}", hint="例：委托研发费用按80%还是全额计入研发费用？")],
        )  # fmt: skip
    refuse_a_name(question, f"ask-{criterion}", about)
    row = Interpretation(
        rule_set_code=rule_set_code, criterion=criterion, title=line.title, clause=getattr(line, "clause", "") or "",
        question=question.strip()[:1000], asked_by_id=actor.user_id, asked_by_name=actor.name, asked_office=actor.office_name,
    )  # fmt: skip
    with transaction.atomic():
        begin(row, actor=actor, machine=INTERPRETATION, audience="office")
        tell_posts(
            (one for one in posted(ANSWER_INTERPRETATIONS, {PROVINCE}) if one.pk != actor.user_id),
            f"口径提问待答复：{row.title}",
            f"{row.asked_office}问（{row.rule_set_code}，{row.title}）：{row.question}",
            about=row,
            url=f"{reverse('certification:interpretations')}?rule={row.rule_set_code}",
            what_to_do="答复并公开；可以改写问题，不写企业名称",
        )
    return row


def refuse_a_name(text: str, field: str, about: Application | None = None) -> None:
    if names_a_firm(text, about):
        raise Refused(
            "invalid", "这段话会公开，不能写企业名称、代码、电话或邮箱，请改成一般的说法。",
            [Problem("不能写企业名称、代码、电话或邮箱", field, hint="例：把企业名称改成“企业”")],
        )  # fmt: skip


def answer(
    row: Interpretation, text: str, *, actor: Principal, mark_path: str = "", question: str | None = None
) -> Interpretation:
    """The province's answer with its number and date. `mark_path` names the mark that it also settles.

    `question` is the question as it goes public; what was asked stays in the record.
    """
    if len(text.strip()) < SHORTEST:
        raise Refused("invalid", "请写明答复和依据。", [Problem("请写明答复和依据", "answer")])
    asked = row.question if question is None else question.strip()[:1000]
    if len(asked) < SHORTEST:
        raise Refused("invalid", "请把公开的问题写清楚。", [Problem("请把公开的问题写清楚", "question")])
    if INTERPRETATION.can(actor, "answer", row):
        refuse_a_name(asked, "question")
        refuse_a_name(text, "answer")
    if mark_path and not may_confirm(actor):
        raise Refused(
            "forbidden", "核实待确认项由政策规则岗或规则发布岗办理；您可以只答复，不勾选核实。",
            [Problem("您的岗位不能核实待确认项", "mark_path")],
        )  # fmt: skip
    with transaction.atomic():
        year = clock.today().year
        number = row.number or f"口径{year}-{next_number('interpretation', year):03d}"
        moved = move(
            row, "answer", actor=actor, machine=INTERPRETATION,
            detail={"number": number} | ({"asked": row.question} if asked != row.question else {}), question=asked, number=number, answer=text.strip()[:2000], answered_by_name=actor.name, answered_on=clock.today(), mark_path=mark_path,
        )  # fmt: skip
        if mark_path:
            rule_set = RuleSet.objects.get(code=row.rule_set_code, state="published")
            confirm(rule_set, mark_path, f"{number}：{text.strip()[:200]}", actor=actor)
    return moved


def withdraw(row: Interpretation, reason: str, *, actor: Principal) -> Interpretation:
    return move(row, "withdraw", actor=actor, machine=INTERPRETATION, reason=reason)


def in_force(rule_set_code: str) -> dict[str, list[Interpretation]]:
    """Answered and not withdrawn, by criterion; one query."""
    found: dict[str, list[Interpretation]] = defaultdict(list)
    for row in Interpretation.objects.filter(rule_set_code=rule_set_code, state="answered").order_by(
        "answered_on", "id"
    ):
        found[row.criterion].append(row)
    return found


def visible(principal: Principal) -> QuerySet[Interpretation]:
    """Answers are everybody's; an open question, which may still say too much, is seen by those who ask and answer."""
    rows = Interpretation.objects.all()
    return rows if principal.is_official and principal.has_role(*ASKERS) else rows.filter(state="answered")

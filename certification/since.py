"""What happened to a case and around its firm since one last had it open: each with when, who, what, and where it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from certification import consult, exit, gates, incident, visit
from certification.grounds import grounds
from certification.highlight import highlights_of
from certification.models import Application, IncidentReply, Interpretation, Submission
from certification.models.visit import VERDICTS
from certification.permissions import EXIT, INCIDENT, OBJECTION, VISIT
from certification.queries import objections
from enterprises.models import Membership
from enterprises.words import cn
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Message

FIRM = "企业"
PLACES = {
    "machine": ("推翻机器核算", "override"),
    "offices": ("与下级推荐不同", "overrule"),
    "matters": ("判断情况和程序", "matters"),
}
"""Override.against → what it is called here, and its part of the case page."""


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    words: str
    url: str


@dataclass(frozen=True)
class Question:
    """Whose page it is, of which case, since when; `here` is the address of the case."""

    case: Application
    since: datetime
    actor: Principal
    here: str


def done_since(
    application: Application, moment: datetime, *, actor: Principal, submissions: Iterable[Submission] = ()
) -> list[Line]:
    """Oldest first; one's own acts are no news. A constant number of queries, however much has happened.

    Everything is read as this official may read it elsewhere: objections are those to the office's own lists.
    """
    asked = Question(application, moment, actor, reverse("certification:case", args=[application.public_id]))
    filed = list(submissions)
    told = [
        *_filed(asked, filed), *_judged(asked), *_marked(asked, filed), *_opinions(asked), *_overrides(asked), *_departments(asked),
        *_objections(asked), *_reports(asked), *_exits(asked), *_visits(asked), *_readings(asked), *_letters(asked),
    ]  # fmt: skip
    return sorted(told, key=lambda line: line.at)


def _filed(asked: Question, submissions: list[Submission]) -> Iterator[Line]:
    """New versions, and the papers that no earlier one had."""
    known: set[str] = set()
    for filed in sorted(submissions, key=lambda row: row.number):
        fresh = [paper for paper in filed.evidence if paper["sha256"] not in known]
        known |= {paper["sha256"] for paper in fresh}
        if filed.submitted_at <= asked.since:
            continue
        yield Line(filed.submitted_at, FIRM, f"第 {filed.number} 版", "提交", f"{asked.here}#history-t")
        for paper in fresh:
            url = f"{asked.here}?paper={paper['public_id']}#evidence"
            yield Line(filed.submitted_at, FIRM, "新材料", paper["title"], url)


def _judged(asked: Question) -> Iterator[Line]:
    titles = gates.titles_of(asked.case)
    for row in asked.case.verdicts.exclude(by_id=asked.actor.user_id).order_by("at"):
        said = f"{titles.get(row.criterion, row.criterion)}：{row.get_verdict_display()}"
        url = f"{asked.here}?at={row.criterion}#c-{row.criterion}"
        if row.at > asked.since:
            yield Line(row.at, row.by_name, "判断", f"{said}{f'，{row.note}' if row.note else ''}", url)
        if row.taken_back_at is not None and row.taken_back_at > asked.since:
            yield Line(row.taken_back_at, row.by_name, "撤回判断", f"{said}，{row.taken_back_reason}", url)


def _marked(asked: Question, submissions: list[Submission]) -> Iterator[Line]:
    for row in highlights_of(asked.case, submissions, actor=asked.actor):
        mark = row.mark
        if mark.at > asked.since and mark.by_id != asked.actor.user_id:
            what = f"标注{row.place.title}第 {mark.page} 页"
            yield Line(mark.at, f"{mark.office_name} {mark.by_name}", what, mark.note, row.url)


def _opinions(asked: Question) -> Iterator[Line]:
    for row in asked.case.opinions.exclude(by_id=asked.actor.user_id):
        if row.at > asked.since:
            words = f"{row.get_conclusion_display()}{f'：{row.text}' if row.text else ''}"
            yield Line(row.at, row.office_name, "意见", words, f"{asked.here}#opinions")
        if row.taken_back_at is not None and row.taken_back_at > asked.since:
            yield Line(
                row.taken_back_at, row.office_name, "撤回意见", row.get_conclusion_display(), f"{asked.here}#opinions"
            )


def _overrides(asked: Question) -> Iterator[Line]:
    for row in asked.case.overrides.filter(Q(asked_at__gt=asked.since) | Q(signed_at__gt=asked.since)):
        what, place = PLACES[row.against]
        url = f"{asked.here}#{place}"
        if row.asked_at > asked.since and row.asked_by_id != asked.actor.user_id:
            yield Line(row.asked_at, row.asked_by_name, what, row.text, url)
        if row.signed_at is not None and row.signed_at > asked.since and row.signed_by_id != asked.actor.user_id:
            yield Line(row.signed_at, row.signed_by_name, what, "第二人签字", url)


def _departments(asked: Question) -> Iterator[Line]:
    known = consult.departments()[1]
    rows = consult.visible(asked.actor).filter(application=asked.case, answered_at__gt=asked.since)
    for row in rows.exclude(answered_by_id=asked.actor.user_id):
        label = known[row.department].label if row.department in known else row.department
        words = f"{row.question}：{row.get_finding_display()}{f'，{row.details}' if row.details else ''}"
        yield Line(
            row.answered_at, label, "部门意见", words, reverse("certification:consultation", args=[row.public_id])
        )  # type: ignore[arg-type]


def _objections(asked: Question) -> Iterator[Line]:
    """Without a word about who objected: that is read on the objection's own page, with a purpose."""
    own = asked.actor.user_id
    for row in objections(asked.actor).filter(application__enterprise_id=asked.case.enterprise_id):
        what, url = f"异议 {row.receipt_number}", reverse("certification:objection", args=[row.public_id])
        if row.created_at > asked.since:
            yield Line(row.created_at, "异议人", what, f"对《{row.posting.title}》提出", url)
        if row.taken_up_at is not None and row.taken_up_at > asked.since and row.taken_up_by_id != own:
            yield Line(row.taken_up_at, "公示单位", what, "受理", url)
        if row.answered_at is not None and row.answered_at > asked.since and row.answered_by_id != own:
            yield Line(row.answered_at, "公示单位", what, f"{OBJECTION.label(row).officer}：{row.answer}", url)


def _reports(asked: Question) -> Iterator[Line]:
    rows = incident.visible(asked.actor).filter(enterprise_id=asked.case.enterprise_id)
    known = {row.pk: row for row in rows}
    for row in known.values():
        what, url = f"情况：{row.kind_words}", reverse("certification:incident", args=[row.public_id])
        if row.created_at > asked.since and row.reported_by_id != asked.actor.user_id:
            yield Line(row.created_at, row.source, what, f"{cn(row.happened_on)}，{row.facts}", url)
        # Whoever found it true may still have to learn that a colleague has closed it since.
        is_own = row.state == "confirmed" and row.confirmed_by_id == asked.actor.user_id
        if row.verdict and row.updated_at > asked.since and not is_own:
            yield Line(row.updated_at, row.verdict_office, what, f"{INCIDENT.label(row).officer}：{row.verdict}", url)
    for reply in IncidentReply.objects.filter(incident__in=rows, at__gt=asked.since):
        row = known[reply.incident_id]
        url = reverse("certification:incident", args=[row.public_id])
        yield Line(reply.at, FIRM, f"说明情况：{row.kind_words}", reply.text, url)


def _exits(asked: Question) -> Iterator[Line]:
    rows = exit.visible(asked.actor).filter(enterprise_id=asked.case.enterprise_id, updated_at__gt=asked.since)
    for row in rows:
        words = f"{row.get_tier_display()}，{grounds()[row.ground].label}：{EXIT.label(row).officer}"
        yield Line(row.updated_at, "自治区", "退出程序", words, reverse("certification:exit", args=[row.public_id]))


def _visits(asked: Question) -> Iterator[Line]:
    for row in visit.visible(asked.actor).filter(application=asked.case).prefetch_related("lines"):
        url = reverse("certification:visit", args=[row.public_id])
        if row.finished_at is not None and row.finished_at > asked.since:
            yield Line(row.finished_at, row.office_name, "实地核查结果", visit_words(row), url)
        if row.signed_at is not None and row.signed_at > asked.since:
            words = f"{VISIT.label(row).officer}{f'：{row.remark}' if row.remark else ''}"
            yield Line(row.signed_at, FIRM, "实地核查", words, url)
        elif row.state in ("cancelled", "not_signed") and row.updated_at > asked.since:
            yield Line(row.updated_at, row.office_name or "办理单位", "实地核查", VISIT.label(row).officer, url)


def visit_words(row: visit.Visit) -> str:
    """相符 3 项，不符 1 项（…），现场无法核实 0 项；and the summary. Reads the lines once."""
    lines = list(row.lines.all())
    parts = []
    for code, words in VERDICTS:
        found = [line for line in lines if line.verdict == code]
        named = "；".join(f"{line.title}：{line.note}" for line in found) if code != "matches" else ""
        parts.append(f"{words} {len(found)} 项{f'（{named}）' if named else ''}")
    return "，".join(parts) + (f"。小结：{row.summary}" if row.summary else "")


def _readings(asked: Question) -> Iterator[Line]:
    """Answers to questions about this standard; they are public, and stand at the condition as well."""
    rows = Interpretation.objects.filter(
        rule_set_code=asked.case.rule_set_code, state__in=["answered", "withdrawn"], updated_at__gt=asked.since
    )
    for row in rows.exclude(number=None):
        words = f"{row.title}：{row.answer}" if row.state == "answered" else f"{row.title}：停止适用"
        url = f"{reverse('certification:interpretations')}?rule={row.rule_set_code}#i-{row.public_id}"
        yield Line(row.updated_at, row.answered_by_name, f"口径 {row.number}", words, url)


def _letters(asked: Question) -> Iterator[Line]:
    """What the firm was told about the case: one line for a message, to however many of its people."""
    firm = Q(recipient=None) | Q(
        recipient__in=Membership.objects.filter(enterprise_id=asked.case.enterprise_id).values("user_id")
    )
    rows = Message.objects.filter(
        firm, about_type=asked.case._meta.label_lower, about_id=asked.case.public_id, created_at__gt=asked.since
    )
    told: dict[tuple[datetime, str], Message] = {}
    for row in rows.order_by("id"):
        told.setdefault((row.created_at, row.subject), row)
    for row in told.values():
        what = "送达文书" if row.is_legal else "发给企业的通知"
        due = f"，最后一天{cn(row.due_on)}" if row.due_on else ""
        yield Line(row.created_at, "系统", what, f"{row.subject}{due}", f"{asked.here}#letter-{row.public_id}")

"""征求部门意见: asked by rule while the province reviews, answered in a form, and silence is nobody's "none".

The department's people see the firm's name, code and the question; nothing of the case. A question that was not asked yet or
waits for its answer, an answer that finds something, and silence keep the case from being posted or recommended until a
person has ruled what they mean for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from ruamel.yaml import YAML

from certification.models import Application, Consultation
from certification.models.consultation import FINDINGS
from certification.permissions import CONSULTATION, is_asked_department, is_provincial_reviewer
from certification.queries import within_reach
from foundation import clock
from foundation.accounts.models import Office, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move
from foundation.workdays.counting import add_workdays

FILE = Path(__file__).resolve().parent / "consultations.yaml"
STAGE = "province_review"
SHORTEST = 2


@dataclass(frozen=True)
class Department:
    code: str
    label: str
    asks: str
    tiers: tuple[str, ...]


@lru_cache(maxsize=1)
def departments() -> tuple[str, dict[str, Department]]:
    """(version, departments by code)."""
    told = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    rows = {
        code: Department(code, row["label"], row["asks"], tuple(row["tiers"]))
        for code, row in told["departments"].items()
    }
    return str(told["version"]), rows


def visible(principal: Principal) -> QuerySet[Consultation]:
    """Offices see those of cases in reach; a department's own are read with asked_of()."""
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return Consultation.objects.filter(within_reach(principal))
    return Consultation.objects.none()


def asked_of(principal: Principal) -> list[Consultation]:
    """The questions to one's own department, those that wait first. Read by the house: the department reaches no region."""
    if not (principal.is_official and principal.has_role("department")):
        raise Missing
    with transaction.atomic(), scoped(Principal.system("consultation")):
        rows = Consultation.objects.filter(
            office__name=principal.office_name, office__body__path=principal.office_path
        ).select_related("office__body")
        return sorted(rows.order_by("due_on", "id")[:500], key=lambda row: (row.state != "asked", row.due_on, row.pk))


def office_of(code: str) -> Office | None:
    """The province's office whose name says that it is this department; None: asked on paper."""
    label = departments()[1][code].label.removesuffix("部门")
    return Office.objects.filter(kind="department", body__path="64", name__contains=label).order_by("id").first()


def ask(application: Application, codes: Iterable[str], *, actor: Principal) -> int:
    """Ask those that were not asked about this case yet; returns how many."""
    version, known = departments()
    asked = set(Consultation.objects.filter(application=application).values_list("department", flat=True))
    made = 0
    for code in codes:
        if code in asked or code not in known:
            continue
        office = office_of(code)
        row = Consultation(
            application=application, enterprise_id=application.enterprise_id, enterprise_name=application.enterprise_name,
            credit_code=application.credit_code, region_path=application.region_path, tier=application.tier, department=code,
            office=office, question=known[code].asks, rules_version=version,
            due_on=add_workdays(clock.today(), settings.CONSULT_WORKDAYS),
        )  # fmt: skip
        with transaction.atomic():
            begin(row, actor=actor, machine=CONSULTATION, audience="office")
            if office is not None:
                tell(row, office)
        made += 1
    return made


def tell(row: Consultation, office: Office) -> None:
    people = User.objects.filter(
        Q(posts__until=None) | Q(posts__until__gte=clock.today()),
        posts__office=office,
        posts__role="department",
        is_active=True,
    ).distinct()
    send(
        list(people.order_by("pk")), subject=f"征求意见：{row.enterprise_name}", about=row, topic=Topic.DUE, url=f"/consultations/{row.public_id}/",
        body=f"{row.question}。请在{row.due_on:%Y年%-m月%-d日}前答复；没有答复的转为人工核实，不视为“没有”。",
        what_to_do="打开后选择并写明依据", due_on=row.due_on,
    )  # fmt: skip


def ask_by_rule(application: Application, *, actor: Principal) -> int:
    """Those that the list names for this tier. Missing for anybody but the province's desk and the house."""
    if not (actor.is_system or is_provincial_reviewer(actor, application)) or application.state != STAGE:
        raise Missing
    return ask(application, required(application.tier), actor=actor)


def required(tier: str) -> list[str]:
    """The departments that the list names for a tier."""
    return [d.code for d in departments()[1].values() if tier in d.tiers]


def not_asked(limit: int = 500) -> list[Application]:
    """Cases at the province with a question of the list that nobody has put yet; tiers without questions are not read."""
    waiting: list[Application] = []
    for tier in sorted({tier for d in departments()[1].values() for tier in d.tiers}):
        codes = required(tier)
        rows = Application.objects.filter(state=STAGE, tier=tier)
        rows = rows.annotate(asked=Count("consultations", filter=Q(consultations__department__in=codes)))
        waiting += rows.filter(asked__lt=len(codes)).order_by("id")[: limit - len(waiting)]
    return waiting


def keep_up(*, actor: Principal) -> dict[str, int]:
    """Each hour: ask about the cases that have come to the province, and end what nobody answered in time."""
    asked = sum(ask_by_rule(application, actor=actor) for application in not_asked())
    late = list(Consultation.objects.filter(state="asked", due_on__lt=clock.today()).order_by("id")[:500])
    for row in late:
        move(row, "fall_silent", actor=actor, machine=CONSULTATION)
    return {"asked": asked, "silent": len(late)}


def find(principal: Principal, public_id: str) -> Consultation:
    """One question, for the department that was asked or an office in reach."""
    if principal.is_official and principal.has_role("department"):
        found = next((row for row in asked_of(principal) if row.public_id == public_id), None)
    else:
        found = visible(principal).filter(public_id=public_id).select_related("office__body").first()
    if found is None:
        raise Missing
    return found


def answer(row: Consultation, given: Mapping[str, str], *, actor: Principal) -> Consultation:
    """有 / 没有 / 查不清, with its clause; "none" needs no more, anything else says what and where."""
    own = is_asked_department(actor, row)
    finding, clause = given.get("finding", ""), given.get("clause", "").strip()
    details, document = given.get("details", "").strip(), given.get("document", "").strip()
    problems = []
    if finding not in dict(FINDINGS):
        problems.append(Problem("请选择有、没有或查不清", "finding"))
    if finding in ("found", "unclear") and len(details) < SHORTEST:
        problems.append(Problem("请写明具体情况", "details"))
    if finding == "found" and len(clause) < SHORTEST:
        problems.append(Problem("请写明依据", "clause", hint="例：行政处罚决定书及文号"))
    if not own and len(document) < SHORTEST:
        problems.append(Problem("来函登记要写文号", "document"))
    if problems:
        raise Refused("invalid", f"还没有提交：有 {len(problems)} 处要填。", problems)
    # What was ruled about the silence says nothing about what has been found since.
    anew = {} if finding == "none" else {"ruling": "", "ruled_by_name": ""}
    with transaction.atomic(), scoped(Principal.system("consultation")):
        return move(
            row, "answer", actor=actor, machine=CONSULTATION, finding=finding, clause=clause[:200], details=details[:4000],
            document=document[:120], way="account" if own else "paper", answered_by_id=actor.user_id, answered_by_name=actor.name,
            answered_at=clock.now(), detail={"office": actor.office_name, "finding": dict(FINDINGS)[finding]}, **anew,
        )  # fmt: skip


def rule(row: Consultation, words: str, *, actor: Principal) -> Consultation:
    """A person says what silence, a finding, or going on without waiting for the answer means for this case."""
    act = {"silent": "rule_silence", "asked": "rule_early"}.get(row.state, "rule")
    return move(
        row, act, actor=actor, machine=CONSULTATION, reason=words, ruling=words.strip()[:2000], ruled_by_name=actor.name
    )


def take_back(row: Consultation, words: str, *, actor: Principal) -> Consultation:
    return move(row, "take_back", actor=actor, machine=CONSULTATION, reason=words)


def unruled(applications: Iterable[Application]) -> dict[int, str]:
    """Cases that wait for a department or for a person's ruling, with the departments concerned and since when or until when.

    A question that was taken back was a person's act with a reason: it waits for nobody.
    """
    cases, known = list(applications), departments()[1]
    asked: dict[int, dict[str, Consultation]] = {case.pk: {} for case in cases}
    for row in Consultation.objects.filter(application__in=cases).order_by("id"):
        asked[row.application_id][row.department] = row
    told: dict[int, str] = {}
    for case in cases:
        rows = asked[case.pk]
        words = [
            f"{known[code].label}（还没有征求）" for code in required(case.tier) if code not in rows
        ]  # fmt: skip
        for code, row in rows.items():
            label = known[code].label if code in known else row.question
            if row.needs_ruling:
                words.append(f"{label}（待人工判断）")
            elif row.state == "asked" and not row.ruling:
                words.append(f"{label}（等答复，期限{row.due_on:%Y年%-m月%-d日}）")
        if words:
            told[case.pk] = "、".join(words)
    return told


def panel(application: Application, principal: Principal) -> dict[str, Any]:
    """For the office's case page; include templates/certification/parts/consultations.html."""
    rows = list(application.consultations.all())
    left = set(required(application.tier)) - {row.department for row in rows}
    may_ask = application.state == STAGE and bool(left) and is_provincial_reviewer(principal, application)
    known = departments()[1]
    told = [(row, known[row.department].label, CONSULTATION.label(row)) for row in rows]
    return {"consultations": told, "may_consult": may_ask}

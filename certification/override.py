"""Going against the machine needs a reason of the list, words, and a second person's signature, before the province lists the case.

The machine never decides; whoever goes against it says so where everybody who reviews can read it later. A refusal that goes
against the counties is the other kind, see overrule.py.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from ruamel.yaml import YAML

from certification import library
from certification.models import Application, Override
from certification.permissions import decides, is_provincial_reviewer
from certification.states import IN_REVIEW
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused

FILE = Path(__file__).resolve().parent / "overrides.yaml"
SHORTEST = 6
BY_HOUSE = "committee"


@lru_cache(maxsize=2)
def words_of(kind: str) -> dict[str, str]:
    """Codes and words of one list of the file."""
    return dict(YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))[kind])


def reasons() -> dict[str, str]:
    return words_of("reasons")


def contradicted(application: Application) -> list[dict[str, Any]]:
    """The conditions that must hold and that the last submission does not meet, as the machine says."""
    if application.outcome != "unmet":
        return []
    filed = application.submissions.order_by("-number").first()
    if filed is None:
        return []
    known = {c.code: c for c in library.pinned(application.rule_set_code, application.rule_set_hash).criteria}
    lines = [line for line in filed.result["criteria"] if line["outcome"] == "unmet" and "max" not in line]
    gates = [line for line in lines if getattr(known.get(line["code"]), "gate", True)]
    return [
        {
            "code": line["code"],
            "title": getattr(known.get(line["code"]), "title", line["code"]),
            "clause": line["clause"],
        }
        for line in gates
    ]


def of(application: Application) -> Override | None:
    """The override of the submission under review."""
    number = application.submissions.order_by("-number").values_list("number", flat=True).first() or 0
    found: Override | None = application.overrides.filter(
        submission_number=number, against="machine", taken_back_at=None
    ).first()
    return found


def ask(application: Application, given: Mapping[str, str], *, actor: Principal) -> Override:
    """The first person says against what, and why."""
    if not is_provincial_reviewer(actor, application) or application.state not in IN_REVIEW:
        raise Missing
    code, text = given.get("reason_code", ""), given.get("text", "").strip()
    against, problems = contradicted(application), []
    if not against:
        raise Refused("conflict", "机器核算没有不满足的条件，不需要推翻。")
    if code not in reasons() or code == BY_HOUSE:
        problems.append(Problem("请选择理由", "reason_code"))
    if len(text) < SHORTEST:
        problems.append(Problem("请写明依据哪份材料、怎样判断", "text"))
    if problems:
        raise Refused("invalid", "还没有提出。", problems)
    return write(application, against, code, text, actor=actor)


def write(
    application: Application, against: list[dict[str, Any]], code: str, text: str, *, actor: Principal
) -> Override:
    number = application.submissions.order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            row = Override.objects.create(
                application=application, enterprise_id=application.enterprise_id, region_path=application.region_path,
                submission_number=number, codes=[line["code"] for line in against], reason_code=code, text=text[:4000],
                asked_by_id=actor.user_id, asked_by_name=actor.name, asked_at=clock.now(),
            )  # fmt: skip
            record(
                "override.ask",
                application,
                actor=actor,
                reason=text,
                detail={"codes": "、".join(row.codes), "why": reasons()[code]},
            )
    except IntegrityError as error:
        raise Refused("duplicate", "这一版申请已经提出过，等另一位负责人签字。") from error
    return row


def sign(row: Override, *, actor: Principal) -> Override:
    """The second person: a leader of the province who did not ask."""
    if not decides(actor, row.application):
        raise Missing
    if row.asked_by_id == actor.user_id:
        raise Refused("forbidden", "提出的人不能自己签字，请另一位负责人签。")
    with transaction.atomic():
        done = Override.objects.filter(pk=row.pk, signed_at=None).update(
            signed_by_id=actor.user_id, signed_by_name=actor.name, signed_at=clock.now()
        )
        if not done:
            raise Refused("already_moved", "已经有人签过字。")
        record("override.sign", row.application, actor=actor, detail={"codes": "、".join(row.codes)})
    row.refresh_from_db()
    return row


def unsigned(applications: Iterable[Application]) -> dict[int, str]:
    """Cases that the machine contradicts and nobody has signed for, with the conditions."""
    listed = [a for a in applications if a.outcome == "unmet"]
    numbers = {a.pk: a.submissions.order_by("-number").values_list("number", flat=True).first() or 0 for a in listed}
    rows = Override.objects.filter(application_id__in=list(numbers), against="machine", signed_at__isnull=False)
    signed = set(rows.values_list("application_id", "submission_number"))
    told = {}
    for application in listed:
        if (application.pk, numbers[application.pk]) not in signed:
            against = contradicted(application)
            if against:
                told[application.pk] = "、".join(line["title"] for line in against)
    return told


def refuse_unsigned(applications: Iterable[Application]) -> None:
    """Refused("conflict") where the machine is contradicted without a second signature."""
    by_pk = {a.pk: a for a in applications}
    waiting = unsigned(by_pk.values())
    names = "；".join(f"{by_pk[pk].enterprise_name}（{words}）" for pk, words in waiting.items())
    if names:
        raise Refused(
            "conflict", f"机器核算不满足，还没有第二人签字：{names}。请先在案件里写明推翻的理由，由另一位负责人签字；其余的可以照常办理。",
            [Problem("推翻机器核算要第二人签字", "applications")],
        )  # fmt: skip


def by_committee(application: Application, title: str, *, actor: Principal) -> None:
    """A meeting has voted: its members are the second signature, and the chair writes it down."""
    against = contradicted(application)
    if not against or application.pk not in unsigned([application]):
        return
    row = of(application) or write(application, against, BY_HOUSE, f"{title}表决通过", actor=actor)
    with transaction.atomic():
        Override.objects.filter(pk=row.pk, signed_at=None).update(signed_by_name=title[:80], signed_at=clock.now())
        record("override.sign", application, actor=actor, detail={"codes": "、".join(row.codes)})


def panel(application: Application, principal: Principal) -> dict[str, Any]:
    """For the office's case page; include templates/certification/parts/override.html."""
    against = contradicted(application) if application.state in IN_REVIEW else []
    row = of(application)
    return {
        "contradicted": against, "override": row, "override_reasons": [(c, w) for c, w in reasons().items() if c != BY_HOUSE],
        "override_words": reasons().get(row.reason_code, "") if row else "",
        "may_override": bool(against) and row is None and is_provincial_reviewer(principal, application),
        "may_sign_override": row is not None and row.signed_at is None and decides(principal, application) and row.asked_by_id != principal.user_id,
    }  # fmt: skip

"""变更推荐单位 as seen from the cases: what must be settled first, and which rows go to the new body with the firm.

Drafts and valid titles go, with what is known of a title. Whatever was decided (cases, letters, reports, procedures, titles that
have ended) keeps the path of the office that decided it: that is where it is looked for, and who answers for it.
"""

from dataclasses import dataclass
from typing import Any

from certification import states
from certification.models import (
    Application,
    Assistance,
    Certificate,
    CohortTitle,
    Exit,
    Finding,
    Incident,
    Judgement,
    Leaving,
    Letter,
    MajorChange,
    Objection,
    Outcome,
    Reconsideration,
    Snapshot,
    Visit,
)
from certification.notify import posted
from enterprises.change_body import hand_over
from enterprises.models import Enterprise
from enterprises.signals import Obstacle
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.regions.models import office_label
from foundation.transitions import States


@dataclass(frozen=True)
class Kind:
    """Things that are open in these states; `path` names the column of the office that deals with one."""

    label: str
    model: Any
    table: States
    open: frozenset[str]
    url: str
    mend: str
    path: str = "region_path"
    own_office: bool = False


def _but(table: States, closed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(table.labels) - frozenset(closed)


KINDS = (
    Kind(
        "申请", Application, states.APPLICATION, frozenset(states.ACTIVE) - {"draft"}, "/desk/cases/{}/",
        "等办结；还在审核的，企业可以撤回，变更后重新提交",
    ),
    Kind(
        "实地核查", Visit, states.VISIT, frozenset({"chosen", "planned", "finished"}), "/desk/visits/{}/",
        "办完，或写明理由取消；抽中的由自治区负责人取消",
    ),
    Kind(
        "决定文书", Letter, states.LETTER, frozenset({"draft", "signed"}), "/desk/postings/letters/{}/", "由制发单位送达或作废",
        path="office_path", own_office=True,
    ),
    Kind(
        "复审", Reconsideration, states.RECONSIDERATION, frozenset({"requested", "under_way"}),
        "/desk/postings/reconsiderations/{}/", "等复审办结，或由企业撤回", path="office_path",
    ),
    Kind(
        "重大变化", MajorChange, states.MAJOR_CHANGE, _but(states.MAJOR_CHANGE, ("settled", "withdrawn")),
        "/desk/rereviews/changes/{}/", "核对办结；没有这回事的，撤销记录",
    ),
    Kind(
        "情况核查", Incident, states.INCIDENT, frozenset({"reported", "confirmed"}), "/desk/rereviews/incidents/{}/", "核实并办结"
    ),
    Kind(
        "帮扶", Assistance, states.ASSISTANCE, frozenset({"open"}), "/desk/rereviews/assistance/{}/", "办结，或写明理由撤销"
    ),
    Kind("退出程序", Exit, states.EXIT, _but(states.EXIT, states.EXIT_CLOSED), "/desk/exits/{}/", "等程序办结"),
    Kind("称号终止", Leaving, states.LEAVING, frozenset({"asked"}), "/desk/exits/leavings/{}/", "由自治区办理，或由提出的一方撤回"),
)  # fmt: skip


def in_the_way(enterprise: Enterprise, actor: Principal) -> list[Obstacle]:
    """Everything open on the firm's cases and titles, with a link where the actor may follow it."""
    found = []
    for kind in KINDS:
        for row in kind.model.objects.filter(enterprise=enterprise, state__in=kind.open).order_by("id"):
            path = getattr(row, kind.path)
            may = path == actor.office_path if kind.own_office else actor.reaches(path)
            found.append(
                Obstacle(
                    f"{kind.label}：{row}", f"{office_label(path)}，{kind.table.labels[row.state].officer}", kind.mend,
                    kind.url.format(row.public_id) if may else "",
                )
            )  # fmt: skip
    # Objections are known to the office whose list it is and to nobody else: not how many, not by whom, not what of.
    if Objection.objects.filter(application__enterprise=enterprise, state__in=states.OPEN_OBJECTION).exists():
        found.append(Obstacle("公示期间的事项", "公示机关办理中", "等公示机关办结"))
    return found


def take_along(enterprise: Enterprise, before: str, actor: Principal) -> None:
    """In the transaction of the change: every row that is alive goes to the path that the firm has now."""
    to = enterprise.region_path
    told = {"before": office_label(before), "after": office_label(to)}
    for draft in Application.objects.filter(enterprise=enterprise, state="draft").order_by("id"):
        # The version counts on: a draft that is being filed at this moment is refused, and filed by the next click.
        hand_over(states.APPLICATION.name, draft, to)
        record("application.body", draft, actor=actor, audience="applicant", detail=told)
    titles = list(Certificate.objects.filter(enterprise=enterprise, state="valid").order_by("id"))
    follow(titles, to, actor=actor, detail=told)
    Snapshot.objects.filter(enterprise=enterprise).update(region_path=to)
    tell_offices(enterprise, before, titles)


def follow(titles: list[Certificate], to: str, *, actor: Principal, detail: dict[str, str]) -> None:
    """These titles, with what hangs on them while they live, go to the path of their firm."""
    for title in titles:
        hand_over(states.CERTIFICATE.name, title, to)
        record("certificate.body", title, actor=actor, audience="applicant", detail=detail)
    for known in (Judgement, Outcome, CohortTitle):
        known.objects.filter(certificate__in=titles).update(region_path=to)  # type: ignore[attr-defined]
    Finding.objects.filter(certificate__in=titles, closed_on=None).update(region_path=to)


def rejoin(title: Certificate, *, actor: Principal) -> None:
    """A title that stands again joins its firm, which may have gone to another body while the title was ended."""
    to = title.enterprise.region_path
    if title.region_path != to:
        told = {"before": office_label(title.region_path), "after": office_label(to)}
        follow([title], to, actor=actor, detail=told)


def tell_offices(enterprise: Enterprise, before: str, titles: list[Certificate]) -> None:
    """Those who work on cases at the body that was left, and at the one that has the firm now."""
    to = enterprise.region_path
    roles = ("reviewer", "leader")
    send(
        posted(roles, {before}), subject=f"{enterprise.name}转由{office_label(to)}推荐", about=enterprise, topic=Topic.CASE,
        body="以前办结的申请仍在本单位的队列里，可以查看；企业数据、材料和有效称号今后由新单位掌握。", url="/desk/cases/?view=all",
    )  # fmt: skip
    send(
        posted(roles, {to}), subject=f"{enterprise.name}转由本单位推荐", about=enterprise, topic=Topic.CASE,
        body=f"原推荐单位：{office_label(before)}。随企业转来有效称号 {len(titles)} 项。", what_to_do="看一遍数据底表和期限",
        url=f"/desk/enterprises/{enterprise.public_id}/",
    )  # fmt: skip

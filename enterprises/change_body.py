"""变更所属推荐单位: a firm goes to another body of the province, by the leader who stands above both.

What is alive goes with it: its people, drafts, titles and what hangs on them. What was decided stays with the office that
decided it. Nothing may be open on the firm, so that no case changes hands in the middle. See docs/decisions/0021.
"""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F

from enterprises.models import Enterprise, FormerBody, Membership
from enterprises.permissions import changes_body
from enterprises.signals import Obstacle, body_change_asked, body_changed
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Fallback, Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.models import RecommendingBody, bodies, office_label

SHORTEST = 4


def bodies_for(enterprise: Enterprise, *, actor: Principal) -> list[RecommendingBody]:
    """Where the actor may send it: every county and zone in reach but its own."""
    return [
        body
        for body in bodies().values()
        if body.is_first_examiner
        and body.is_active
        and body.path != enterprise.region_path
        and actor.reaches(body.path)
    ]


def in_the_way(enterprise: Enterprise, *, actor: Principal) -> list[Obstacle]:
    """Everything open on the firm, whoever deals with it. Missing for those who may not send it anywhere."""
    if not changes_body(actor, enterprise):
        raise Missing
    with transaction.atomic(), scoped(Principal.system("change_body")):
        return _open_on(enterprise, actor)


def change_body(
    enterprise: Enterprise, to: str, on: date | None, reason: str, *, actor: Principal, seen: str
) -> Enterprise:
    """Give the firm to the body at `to`; `seen` is the path that the actor was shown.

    Refused: "invalid" with a problem per field, "already_moved" when somebody was faster, "conflict" with all that is open.
    """
    if not changes_body(actor, enterprise):
        raise Missing
    problems = _problems(enterprise, to, on, reason, actor)
    if problems or on is None:
        raise Refused("invalid", f"还没有变更：有 {len(problems)} 处要改，已填的都在。", problems)
    with transaction.atomic(), scoped(Principal.system("change_body")):
        # Whoever files or reports at this moment points at this row: he waits for us, or we for him and see what he did.
        firm = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        before = firm.region_path
        if before != seen:
            raise Refused(
                "already_moved",
                f"这家企业现在由{office_label(before)}推荐，可能有同事先办了一步。没有变更，请核对后再办。",
            )
        found = _open_on(firm, actor)
        if found:
            raise Refused(
                "conflict", f"还不能变更：有 {len(found)} 件没有办结。",
                [Problem(f"{one.what}（{one.where}）", hint=one.mend) for one in found],
            )  # fmt: skip
        told = {"before": office_label(before), "after": office_label(to), "on": cn(on)}
        words = reason.strip()[:500]
        # Two rows on record: the one that is left reads that the firm went, the new one and the firm that it came.
        record("enterprise.leave_body", firm, actor=actor, reason=words, detail=told)
        hand_over("enterprise", firm, to)
        FormerBody.objects.create(
            enterprise=firm, region_path=before, to_path=to, until=on, reason=words, office_name=actor.office_name,
            at=clock.now(),
        )  # fmt: skip
        Membership.objects.filter(enterprise=firm, state__in=["pending", "verified"]).update(region_path=to)
        record("enterprise.body", firm, actor=actor, reason=words, audience="applicant", detail=told)
        body_changed.send(sender=Enterprise, enterprise=firm, before=before, actor=actor)
        _tell(firm, told, words, actor)
    return firm


def hand_over(type_: str, thing: models.Model, path: str) -> None:
    """Out of one reach and into another: in the feed it ends for whoever reads the old one and begins for the new.

    A deletion that names `region_path` is this, and no end of the thing itself.
    """
    announce(type_, thing, op="delete", fields=["region_path"])
    rows: Any = type(thing)._base_manager.filter(pk=thing.pk)
    rows.update(region_path=path, version=F("version") + 1)
    thing.refresh_from_db(fields=["region_path", "version"])
    announce(type_, thing, op="create", fields=["region_path"])


def _open_on(enterprise: Enterprise, actor: Principal) -> list[Obstacle]:
    """With the sight of the house: what a higher office deals with is no less open than what the actor sees."""
    found = [
        Obstacle(
            f"{row.user}的授权委托书", f"{office_label(row.region_path)}待核对", "由它核对：通过或不通过",
            f"/desk/links/{row.public_id}/",
        )
        for row in Membership.objects.filter(enterprise=enterprise, state="pending", method="letter").select_related("user")
    ]  # fmt: skip
    found += [
        Obstacle(
            f"送达文书：{row.message.subject}", f"{office_label(row.region_path)}待送达", "先送达，登记回证",
            f"/desk/services/{row.public_id}/" if actor.reaches(row.region_path) else "",
        )
        for row in Fallback.objects.filter(enterprise_id=enterprise.pk, closed_at=None).select_related("message")
    ]  # fmt: skip
    for _, told in body_change_asked.send(sender=Enterprise, enterprise=enterprise, actor=actor):
        found += told
    return found


def _problems(enterprise: Enterprise, to: str, on: date | None, reason: str, actor: Principal) -> list[Problem]:
    found = []
    if to == enterprise.region_path:
        found.append(Problem("企业现在就由这个单位推荐", "body", hint="请选择另一个单位"))
    elif to not in {body.path for body in bodies_for(enterprise, actor=actor)}:
        found.append(
            Problem("请选择辖区内的县（市、区）或开发区", "body", hint="跨市的，由自治区办理；跨省迁出的，登记迁出")
        )
    if on is None:
        found.append(Problem("请填写变更日期", "on", hint="例：登记机关核准迁移的日期；登记时选错的，填今天"))
    elif on > clock.today():
        found.append(Problem("变更日期不能晚于今天", "on", hint="还没有迁的，迁了再办"))
    if len(reason.strip()) < SHORTEST:
        found.append(Problem("请写明理由", "reason", hint="例：登记时选错了所在县区；住所迁入金凤区，登记机关已核准"))
    return found


def _tell(firm: Enterprise, told: dict[str, str], reason: str, actor: Principal) -> None:
    members = Membership.objects.filter(enterprise=firm, state="verified").select_related("user").order_by("pk")
    send(
        [member.user for member in members], subject=f"贵公司的推荐单位变更为{told['after']}", about=firm, topic=Topic.ACCOUNT,
        body=f"由{actor.office_name}办理，自{told['on']}起由{told['before']}变更为{told['after']}。理由：{reason}。"
        "草稿、材料、数据和有效称号都随贵公司转过去；以前办结的申请仍由原单位存档。",
        what_to_do="以后的申报、报告和授权由新的推荐单位办理；不对的话，请联系办理单位", url="/my/facts/",
    )  # fmt: skip

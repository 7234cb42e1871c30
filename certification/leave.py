"""称号终止 without fault: given up, carried out of the region, or the firm is no more. No bar follows, nothing is clawed back.

Each ends with its own words; the holder sees what ends with the title before asking, the province before accepting.
"""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from certification.change import people_of
from certification.models import Certificate, Leaving, LeavingKind
from certification.permissions import CERTIFICATE, LEAVING, notes_leaving
from certification.queries import within_reach
from certification.reach import open_exits
from certification.signals import certificate_ended
from certification.tiers import is_national
from enterprises.permissions import is_owner
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import begin, move

SHORTEST = 4
WORDS = {
    "give_up": "贵公司自愿放弃的称号已经终止。放弃不影响以后按当年通知重新申请，也不影响已经依法取得的权益。",
    "migrate": "贵公司已迁出本自治区，称号在本自治区终止。请持原证书和公告与迁入地主管部门衔接。",
    "dissolve": "主体已经终止，称号随之终止。",
}


def visible(principal: Principal) -> QuerySet[Leaving]:
    """The firm's own; for officials those of titles in their reach."""
    if principal.is_member:
        return Leaving.objects.filter(enterprise_id__in=principal.enterprise_ids)
    if principal.is_official and principal.has_role("reviewer", "leader"):
        return Leaving.objects.filter(within_reach(principal))
    return Leaving.objects.none()


def ask(certificate: Certificate, given: Mapping[str, str], *, actor: Principal) -> Leaving:
    """The legal representative gives a title up; an office notes a migration or a dissolution."""
    kind = LeavingKind.GIVE_UP if actor.is_member else given.get("kind", "")
    if actor.is_member:
        if certificate.enterprise_id not in actor.enterprise_ids:
            raise Missing
        if not is_owner(actor, certificate.enterprise_id):
            raise Refused("forbidden", "放弃称号由法定代表人提出。请由已核实的法定代表人登录后办理。")
    elif not notes_leaving(actor, certificate):
        raise Missing
    problems = problems_of(certificate, kind, given, is_office=not actor.is_member)
    if problems:
        raise Refused("invalid", f"还没有提交：有 {len(problems)} 处要改。", problems)
    row = Leaving(
        certificate=certificate, enterprise_id=certificate.enterprise_id, enterprise_name=certificate.enterprise_name,
        region_path=certificate.region_path, tier=certificate.tier, kind=kind, reason=given["reason"].strip()[:2000],
        source=given.get("source", "").strip()[:200], asked_by_id=actor.user_id, asked_by_name=actor.name,
        office_name=actor.office_name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            begin(row, actor=actor, machine=LEAVING)
            if not actor.is_member:
                tell(
                    row,
                    "称号终止已登记",
                    f"{actor.office_name}登记：{row.get_kind_display()}（{row.source}）。不属实的，请联系办理单位。",
                )
    except IntegrityError as error:
        raise Refused("duplicate", "这个称号已有一件终止在办。", [Problem("已有一件在办", "reason")]) from error
    return row


def problems_of(certificate: Certificate, kind: str, given: Mapping[str, str], *, is_office: bool) -> list[Problem]:
    problems = []
    if kind not in LeavingKind.values or (is_office and kind == LeavingKind.GIVE_UP):
        problems.append(Problem("请选择迁出或主体终止", "kind", hint="自愿放弃由企业自己提出"))
    if is_national(certificate.tier):
        problems.append(Problem("国家称号由工业和信息化部管理，不能在这里终止", "kind", hint="请按工信部的渠道办理"))
    if certificate.state != "valid":
        problems.append(Problem("这个称号已不在有效期内", "kind"))
    if any(row.state != "drafted" for row in open_exits(certificate.enterprise_id, certificate.tier)):
        problems.append(Problem("这个称号正在走退出程序，程序办结以前不能这样终止", "kind"))
    if len(given.get("reason", "").strip()) < SHORTEST:
        problems.append(Problem("请写明理由", "reason"))
    if is_office and len(given.get("source", "").strip()) < SHORTEST:
        problems.append(Problem("请写明来源", "source", hint="例：登记机关注销登记通知书及文号"))
    return problems


def answer(row: Leaving, act: str, words: str, *, actor: Principal) -> Leaving:
    """Accept or turn down, as a second person; accepting ends the title the same day."""
    if act not in ("accept", "turn_down"):
        raise Missing
    with transaction.atomic():
        moved = move(
            row, act, actor=actor, machine=LEAVING, reason=words, detail={"office": actor.office_name}, answer=words.strip()[:2000]
        )  # fmt: skip
        if act == "accept":
            if open_exits(row.enterprise_id, row.tier):
                raise Refused(
                    "conflict", "这个称号有退出程序没有办结，办结以前不能这样终止。可以不予办理，或等程序办结。"
                )
            finish(moved, actor=actor)
            tell(moved, "称号已终止", WORDS[moved.kind])
        else:
            tell(moved, "称号终止未办理", f"{actor.office_name}：{words.strip()}。称号继续有效。")
    return moved


def finish(row: Leaving, *, actor: Principal) -> None:
    """The record of a title is public: it says how the title ended, never the firm's own words."""
    today, title, how = clock.today(), row.certificate, str(row.get_kind_display())
    move(title, row.kind, actor=actor, machine=CERTIFICATE, reason=how, ended_on=today, end_reason=how)
    certificate_ended.send(sender=Certificate, certificate=title, on=today, reason=how)


def take_back(row: Leaving, *, actor: Principal) -> Leaving:
    """By the side that asked; the firm is told where it was not its own act."""
    with transaction.atomic():
        moved = move(row, "take_back", actor=actor, machine=LEAVING)
        if not actor.is_member:
            tell(
                moved,
                "称号终止的登记已撤回",
                f"{actor.office_name}撤回了登记：{row.get_kind_display()}。称号继续有效。",
            )
    return moved


def tell(row: Leaving, subject: str, body: str) -> None:
    send(
        people_of(row), subject=f"{subject}（{row.get_tier_display()}）", body=body, about=row, topic=Topic.TITLE,
        url=f"/my/leavings/{row.public_id}/",
    )  # fmt: skip

"""接替: a handler has left with the account. Whoever is verified takes the place in minutes; nothing is lost.

Drafts, papers and figures belong to the enterprise and stay where they are. The old handler's authority ends, with it
every open session, and a message says so. The rows of what was done before keep the name of who did it.
"""

from django.db import transaction

from enterprises.models import Membership, Takeover
from enterprises.permissions import PROVEN
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.staff.posts import sign_out_everywhere


def take_over(replaced: Membership, *, actor: Principal, reason: str) -> Takeover:
    """End `replaced` and take its place. Refused: "forbidden" without proof of one's own, "invalid", "already_moved"."""
    mine = own_proof(actor, replaced.enterprise_id)
    if replaced.user_id == actor.user_id:
        raise Missing
    if replaced.role == "owner" and mine.role != "owner":
        raise Refused("forbidden", "对方是法定代表人，只能由经核实的法定代表人接替。请用法定代表人本人的身份核实。")
    if not reason.strip():
        raise Refused(
            "invalid", "请写明为什么接替，对方会看到。", [Problem("请写明原因", "reason", hint="例：原经办人已离职")]
        )
    moment, firm = clock.now(), replaced.enterprise_name
    with transaction.atomic():
        changed = Membership.objects.filter(pk=replaced.pk, state="verified").update(
            state="ended", decided_at=moment, decided_by_id=actor.user_id, reason=reason.strip()[:200]
        )
        if not changed:
            raise Refused("already_moved", "对方的授权已经结束，不用再接替。")
        replaced.refresh_from_db()
        done = Takeover.objects.create(
            enterprise_id=replaced.enterprise_id,
            region_path=replaced.region_path,
            replaced=replaced,
            by=mine,
            method=mine.method,
            reason=reason.strip()[:200],
            sessions_ended=sign_out_everywhere(replaced.user),
            at=moment,
        )
        detail = {"person": str(replaced.user), "enterprise": firm}
        record("membership.takeover", replaced, actor=actor, reason=done.reason, detail=detail, audience="applicant")
        announce("membership", replaced, fields=["state"])
        told = f"{actor.name}经{mine.get_method_display()}核实，接替您代表{firm}办理业务。原因：{done.reason}"
        what = "不对的话，请联系企业所在县（区）工业和信息化主管部门"
        send([replaced.user], subject=f"您代表{firm}的授权已由他人接替", body=told, topic=Topic.ACCOUNT,
             what_to_do=what, url="/my/link/", about=replaced)  # fmt: skip
        others = Membership.objects.filter(enterprise_id=replaced.enterprise_id, state="verified")
        people = [m.user for m in others.exclude(pk=mine.pk).select_related("user")]
        send(people, subject=f"{replaced.user}的工作由{actor.name}接替", body=f"原因：{done.reason}", topic=Topic.ACCOUNT,
             what_to_do="不对的话，请在“同事”页处理", url="/my/colleagues/", about=replaced)  # fmt: skip
    return done


def own_proof(actor: Principal, enterprise_id: int) -> Membership:
    """The actor's own verified link, proven outside the enterprise. Missing for strangers."""
    if not actor.is_member or enterprise_id not in actor.enterprise_ids:
        raise Missing
    mine = Membership.objects.filter(
        user_id=actor.user_id, enterprise_id=enterprise_id, state="verified", role__in=["owner", "editor"]
    ).first()
    if mine is None:
        raise Missing
    if mine.method not in PROVEN:
        raise Refused("forbidden", "接替别人要先由身份平台或县（区）核实您本人；由同事同意加入的，请这位同事办理。")
    return mine


def may_take_over(actor: Principal, enterprise_id: int) -> bool:
    try:
        return bool(own_proof(actor, enterprise_id))
    except Refused:
        return False

"""Colleagues: a verified member vouches for others, changes what they may do, and ends it."""

from django.db import IntegrityError, transaction

from enterprises.models import Enterprise, Membership
from enterprises.permissions import manages_colleagues
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused

ROLES = {"editor": "经办人", "viewer": "查看"}


def invite(enterprise: Enterprise, who: str, *, role: str, actor: Principal) -> Membership:
    """Make the holder of this username or e-mail a verified colleague. Refused("invalid") when there is none."""
    _require(actor, enterprise.pk)
    _known(role)
    user = _named(who.strip(), actor)
    if user is None:
        why = "没有找到可以邀请的账号，请核对对方的用户名或邮箱"
        hint = "对方还没有账号时，请他先用本企业的统一社会信用代码注册，再回到这里同意"
        raise Refused("invalid", why, [Problem(why, "who", hint=hint)])
    open_one = Membership.objects.filter(user=user, enterprise=enterprise, state__in=["pending", "verified"]).first()
    if open_one is not None and open_one.state == "verified":
        raise Refused("duplicate", f"{user}已经在同事名单里。", [Problem("已经在同事名单里", "who")])
    if open_one is not None:
        return admit(open_one, role=role, actor=actor)
    moment = clock.now()
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                user=user,
                enterprise=enterprise,
                region_path=enterprise.region_path,
                enterprise_name=enterprise.name,
                role=role,
                state="verified",
                method="colleague",
                requested_at=moment,
                decided_at=moment,
                decided_by_id=actor.user_id,
            )
            _tell(membership, "membership.invite", actor, f"您已可以为{enterprise.name}办理业务（{ROLES[role]}）")
    except IntegrityError:
        raise Refused("duplicate", f"{user}已经在同事名单里。", [Problem("已经在同事名单里", "who")]) from None
    return membership


def admit(membership: Membership, *, role: str, actor: Principal) -> Membership:
    """Vouch for somebody who registered with our credit code and waits."""
    _require(actor, membership.enterprise_id)
    _known(role)
    with transaction.atomic():
        changed = Membership.objects.filter(pk=membership.pk, state="pending").update(
            state="verified",
            method="colleague",
            role=role,
            sees_data=True,
            decided_at=clock.now(),
            decided_by_id=actor.user_id,
        )
        if not changed:
            raise Refused("already_moved", "这项申请已经有了结果，请刷新后再看。")
        membership.refresh_from_db()
        _tell(membership, "membership.admit", actor, f"您已可以为{membership.enterprise_name}办理业务（{ROLES[role]}）")
    return membership


def change_role(membership: Membership, *, role: str, actor: Principal) -> Membership:
    _require(actor, membership.enterprise_id)
    _known(role)
    with transaction.atomic():
        changed = (
            Membership.objects.filter(pk=membership.pk, state="verified")
            .exclude(role="owner")
            .exclude(user_id=actor.user_id)
            .update(role=role)
        )
        if not changed:
            raise Refused("already_moved", "这位同事的权限不能改，可能已经结束。")
        membership.refresh_from_db()
        _tell(membership, "membership.role", actor, f"您在{membership.enterprise_name}的权限改为{ROLES[role]}")
    return membership


def end(membership: Membership, *, actor: Principal, reason: str = "") -> Membership:
    """End a colleague's authority, or one's own. The last verified person stays, else nobody could let another in."""
    own = membership.user_id == actor.user_id
    if not own:
        _require(actor, membership.enterprise_id)
        if membership.role == "owner" and not _is_owner(actor, membership.enterprise_id):
            raise Missing
    with transaction.atomic():
        verified = Membership.objects.select_for_update().filter(
            enterprise_id=membership.enterprise_id, state="verified", role__in=["owner", "editor"]
        )
        if list(verified.values_list("pk", flat=True)) == [membership.pk]:
            raise Refused("conflict", "这是唯一已核实的经办人，结束后没有人能办理业务。请先请一位同事加入。")
        changed = Membership.objects.filter(pk=membership.pk, state__in=["pending", "verified"]).update(
            state="ended", decided_at=clock.now(), decided_by_id=actor.user_id, reason=reason
        )
        if not changed:
            raise Refused("already_moved", "这项授权已经结束。")
        membership.refresh_from_db()
        _tell(membership, "membership.end", actor, f"您代表{membership.enterprise_name}的授权已结束", reason)
    return membership


def _named(who: str, actor: Principal) -> User | None:
    """An account is named exactly; whether anything similar exists is not told. A shared address names nobody."""
    people = User.objects.filter(is_active=True, posts=None).exclude(pk=actor.user_id)
    found = list(people.filter(username__iexact=who)) or list(people.filter(email__iexact=who)[:2])
    return found[0] if who and len(found) == 1 else None


def _require(actor: Principal, enterprise_id: int) -> None:
    if not manages_colleagues(actor, enterprise_id):
        raise Missing


def _is_owner(actor: Principal, enterprise_id: int) -> bool:
    mine = Membership.objects.filter(user_id=actor.user_id, enterprise_id=enterprise_id, state="verified")
    return mine.filter(role="owner").exists()


def _known(role: str) -> None:
    if role not in ROLES:
        raise Refused(
            "invalid", "请选择权限。", [Problem("请选择权限", "role", hint="经办人可以填报和提交，查看只能看")]
        )


def _tell(membership: Membership, act: str, actor: Principal, subject: str, reason: str = "") -> None:
    detail = {
        "person": str(membership.user),
        "enterprise": membership.enterprise_name,
        "role": membership.get_role_display(),
    }
    record(act, membership, actor=actor, reason=reason, detail=detail, audience="applicant")
    announce("membership", membership, fields=["state", "role"])
    if membership.user_id != actor.user_id:
        send(
            [membership.user], subject=subject, body=f"{subject}。办理人：{actor.name}", url="/my/", about=membership,
            topic=Topic.ACCOUNT, what_to_do="不用办理；不对的话，请联系企业里已核实的同事",
        )  # fmt: skip

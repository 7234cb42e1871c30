"""Verify that a person may act for an enterprise: by an identity platform, or by a letter the county has read."""

import logging
from pathlib import Path
from typing import Any

from django.db import transaction

from enterprises.attach import refused, take_in
from enterprises.identity import IdentityAdapter, adapter
from enterprises.models import Evidence, Membership
from enterprises.permissions import decides_letters
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Refused

log = logging.getLogger("tianti.identity")
LETTER = "authorisation_letter"
LETTER_TYPES = {".pdf", ".jpg", ".jpeg", ".png"}


def verify_by_platform(membership: Membership, *, actor: Principal, consent: bool, role: str = "") -> Membership:
    """Refused when no platform is connected or it does not confirm. `role` is what the platform says the person is."""
    if membership.user_id != actor.user_id:
        raise Missing
    platform = adapter()
    if platform is None:
        raise Refused("unavailable", "统一身份认证尚未接入。请改用授权委托书，由所在县（区）核对。")
    # Who is not verified yet has no sight of a known enterprise; the platform is asked by the house itself.
    with transaction.atomic(), scoped(Principal.system("verify")):
        code = membership.enterprise.credit_code
        if not _says_yes(platform, membership.user.username, code, consent):
            raise Refused("invalid", "身份平台没有确认您可以代表这家企业。")
        if role in ("owner", "editor"):
            Membership.objects.filter(pk=membership.pk, state="pending").update(role=role)
        return _decide(membership, "verified", actor=actor, act="membership.verify", method="platform")


def _says_yes(platform: IdentityAdapter, username: str, code: str, consent: bool) -> bool:
    """A platform that fails has confirmed nothing. Only a plain True is a yes."""
    try:
        return platform.confirms(username=username, credit_code=code, consent=consent) is True
    except Exception as problem:
        log.warning("the identity platform failed: %s", type(problem).__name__)
        raise Refused(
            "unavailable", "身份平台暂时没有回应，没有核实。请稍后再试，或改用授权委托书，由所在县（区）核对。"
        ) from problem


def send_letter(membership: Membership, upload: Any, *, actor: Principal) -> Membership:
    """Hand in a letter of authority as a file; it waits on the county's desk."""
    if membership.user_id != actor.user_id:
        raise Missing
    suffix = Path(upload.name).suffix.lower()
    if suffix not in LETTER_TYPES:
        raise refused(f"授权委托书不接受“{suffix}”的文件", "要有签字盖章，请上传扫描件或照片：PDF、JPG 或 PNG")
    with transaction.atomic(), scoped(Principal.system("verify")):
        title = f"授权委托书（{membership.user}）"
        letter = take_in(membership.enterprise, upload, kind=LETTER, title=title, actor=actor)
        return offer_letter(membership, letter, actor=actor)


def offer_letter(membership: Membership, letter: Evidence, *, actor: Principal) -> Membership:
    """The letter is in the vault already: put it before the county."""
    if membership.user_id != actor.user_id or letter.enterprise_id != membership.enterprise_id:
        raise Missing
    with transaction.atomic():
        changed = Membership.objects.filter(pk=membership.pk, state="pending").update(
            method="letter", letter=letter, requested_at=clock.now()
        )
        if not changed:
            raise Refused("already_moved", "这项授权已经有了结果，请刷新后再看。")
        membership.refresh_from_db()
        detail = {"enterprise": membership.enterprise_name}
        record("membership.letter", membership, actor=actor, detail=detail, audience="applicant")
    return membership


def accept_letter(membership: Membership, *, actor: Principal) -> Membership:
    _require(membership, actor)
    return _decide(membership, "verified", actor=actor, act="membership.verify", method="letter")


def refuse_letter(membership: Membership, *, actor: Principal, reason: str) -> Membership:
    _require(membership, actor)
    if not reason.strip():
        raise Refused("invalid", "请写明为什么不能通过，对方会看到。")
    return _decide(membership, "refused", actor=actor, act="membership.refuse", method="letter", reason=reason)


def _require(membership: Membership, actor: Principal) -> None:
    if not decides_letters(actor, membership):
        raise Missing


def _decide(
    membership: Membership, state: str, *, actor: Principal, act: str, method: str, reason: str = ""
) -> Membership:
    with transaction.atomic():
        changed = Membership.objects.filter(pk=membership.pk, state="pending").update(
            state=state,
            method=method,
            sees_data=state == "verified",
            decided_by_id=actor.user_id,
            decided_at=clock.now(),
            reason=reason,
        )
        if not changed:
            raise Refused("already_moved", "这项授权已经有了结果，可能有同事先办了一步。")
        membership.refresh_from_db()
        if state == "verified":
            # Whoever came first without proof steps back behind the one who has it.
            Membership.objects.filter(enterprise_id=membership.enterprise_id, state="pending").update(sees_data=False)
        detail = {"person": str(membership.user), "enterprise": membership.enterprise_name}
        record(act, membership, actor=actor, reason=reason, detail=detail, audience="applicant")
        announce("membership", membership, fields=["state"])
        outcome = "已核实，可以提交申请了" if state == "verified" else f"未通过：{reason}"
        subject = f"代表{membership.enterprise_name}办理业务：{outcome}"
        what = "可以填报和提交" if state == "verified" else "按原因改好后重新提出"
        send(
            [membership.user], subject=subject, body=outcome, url="/my/link/", about=membership,
            topic=Topic.ACCOUNT, what_to_do=what,
        )  # fmt: skip
    return membership

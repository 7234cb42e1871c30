"""分工: which parts of the application a colleague fills in. No part named means all; a viewer fills in nothing."""

from collections.abc import Iterable

from django.db import transaction

from enterprises.models import Membership
from enterprises.permissions import divides_work
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused

PARTS = {
    "basic": "基本情况",
    "identity": "基本条件",
    "finance": "经济效益指标",
    "specialisation": "专业化与主导产品",
    "refinement": "精细化与特色化",
    "innovation": "创新能力",
    "papers": "附件材料",
    "overview": "企业介绍",
    "declaration": "声明与提交",
}
"""The steps of the application form, under the same codes; a test holds them together."""


def divide(membership: Membership, parts: Iterable[str], *, actor: Principal) -> Membership:
    """Say what a colleague is responsible for. All parts, or none, means the whole form."""
    if not divides_work(actor, membership.enterprise_id):
        raise Missing
    chosen = [code for code in PARTS if code in set(parts)]
    if set(parts) - set(PARTS):
        raise Refused("invalid", "请选择负责的部分。", [Problem("没有这一部分", "parts")])
    if len(chosen) == len(PARTS):
        chosen = []
    with transaction.atomic():
        changed = Membership.objects.filter(pk=membership.pk, state="verified", role="editor").update(parts=chosen)
        if not changed:
            raise Refused("already_moved", "这位同事的分工不能改：只有经办人有分工，授权也可能已经结束。")
        membership.refresh_from_db()
        words = "、".join(PARTS[code] for code in chosen) or "全部"
        detail = {"person": str(membership.user), "parts": words}
        record("membership.parts", membership, actor=actor, detail=detail, audience="applicant")
        announce("membership", membership, fields=["parts"])
        if membership.user_id != actor.user_id:
            send(
                [membership.user], subject=f"您在{membership.enterprise_name}负责填报：{words}", topic=Topic.ACCOUNT,
                body=f"由{actor.name}安排。其他部分可以看，不能改。", what_to_do="到“申报”里填写您负责的部分",
                url="/my/applications/", about=membership,
            )  # fmt: skip
    return membership

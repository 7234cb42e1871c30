"""签字: where the legal representative is in the system, nothing is filed that he or she has not signed."""

import hashlib
import json

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from certification.models import Application, SignOff
from certification.permissions import APPLICATION, is_applicant
from enterprises.models import Evidence, Membership
from enterprises.permissions import has_owner, is_owner, may_edit
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import Message, Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved


def place_of(application: Application) -> str:
    return reverse("certification:sign", args=[application.public_id])


def papers_of(application: Application) -> list[dict[str, str]]:
    rows = Evidence.objects.filter(enterprise_id=application.enterprise_id).order_by("id")
    return list(rows.values("title", "original_name", "sha256"))


def draft_hash(application: Application) -> str:
    """Over what is shown for signing: the case, every answer, every paper."""
    shown = {
        "application": application.public_id,
        "rules": application.rule_set_hash,
        "answers": application.answers,
        "papers": [paper["sha256"] for paper in papers_of(application)],
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def signature_of(application: Application) -> SignOff | None:
    """The signature under the draft as it stands now; an older one counts for nothing."""
    return SignOff.objects.filter(application=application, content_hash=draft_hash(application)).first()


def sign(application: Application, *, seen_hash: str, actor: Principal) -> SignOff:
    """Sign exactly what was seen. Refused("stale") when it changed meanwhile."""
    if not is_applicant(actor, application) or not is_owner(actor, application.enterprise_id):
        raise Missing
    if application.state not in ("draft", "returned"):
        raise already_moved(application, APPLICATION)
    if draft_hash(application) != seen_hash:
        raise Refused("stale", "您看过之后内容又有改动，没有签字。下面是现在的内容，请再看一遍。")
    with transaction.atomic():
        signed, is_new = SignOff.objects.get_or_create(
            application=application,
            content_hash=seen_hash,
            by_id=actor.user_id,
            defaults={
                "enterprise_id": application.enterprise_id,
                "region_path": application.region_path,
                "by_name": actor.name,
                "at": clock.now(),
            },
        )
        if is_new:
            asked = Message.objects.filter(recipient_id=actor.user_id, url=place_of(application), read_at=None)
            asked.update(read_at=clock.now())
            record("application.sign", application, actor=actor, detail={"hash": seen_hash[:12]}, audience="applicant")
    return signed


def ask_to_sign(application: Application, *, actor: Principal) -> list[Message]:
    """Tell the legal representative that a draft waits; one open request is enough, signing closes it."""
    if not is_applicant(actor, application) or not may_edit(actor, application.enterprise_id):
        raise Missing
    if application.state not in ("draft", "returned"):
        raise already_moved(application, APPLICATION)
    url = place_of(application)
    owners = Membership.objects.filter(enterprise_id=application.enterprise_id, state="verified", role="owner")
    people = [m.user for m in owners.select_related("user")]
    waiting = Message.objects.filter(recipient__in=people, url=url, read_at=None)
    if waiting.exists():
        raise Refused("duplicate", "已经请过法定代表人签字，还在等。可以当面或电话提醒。")
    words = f"请签字：{application.get_tier_display()}{application.get_case_type_display()}"
    return send(
        people, subject=words, body=f"{actor.name}已填好申请，请您核对后签字。手机上就能办。", url=url, about=application,
        topic=Topic.DUE, what_to_do="核对内容，签字", due_on=localtime(application.call.closes_at).date(),
    )  # fmt: skip


def unsigned(application: Application, actor: Principal) -> list[Problem]:
    """What stands in the way of filing for want of a signature; the owner's own filing is one."""
    if not has_owner(application.enterprise_id) or is_owner(actor, application.enterprise_id):
        return []
    if signature_of(application) is not None:
        return []
    hint = "打开“签字”页，请法定代表人在手机上核对后签字；签字后再改，要重新签"
    return [Problem("法定代表人还没有为现在的内容签字", "sign", hint=hint)]

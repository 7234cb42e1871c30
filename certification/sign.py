"""签字: where the legal representative is in the system, nothing is filed that he or she has not signed."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from certification.filing import filing_of
from certification.models import Application, SignOff
from certification.permissions import APPLICATION, is_applicant
from enterprises.models import Membership
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


def draft_hash(application: Application) -> str:
    """The digest of what would be filed now: answers, figures and lists of the data sheet, papers."""
    return filing_of(application).content_hash


def signature_of(application: Application, content_hash: str = "") -> SignOff | None:
    """The signature under the draft as it stands now; an older one counts for nothing."""
    wanted = content_hash or draft_hash(application)
    return SignOff.objects.filter(application=application, content_hash=wanted).first()


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
        topic=Topic.DUE, what_to_do="核对内容，签字", due_on=last_day(application),
    )  # fmt: skip


def last_day(application: Application) -> date | None:
    """A returned case has the day of its return; the call's window is another matter, and may long be closed."""
    if application.state == "returned":
        correction = application.corrections.filter(answered_at=None).first()
        return correction.due_on if correction else None
    return localtime(application.call.closes_at).date()


def unsigned(application: Application, actor: Principal, content_hash: str = "") -> list[Problem]:
    """What stands in the way of filing for want of a signature; the owner's own filing is one.

    `content_hash` is of what is about to be filed, so that nothing slips in between the look and the act.
    """
    if not has_owner(application.enterprise_id) or is_owner(actor, application.enterprise_id):
        return []
    if signature_of(application, content_hash) is not None:
        return []
    hint = "打开“签字”页，请法定代表人在手机上核对后签字；签字后再改，要重新签"
    return [Problem("法定代表人还没有为现在的内容签字", "sign", hint=hint)]

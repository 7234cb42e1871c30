"""A list and an announcement, made public by two people: a colleague of the one who publishes drafts it."""

from datetime import date
from typing import Any

from django.conf import settings

from certification import announce, draft_list, posting, put_forward, sign_announcement
from certification.models import Announcement, Application, Call, Posting
from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.ledger.work import drain


def colleague(actor: Principal) -> Principal:
    """A reviewer or leader of the same office who is somebody else; a world of one official gets a reviewer beside him."""
    office = {"posts__office__body__path": actor.office_path, "posts__role__in": ["reviewer", "leader"]}
    found = User.objects.filter(**office, posts__until=None, is_active=True).exclude(pk=actor.user_id)
    person = found.order_by("id").first()
    if person is None:
        person = User.objects.create(username=f"colleague-of-{actor.user_id}", name="同事（测试）")
        post = Post.objects.filter(user_id=actor.user_id).first()
        Post.objects.create(user=person, office=post.office, role="reviewer", since=post.since)
    return Principal.of_user(person)


def published(call: Call, cases: list[Application], *, actor: Principal, **told: Any) -> Posting:
    """The province's list: drafted by a colleague, started by `actor`."""
    return posting.start(draft_list.draft_list(call, cases, actor=colleague(actor), **told), actor=actor)


def published_at_city(call: Call, cases: list[Application], *, actor: Principal, **told: Any) -> Posting:
    return posting.start(draft_list.draft_city_list(call, cases, actor=colleague(actor), **told), actor=actor)


def announced(
    call: Call, cases: list[Application], *, actor: Principal, document_number: str, announced_on: date | None = None
) -> Announcement:
    """Drafted by a colleague, announced by `actor`."""
    made = announce.draft(call, cases, actor=colleague(actor), document_number=document_number)
    return announce.publish(made, actor=actor, announced_on=announced_on)


def interval_over() -> None:
    """The interval after the signature of an announcement is over, and the ledger's row does its work. For tests with `settings`."""
    settings.CLOCK_OFFSET_SECONDS += settings.ANNOUNCEMENT_QUIET_MINUTES * 60
    drain([sign_announcement.MAKE])


def recommended(cases: list[Application], *, actor: Principal, letter_number: str) -> int:
    """Drafted by a colleague, sent by `actor`."""
    made = put_forward.draft(cases[0].call, cases, actor=colleague(actor), letter_number=letter_number)
    return put_forward.send(made, actor=actor)

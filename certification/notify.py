"""Tell people, of the firm and of the offices: rows in the mailroom, in the transaction of the act."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model, Q
from django.urls import reverse

from certification import library
from certification.form import steps_for
from certification.models import Application
from certification.states import APPLICATION
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.mailroom.models import MessageKind, Topic
from foundation.mailroom.posting import send


def applicants(application: Application) -> list[User]:
    """The enterprise's verified people."""
    members = Membership.objects.filter(enterprise_id=application.enterprise_id, state="verified")
    return [member.user for member in members.select_related("user")]


def tell_applicants(
    application: Application,
    what: str,
    body: str = "",
    *,
    kind: str = MessageKind.COURTESY,
    topic: str = "",
    what_to_do: str = "",
    due_on: date | None = None,
    url: str = "",
) -> None:
    """Every message says what to do, by when, and leads to the place; what the caller leaves out follows from the state."""
    words = f"{application.get_tier_display()}{application.get_case_type_display()}：{what}"
    is_returned = application.state == "returned"
    if is_returned and due_on is None:
        due_on = application.corrections.filter(answered_at=None).values_list("due_on", flat=True).first()
    send(
        applicants(application),
        subject=words,
        body=body or words,
        kind=kind,
        topic=topic or (Topic.DUE if is_returned else Topic.CASE),
        what_to_do=what_to_do or APPLICATION.labels[application.state].next,
        due_on=due_on,
        url=url or place_of(application),
        about=application,
    )


def leaders_of(paths: set[str]) -> list[User]:
    return posted(("leader",), paths)


def posted(roles: tuple[str, ...], paths: set[str]) -> list[User]:
    """Who holds one of these roles at these bodies today."""
    today = clock.today()
    return list(
        User.objects.filter(
            Q(posts__until=None) | Q(posts__until__gte=today), is_active=True, posts__since__lte=today,
            posts__role__in=roles, posts__office__body__path__in=paths,
        ).distinct()
    )  # fmt: skip


def tell_posts(
    people: Iterable[User], subject: str, body: str, *, about: Model, url: str, what_to_do: str
) -> None:
    """Something has come in that these officials must act on. `about` is the thing itself: the firm's mail log stays its own."""
    send(
        sorted(set(people), key=lambda person: person.pk), subject=subject, body=body, about=about, url=url,
        topic=Topic.DUE, what_to_do=what_to_do,
    )  # fmt: skip


def place_of(application: Application) -> str:
    """The first field that was returned; else the page of the case."""
    if application.state == "returned" and application.unlocked:
        field = application.unlocked[0]
        steps = steps_for(library.pinned(application.rule_set_code, application.rule_set_hash))
        home = {f.name: step.code for step in steps for f in step.fields} | {"papers": "papers"}
        if field in home:
            return f"{reverse('certification:step', args=[application.public_id, home[field]])}#f-{field}"
    return reverse("certification:application", args=[application.public_id])

"""Tell people: rows in the mailroom, in the transaction of the act."""

from datetime import date

from django.urls import reverse

from certification import library
from certification.form import steps_for
from certification.models import Application
from certification.states import APPLICATION
from enterprises.models import Membership
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


def place_of(application: Application) -> str:
    """The first field that was returned; else the page of the case."""
    if application.state == "returned" and application.unlocked:
        field = application.unlocked[0]
        steps = steps_for(library.pinned(application.rule_set_code, application.rule_set_hash))
        home = {f.name: step.code for step in steps for f in step.fields} | {"papers": "papers"}
        if field in home:
            return f"{reverse('certification:step', args=[application.public_id, home[field]])}#f-{field}"
    return reverse("certification:application", args=[application.public_id])

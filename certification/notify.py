"""Tell people: rows in the mailroom, in the transaction of the act."""

from certification.models import Application
from enterprises.models import Membership
from foundation.accounts.models import User
from foundation.mailroom.posting import send


def applicants(application: Application) -> list[User]:
    """The enterprise's verified people."""
    members = Membership.objects.filter(enterprise_id=application.enterprise_id, state="verified")
    return [member.user for member in members.select_related("user")]


def tell_applicants(application: Application, what: str, body: str = "") -> None:
    words = f"{application.get_tier_display()}{application.get_case_type_display()}：{what}"
    url = f"/my/applications/{application.public_id}/"
    send(applicants(application), subject=words, body=body or words, url=url, about=application)

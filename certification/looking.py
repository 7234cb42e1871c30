"""Open a case: who has it open is shown to colleagues, and what has changed since the last visit to oneself.

Each visit is recorded for the applicant as the office's, never as a person's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from certification.models import Application, Look
from certification.permissions import may_see_desk
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing

VISIT = timedelta(minutes=30)
"""Quiet for longer than this, the next opening is a new visit."""
HERE = timedelta(seconds=90)
"""Three heartbeats of the page; a closed one is gone from the list after this."""


EXPERT = "评审专家"
LOOKS = ("application.look", "application.expert_look")
"""Who merely looked is on the firm's own page of looks, and would drown what happened to the case."""


@dataclass(frozen=True)
class Visit:
    """What the desk shows: the visit before this one, and who else is here."""

    before_at: datetime | None
    before_number: int
    others: tuple[str, ...]


def look(application: Application, number: int, *, actor: Principal) -> Visit:
    """Remember that `actor` has submission `number` open now. Missing for who does not work on cases."""
    if not may_see_desk(actor, application) or actor.user_id is None:
        raise Missing
    moment = clock.now()
    with transaction.atomic():
        row, is_first = Look.objects.get_or_create(
            application=application,
            user_id=actor.user_id,
            defaults={
                "enterprise_id": application.enterprise_id, "region_path": application.region_path,
                "user_name": actor.name, "office_name": actor.office_name, "here_at": moment, "seen_number": number,
            },
        )  # fmt: skip
        if is_first or row.here_at < moment - VISIT:
            if not is_first:
                row.before_at, row.before_number = row.here_at, row.seen_number
            record(
                "application.look", application, actor=actor, audience="applicant", detail={"office": actor.office_name}
            )
        row.here_at, row.seen_number = moment, number
        row.save(update_fields=["here_at", "seen_number", "before_at", "before_number"])
    return Visit(row.before_at, row.before_number, others_here(application, actor))


def expert_look(application: Application) -> None:
    """For the firm: an expert of the blind review has opened a paper. Who it was stays with the assignment's own row."""
    house = replace(Principal.system("blind review"), name=EXPERT, office_name=EXPERT)
    record("application.expert_look", application, actor=house, audience="applicant")


def others_here(application: Application, actor: Principal) -> tuple[str, ...]:
    """Colleagues who have the case open now, by name and office."""
    here = Look.objects.filter(application=application, here_at__gte=clock.now() - HERE).exclude(user_id=actor.user_id)
    return tuple(f"{row.user_name}（{row.office_name}）" for row in here.order_by("here_at"))


def still_here(application: Application, *, actor: Principal) -> tuple[str, ...]:
    """The page's heartbeat; answers who else is here."""
    Look.objects.filter(application=application, user_id=actor.user_id).update(here_at=clock.now())
    return others_here(application, actor)

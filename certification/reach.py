"""What an exit reaches: its own title and those its notice names, nothing else, wherever they are by now.

A title that was renewed meanwhile goes on in its successor and so does the procedure; one that is over is left alone.
Fraud reaches every tier, but nobody decides here on a national title: what cannot fall with this one gets a
procedure of its own, drafted with it.
"""

from collections.abc import Iterable
from datetime import date

from certification.cascade import consequences_of
from certification.grounds import grounds
from certification.models import Certificate, Exit
from certification.permissions import CERTIFICATE, EXIT
from certification.signals import certificate_ended
from certification.states import EXIT_CLOSED, EXIT_PUBLIC
from certification.tiers import Tier, is_national
from foundation.accounts.principal import Principal
from foundation.transitions import begin, move


def last_of_line(certificate: Certificate) -> Certificate | None:
    """The title in which this one lives or ended: itself, or the one that renewed it."""
    line = Certificate.objects.filter(
        enterprise_id=certificate.enterprise_id, tier=certificate.tier, valid_from__gte=certificate.valid_from
    ).order_by("valid_from", "id")
    for title in line:
        if title.valid_from == certificate.valid_from and title.pk != certificate.pk:
            continue
        if title.state != "renewed":
            return title
    return None


def heir(certificate: Certificate) -> Certificate | None:
    """The valid title in which this one lives. None when it is over."""
    title = last_of_line(certificate)
    return title if title is not None and title.state == "valid" else None


def others_named(row: Exit) -> list[Certificate]:
    """The other titles that the notice names, as they were."""
    return list(Certificate.objects.filter(number__in=row.titles).order_by("id")) if row.titles else []


def living(row: Exit) -> list[Certificate]:
    """What there is to end: the heirs of the title and of those named beside it."""
    return [title for title in lines_of(row) if title.state == "valid"]


def lines_of(row: Exit) -> list[Certificate]:
    """The title of the procedure and those named beside it, each as it is now, whether it stands or not."""
    lines = [last_of_line(title) for title in [row.certificate, *others_named(row)]]
    return list({title.pk: title for title in lines if title is not None}.values())


def ended_by(row: Exit) -> list[Certificate]:
    """The titles that this procedure ended, by the day and the document that stand with their end."""
    return [
        title
        for title in lines_of(row)
        if title.state == "revoked"
        and title.ended_on == row.ended_on
        and title.end_reason.startswith(row.document_number)
    ]


def also_ends(title: Certificate, row: Exit) -> Exit | None:
    """Another decision that stands and names this title; it was ended already when that one was announced, or it waited."""
    others = Exit.objects.filter(enterprise_id=row.enterprise_id, state__in=EXIT_PUBLIC).exclude(pk=row.pk)
    return next((o for o in others.order_by("ended_on", "id") if title.pk in {t.pk for t in lines_of(o)}), None)


def falls_with(row: Exit) -> list[Certificate]:
    """The other titles that would fall if the notice were written today."""
    every_tier = grounds()[row.ground].reaches == "every_tier"
    own = heir(row.certificate)
    return [t for t in consequences_of(row.certificate, every_tier=every_tier).titles if own is None or t.pk != own.pk]


def unnamed(row: Exit) -> list[Certificate]:
    """Titles that would fall and of which the firm was never told: granted after the notice, or left out of it."""
    told = {title.pk for title in living(row)}
    return [title for title in falls_with(row) if title.pk not in told]


def end_titles(
    titles: Iterable[Certificate], reason: str, on: date, *, actor: Principal, booked_on: date | None = None
) -> None:
    """`booked_on`: the day under which the ledger tells it, where the month of `on` has been told already."""
    for title in titles:
        move(
            title, "revoke", actor=actor, machine=CERTIFICATE, reason=reason, ended_on=on, booked_on=booked_on, end_reason=reason
        )  # fmt: skip
        certificate_ended.send(sender=Certificate, certificate=title, on=on, reason=reason)


def open_exits(enterprise_id: int, tier: str = "") -> list[Exit]:
    rows = Exit.objects.filter(enterprise_id=enterprise_id).exclude(state__in=EXIT_CLOSED)
    return list((rows.filter(tier=tier) if tier else rows).order_by("id"))


def words_of_open_exit(certificate: Certificate) -> str:
    """What the firm is told beside the end of a title: that a procedure it knows of is not over with it."""
    known = any(row.state != "drafted" for row in open_exits(certificate.enterprise_id, certificate.tier))
    return "退出程序不因称号期满而结束，能否重新申请以该程序的结果为准。" if known else ""


def draft_sisters(row: Exit, *, actor: Principal) -> list[Exit]:
    """Fraud: the procedures for titles that do not fall with this one, with the same facts, each to be served by itself."""
    if grounds()[row.ground].reaches != "every_tier":
        return []
    already = open_exits(row.enterprise_id)
    order = list(Tier.values)
    held = Certificate.objects.filter(enterprise_id=row.enterprise_id, state="valid")
    free = sorted(
        held.exclude(tier__in=[row.tier, *(other.tier for other in already)]),
        key=lambda t: (-order.index(t.tier), t.pk),
    )
    wanted = [title for title in free if is_national(title.tier)]
    if is_national(row.tier) and not any(o.ground == row.ground and not is_national(o.tier) for o in already):
        # The lower provincial titles fall with the highest, and are named in its notice.
        wanted += [title for title in free if not is_national(title.tier)][:1]
    return [sister(row, title, actor=actor) for title in wanted]


def sister(row: Exit, title: Certificate, *, actor: Principal) -> Exit:
    made = Exit(
        incident_id=row.incident_id, certificate=title, enterprise_id=row.enterprise_id, enterprise_name=row.enterprise_name,
        region_path=title.region_path, tier=title.tier, ground=row.ground, clause=row.clause, facts=row.facts, source=row.source,
        opened_by_id=row.opened_by_id, opened_by_name=row.opened_by_name, office_name=row.office_name,
    )  # fmt: skip
    return begin(made, actor=actor, machine=EXIT, audience="office")


def sisters(row: Exit) -> list[Exit]:
    """The other procedures on the same facts."""
    rows = Exit.objects.filter(enterprise_id=row.enterprise_id, ground=row.ground, facts=row.facts, source=row.source)
    return list(rows.exclude(pk=row.pk).order_by("id")) if grounds()[row.ground].reaches == "every_tier" else []

"""Who handles which case at an office, and who covers for whom until when. Nothing is hidden from the colleagues."""

from datetime import date

from django.db import transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from certification.models import Application, Cover, Handling
from certification.permissions import reviews
from foundation import clock
from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused


def colleagues(actor: Principal) -> QuerySet[User]:
    """People who hold a post for cases at the same office today."""
    today = clock.today()
    return (
        User.objects.filter(
            Q(posts__until=None) | Q(posts__until__gte=today),
            is_active=True, posts__since__lte=today, posts__role__in=["reviewer", "leader"],
            posts__office__body__path=actor.office_path,
        )
        .distinct()
        .order_by("name", "id")
    )  # fmt: skip


def assign(application: Application, username: str, *, actor: Principal) -> Handling | None:
    """Name who handles the case at this stage; an empty name frees it. Refused("invalid") for a stranger."""
    if not reviews(actor, application) or not actor.is_official:
        raise Missing
    if not username:
        with transaction.atomic():
            Handling.objects.filter(application=application, stage=application.state).delete()
            record("application.assign", application, actor=actor, detail={"handler": "（未指定）"})
        return None
    person = colleagues(actor).filter(username=username).first()
    if person is None:
        raise Refused("invalid", "本单位没有这位审核人员。", [Problem("请从本单位审核人员中选择", "handler")])
    with transaction.atomic():
        row, _ = Handling.objects.update_or_create(
            application=application,
            stage=application.state,
            defaults={
                "enterprise_id": application.enterprise_id, "region_path": application.region_path, "user": person,
                "user_name": str(person), "by_name": actor.name, "at": clock.now(),
            },
        )  # fmt: skip
        record("application.assign", application, actor=actor, detail={"handler": str(person)})
    return row


def cover(absent: str, deputy: str, from_on: date, until_on: date, *, actor: Principal) -> Cover:
    """`deputy` sees the cases of `absent` from the first to the last day. One arranges one's own; a leader, anybody's."""
    if not actor.is_official or not actor.has_role("reviewer", "leader"):
        raise Missing
    here = {person.username: person for person in colleagues(actor)}
    problems = []
    if absent not in here:
        problems.append(Problem("请选择本单位的人员", "absent"))
    if deputy not in here or deputy == absent:
        problems.append(Problem("请选择另一位本单位的人员", "deputy"))
    if until_on < from_on or until_on < clock.today():
        problems.append(Problem("最后一日应不早于开始日和今天", "until_on"))
    if problems:
        raise Refused("invalid", "代办没有安排成，请改正后再存。", problems)
    if here[absent].pk != actor.user_id and not actor.has_role("leader"):
        raise Refused("forbidden", "只能为自己安排代办；替同事安排请找负责人。")
    with transaction.atomic():
        row = Cover.objects.create(
            region_path=actor.office_path, absent=here[absent], absent_name=str(here[absent]), deputy=here[deputy],
            deputy_name=str(here[deputy]), from_on=from_on, until_on=until_on, at=clock.now(),
        )  # fmt: skip
        record("cover.arrange", row, actor=actor, detail={"until": until_on.isoformat()})
    return row


def end_cover(pk: int, *, actor: Principal) -> None:
    """Back earlier than planned: yesterday was the last day."""
    row = covers_of(actor).filter(pk=pk).first()
    if row is None or (row.absent_id != actor.user_id and not actor.has_role("leader")):
        raise Missing
    with transaction.atomic():
        record("cover.end", row, actor=actor)
        row.delete()


def covers_of(actor: Principal) -> QuerySet[Cover]:
    """Cover of this office that is not over."""
    return Cover.objects.filter(region_path=actor.office_path, until_on__gte=clock.today())


def covered_by(actor: Principal) -> list[int]:
    """People whose cases `actor` looks after today."""
    today = clock.today()
    return list(
        Cover.objects.filter(deputy_id=actor.user_id, from_on__lte=today, until_on__gte=today).values_list(
            "absent_id", flat=True
        )
    )


def waiting_for(actor: Principal, stages: list[str]) -> Q:
    """Cases of these stages that wait for me: nobody's, mine, those of whom I cover for, and of whom has left the office."""
    mine = [pk for pk in (actor.user_id, *covered_by(actor)) if pk is not None]
    named = still_there().filter(application=OuterRef("pk"), stage=OuterRef("state"))
    return Q(state__in=stages) & (~Exists(named) | Exists(named.filter(user_id__in=mine)))


def still_there() -> QuerySet[Handling]:
    """Handlers who hold a post for cases today at the office whose stage it is; who has left it counts as nobody.

    The row stays when somebody leaves: it says who handled the case, and is true again should he come back.
    """
    today = clock.today()
    posts = Post.objects.filter(
        Q(until=None) | Q(until__gte=today), user=OuterRef("user_id"), user__is_active=True, since__lte=today,
        role__in=["reviewer", "leader"],
    )  # fmt: skip
    below = Concat(F("office__body__path"), Value("/"))
    firm_of = ExpressionWrapper(OuterRef("region_path"), output_field=CharField())
    here = {
        "screening": posts.filter(office__body__path=OuterRef("region_path")),
        "city_review": posts.filter(office__body__level="city").alias(firm=firm_of).filter(firm__startswith=below),
        "province_review": posts.filter(office__body__level="province"),
    }
    found = Q(pk__in=[])
    for stage, rows in here.items():
        found |= Q(stage=stage) & Exists(rows)
    return Handling.objects.filter(found)


def handler_of(application: Application) -> Handling | None:
    return still_there().filter(application=application, stage=application.state).first()

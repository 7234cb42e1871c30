"""The sorting room: reads each person's choices and says of every waiting delivery how it goes out, if at all.

Legal messages are never digested, silenced or held back until morning.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from foundation import clock
from foundation.ledger.models import WorkItem, WorkState
from foundation.ledger.work import enqueue_many
from foundation.mailroom.carriers import carrier_for
from foundation.mailroom.models import Choice, Delivery, QuietHours, Topic, Way

KIND = "mail.carry"
BATCH = 500
DEFAULT_WAY = {Topic.DUE.value: Way.EACH.value}
"""What needs the person's own act goes out at once; everything else is told once a day."""


def default_way(topic: str) -> str:
    return DEFAULT_WAY.get(topic, Way.DIGEST.value)


def sort_out() -> int:
    """Give every waiting delivery its way and, where it goes singly, its work item. Any number may run this at once."""
    with transaction.atomic():
        rows = list(
            Delivery.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
            .filter(state="pending", way="")
            .select_related("message")
            .order_by("id")[:BATCH]
        )
        people = {row.message.recipient_id for row in rows}
        choices = {(c.person_id, c.topic): c for c in Choice.objects.filter(person__in=people)}
        quiet = {q.person_id: (q.begins, q.ends) for q in QuietHours.objects.filter(person__in=people)}
        moment = clock.now()
        decided: dict[tuple[str, str, str], list[Delivery]] = {}
        for row in rows:
            choice = choices.get((row.message.recipient_id, row.message.topic))
            decided.setdefault(_decide(row, choice), []).append(row)
        for (way, state, answer), alike in decided.items():
            Delivery.objects.filter(pk__in=[row.pk for row in alike]).update(way=way, state=state, answer=answer)
        for row in decided.get((Way.EACH.value, "pending", ""), []):
            hours = quiet.get(row.message.recipient_id, house_hours())
            due = moment if row.message.is_legal else after_quiet(moment, hours)
            enqueue_many(KIND, [(f"delivery:{row.pk}", {"delivery": row.pk})], due_at=due)
    settle()
    return len(rows)


def sort_all() -> int:
    """Batch by batch until nothing waits."""
    done = 0
    while count := sort_out():
        done += count
    return done


def _decide(row: Delivery, choice: Choice | None) -> tuple[str, str, str]:
    """(way, state, answer) of one delivery."""
    if carrier_for(row.channel) is None:
        return Way.NONE.value, "failed", f"{row.get_channel_display()}尚未接入"
    if row.message.is_legal:
        way = Way.EACH.value
    elif row.channel == "sms":
        way = Way.EACH.value if choice is not None and choice.sms else Way.NONE.value
    else:
        way = choice.email if choice else default_way(row.message.topic)
    return way, "silenced" if way == Way.NONE else "pending", ""


def settle() -> int:
    """A delivery whose work was put into quarantine did not go out; the operator may still try it again."""
    spent = WorkItem.objects.filter(kind=KIND, state=WorkState.QUARANTINED).values_list(
        "payload__delivery", "last_error"
    )
    told = dict(spent)
    waiting = Delivery.objects.filter(pk__in=told, state="pending")
    for pk in list(waiting.values_list("pk", flat=True)):
        waiting.filter(pk=pk).update(state="failed", answer=str(told[pk])[:300])
    return len(told)


def house_hours() -> tuple[int, int]:
    return settings.QUIET_FROM, settings.QUIET_UNTIL


def after_quiet(moment: datetime, hours: tuple[int, int]) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    begins, ends = hours
    if begins == ends:
        return moment
    over_night = begins > ends
    quiet = moment.hour >= begins or moment.hour < ends if over_night else begins <= moment.hour < ends
    if not quiet:
        return moment
    day = moment + timedelta(days=1) if over_night and moment.hour >= begins else moment
    return day.replace(hour=ends, minute=0, second=0, microsecond=0)


def choices_of(person_id: int) -> Iterable[tuple[Topic, str, bool]]:
    """Every topic with the person's choice, or the house's."""
    held = {c.topic: c for c in Choice.objects.filter(person_id=person_id)}
    for topic in Topic:
        choice = held.get(topic.value)
        yield topic, choice.email if choice else default_way(topic.value), bool(choice and choice.sms)

"""Every change of state leaves exactly one event and exactly one row of the feed, whichever machine it belongs to."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, InternalError, transaction

from certification.models import Application
from foundation import transitions
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.transitions import Machine, Stateful, begin, move
from tests.building.test_machines import TABLES, machine_of

NO_LONGER_MOVING = {
    "certification.announcementdraft", "certification.extension", "certification.recommendationdraft", "certification.reconsideration",
    "certification.termextension",
}  # fmt: skip
"""Of these the demo has no row that could still move; of a reconsideration it has none at all."""
CLERK = Principal.system("test")


def left_behind(change) -> list[tuple]:
    """What one change wrote into the record and into the feed."""
    events, feed = (set(model.objects.values_list("pk", flat=True)) for model in (AuditEvent, Change))
    change()
    told = AuditEvent.objects.exclude(pk__in=events).values_list(
        "object_type", "object_id", "act", "from_state", "to_state"
    )
    rows = Change.objects.exclude(pk__in=feed).values_list("type", "public_id", "op")
    return [*told, *rows]


def for_anybody(machine: Machine) -> Machine:
    """Who may do it is asked elsewhere; here everybody may."""
    return replace(machine, may=dict.fromkeys(machine.may, lambda principal, thing: True))


def first_moves(model):
    """A thing and an act for each edge that a row of the demo can take; the first that the database allows is used."""
    machine = machine_of(model)
    for edge in machine.states.transitions:
        thing = model._base_manager.filter(state__in=edge.sources).order_by("pk").first()
        if thing is not None:
            yield machine, thing, edge


def moved_once(model):
    for machine, thing, edge in first_moves(model):
        before = thing.state
        try:
            with transaction.atomic():
                told = left_behind(
                    lambda: move(thing, edge.act, actor=CLERK, machine=for_anybody(machine), reason="因故")  # noqa: B023
                )
        except (IntegrityError, InternalError):
            continue
        name, number = machine.states.name, str(thing.public_id)
        assert told == [
            (model._meta.label_lower, number, f"{name}.{edge.act}", before, edge.target), (name, number, "update")
        ], name  # fmt: skip
        return True
    return False


def begun_once(model: type[Stateful]):
    """A row of the demo, begun anew. Its own insert is left out: many things may be there only once."""
    machine = machine_of(model)
    thing = model._base_manager.order_by("pk").first()
    if thing is None:
        return False
    inserted = []
    thing.version, thing.save = 1, lambda **how: inserted.append(how)
    told = left_behind(lambda: begin(thing, actor=CLERK, machine=machine))
    name, number = machine.states.name, str(thing.public_id)
    assert inserted == [{"force_insert": True}]
    assert told == [
        (model._meta.label_lower, number, f"{name}.create", "", machine.states.initial), (name, number, "create")
    ], name  # fmt: skip
    return True


@pytest.fixture
def sight(world, db):
    with scoped(CLERK):
        yield


def test_a_move_of_any_machine_leaves_one_event_and_one_row_of_the_feed(sight):
    assert {model._meta.label_lower for model in TABLES.values() if not moved_once(model)} == NO_LONGER_MOVING


@pytest.mark.parametrize("times", [0, 2])
def test_a_feed_that_is_not_told_or_told_twice_is_noticed(sight, monkeypatch, times):
    honest = transitions.announce
    monkeypatch.setattr(transitions, "announce", lambda *a, **k: [honest(*a, **k) for _ in range(times)])
    with pytest.raises(AssertionError):
        moved_once(Application)


def test_a_beginning_of_any_machine_leaves_one_event_and_one_row_of_the_feed(sight):
    told = {model._meta.label_lower for model in TABLES.values() if not begun_once(model)}
    assert told == {"certification.reconsideration"}

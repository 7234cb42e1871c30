"""Every state × every act of every machine: either an edge of the table, or refused by code and by the database."""

import importlib
import itertools
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from certification import library, publish
from certification.models import Call, RuleSet
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.sentences import SENTENCES
from foundation.refusals import Refused
from foundation.transitions import Machine, Stateful, move

ROOMS = ("enterprises", "certification", "incentives")
MACHINES = [
    machine for room in ROOMS for machine in getattr(importlib.import_module(f"{room}.permissions"), "MACHINES", ())
]
TABLES = {
    model._meta.db_table: model
    for model in apps.get_models()
    if issubclass(model, Stateful) and not model._meta.abstract
}
NAMES = {
    "ruleset": "rule_set", "overlay": "rule_set", "majorchange": "major_change", "announcementdraft": "announcement_draft",
    "termextension": "term_extension",
    "recommendationdraft": "recommendation_draft",
}  # fmt: skip


def machine_of(model) -> Machine:
    name = NAMES.get(model._meta.model_name, model._meta.model_name)
    return next(m for m in MACHINES if m.states.name == name)


class Thing:
    """A thing in a state; no row behind it, because a refused act must not look for one."""

    def __init__(self, state: str) -> None:
        self.state, self.version, self.pk = state, 1, 0
        self.enterprise_id, self.region_path, self.tier = 0, "64/6401/640104", "specialised"
        self.returned_from, self.refused_from, self.drafted_by_id = "", "", 0


def test_every_stateful_model_has_a_machine_and_every_machine_a_model():
    assert {machine_of(model).states.name for model in TABLES.values()} == {m.states.name for m in MACHINES}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.states.name)
def test_an_act_that_does_not_fit_the_state_is_refused(machine):
    told = {}
    for state, act in itertools.product(machine.states.labels, sorted(machine.states.acts)):
        if machine.edge(act, state) is None:
            with pytest.raises(Refused) as refusal:
                move(Thing(state), act, actor=Principal.system("test"), machine=machine)
            told[state, act] = refusal.value.code
    assert set(told.values()) == {"already_moved"}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.states.name)
def test_nobody_without_a_post_may_do_anything(machine):
    for state, act in itertools.product(machine.states.labels, sorted(machine.states.acts)):
        assert machine.can(Principal.anonymous(), act, Thing(state)) is False
        assert machine.can(Principal(kind="member", name="别家"), act, Thing(state)) is False


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.states.name)
def test_every_state_can_be_reached_and_every_act_has_a_sentence(machine):
    reached, grew = {machine.states.initial}, True
    while grew:
        more = {target for source, target in machine.states.edges if source in reached}
        grew, reached = not more <= reached, reached | more
    assert reached == set(machine.states.labels)
    for act in ("create", *machine.states.acts):
        assert f"{machine.states.name}.{act}" in SENTENCES


@pytest.mark.parametrize("table", TABLES)
def test_the_database_knows_the_same_edges_and_refuses_the_rest(house, table):
    """The trigger's own text is read: it must hold every edge of the table and no other."""
    machine = machine_of(TABLES[table])
    with connection.cursor() as db:
        db.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"{table}_edges"])
        (source,) = db.fetchone()
        db.execute("SELECT count(*) FROM pg_trigger WHERE tgname = %s AND tgenabled = 'O'", [f"{table}_edges"])
        assert db.fetchone() == (1,)
    for pair in itertools.permutations(machine.states.labels, 2):
        written = "('{}','{}')".format(*pair) in source
        assert written == (pair in machine.states.edges), pair


def test_a_row_cannot_be_born_in_the_middle_or_jump(house):
    for row in publish.load(library.seeds(), actor=house):
        publish.publish(row, actor=house)
    rules = RuleSet.objects.get(code="T1-2022", state="published")
    values = {
        "tier": "innovative", "year": 2026, "batch": "x", "title": "x", "opens_at": clock.now(), "rule_set": rules,
        "closes_at": clock.now() + timedelta(days=1),
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="illegal birth state closed"), transaction.atomic():
        Call(state="closed", **values).save()
    call = Call(state="draft", **values)
    call.save()
    with pytest.raises(IntegrityError, match="illegal edge draft -> closed"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(state="closed")

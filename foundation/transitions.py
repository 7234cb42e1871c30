"""The only code that writes a state.

`hold()` is for an act that weighs the thing before it moves it. `move()` = permission → reason → one compare-and-set UPDATE → one audit row, one change-feed row, one transaction.
Zero rows updated means somebody was faster; the loser is told the state it has now. In the database a check
constraint lists the states and a trigger refuses edges that are not in the table, whoever writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.public_ids import PublicId
from foundation.refusals import Refused

Predicate = Callable[[Principal, Any], bool]


class Stateful(models.Model):
    """A thing that has a state. `version` grows with every move, so two officials cannot both be first."""

    public_id = PublicId()
    state = models.CharField(max_length=30, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


Thing = TypeVar("Thing", bound=Stateful)


@dataclass(frozen=True)
class Label:
    """A state in the words of the officer, of the applicant, and what comes next.

    `family` picks the badge: draft, progress, needs_you, granted, refused or ended.
    """

    officer: str
    applicant: str
    next: str
    family: str


@dataclass(frozen=True)
class Transition:
    """An edge: this act, from these states, to that one."""

    act: str
    sources: tuple[str, ...]
    target: str
    label: str
    needs_reason: bool = False
    audience: str = "applicant"


@dataclass(frozen=True)
class States:
    """A leaf table without permissions: what `states.py` holds and migrations read."""

    name: str
    initial: str
    labels: Mapping[str, Label]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        known = set(self.labels)
        used = {self.initial} | {t.target for t in self.transitions}
        used |= {source for t in self.transitions for source in t.sources}
        if used - known:
            raise ValueError(f"{self.name}: states without labels: {sorted(used - known)}")

    @property
    def acts(self) -> frozenset[str]:
        return frozenset(t.act for t in self.transitions)

    @property
    def edges(self) -> list[tuple[str, str]]:
        return sorted({(source, t.target) for t in self.transitions for source in t.sources})

    def check(self, name: str) -> models.CheckConstraint:
        """The first wall in the database: only states that have a label."""
        return models.CheckConstraint(condition=models.Q(state__in=sorted(self.labels)), name=name)


@dataclass(frozen=True)
class Machine:
    """The table joined with one predicate per act; built in `permissions.py`."""

    states: States
    may: Mapping[str, Predicate] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.may) != self.states.acts:
            odd = set(self.may) ^ self.states.acts
            raise ValueError(f"{self.states.name}: acts and predicates differ: {sorted(odd)}")

    def edge(self, act: str, state: str) -> Transition | None:
        found = [t for t in self.states.transitions if t.act == act and state in t.sources]
        return found[0] if found else None

    def can(self, principal: Principal, act: str, thing: Stateful) -> bool:
        return self.edge(act, thing.state) is not None and self.may[act](principal, thing)

    def acts_for(self, principal: Principal, thing: Stateful) -> list[Transition]:
        """The acts open to this principal now, in the order of the table."""
        return [t for t in self.states.transitions if thing.state in t.sources and self.may[t.act](principal, thing)]

    def label(self, thing: Stateful) -> Label:
        return self.states.labels[thing.state]


def begin(
    thing: Thing, *, actor: Principal, machine: Machine, act: str = "create", audience: str = "applicant"
) -> Thing:
    """Save a new thing in its initial state, with its audit row and its feed row."""
    name = machine.states.name
    thing.state = machine.states.initial
    with transaction.atomic():
        thing.save(force_insert=True)
        record(f"{name}.{act}", thing, actor=actor, to_state=thing.state, audience=audience)
        announce(name, thing, op="create")
    return thing


def hold(thing: Thing, *, machine: Machine) -> Thing:
    """Lock its row until the transaction ends and read it anew, with whatever was saved since it was shown.

    Refused: "already_moved" when it has moved since. Take this lock before any other row's: every verb does.
    """
    seen = thing.state, thing.version
    rows = type(thing)._base_manager.select_for_update(of=("self",), no_key=True)
    thing.refresh_from_db(from_queryset=rows)
    if (thing.state, thing.version) != seen:
        raise already_moved(thing, machine)
    return thing


def move(
    thing: Thing,
    act: str,
    *,
    actor: Principal,
    machine: Machine,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **values: Any,
) -> Thing:
    """Move `thing` along the edge `act`; `values` are further columns written in the same UPDATE.

    Refused: "already_moved" (somebody was faster, or the act does not fit the state), "forbidden", "invalid"
    (a reason is missing).
    """
    name = machine.states.name
    edge = machine.edge(act, thing.state)
    if edge is None:
        raise already_moved(thing, machine)
    if not machine.may[act](actor, thing):
        raise Refused("forbidden", f"您现在不能“{edge.label}”。请确认岗位和这件事所在的环节。")
    if edge.needs_reason and not reason.strip():
        raise Refused("invalid", f"“{edge.label}”要写明理由，当事人会看到。")
    before, moment = thing.state, clock.now()
    with transaction.atomic():
        updated = (
            type(thing)
            ._base_manager.filter(pk=thing.pk, state__in=edge.sources, version=thing.version)
            .update(state=edge.target, version=F("version") + 1, updated_at=moment, **values)
        )
        if not updated:
            fresh = type(thing)._base_manager.get(pk=thing.pk)
            raise already_moved(fresh, machine)
        thing.state, thing.version, thing.updated_at = edge.target, thing.version + 1, moment
        for column, value in values.items():
            setattr(thing, column, value)
        record(
            f"{name}.{act}",
            thing,
            actor=actor,
            reason=reason,
            from_state=before,
            to_state=edge.target,
            audience=edge.audience,
            detail=detail,
        )
        announce(name, thing, fields=["state", *values])
    return thing


def already_moved(thing: Stateful, machine: Machine) -> Refused:
    label = machine.label(thing)
    return Refused(
        "already_moved",
        f"这件事已经到了“{label.officer}”，可能有同事先办了一步。您填写的内容没有生效，请刷新后再看。",
        state=thing.state,
        version=thing.version,
        legal=sorted({t.act for t in machine.states.transitions if thing.state in t.sources}),
    )


def families(states: States, wanted: Iterable[str]) -> list[str]:
    """The states whose badge belongs to one of these families."""
    chosen = set(wanted)
    return [state for state, label in states.labels.items() if label.family in chosen]

"""The intermediate form: a tree of tests over facts, counts and scores. Both evaluators read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from certification.rules.algebra import Polynomial, Ratio


@dataclass(frozen=True)
class Node:
    """`when` limits a test to one case type; `id` is the name by which a notice may waive it."""

    id: str = ""
    when: str = ""


@dataclass(frozen=True)
class AllOf(Node):
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class AnyOf(Node):
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class AtLeast(Node):
    needed: int = 1
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Compare(Node):
    """`ratio op threshold`. A negative divisor leaves it to a person; `zero` says what a zero one does.

    With `root` n the measure is a yearly rate over n years: (1 + threshold)ⁿ − 1 is compared with the whole change,
    which is the same thing without a root.
    """

    measure: str = ""
    label: str = ""
    ratio: Ratio | None = None
    op: str = "ge"
    threshold: Fraction = Fraction(0)
    threshold_text: str = ""
    unit: str = ""
    zero: str = "needs_person"
    root: int = 1
    lever: str = ""
    path: str = ""

    @property
    def facts(self) -> frozenset[str]:
        return self.ratio.facts if self.ratio else frozenset()

    def sign(self) -> Polynomial:
        """Has the sign of (measure − threshold) wherever the divisors are positive."""
        assert self.ratio is not None
        return self.ratio.minus((1 + self.threshold) ** self.root - 1)


@dataclass(frozen=True)
class Flag(Node):
    fact: str = ""
    wanted: bool = True


@dataclass(frozen=True)
class OneOf(Node):
    fact: str = ""
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Has(Node):
    """A list fact contains at least one of these values."""

    fact: str = ""
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Lacks(Node):
    """A list fact contains none of these values."""

    fact: str = ""
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Count(Node):
    count: str = ""
    needed: int = 1


@dataclass(frozen=True)
class Score(Node):
    """A category's points, or the total, reach a mark (millionths of a point)."""

    category: str = "total"
    mark: int = 0


@dataclass(frozen=True)
class NotLarge(Node):
    """Within the small and medium sizes of the size standard."""


@dataclass(frozen=True)
class Ref(Node):
    """The outcome of an earlier criterion."""

    code: str = ""


@dataclass(frozen=True)
class Criterion:
    """One line of the answer. `gate` criteria decide; the others inform or feed a gate."""

    code: str
    title: str
    clause: str
    requirement: str
    test: Node
    gate: bool
    mark: str
    help: str = ""


@dataclass(frozen=True)
class Band:
    test: Node
    points: int


@dataclass(frozen=True)
class Indicator:
    """One scored line; points in millionths. `form` is bands, value, steps or adds."""

    code: str
    title: str
    category: str
    clause: str
    requirement: str
    form: str
    max: int
    otherwise: int = 0
    bands: tuple[Band, ...] = ()
    fact: str = ""
    every: int = 1
    each: int = 0
    mark: str = ""
    help: str = ""


def walk(node: Node) -> list[Node]:
    """The node and everything below it."""
    parts: tuple[Node, ...] = getattr(node, "parts", ())
    return [node, *(below for part in parts for below in walk(part))]


def prune(node: Node, case_type: str, waived: frozenset[str], gone: Collection[str] = ()) -> Node | None:
    """The tree as asked in this case: tests for the other case type and waived tests are gone.

    So are references to criteria of which nothing is left to ask (`gone`): what is not asked neither helps nor hurts.
    A conjunction that lost a part is what remains; None when nothing is left to ask.
    """
    if (node.when and node.when != case_type) or (node.id and node.id in waived):
        return None
    if isinstance(node, Ref) and node.code in gone:
        return None
    if isinstance(node, AllOf | AnyOf | AtLeast):
        kept = tuple(p for p in (prune(part, case_type, waived, gone) for part in node.parts) if p is not None)
        if not kept:
            return None
        if isinstance(node, AtLeast):
            return AtLeast(node.id, node.when, node.needed, kept)
        return type(node)(node.id, node.when, kept)
    return node

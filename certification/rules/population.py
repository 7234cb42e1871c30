"""The same judgement for a population: the plan compiled to polars, exact integers, the same five outcomes.

A row that the columns cannot hold exactly (finer than a fen, beyond the declared range) goes through the single
evaluator, which is the definition; so no row is ever approximated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from certification.rules import nodes as n
from certification.rules.assess import Assessment, answer, assess, plan_for, stored
from certification.rules.columns import Columns
from certification.rules.compiling import CompiledOverlay, CompiledRuleSet
from certification.rules.counts import Counted, Where
from certification.rules.generated import Judged
from certification.rules.outcomes import MET, UNKNOWN, UNMET
from certification.rules.quantities import limits
from enterprises.vocabulary import BadFact, Fact, vocabulary

KINDS: dict[str, Any] = {"bool": pl.Boolean, "int": pl.Int64, "decimal": pl.Int64, "enum": pl.String, "date": pl.Date}


@dataclass(frozen=True)
class Population:
    """`facts`: one row an enterprise with a `row` number, whole numbers in stored units; `lists`: long tables by fact."""

    facts: pl.DataFrame
    lists: Mapping[str, pl.DataFrame]


def frame_of(rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> tuple[Population, list[int]]:
    """Columns for the rows that fit, and the numbers of the rows that must be judged one by one."""
    known, bounds, wanted = vocabulary().facts, limits(vocabulary()), sorted(names)
    odd: list[int] = []
    columns: dict[str, list[Any]] = {name: [] for name in wanted}
    numbers: list[int] = []
    items: dict[str, list[dict[str, Any]]] = {name: [] for name in wanted if known[name].item}
    for number, raw in enumerate(rows):
        try:
            facts = stored(vocabulary().read(raw))
        except BadFact as error:
            raise BadFact(f"第 {number + 1} 个: {error}") from error
        if not fits(facts, bounds):
            odd.append(number)
            continue
        numbers.append(number)
        for name in wanted:
            value = facts.get(name)
            if known[name].item:
                columns[name].append(value is not None)
                items[name] += [{"row": number, **flat(known[name], item)} for item in value or ()]
            else:
                columns[name].append(value)
    schema = {name: pl.Boolean if known[name].item else column_type(known[name]) for name in wanted}
    frame = pl.DataFrame({"row": pl.Series(numbers, dtype=pl.Int64)}).hstack(
        [pl.Series(name, columns[name], dtype=schema[name], strict=True) for name in wanted]
    )
    return Population(
        frame, {name: pl.DataFrame(found, schema=item_schema(known[name])) for name, found in items.items()}
    ), odd


def fits(facts: Mapping[str, Any], bounds: Mapping[str, int]) -> bool:
    """Whole numbers of stored units, within the declared ranges, and whole numbers inside lists within 64 bits."""
    if any(not isinstance(facts[n], int) or abs(facts[n]) > bounds[n] for n in bounds if n in facts):
        return False
    for items in facts.values():
        for item in items if isinstance(items, list) else ():
            if isinstance(item, Mapping) and any(isinstance(v, int) and abs(v) >= 2**63 for v in item.values()):
                return False
    return True


def column_type(fact: Fact) -> Any:
    if fact.type == "list[enum]":
        return pl.List(pl.String)
    return KINDS[fact.type]


def item_schema(fact: Fact) -> dict[str, Any]:
    return {"row": pl.Int64} | {
        k: pl.Boolean if f.type == "list[enum]" else KINDS[f.type] for k, f in fact.item.items()
    }


def flat(fact: Fact, item: Mapping[str, Any]) -> dict[str, Any]:
    """A list item as a flat row; a list inside it becomes "is there any"."""
    return {k: (bool(v) if isinstance(v, list) else v) for k, v in item.items() if k in fact.item}


def counted_columns(counted: Counted, items: pl.DataFrame, on: date) -> pl.DataFrame:
    """(row, low, high) of one count; rows without items are absent and mean zero."""
    verdict = where_expression(counted.where, on).alias("v")
    return (
        items.lazy()
        .select("row", verdict)
        .group_by("row")
        .agg(
            (pl.col("v") == MET).sum().cast(pl.Int64).alias(f"{counted.name}__low"),
            (pl.col("v") != UNMET).sum().cast(pl.Int64).alias(f"{counted.name}__high"),
        )
        .collect()
    )


def where_expression(where: Where, on: date) -> pl.Expr:
    if where.op in ("all", "any"):
        return Columns.combine(where.op, [where_expression(part, on) for part in where.parts])
    column = pl.col(where.key)
    if where.is_date_test:
        low, high = where.window(on)
        holds = (column >= pl.lit(low)) & (column <= pl.lit(high))
    elif where.op == "le":
        holds = column <= where.values[0]
    elif where.op == "nonempty":
        holds = column
    elif isinstance(where.values[0], bool):
        holds = column == where.values[0]
    else:
        holds = column.is_in(list(where.values))
    return pl.when(column.is_null()).then(UNKNOWN).when(holds).then(MET).otherwise(UNMET).cast(pl.UInt8)


def decide(
    rule_set: CompiledRuleSet,
    population: Population,
    *,
    on: date,
    case_type: str = "new",
    overlays: Sequence[CompiledOverlay] = (),
) -> pl.DataFrame:
    """One row an enterprise: `row`, `size`, `o__CODE` per criterion, `low__`, `high__`, `why__` per indicator."""
    plan, _ = plan_for(rule_set, case_type, overlays, on)
    frame = population.facts
    read = {node.count for node in plan.nodes() if isinstance(node, n.Count)}
    for counted in (c for c in plan.rule_set.counts.values() if c.name in read):
        counts = counted_columns(counted, population.lists[counted.fact], on)
        low, high = f"{counted.name}__low", f"{counted.name}__high"
        frame = frame.join(counts, on="row", how="left", maintain_order="left").with_columns(
            [pl.when(pl.col(counted.fact)).then(pl.col(end).fill_null(0)).alias(end) for end in (low, high)]
        )
    return Columns(plan, limits(vocabulary())).over(frame)


def assess_population(
    rule_set: CompiledRuleSet,
    rows: Sequence[Mapping[str, Any]],
    *,
    on: date,
    case_type: str = "new",
    overlays: Sequence[CompiledOverlay] = (),
) -> list[Assessment]:
    """One assessment a row, in order, without sentences; equal to `assess()` in everything else."""
    plan, _ = plan_for(rule_set, case_type, overlays, on)
    population, odd = frame_of(rows, plan.facts())
    decided = decide(rule_set, population, on=on, case_type=case_type, overlays=overlays)
    found: dict[int, Assessment] = {
        number: assess(rule_set, rows[number], on=on, case_type=case_type, overlays=overlays, explain=False)
        for number in odd
    }
    for told in decided.iter_rows(named=True):
        judged = Judged(
            {c.code: told[f"o__{c.code}"] for c, _ in plan.tests},
            {
                i.code: (told[f"low__{i.code}"], told[f"high__{i.code}"], told[f"why__{i.code}"])
                for i in plan.rule_set.indicators
            },
            {},
        )
        found[told["row"]] = answer(plan, judged, on, told["size"])
    return [found[number] for number in range(len(rows))]
